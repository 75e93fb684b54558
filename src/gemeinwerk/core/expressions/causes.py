"""Tells why an expression gave null: which missing values stand behind it."""

from __future__ import annotations

from gemeinwerk.core.expressions.compiler import Values, compile_expression
from gemeinwerk.core.expressions.functions import FUNCTIONS
from gemeinwerk.core.expressions.tree import Call, Compare, Expr, If, Literal, Name, children


def missing_names(expr: Expr, values: Values) -> frozenset[str]:
    """Return the names without a value that made `expr` null; empty when it is not null.

    Empty too when nothing is missing and the value is null for another reason (division by zero,
    nothing found in a table). A list with a gap counts as missing where the gap matters.
    """
    if _value(expr, values) is not None:
        return frozenset()
    match expr:
        case Literal() | Compare():
            return frozenset()
        case Name(path=path):
            return frozenset({path})
        case If(condition=condition, then=then, otherwise=otherwise):
            taken = then if _value(condition, values) is True else otherwise
            return missing_names(taken, values)
        case Call(function=function) if not FUNCTIONS[function].strict:
            return _united(children(expr), values)
        case _:
            return _united(children(expr), values) | _with_gaps(expr, values)


def _value(expr: Expr, values: Values) -> object:
    return compile_expression(expr, None)(values)


def _united(parts: tuple[Expr, ...], values: Values) -> frozenset[str]:
    return frozenset[str]().union(*(missing_names(part, values) for part in parts))


def _with_gaps(expr: Expr, values: Values) -> frozenset[str]:
    return frozenset(
        part.path
        for part in children(expr)
        if isinstance(part, Name)
        for value in (values.get(part.path),)
        if isinstance(value, list) and None in value
    )
