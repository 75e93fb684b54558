"""Closures for comparisons: false when a side is missing, except in tests for null itself."""

from __future__ import annotations

import operator as python
from collections.abc import Callable, Mapping
from typing import Any

Values = Mapping[str, object]
_Closure = Callable[[Values], Any]
_Test = Callable[[Any, Any], bool]


def _in(value: object, among: object) -> bool:
    # Without this, Python would look for a text inside a text.
    if not isinstance(among, list):
        raise TypeError("in asks for a list")
    return value in among


def _not_in(value: object, among: object) -> bool:
    return not _in(value, among)


_TESTS: dict[str, _Test] = {
    "=": python.eq,
    "!=": python.ne,
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
    "in": _in,
    "not in": _not_in,
}


def compare(operator: str, left: _Closure, right: _Closure) -> _Closure:
    """Compare two values that are both known only at run time."""
    test = _TESTS[operator]

    def comparison(values: Values) -> bool:
        one = left(values)
        if one is None:
            return False
        other = right(values)
        return other is not None and test(one, other)

    return comparison


def compare_fixed(operator: str, left: _Closure, fixed: Any) -> _Closure:
    """Compare with a literal or a list of literals: what most rules do, so it has a short way."""
    if fixed is None:
        return lambda values: False
    match operator:
        case "=":

            def equal(values: Values) -> bool:
                value = left(values)
                return value is not None and value == fixed

            return equal
        case "in" | "not in" if isinstance(fixed, list):
            return _among(left, frozenset(fixed), inside=operator == "in")
    test = _TESTS[operator]

    def comparison(values: Values) -> bool:
        value = left(values)
        return value is not None and test(value, fixed)

    return comparison


def name_equals(path: str, fixed: object) -> _Closure:
    """`name = "literal"`, the commonest rule of all."""

    def equals(values: Values) -> bool:
        value = values.get(path)
        return value is not None and value == fixed

    return equals


def null_test(asked: _Closure, *, given: bool) -> _Closure:
    """`x = null` and `x != null`."""
    if given:
        return lambda values: asked(values) is not None
    return lambda values: asked(values) is None


def _among(left: _Closure, fixed: frozenset[object], *, inside: bool) -> _Closure:
    def among(values: Values) -> bool:
        value = left(values)
        return value is not None and (value in fixed) is inside

    return among
