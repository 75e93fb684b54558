"""The grammar of predicates: what a condition says about an element, and the values it names."""

from __future__ import annotations

from decimal import Decimal

from gemeinwerk.core.expressions import Call, Compare, Expr, Literal, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.comparisons import Item, Said, Test
from gemeinwerk.core.rules.dates import Dates
from gemeinwerk.core.rules.lexicon import (
    AND,
    ANSWER,
    ARTICLES,
    AUXILIARIES,
    CHOICE,
    CHOSEN,
    ENTRY_NOUNS,
    FILLERS,
    GIVEN_WORDS,
    HAS,
    LENGTHS,
    MADE,
    MISSING,
    NOT,
    OR,
    ORDER,
    SIGNS,
    stem,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.values import number, read_value, within


class Predicates(Dates):
    """Reads predicates into tests that are applied to each element named before."""

    def predicate(self, place: Place) -> Test:
        """Read what is said about the elements; `place` is the first of them."""
        self.skip_any(ANSWER)
        denied = self.word(1) not in ENTRY_NOUNS and bool(self.skip_any(NOT))
        self.skip_all(FILLERS)
        self._some_value()
        readings = (
            self._neither_value,
            self._sign,
            self._time,
            self._age,
            self._order,
            self._given,
            self._begins_with,
            self._value_of,
        )
        for reading in readings:
            mark = self.at
            test = reading(place)
            if test is not None:
                return _denied(test) if denied else test
            self.at = mark
        raise NotUnderstoodError

    def _some_value(self) -> None:
        """Take "ein Wert" in "ein Wert größer 10"."""
        mark = self.at
        some = self.skip_any(frozenset({"ein", "eine", "einen"})) and self.skip_any(ANSWER)
        if some and (self.sign() in SIGNS or any(self.word() == words[0] for words in ORDER)):
            return
        self.at = mark

    def _neither_value(self, place: Place) -> Test | None:
        """Read "weder 001 noch 002 ist"."""
        if not self.skip("weder"):
            return None
        items: list[Item] = [self.item(place)]
        while self.skip_sign(",") or self.word() == "noch":
            self.skip("noch")
            items.append(self.item(place))
        self._close()
        return lambda each: self.among(each, "!=", items, joined_by_and=True)

    def _begins_with(self, place: Place) -> Test | None:
        """Read "mit 11 beginnt", said of codes and texts."""
        if place.type is not Type.TEXT or not self.skip("mit"):
            return None
        token = self.peek()
        if token.kind not in ("number", "quote"):
            return None
        self.at += 1
        if not (self.skip("beginnt") or self.skip("anfängt")):
            return None
        start = Literal(token.value)
        return lambda each: Call("starts_with", (build.name(each), start))

    def _sign(self, place: Place) -> Test | None:
        operator = self._take_sign()
        if operator is None:
            return None
        self.skip_any(ANSWER)
        if self.skip("leer"):
            self._close()
            return build.given if operator == "!=" else lambda each: build.negate(build.given(each))
        age = self._age_value(operator)
        if age is not None:
            return age
        test = self._compared(place, operator)
        self._close()
        return test

    # "größer als 5", "mindestens 3"

    def _order(self, place: Place) -> Test | None:
        if self.skip("zwischen"):
            return self._between(place)
        operator = self._phrase(ORDER)
        if operator is None:
            return None
        self.skip_all(ARTICLES)
        if self.peek().kind == "number" and self.word(1) in LENGTHS:
            amount = number(self.peek().value)
            self.at += 2
            self.skip("lang")
            self._close()
            return _of_length(operator, amount)
        age = self._age_value(operator) if place.type is Type.DATE else None
        if age is not None:
            return age
        test = self._compared(place, operator)
        mark = self.at
        joint = self.skip_any(AND | OR)
        second = self._phrase(ORDER) if joint else None
        if second is not None:
            other = self._compared_and_closed(place, second)
            return _both(test, other) if joint in AND else _either(test, other)
        self.at = mark
        self._close()
        return test

    def _compared_and_closed(self, place: Place, operator: str) -> Test:
        test = self._compared(place, operator)
        self._close()
        return test

    def _between(self, place: Place) -> Test | None:
        """Read "zwischen 18 und 99 liegt", both ends included."""
        if place.type is Type.TEXT:
            return None
        first = read_value(self.scope.names, place, *self.value(place))
        if not self.skip("und"):
            return None
        last = read_value(self.scope.names, place, *self.value(place))
        self._lies()
        return lambda each: build.all_of(
            [Compare(">=", build.name(each), first), Compare("<=", build.name(each), last)]
        )

    # "befüllt ist", "leer ist"

    def _given(self, place: Place) -> Test | None:
        if self.skip_any(MISSING):
            self._close()
            return lambda each: build.negate(build.given(each))
        if self.word() in ("bejaht", "verneint", "angekreuzt", "erfüllt"):
            wanted = self.word() != "verneint"
            self.at += 1
            self._close()
            return lambda each: self._yes(each, wanted=wanted)
        mark = self.at
        none = self.word() in NOT
        if self.skip_any(NOT | frozenset({"ein", "eine", "einen"})) and self.skip_any(ENTRY_NOUNS):
            if not self.skip_any(MADE):
                return None
            self._close()
            return (lambda each: build.negate(build.given(each))) if none else build.given
        self.at = mark
        if not self.skip_any(GIVEN_WORDS):
            return None
        chosen = self.tokens[self.at - 1].value
        self._close()
        if place.type is Type.BOOLEAN and chosen in ("gewählt", "ausgewählt", "gesetzt"):
            return lambda each: self._yes(each, wanted=True)
        return build.given

    def _yes(self, place: Place, *, wanted: bool) -> Expr:
        value = read_value(self.scope.names, place, "", "Ja" if wanted else "Nein")
        return Compare("=", build.name(place), value)

    # "den Wert 001 hat", "mit Ja belegt ist", "ein Staat gewählt wird, der zur EU gehört"

    def _value_of(self, place: Place) -> Test | None:
        mark = self.at
        if self.skip_any(frozenset({"ein", "eine", "einen"})):
            test = self._kind_of(place)
            if test is not None:
                return test
            self.at = mark
        self.skip_all(ARTICLES, CHOICE, ANSWER, frozenset({"mit", "auf", "als"}))
        denied = bool(self.skip_any(NOT))
        try:
            test = self._compared(place, "=")
        except NotUnderstoodError:
            return None
        if self.skip("nicht"):
            denied = not denied
            if self.word() not in HAS:
                return None
        self.skip_all(HAS)
        self._close()
        return _denied(test) if denied else test

    def _whose_code(self) -> Test | None:
        """Read "..., deren Code im Bereich >= 200000 bis < 300000 liegt"."""
        self.at += 2
        if not (self.skip("code") or self.skip("schlüssel") or self.skip("wert")):
            return None
        self.skip("im", "bereich") or self.skip("zwischen")
        ends: list[tuple[str, Said]] = []
        while len(ends) < 2:
            sign = SIGNS.get(self.sign(), (">=", "<=")[len(ends)])
            self.skip_sign(*SIGNS)
            if self.peek().kind != "number":
                return None
            ends.append((sign, (self.peek().value, "")))
            self.at += 1
            if len(ends) == 1 and not (self.skip("bis") or self.skip("und")):
                return None
        self._lies()
        names = self.scope.names
        return lambda each: within(names, each, ends)

    sets: list[tuple[frozenset[str], list[Said]]]

    def _kind_of(self, place: Place) -> Test | None:
        """Read "ein Staat gewählt wird, der nicht zur EU, zum EWR oder zur Schweiz gehört"."""
        self.at += 1
        if not self.skip_any(CHOSEN):
            return None
        self.skip_all(AUXILIARIES)
        if self.sign() == "," and self.word(1) in ("deren", "dessen"):
            return self._whose_code()
        if not self.skip_sign(",") or not self.skip_any(frozenset({"der", "die", "das", "den"})):
            return None
        denied = bool(self.skip_any(NOT))
        names: list[str] = []
        while self.word() and self.word() not in ("gehört", "gehören"):
            word = self.word()
            self.at += 1
            self.skip_sign(",")
            if word not in OR | AND | frozenset({"zu", "zur", "zum", "den", "der"}):
                names.append(stem(word))
        if not (self.skip("gehört") or self.skip("gehören")):
            return None
        found = [said for head, said in self.sets if head.issuperset(names)]
        if len(found) != 1 or not names:
            raise ContradictionError("Welche Werte dazu gehören, steht nicht in der Regel.")
        test = self._joined([("=", [*found[0]])], set())
        return _denied(test) if denied else test


def _both(one: Test, other: Test) -> Test:
    return lambda place: build.all_of([one(place), other(place)])


def _either(one: Test, other: Test) -> Test:
    return lambda place: build.any_of([one(place), other(place)])


def _of_length(operator: str, amount: Decimal) -> Test:
    def test(place: Place) -> Expr:
        if place.type is not Type.TEXT:
            raise ContradictionError(f"{place.element.id} ist kein Text und hat keine Zeichen.")
        return Compare(operator, Call("length", (build.name(place),)), Literal(amount))

    return test


def _denied(test: Test) -> Test:
    return lambda place: build.opposite(test(place))
