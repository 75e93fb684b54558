"""The grammar of days (Daten): before and after, in the future, ages, so long ago or ahead."""

from __future__ import annotations

from decimal import Decimal

from gemeinwerk.core.expressions import Call, Compare, Expr, Literal, Name, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.comparisons import Comparisons, Test
from gemeinwerk.core.rules.lexicon import (
    AGE,
    ARTICLES,
    LIES,
    SPANS,
    TODAY,
    WHEN,
)
from gemeinwerk.core.rules.model import ContradictionError
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.values import day, number


class Dates(Comparisons):
    """Reads what is said of days into tests."""

    def _phrase(self, phrases: dict[tuple[str, ...], str]) -> str | None:
        for words in sorted(phrases, key=len, reverse=True):
            if self.skip(*words):
                return phrases[words]
        return None

    def _time(self, place: Place) -> Test | None:
        if place.type is not Type.DATE:
            return None
        for tense, operator in (("zukunft", ">"), ("vergangenheit", "<")):
            if self.skip("in", "der", tense):
                self._lies()
                return _to_today(operator)
        recent = self._recently()
        if recent is not None:
            return recent
        operator_or_none = self._phrase(WHEN)
        if operator_or_none is None:
            return None
        sign = operator_or_none
        when = self._moment()
        self._lies()
        return lambda each: Compare(sign, build.name(each), when)

    def _lies(self) -> None:
        if not self.skip_any(LIES):
            self._close()

    def _recently(self) -> Test | None:
        """Read "innerhalb der letzten 6 Monate", "in den nächsten 14 Tagen", today included."""
        if not (self.skip("innerhalb") or self.skip("in")):
            return None
        self.skip_all(ARTICLES)
        back = bool(self.skip_any(frozenset({"letzten", "vergangenen"})))
        if not back and not self.skip_any(frozenset({"nächsten", "kommenden"})):
            return None
        if self.peek().kind != "number" or self.word(1) not in SPANS:
            return None
        amount, function = number(self.peek().value), SPANS[self.word(1)]
        self.at += 2
        self._lies()
        end = shifted(Name("today"), function, -amount if back else amount)
        today = Name("today")
        first, last = (end, today) if back else (today, end)
        return lambda each: build.all_of(
            [Compare(">=", build.name(each), first), Compare("<=", build.name(each), last)]
        )

    def _moment(self) -> Expr:
        mark = self.at
        self.skip_all(ARTICLES)
        if self.word() in TODAY:
            self.at += 1
            self.skip("datum") or self.skip("tag") or self.skip("tagesdatum")
            return Name("today")
        if self.peek().kind == "date":
            self.at += 1
            return Literal(day(self.tokens[self.at - 1].value))
        self.at = mark
        other = self.ref()
        if other.type is not Type.DATE:
            raise ContradictionError(f"{other.element.id} ist kein Datum.")
        return build.name(other)

    def _age(self, place: Place) -> Test | None:
        if place.type is not Type.DATE:
            return None
        if self.skip("minderjährig") or self.skip("volljährig"):
            grown = self.tokens[self.at - 1].value == "volljährig"
            self._close()
            return self._span(">=" if grown else "<", "years_between", Decimal(18))
        operator = self._phrase(AGE) or "="
        return self._age_value(operator)

    def _age_value(self, operator: str) -> Test | None:
        if self.peek().kind != "number" or self.word(1) not in SPANS:
            return None
        amount = number(self.peek().value)
        function = SPANS[self.word(1)]
        self.at += 2
        if self.skip("in", "der", "zukunft"):
            self._lies()
            return _ahead(operator, function, amount)
        ago = self.skip("zurück") or self.skip("in", "der", "vergangenheit")
        if ago or self.word() in ("zurückliegt", "zurückliegen"):
            self._lies()
            return _ago(operator, function, amount)
        self.skip("alt")
        self._lies()
        return self._span(operator, function, amount)

    def _span(self, operator: str, function: str, amount: Decimal) -> Test:
        def test(each: Place) -> Expr:
            if each.type is not Type.DATE:
                raise ContradictionError(
                    f"{each.element.id} ist kein Datum; ein Alter lässt sich nicht berechnen."
                )
            span = Call(function, (build.name(each), Name("today")))
            return Compare(operator, span, Literal(amount))

        return test


def shifted(day_of: Expr, function: str, amount: Decimal) -> Expr:
    """Return a day so much later; months keep their day."""
    if function == "days_between":
        return Call("add_days", (day_of, Literal(amount)))
    months = amount * 12 if function == "years_between" else amount
    return Call("add_months", (day_of, Literal(months)))


def _ago(operator: str, function: str, amount: Decimal) -> Test:
    """Return that a day lies so long ago; "mehr als 3 Monate" begins a day after them."""

    def test(place: Place) -> Expr:
        if operator in ("<", ">="):
            span = Call(function, (build.name(place), Name("today")))
            test = Compare(operator, span, Literal(amount))
            past = Compare("<=", build.name(place), Name("today"))
            return build.all_of([past, test]) if operator == "<" else test
        turned = {">": "<", "<=": ">=", "=": "=", "!=": "!="}[operator]
        return Compare(turned, build.name(place), shifted(Name("today"), function, -amount))

    return test


def _ahead(operator: str, function: str, amount: Decimal) -> Test:
    """Return that a day lies so far ahead of today."""

    def test(place: Place) -> Expr:
        return Compare(operator, build.name(place), shifted(Name("today"), function, amount))

    return test


def _to_today(operator: str) -> Test:
    return lambda place: Compare(operator, build.name(place), Name("today"))
