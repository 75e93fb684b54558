"""Shows how an amount came about: the formula of the rule with the figures of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from gemeinwerk.core.expressions import (
    Arithmetic,
    Call,
    Expr,
    If,
    Negative,
    compile_expression,
)
from gemeinwerk.core.fees.model import FeeAmount
from gemeinwerk.core.kernel.money import euro, german_number
from gemeinwerk.core.kernel.text import german_date

_SIGNS = {"+": "+", "-": "-", "*": "×", "/": "/"}
_SHOWN_PLACES = Decimal("0.0001")
_EXTREMES = {"min": "kleinster Wert von", "max": "größter Wert von"}


def sentence(line: FeeAmount) -> str:
    """Return e.g. "Hundesteuer: 120 / 12 × 7 = 70,00 EUR (§ 4 Hundesteuersatzung)"."""
    reckoned = f"{line.calculation} = " if line.calculation else ""
    norm = f" ({line.norm})" if line.norm else ""
    return f"{line.label}: {reckoned}{euro(line.amount)}{norm}"


def calculation(expr: Expr, values: Mapping[str, object]) -> str:
    """Write `expr` with figures in place of names; empty when a single figure is all there is.

    Of a choice only the branch that was taken is shown, and rounding is left out: the amount
    behind the equals sign is rounded anyway.
    """
    expr = _core(expr, values)
    reckoned = isinstance(expr, Arithmetic | Negative) or _is_extreme(expr)
    return _worked(expr, values) if reckoned else ""


def _is_extreme(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function in _EXTREMES and len(expr.arguments) > 1


def _core(expr: Expr, values: Mapping[str, object]) -> Expr:
    """Go through choices, rounding and `coalesce` to what was really reckoned."""
    while True:
        match expr:
            case If(condition=condition, then=then, otherwise=otherwise):
                expr = then if _value(condition, values) is True else otherwise
            case Call(function="round", arguments=(first, *_)):
                expr = first
            case Call(function="coalesce", arguments=arguments):
                given = [part for part in arguments if _value(part, values) is not None]
                if not given:
                    return expr
                expr = given[0]
            case _:
                return expr


def _worked(expr: Expr, values: Mapping[str, object], *, bracket: bool = False) -> str:
    expr = _core(expr, values)
    match expr:
        case Arithmetic(first=first, steps=steps):
            factors = steps[0][0] in "*/"
            words = [_worked(first, values, bracket=factors)]
            for sign, part in steps:
                words += [_SIGNS[sign], _worked(part, values, bracket=True)]
            text = " ".join(words)
            return f"({text})" if bracket else text
        case Negative(operand=operand):
            return f"-{_worked(operand, values, bracket=True)}"
        case Call(function=function, arguments=arguments) if _is_extreme(expr):
            parts = "; ".join(_worked(part, values) for part in arguments)
            return f"{_EXTREMES[function]} ({parts})"
        case _:
            return _figure(_value(expr, values))


def _value(expr: Expr, values: Mapping[str, object]) -> object:
    return compile_expression(expr, None)(values)


def _figure(value: object) -> str:
    match value:
        case bool():
            return "ja" if value else "nein"
        case Decimal():
            return german_number(_short(value))
        case date():
            return german_date(value)
        case list():
            return ", ".join(_figure(item) for item in value)
        case None:
            return "–"
        case _:
            return str(value)


def _short(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -4 <= exponent <= 0:
        return value
    try:
        return value.quantize(_SHOWN_PLACES, ROUND_HALF_UP).normalize() + Decimal(0)
    except ArithmeticError:  # more digits than are kept: shown as it is
        return value
