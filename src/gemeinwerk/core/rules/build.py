"""Makes the expressions rules need: given, one of, exactly one of, a valid day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gemeinwerk.core.expressions import Call, Compare, Expr, If, Literal, Logic, Name, Not, parse
from gemeinwerk.core.rules.lexicon import OPPOSITE
from gemeinwerk.core.rules.scope import Place

TRUE = Literal(value=True)


def name(place: Place) -> Name:
    """Return the value of an element."""
    return Name(place.path)


def given(place: Place) -> Expr:
    """Return the test whether anything was answered."""
    return Call("is_given", (name(place),))


def any_of(parts: Sequence[Expr]) -> Expr:
    """Return `a or b`, flat and without repetition."""
    return _join("or", parts)


def all_of(parts: Sequence[Expr]) -> Expr:
    """Return `a and b`, flat and without what always holds."""
    return _join("and", [part for part in parts if part != TRUE])


def _join(operator: str, parts: Sequence[Expr]) -> Expr:
    if len(parts) == 1:
        return parts[0]
    flat: list[Expr] = []
    for part in parts:
        same = isinstance(part, Logic) and part.operator == operator
        flat.extend(part.operands if isinstance(part, Logic) and same else (part,))
    flat = list(dict.fromkeys(flat))
    if not flat:
        return TRUE
    return flat[0] if len(flat) == 1 else Logic(operator, tuple(flat))


def negate(expr: Expr) -> Expr:
    """Return what holds exactly when `expr` does not, also for missing answers."""
    if isinstance(expr, Not):
        return expr.operand
    if isinstance(expr, Literal) and isinstance(expr.value, bool):
        return Literal(not expr.value)
    return Not(expr)


def opposite(expr: Expr) -> Expr:
    """Return the denial as prose means it: "nicht gleich" asks for another answer."""
    if isinstance(expr, Compare):
        if expr.operator in OPPOSITE:
            return Compare(OPPOSITE[expr.operator], expr.left, expr.right)
        turned = "in" if expr.operator == "not in" else "not in"
        return Compare(turned, expr.left, expr.right)
    if isinstance(expr, Logic):
        turned = "and" if expr.operator == "or" else "or"
        return Logic(turned, tuple(opposite(part) for part in expr.operands))
    return negate(expr)


def count_of(tests: Sequence[Expr], operator: str, number: int) -> Expr:
    """Return that so many of the tests hold."""
    if operator == ">=" and number == 1:
        return any_of(tests)
    if operator == "=" and number == 0:
        return negate(any_of(tests))
    if operator == "=" and number == 1 and len(tests) == 2:
        one, other = tests
        return Logic("or", (all_of([one, negate(other)]), all_of([negate(one), other])))
    if operator == "<=" and number == 1 and len(tests) == 2:
        return negate(all_of(tests))
    ones = tuple(If(test, Literal(Decimal(1)), Literal(Decimal(0))) for test in tests)
    return Compare(operator, Call("sum", ones), Literal(Decimal(number)))


def valid_day(day: Place, month: Place, year: Place) -> Expr:
    """Return that three numbers make a day of the calendar, as far as they are given."""
    d, m, y = (f"`{place.path}`" for place in (day, month, year))
    leap = f"({y} / 4 = floor({y} / 4) and {y} / 100 != floor({y} / 100)"
    leap += f" or {y} / 400 = floor({y} / 400))"
    return parse(
        f"not (is_given({d}) and is_given({m}) and is_given({y}))"
        f" or {d} >= 1 and {m} >= 1 and {m} <= 12 and {d} <= (if {m} in [4, 6, 9, 11] then 30"
        f" else if {m} = 2 then if {leap} then 29 else 28 else 31)"
    )
