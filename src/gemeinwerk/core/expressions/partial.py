"""Partial evaluation: what is still open in an expression once some values are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions.compiler import compile_expression
from gemeinwerk.core.expressions.tokens import MAX_DIGITS
from gemeinwerk.core.expressions.tree import (
    NULL,
    Arithmetic,
    Call,
    Compare,
    Expr,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    children,
    dependencies,
)


def free_names(expr: Expr, known: Mapping[str, object]) -> frozenset[str]:
    """Return the names whose values can still change the result.

    Names in `known` are settled (None: settled as missing); all others may still get a value. Thus
    a questionnaire on eligibility asks only what still matters.
    """
    return dependencies(simplify(expr, known))


def simplify(expr: Expr, known: Mapping[str, object]) -> Expr:
    """Put in the `known` values and work out what follows from them alone."""
    match expr:
        case Literal():
            return expr
        case Name(path=path):
            return _constant(known[path], expr) if path in known else expr
        case ListOf(items=items):
            return ListOf(tuple(simplify(item, known) for item in items), expr.position)
        case Not(operand=operand):
            return _fold(Not(simplify(operand, known), expr.position))
        case Negative(operand=operand):
            return _fold(Negative(simplify(operand, known), expr.position))
        case Logic():
            return _logic(expr, known)
        case Compare():
            return _compare(expr, known)
        case Arithmetic(first=first, steps=steps):
            worked = tuple((sign, simplify(part, known)) for sign, part in steps)
            return _fold(Arithmetic(simplify(first, known), worked, expr.position))
        case If(condition=condition, then=then, otherwise=otherwise):
            asked = simplify(condition, known)
            if isinstance(asked, Literal):
                return simplify(then if asked.value is True else otherwise, known)
            parts = (asked, simplify(then, known), simplify(otherwise, known))
            return parts[1] if parts[1] == parts[2] else If(*parts, expr.position)
        case Call(function=function, arguments=arguments):
            simple = tuple(simplify(argument, known) for argument in arguments)
            return _fold(Call(function, simple, expr.position))


def _logic(expr: Logic, known: Mapping[str, object]) -> Expr:
    decisive = Literal(expr.operator == "or", expr.position)
    open_parts: list[Expr] = []
    for operand in expr.operands:
        part = simplify(operand, known)
        if part == decisive:
            return decisive
        if not (isinstance(part, Literal) and isinstance(part.value, bool)):
            open_parts.append(part)
    if not open_parts:
        return Literal(not decisive.value, expr.position)
    if len(open_parts) == 1:
        return open_parts[0]
    return _fold(Logic(expr.operator, tuple(open_parts), expr.position))


def _compare(expr: Compare, known: Mapping[str, object]) -> Expr:
    left, right = simplify(expr.left, known), simplify(expr.right, known)
    for before, after in ((expr.left, left), (expr.right, right)):
        # A value that turned out missing makes the comparison false; only the word null tests.
        if after == NULL and before != NULL and NULL not in (expr.left, expr.right):
            return Literal(value=False, position=expr.position)
    return _fold(Compare(expr.operator, left, right, expr.position))


def _fold(expr: Expr) -> Expr:
    """Work out a node all of whose parts are constants."""
    if any(not _is_constant(part) for part in children(expr)):
        return expr
    return _constant(compile_expression(expr, None)({}), expr)


def _is_constant(expr: Expr) -> bool:
    if isinstance(expr, ListOf):
        return all(isinstance(item, Literal) for item in expr.items)
    return isinstance(expr, Literal)


def _constant(value: object, place: Expr) -> Expr:
    """Write a value as literal; keep `place` where it has none that could be read back."""
    match value:
        case Decimal() if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
            return place
        case None | bool() | str() | Decimal() | date():
            return Literal(value, place.position)
        case list():
            items = tuple(_constant(item, place) for item in value)
            return ListOf(items, place.position)
        case _:
            return place
