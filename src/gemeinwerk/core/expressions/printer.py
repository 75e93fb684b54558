"""Writes an expression as text; `parse` reads it back to an equal tree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions.tokens import quote_name, quote_text
from gemeinwerk.core.expressions.tree import (
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
    Scalar,
)

# How strongly a node binds; a part that binds less than its place demands gets brackets.
_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _SINGLE = range(9)


def to_text(expr: Expr) -> str:
    """Write `expr`; `parse(to_text(expr)) == expr` within the limits of the language."""
    return _write(expr)[0]


def _bracketed(expr: Expr, needed: int) -> str:
    text, binding = _write(expr)
    return text if binding >= needed else f"({text})"


def _listed(items: tuple[Expr, ...]) -> str:
    return ", ".join(to_text(item) for item in items)


def _write(expr: Expr) -> tuple[str, int]:
    """Return the text of a node and how strongly it binds."""
    match expr:
        case Literal(value=value):
            return _literal(value)
        case Name(path=path):
            return quote_name(path), _SINGLE
        case ListOf(items=items):
            return f"[{_listed(items)}]", _SINGLE
        case Call(function=function, arguments=arguments):
            return f"{quote_name(function)}({_listed(arguments)})", _SINGLE
        case Not(operand=operand):
            return f"not {_bracketed(operand, _NOT)}", _NOT
        case Negative(operand=operand):
            text = _bracketed(operand, _SIGN)
            # -5 is a number of its own; the negation of the number 5 is -(5).
            return (f"-({text})" if text[0].isdigit() else f"-{text}"), _SIGN
        case Logic(operator=operator, operands=operands):
            binding = _OR if operator == "or" else _AND
            joined = f" {operator} ".join(_bracketed(part, binding + 1) for part in operands)
            return joined, binding
        case Compare(operator=operator, left=left, right=right):
            return f"{_bracketed(left, _SUM)} {operator} {_bracketed(right, _SUM)}", _COMPARE
        case Arithmetic(first=first, steps=steps):
            return _arithmetic(first, steps)
        case If(condition=condition, then=then, otherwise=otherwise):
            parts = (to_text(part) for part in (condition, then, otherwise))
            return "if {} then {} else {}".format(*parts), _IF


def _arithmetic(first: Expr, steps: tuple[tuple[str, Expr], ...]) -> tuple[str, int]:
    binding = _SUM if steps[0][0] in "+-" else _PRODUCT
    words = [_bracketed(first, binding + 1)]
    for operator, operand in steps:
        words += [operator, _bracketed(operand, binding + 1)]
    return " ".join(words), binding


def _literal(value: Scalar) -> tuple[str, int]:
    match value:
        case None:
            return "null", _SINGLE
        case bool():
            return ("true" if value else "false"), _SINGLE
        case Decimal():
            return f"{value:f}", _SIGN if value.is_signed() else _SINGLE
        case date():
            return f'date("{value.isoformat()}")', _SINGLE
        case _:
            return quote_text(value), _SINGLE
