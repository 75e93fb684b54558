"""The grammar of quantities (Anzahlen): how many of which elements a sentence speaks of."""

from __future__ import annotations

from gemeinwerk.core.expressions import Expr, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.amounts import Amounts
from gemeinwerk.core.rules.comparisons import Test
from gemeinwerk.core.rules.lexicon import (
    ARTICLES,
    FALSE_WORDS,
    FILLERS,
    KINDS,
    NUMBER_WORDS,
    TRUE_WORDS,
)
from gemeinwerk.core.rules.model import NotUnderstoodError
from gemeinwerk.core.rules.reader import Refs
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.schemas import Group

OF = ARTICLES | frozenset({"aus", "in", "innerhalb", "von"})
_FIELD = frozenset({"feld", "datenfeld", "felder", "datenfelder", "angabe"})
_GROUP = frozenset({"gruppe", "datenfeldgruppe", "feldgruppe", "datengruppe"})
Quantity = tuple[str, int]


class Quantities(Amounts):
    """Reads "mindestens eines der Felder A, B" and "alle Felder der Gruppe G"."""

    def neither_refs(self) -> tuple[Place, ...]:
        """Read "A noch B" after "weder"."""
        places = [self.ref()]
        while self.skip_sign(",") or self.word() == "noch":
            self.skip("noch")
            places.append(self.ref())
        self.last = tuple(places)
        return self.last

    def quantity(self) -> Quantity | None:
        """Read "mindestens eines der Felder", "alle drei Felder" and the like."""
        mark = self.at
        found = self._quantity()
        if found is None:
            self.at = mark
        return found

    def _quantity(self) -> Quantity | None:
        first = self._first_of()
        if first is not None:
            return first
        if self.skip("alle") or self.skip("sämtliche") or self.skip("beide"):
            if self._of_the_group():
                return ("all", 0)
            if self.word() in NUMBER_WORDS:
                self.at += 1
            self.skip_all(ARTICLES, KINDS)
            return ("all", 0)
        if self.skip("keines") or self.skip("keine") or self.skip("keiner"):
            operator, number = "=", 0
        else:
            operator = self._operator()
            word = self.word()
            count = NUMBER_WORDS.get(word) or (int(word) if word.isdecimal() else None)
            if count is None:
                return None
            self.at += 1
            number = count
            # "ein Feld" alone is an article; "eines der Felder" is a quantity.
            if (
                operator == ">="
                and not self._counted
                and self.word() not in ("der", "von", "dieser", "beiden")
            ):
                return None
        if self._of_the_group():
            return (operator, number)
        if not (self.skip("der") or self.skip("von") or self.skip("dieser") or self._counted):
            return None
        self.skip_all(ARTICLES, KINDS, FILLERS, frozenset({"folgenden", "den", "beiden"}))
        self.skip_sign(":")
        return (operator, number)

    def _first_of(self) -> Quantity | None:
        """Read "die ersten vier Felder der Feldgruppe G1"."""
        mark = self.at
        self.skip("die")
        if self.skip("ersten") and self.word() in NUMBER_WORDS:
            self.first = NUMBER_WORDS[self.word()]
            self.at += 1
            if self._of_the_group():
                return ("all", 0)
        self.first, self.at = 0, mark
        return None

    def _of_the_group(self) -> bool:
        """Read "Mindestens ein Datenfeld der Datenfeldgruppe G1": all fields of a group."""
        mark = self.at
        named = self.skip_any(_FIELD) and self.skip_any(OF) and self.skip_any(_GROUP)
        if named:
            self.whole = self._group()
            if self.whole is not None:
                return True
        self.at = mark
        return False

    def _group(self) -> Place | None:
        """Take the group whose fields are meant; without a name it is the owner."""
        if self.peek().kind in ("id", "quote"):
            place = self.try_ref()
        else:
            own = self.scope.names.places.get(".".join(self.scope.owner))
            place = own
        return place if place is not None and isinstance(place.element, Group) else None

    def counted_refs(self) -> Refs:
        """Read the elements a quantity speaks of, or take all fields of the owner."""
        if self.whole is None:
            return self.refs()
        owner, self.whole = self.whole.ids, None
        fields = tuple(
            place
            for place in self.scope.names.places.values()
            if place.ids[:-1] == owner and not isinstance(place.element, Group)
        )
        if self._speaks_of_truth():
            fields = tuple(place for place in fields if place.type is Type.BOOLEAN)
        first, self.first = self.first, 0
        if not fields or first > len(fields):
            raise NotUnderstoodError
        self.last = fields[:first] if first else fields
        return Refs(self.last)

    def _speaks_of_truth(self) -> bool:
        for token in self.tokens[self.at :]:
            if token.kind in ("stop", "end"):
                break
            if token.value.lower() in TRUE_WORDS | FALSE_WORDS:
                return True
        return False

    whole: Place | None = None
    """The group of which all fields, or the first few, are meant."""

    first = 0

    _counted = False

    def _operator(self) -> str:
        self._counted = True
        if self.skip("mindestens") or self.skip("wenigstens"):
            return ">="
        if self.skip("genau") or self.skip("exakt"):
            return "="
        if self.skip("nur"):
            return "only"
        if self.skip("höchstens") or self.skip("maximal"):
            return "<="
        self._counted = False
        return ">="


def combine(refs: Refs, quantity: Quantity | None, test: Test) -> Expr:
    """Join the tests of several elements."""
    tests = [test(place) for place in refs.places]
    if quantity is None:
        return build.any_of(tests) if refs.joined == "or" else build.all_of(tests)
    operator, number = quantity
    if operator == "only":
        raise NotUnderstoodError  # "nur eines": at most, or exactly? The verb says; see clauses.
    if operator == "all":
        return build.all_of(tests)
    return build.count_of(tests, operator, number)
