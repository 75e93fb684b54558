"""Turns an expression into nested Python closures: no eval, no loop, about a microsecond a call.

Missing answers are None. A comparison with a missing value is false, arithmetic with one is null,
`and`, `or` and `not` are three-valued (Kleene): `false and null` is false, `true and null` null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from gemeinwerk.core.expressions.arithmetic import arithmetic
from gemeinwerk.core.expressions.comparison import (
    compare,
    compare_fixed,
    name_equals,
    null_test,
)
from gemeinwerk.core.expressions.errors import (
    ArgumentCountError,
    UnknownFunctionError,
    WrongValueError,
)
from gemeinwerk.core.expressions.functions import FUNCTIONS, Function
from gemeinwerk.core.expressions.inference import infer
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
)
from gemeinwerk.core.expressions.types import Type

Values = Mapping[str, object]
Evaluate = Callable[[Values], object]
_Closure = Callable[[Values], Any]


def compile_expression(expr: Expr, types: Mapping[str, Type] | None) -> Evaluate:
    """Check `expr` against `types` and return a function from values by name to the value.

    Values are str, Decimal, bool, date, None or a list of these; an absent name is None.
    With `types` None nothing is checked beforehand. A value of another type than declared raises
    `WrongValueError` at run time; nothing else is ever raised.
    """
    if types is not None:
        infer(expr, types)
    closure = build(expr)

    def evaluate(values: Values) -> object:
        try:
            return cast("object", closure(values))
        except (TypeError, AttributeError, ArithmeticError, ValueError) as wrong:
            raise WrongValueError(position=expr.position) from wrong

    return evaluate


def build(expr: Expr) -> _Closure:
    """Return the bare closure of a node."""
    match expr:
        case Literal(value=value):
            return lambda values: value
        case Name(path=path):
            return lambda values: values.get(path)
        case ListOf(items=items):
            return _list(tuple(build(item) for item in items))
        case Not(operand=operand):
            return _not(build(operand))
        case Negative(operand=operand):
            return _negative(build(operand))
        case Logic(operator=operator, operands=operands):
            parts = tuple(build(part) for part in operands)
            return _chain(parts, decisive=operator == "or")
        case Compare():
            return _compare(expr)
        case Arithmetic(first=first, steps=steps):
            return arithmetic(build(first), [(sign, build(part)) for sign, part in steps])
        case If(condition=condition, then=then, otherwise=otherwise):
            return _if(build(condition), build(then), build(otherwise))
        case Call():
            return _call(expr)


def _list(items: tuple[_Closure, ...]) -> _Closure:
    return lambda values: [item(values) for item in items]


def _not(operand: _Closure) -> _Closure:
    def negate(values: Values) -> Any:
        value = operand(values)
        return None if value is None else not value

    return negate


def _negative(operand: _Closure) -> _Closure:
    def negative(values: Values) -> Any:
        value = operand(values)
        return None if value is None else -value

    return negative


def _chain(parts: tuple[_Closure, ...], *, decisive: bool) -> _Closure:
    """`and` is decided by the first false, `or` by the first true; else a null makes null."""

    def pair(values: Values) -> Any:
        one = first(values)
        if one is decisive:
            return decisive
        other = second(values)
        if other is decisive:
            return decisive
        return None if one is None or other is None else not decisive

    def many(values: Values) -> Any:
        result: Any = not decisive
        for part in parts:
            value = part(values)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    if len(parts) != 2:
        return many
    first, second = parts
    return pair


def _if(condition: _Closure, then: _Closure, otherwise: _Closure) -> _Closure:
    return lambda values: then(values) if condition(values) is True else otherwise(values)


def _compare(expr: Compare) -> _Closure:
    operator = expr.operator
    if operator in ("=", "!=") and NULL in (expr.left, expr.right):
        asked = expr.left if expr.right == NULL else expr.right
        return null_test(build(asked), given=operator == "!=")
    fixed = _fixed(expr.right)
    if fixed is None:
        return compare(operator, build(expr.left), build(expr.right))
    if operator == "=" and isinstance(expr.left, Name) and fixed[0] is not None:
        return name_equals(expr.left.path, fixed[0])
    return compare_fixed(operator, build(expr.left), fixed[0])


def _fixed(expr: Expr) -> tuple[Any] | None:
    """Return the value of a literal or a list of literals, wrapped so that null can be told."""
    if isinstance(expr, Literal):
        return (expr.value,)
    if isinstance(expr, ListOf) and all(isinstance(item, Literal) for item in expr.items):
        return (build(expr)({}),)
    return None


def _call(expr: Call) -> _Closure:
    function = FUNCTIONS.get(expr.function)
    if function is None:
        raise UnknownFunctionError(position=expr.position, name=expr.function)
    count = len(expr.arguments)
    if not function.least <= count <= function.most:
        raise ArgumentCountError(position=expr.position, name=expr.function, count=count)
    arguments = tuple(build(argument) for argument in expr.arguments)
    if len(arguments) == 1:
        return _apply_one(function, arguments[0])
    return _apply_many(function, arguments)


def _apply_one(function: Function, argument: _Closure) -> _Closure:
    apply, strict = function.apply, function.strict

    def one(values: Values) -> Any:
        value = argument(values)
        if value is None and strict:
            return None
        try:
            return apply(value)
        except ArithmeticError:  # beyond what numbers and dates can hold
            return None

    return one


def _apply_many(function: Function, arguments: tuple[_Closure, ...]) -> _Closure:
    apply, strict = function.apply, function.strict

    def many(values: Values) -> Any:
        found = [argument(values) for argument in arguments]
        if strict and None in found:
            return None
        try:
            return apply(*found)
        except ArithmeticError:
            return None

    return many
