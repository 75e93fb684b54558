"""The grammar of conditions (Bedingungen): what stands between "wenn" and "dann".

condition   = part { "oder" part } ; part = unit { "und" unit }
unit        = "(" condition ")" | [quantity] elements predicate | formula
predicate   = sign values | "den Wert" value "hat" | "befüllt ist" | "vor" day "liegt" | ...
"""

from __future__ import annotations

from collections.abc import Callable

from gemeinwerk.core.expressions import Compare, Expr, ExpressionError, Logic, Type, parse
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.amounts import Amounts
from gemeinwerk.core.rules.comparisons import Test
from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    CHOICE,
    FALSE_WORDS,
    FILLERS,
    IN,
    KINDS,
    NUMBER_WORDS,
    OR,
    SIGNS,
    TRUE_WORDS,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.reader import Refs
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.values import read_value
from gemeinwerk.core.schemas import Group

OF = ARTICLES | frozenset({"aus", "in", "innerhalb", "von"})
_FIELD = frozenset({"feld", "datenfeld", "felder", "datenfelder", "angabe"})
_GROUP = frozenset({"gruppe", "datenfeldgruppe", "feldgruppe", "datengruppe"})
MAX_NESTING = 20
Quantity = tuple[str, int]


class Conditions(Amounts):
    """Reads conditions into expressions."""

    def condition(self, depth: int = 0) -> Expr:
        """Read a whole condition."""
        if depth > MAX_NESTING:
            raise NotUnderstoodError
        return self._chain(OR, lambda: self._part(depth), build.any_of)

    def _part(self, depth: int) -> Expr:
        return self._chain(AND, lambda: self._unit(depth), build.all_of)

    def _chain(
        self,
        joints: frozenset[str],
        level: Callable[[], Expr],
        join: Callable[[list[Expr]], Expr],
    ) -> Expr:
        parts = [level()]
        while True:
            mark = self.at
            self.skip_sign(",")
            if not self.skip_any(joints) or not self._starts_unit():
                self.at = mark
                return join(parts)
            self.skip_any(frozenset({"zugleich", "gleichzeitig"}))
            self.skip("wenn")
            parts.append(level())
            if joints is OR and any(isinstance(p, Logic) and p.operator == "and" for p in parts):
                self._note_binding(mark)

    def _note_binding(self, mark: int) -> None:
        """Note where "und" and "oder" stand together without brackets."""
        if self.tokens[mark - 1].value != ")" and self.tokens[self.at - 1].value != ")":
            self.notes.append("„und“ ist enger gelesen als „oder“; Klammern fehlen.")

    def _starts_unit(self) -> bool:
        """Tell whether another condition can begin here (and no action)."""
        mark = self.at
        try:
            self.skip("wenn")
            if (
                self.sign() == "("
                or self.sign() in SIGNS
                or self.peek().kind == "formula"
                or self.word() == "nicht"
            ):
                return True
            if self.quantity() is not None:
                return True
            return self.try_ref() is not None
        except ContradictionError:
            return True
        finally:
            self.at = mark

    def _unit(self, depth: int) -> Expr:
        if self.peek().kind == "formula":
            return self.formula()
        mark = self.at
        if self.skip("nicht") and self.skip_sign("("):
            self.at -= 1
            return build.negate(self._bracket(depth))
        self.at = mark
        if self.skip("nicht"):
            return build.negate(self._elements())
        land = self.land_condition()
        if land is not None:
            return land
        reckoned = self.amount()
        if reckoned is not None:
            return reckoned
        if self.sign() == "(":
            bracket = self._try_bracket(depth)
            if bracket is not None:
                return bracket
        return self._elements()

    def land_condition(self) -> Expr | None:
        """Read a condition on the Land; the class that knows the Länder does."""
        return None

    def _bracket(self, depth: int) -> Expr:
        self.skip_sign("(")
        expr = self.condition(depth + 1)
        if not self.skip_sign(")"):
            raise NotUnderstoodError
        return expr

    def _try_bracket(self, depth: int) -> Expr | None:
        mark, notes = self.at, len(self.notes)
        try:
            return self._bracket(depth)
        except NotUnderstoodError:
            self.at = mark
            del self.notes[notes:]
            return None

    def formula(self) -> Expr:
        """Read an expression in backticks, for what German has no plain words for."""
        token = self.peek()
        self.at += 1
        try:
            return parse(token.value)
        except ExpressionError as wrong:
            raise ContradictionError(f"Die Formel „{token.value}“ ist nicht lesbar.") from wrong

    def _elements(self) -> Expr:
        chosen = self._choice_of()
        if chosen is not None:
            return chosen
        self.skip("als")
        quantity = self.quantity()
        if quantity is None and self.skip("weder"):
            return self._neither()
        if quantity is None and self.sign() in SIGNS and self.asked is not None:
            refs = self.asked  # "..., bei <> Nein" asks the same element again
        else:
            refs = self.counted_refs()
        self.asked = refs
        test = self.predicate(refs.places[0])
        return combine(refs, quantity, test)

    def _choice_of(self) -> Expr | None:
        """Read "bei Auswahl von „in Deutschland“ im Feld A", where the value comes first."""
        mark = self.at
        if self.skip("auswahl") and self.skip_any(frozenset({"von", "des", "der"})):
            self.skip_all(CHOICE, frozenset({"wertes", "eintrags", "antwort"}))
            token = self.peek()
            if token.kind in ("quote", "number"):
                self.at += 1
                number = token.kind == "number"
                place = self.try_ref() if self.word() in IN else None
                if place is not None:
                    said = (token.value, "") if number else ("", token.value)
                    value = read_value(self.scope.names, place, *said)
                    return Compare("=", build.name(place), value)
        self.at = mark
        return None

    def _neither(self) -> Expr:
        places = self.neither_refs()
        test = self.predicate(places[0])
        return build.negate(build.any_of([test(place) for place in places]))

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
            count = NUMBER_WORDS.get(word) or (int(word) if word.isdigit() else None)
            if count is None:
                return None
            self.at += 1
            number = count
            # "ein Feld" alone is an article; "eines der Felder" is a quantity.
            if (
                operator == ">="
                and not self._counted
                and self.word() not in ("der", "von", "dieser")
            ):
                return None
        if self._of_the_group():
            return (operator, number)
        if not (self.skip("der") or self.skip("von") or self.skip("dieser") or self._counted):
            return None
        self.skip_all(ARTICLES, KINDS, FILLERS, frozenset({"folgenden", "den"}))
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
    asked: Refs | None = None

    def _operator(self) -> str:
        self._counted = True
        if self.skip("mindestens") or self.skip("wenigstens"):
            return ">="
        if self.skip("genau") or self.skip("nur") or self.skip("exakt"):
            return "="
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
    if operator == "all":
        return build.all_of(tests)
    return build.count_of(tests, operator, number)
