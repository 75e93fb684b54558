"""Closures for + - * / on Decimal: a missing part, division by zero and overflow give null."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

_Closure = Callable[[Mapping[str, object]], Any]
_Operation = Callable[[Decimal, Decimal], Decimal | None]


def _divide(first: Decimal, second: Decimal) -> Decimal | None:
    return first / second if second else None


_OPERATIONS: dict[str, _Operation] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _divide,
}


def arithmetic(first: _Closure, steps: Sequence[tuple[str, _Closure]]) -> _Closure:
    """Return a closure that works the steps off from left to right."""
    if len(steps) == 1:
        sign, second = steps[0]
        return _pair(_OPERATIONS[sign], first, second)
    return _chain(first, [(_OPERATIONS[sign], part) for sign, part in steps])


def _pair(operation: _Operation, first: _Closure, second: _Closure) -> _Closure:
    def pair(values: Mapping[str, object]) -> Decimal | None:
        one = first(values)
        if one is None:
            return None
        other = second(values)
        if other is None:
            return None
        try:
            return operation(one, other)
        except ArithmeticError:
            return None

    return pair


def _chain(first: _Closure, steps: Sequence[tuple[_Operation, _Closure]]) -> _Closure:
    def chain(values: Mapping[str, object]) -> Decimal | None:
        result: Decimal | None = first(values)
        try:
            for operation, part in steps:
                value = part(values)
                if result is None or value is None:
                    return None
                result = operation(result, value)
        except ArithmeticError:
            return None
        return result

    return chain
