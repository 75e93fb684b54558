"""The grammar of amounts (Beträge und Dauern): differences of days and numbers, and sums.

"(aktuelles Datum - F1) > 6 Jahre", "der Zeitraum zwischen F1 und F2 beträgt mindestens 3 Monate",
"die Summe der Felder F1 und F2 ist größer als 100".
"""

from __future__ import annotations

from decimal import Decimal

from gemeinwerk.core.expressions import (
    Arithmetic,
    Call,
    Compare,
    Expr,
    Literal,
    Name,
    Type,
)
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.lexicon import ARTICLES, AUXILIARIES, KINDS, LASTS, ORDER, SPANS, TODAY
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.predicates import Predicates
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.values import number

_MONTHS = {"years_between": 12, "months_between": 1}
_BETWEEN = frozenset({"differenz", "zeitraum", "abstand", "dauer", "zeitspanne"})


class Amounts(Predicates):
    """Reads conditions on what is reckoned from several elements."""

    def amount(self) -> Expr | None:
        """Read a condition on a difference, a duration or a sum; None when none begins here."""
        mark, notes = self.at, len(self.notes)
        ends = self._difference()
        if ends is not None:
            found = self._limit_of(*ends)
            if found is not None:
                return found
        self.at = mark
        total = self.total()
        if total is not None:
            found = self.limit(total)
            if found is not None:
                return found
        self.at = mark
        del self.notes[notes:]
        return None

    def _difference(self) -> tuple[Expr, Expr] | None:
        """Read "(A - B)" or "der Zeitraum zwischen A und B" as from and to."""
        mark = self.at
        self.skip_all(ARTICLES)
        if self.skip_any(_BETWEEN):
            if self.skip("zwischen") or self.skip("von") or self.skip("aus"):
                first = self._operand()
                second = self._operand() if first is not None and self.skip("und") else None
                if first is not None and second is not None:
                    return first, second
            return None
        self.at = mark
        bracket = self.skip_sign("(")
        later = self._operand()
        if later is None or not self.skip_sign("-", "–", "—", "−"):
            return None
        earlier = self._operand()
        if earlier is None or (bracket and not self.skip_sign(")")):
            return None
        return earlier, later

    def _operand(self) -> Expr | None:
        today = self._today()
        if today:
            return Name("today")
        mark = self.at
        place = self.try_ref() if self._refers() else None
        if place is None or place.type not in (Type.DATE, Type.NUMBER):
            self.at = mark
            return None
        self.reckoned = place.type
        return build.name(place)

    reckoned: Type = Type.DATE

    def _refers(self) -> bool:
        return self.peek().kind in ("id", "quote", "word")

    def _today(self) -> bool:
        mark = self.at
        self.skip_all(ARTICLES)
        if self.skip_any(TODAY):
            self.skip("datum") or self.skip("tag") or self.skip("tagesdatum")
            return True
        self.at = mark
        return False

    def _limit_of(self, first: Expr, last: Expr) -> Expr | None:
        numbers = Name("today") not in (first, last) and self.reckoned is Type.NUMBER
        if numbers:
            return self.limit(Arithmetic(last, (("-", first),)))
        operator = self._compares()
        if operator is None or self.peek().kind != "number":
            return None
        count = number(self.peek().value)
        function = SPANS.get(self.word(1))
        if function is None:
            return None
        self.at += 2
        self._close()
        return lasting(first, last, operator, function, count)

    def _compares(self) -> str | None:
        """Take the comparison, whose verb may stand before it: "beträgt mehr als"."""
        self.skip_any(LASTS)
        operator = self._take_sign()
        if operator is None:
            operator = self._phrase(ORDER)
        return operator

    def total(self) -> Expr | None:
        """Read "die Summe der Felder A, B und C" or "A + B + C"."""
        mark = self.at
        self.skip_all(ARTICLES)
        if self.skip("summe"):
            self.skip("aus") or self.skip("von")
            self.skip_all(ARTICLES, KINDS)
            refs = self.refs()
            if refs.joined == "or" or len(refs.places) < 2:
                raise NotUnderstoodError
            return Call("sum", tuple(build.name(_numeric(place)) for place in refs.places))
        self.at = mark
        return None

    def limit(self, left: Expr) -> Expr | None:
        """Read what a number is compared with: "ist größer als 100", "= F3"."""
        operator = self._compares()
        if operator is None:
            return None
        self.skip_all(ARTICLES, frozenset({"wert"}))
        if self.peek().kind == "number":
            right: Expr = Literal(number(self.peek().value))
            self.at += 1
        else:
            right = build.name(_numeric(self.ref()))
        self.skip_all(AUXILIARIES)
        return Compare(operator, left, right)


def _numeric(place: Place) -> Place:
    if place.type is not Type.NUMBER:
        raise ContradictionError(f"{place.element.id} ist keine Zahl und lässt sich nicht rechnen.")
    return place


def lasting(first: Expr, last: Expr, operator: str, function: str, count: Decimal) -> Expr:
    """Return that a time lasts so long; "more than 6 years" begins a day after the sixth year."""
    months = _MONTHS.get(function)
    if months is not None and operator in (">", "<="):
        end = Call("add_months", (first, Literal(count * months)))
        return Compare(operator, last, end)
    return Compare(operator, Call(function, (first, last)), Literal(count))
