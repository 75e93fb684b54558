"""The functions of the language: what they take, what they give, what they do.

A strict function gives null when any argument is null; the others say themselves what a missing
value means. None of them loops over anything but the values it was given.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from gemeinwerk.core.expressions.types import Type, fits, is_list, item_of, unify

Mismatch = tuple[int, Type]
"""Index of the argument that does not fit, and the type that would."""

_UNBOUNDED = 4000
_MANY_DAYS = 4_000_000  # more than the calendar of Python has
_PLACES = 12


@dataclass(frozen=True, slots=True)
class Function:
    """`result` checks argument types; `apply` works on values, in the order of the arguments."""

    least: int
    most: int
    result: Callable[[Sequence[Type]], Type | Mismatch]
    apply: Callable[..., Any]
    strict: bool = True


def _fixed(*wanted: Type, gives: Type) -> Callable[[Sequence[Type]], Type | Mismatch]:
    def result(found: Sequence[Type]) -> Type | Mismatch:
        for index, kind in enumerate(found):
            if not fits(kind, wanted[index]):
                return index, wanted[index]
        return gives

    return result


def _numbers(found: Sequence[Type]) -> Type | Mismatch:
    """Types of `sum`: one list of numbers, or numbers one by one."""
    if len(found) == 1 and fits(found[0], Type.NUMBER_LIST):
        return Type.NUMBER
    return _fixed(*[Type.NUMBER] * len(found), gives=Type.NUMBER)(found)


def _same(found: Sequence[Type]) -> Type | Mismatch:
    """Types of `coalesce`: all alike."""
    common = unify(found)
    if isinstance(common, Type):
        return common
    first = unify(found[:common])
    return common, first if isinstance(first, Type) else found[0]


def _extreme(found: Sequence[Type]) -> Type | Mismatch:
    """Types of `min` and `max`: one list, or values one by one; numbers, dates or texts."""
    if len(found) == 1 and is_list(found[0]):
        item = item_of(found[0])
        return (0, Type.NUMBER_LIST) if item in (None, Type.BOOLEAN) else item
    common = _same(found)
    if isinstance(common, Type) and (is_list(common) or common is Type.BOOLEAN):
        return 0, Type.NUMBER
    return common


def _anything(gives: Type) -> Callable[[Sequence[Type]], Type | Mismatch]:
    return lambda found: gives


def _lookup_types(found: Sequence[Type]) -> Type | Mismatch:
    key, keys, values = found
    key_item, value_item = item_of(keys), item_of(values)
    if is_list(key) or key_item is None:
        return (0, Type.TEXT) if is_list(key) else (1, Type.TEXT_LIST)
    if not fits(key, key_item):
        return 0, key_item
    return (2, Type.LIST) if value_item is None else value_item


def _count(value: object) -> Decimal:
    if isinstance(value, list):
        return Decimal(sum(item is not None for item in value))
    return Decimal(value is not None)


def _spread(values: tuple[Any, ...]) -> Sequence[Any]:
    only_list = len(values) == 1 and isinstance(values[0], list)
    return values[0] if only_list else values


def _sum(*values: Any) -> Decimal | None:
    numbers = _spread(values)
    # A missing part makes the sum unknown: a fee must not become too low in silence.
    return None if None in numbers else sum(numbers, Decimal(0))


def _min(*values: Any) -> Any:
    found = _spread(values)
    return None if not found or None in found else min(found)


def _max(*values: Any) -> Any:
    found = _spread(values)
    return None if not found or None in found else max(found)


def _whole(number: Decimal, limit: int) -> int | None:
    """Return a whole number within the limit as int, else None."""
    if abs(number) > limit or number != number.to_integral_value():
        return None
    return int(number)


def _round(number: Decimal, digits: Decimal = Decimal(0)) -> Decimal | None:
    places = _whole(digits, _PLACES)
    if places is None:
        return None
    rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if places >= 0 else rounded + Decimal(0)


def _coalesce(*values: object) -> object:
    return next((value for value in values if value is not None), None)


def _is_given(value: object) -> bool:
    return value is not None and value != []


def _lookup(key: object, keys: list[object], values: list[object]) -> object:
    if key not in keys:
        return None
    index = keys.index(key)
    return values[index] if index < len(values) else None


def full_months_between(first: date, last: date) -> int:
    """Count the months that have fully passed; negative when `last` lies before `first`.

    From 31 January the first month is full on 1 March (§ 188 (3) BGB: the period ends with the
    lapse of the last day of February).
    """
    if last < first:
        return -full_months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _years_between(first: date, last: date) -> Decimal:
    months = full_months_between(first, last)
    return Decimal(months // 12 if months >= 0 else -(-months // 12))


def _add_days(day: date, number: Decimal) -> date | None:
    days = _whole(number, _MANY_DAYS)
    return None if days is None else day + timedelta(days=days)


def _add_months(day: date, number: Decimal) -> date | None:
    months = _whole(number, _MANY_DAYS)
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    # A day the month does not have becomes its last day (§ 188 (3) BGB).
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


_DATES = (Type.DATE, Type.DATE)
_TEXTS = (Type.TEXT, Type.TEXT)
_TO_NUMBER = _fixed(Type.NUMBER, gives=Type.NUMBER)
_OF_DATE = _fixed(Type.DATE, gives=Type.NUMBER)
_BETWEEN = _fixed(*_DATES, gives=Type.NUMBER)
_ASK_TEXT = _fixed(*_TEXTS, gives=Type.BOOLEAN)
_LATER = _fixed(Type.DATE, Type.NUMBER, gives=Type.DATE)

FUNCTIONS: Mapping[str, Function] = {
    "count": Function(1, 1, _anything(Type.NUMBER), _count, strict=False),
    "sum": Function(1, _UNBOUNDED, _numbers, _sum),
    "min": Function(1, _UNBOUNDED, _extreme, _min),
    "max": Function(1, _UNBOUNDED, _extreme, _max),
    "round": Function(1, 2, _fixed(Type.NUMBER, Type.NUMBER, gives=Type.NUMBER), _round),
    "floor": Function(1, 1, _TO_NUMBER, lambda number: number.to_integral_value(ROUND_FLOOR)),
    "ceil": Function(1, 1, _TO_NUMBER, lambda number: number.to_integral_value(ROUND_CEILING)),
    "abs": Function(1, 1, _TO_NUMBER, abs),
    "length": Function(1, 1, _fixed(Type.TEXT, gives=Type.NUMBER), lambda text: Decimal(len(text))),
    "contains": Function(2, 2, _ASK_TEXT, lambda text, part: part in text),
    "starts_with": Function(2, 2, _ASK_TEXT, lambda text, start: text.startswith(start)),
    "lower": Function(1, 1, _fixed(Type.TEXT, gives=Type.TEXT), lambda text: text.lower()),
    "years_between": Function(2, 2, _BETWEEN, _years_between),
    "months_between": Function(2, 2, _BETWEEN, lambda a, b: Decimal(full_months_between(a, b))),
    "days_between": Function(2, 2, _BETWEEN, lambda first, last: Decimal((last - first).days)),
    "year": Function(1, 1, _OF_DATE, lambda day: Decimal(day.year)),
    "month": Function(1, 1, _OF_DATE, lambda day: Decimal(day.month)),
    "day": Function(1, 1, _OF_DATE, lambda day: Decimal(day.day)),
    "add_days": Function(2, 2, _LATER, _add_days),
    "add_months": Function(2, 2, _LATER, _add_months),
    "is_given": Function(1, 1, _anything(Type.BOOLEAN), _is_given, strict=False),
    "coalesce": Function(1, _UNBOUNDED, _same, _coalesce, strict=False),
    "lookup": Function(3, 3, _lookup_types, _lookup),
}
