"""Finds the type of an expression; wrong use is told with its position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gemeinwerk.core.expressions.errors import (
    ArgumentCountError,
    UnknownFunctionError,
    UnknownNameError,
    WrongTypeError,
)
from gemeinwerk.core.expressions.functions import FUNCTIONS
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
)
from gemeinwerk.core.expressions.types import Type, fits, is_list, item_of, list_of, type_of, unify


def infer(expr: Expr, types: Mapping[str, Type]) -> Type:
    """Return the type of `expr` when names have these `types`; raise `ExpressionError`."""
    match expr:
        case Literal(value=value):
            return type_of(value)
        case Name(path=path):
            if path not in types:
                raise UnknownNameError(position=expr.position, name=path)
            return types[path]
        case ListOf(items=items):
            return _list(items, types)
        case Not(operand=operand):
            check(operand, types, Type.BOOLEAN)
            return Type.BOOLEAN
        case Logic(operands=operands):
            for operand in operands:
                check(operand, types, Type.BOOLEAN)
            return Type.BOOLEAN
        case Negative(operand=operand):
            check(operand, types, Type.NUMBER)
            return Type.NUMBER
        case Arithmetic(first=first, steps=steps):
            for part in (first, *(operand for _, operand in steps)):
                check(part, types, Type.NUMBER)
            return Type.NUMBER
        case Compare():
            return _compare(expr, types)
        case If(condition=condition, then=then, otherwise=otherwise):
            check(condition, types, Type.BOOLEAN)
            return _common((then, otherwise), types)
        case Call():
            return _call(expr, types)


def check(expr: Expr, types: Mapping[str, Type], wanted: Type) -> None:
    """Raise `ExpressionError` when `expr` has faults inside or is not of the `wanted` type."""
    found = infer(expr, types)
    if not fits(found, wanted):
        raise _wrong(expr, found, wanted)


def _wrong(expr: Expr, found: Type, wanted: Type) -> WrongTypeError:
    return WrongTypeError(position=expr.position, found=found.value, expected=wanted.value)


def _common(parts: Sequence[Expr], types: Mapping[str, Type]) -> Type:
    found = [infer(part, types) for part in parts]
    common = unify(found)
    if isinstance(common, Type):
        return common
    first = unify(found[:common])
    raise _wrong(parts[common], found[common], first if isinstance(first, Type) else found[0])


def _list(items: Sequence[Expr], types: Mapping[str, Type]) -> Type:
    common = _common(items, types)
    if is_list(common):
        raise _wrong(items[0], common, Type.ANY)
    return list_of(common)


def _compare(expr: Compare, types: Mapping[str, Type]) -> Type:
    left, right = infer(expr.left, types), infer(expr.right, types)
    if expr.operator in ("in", "not in"):
        item = item_of(right)
        if item is None:
            raise _wrong(expr.right, right, list_of(left))
        if is_list(left) or not fits(left, item):
            raise _wrong(expr.left, left, item)
        return Type.BOOLEAN
    if expr.operator not in ("=", "!="):
        for side, found in ((expr.left, left), (expr.right, right)):
            if is_list(found) or found is Type.BOOLEAN:
                raise _wrong(side, found, Type.NUMBER)
    if not fits(right, left) and not fits(left, right):
        raise _wrong(expr.right, right, left)
    return Type.BOOLEAN


def _call(expr: Call, types: Mapping[str, Type]) -> Type:
    function = FUNCTIONS.get(expr.function)
    if function is None:
        raise UnknownFunctionError(position=expr.position, name=expr.function)
    count = len(expr.arguments)
    if not function.least <= count <= function.most:
        raise ArgumentCountError(position=expr.position, name=expr.function, count=count)
    found = [infer(argument, types) for argument in expr.arguments]
    result = function.result(found)
    if isinstance(result, Type):
        return result
    index, wanted = result
    raise _wrong(expr.arguments[index], found[index], wanted)
