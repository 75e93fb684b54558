"""One answer as a JSON value and back; reading is strict about types, kind about white space."""

from __future__ import annotations

import re
from decimal import Decimal

from gemeinwerk.core.forms.exports.conditions import plain_value
from gemeinwerk.core.forms.fields import TEXT_LIMIT, checker, parser
from gemeinwerk.core.forms.model import Field
from gemeinwerk.core.forms.values import (
    MAX_DIGITS,
    Refusal,
    from_value,
    read_date,
    to_boolean,
    to_number,
)

_ISO_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBERS = ("integer", "decimal", "money")


def json_value(field: Field, answer: str) -> object:
    """Return a canonical answer as the JSON value the schema describes."""
    if field.kind in _NUMBERS:
        number = to_number(answer)
        return answer if number is None else plain_value(number)
    if field.kind == "boolean":
        truth = to_boolean(answer)
        return answer if truth is None else truth
    return answer


def read_value(field: Field, value: object) -> str | Refusal:
    """Return the canonical answer of a JSON value, "" for a blank text."""
    if field.kind in _NUMBERS:
        number = _number(value)
        answer = Refusal("answer.not_a_number") if number is None else _canonical(field, number)
    elif field.kind == "boolean":
        answer = (
            from_value(value, "boolean") if isinstance(value, bool) else Refusal("answer.yes_or_no")
        )
    elif not isinstance(value, str):
        answer = Refusal("answer.not_text")
    else:
        answer = _text(field, value)
    if isinstance(answer, Refusal) or not answer:
        return answer
    return checker(field, field.label)(answer) or answer


def _text(field: Field, value: str) -> str | Refusal:
    if len(value) > 4 * TEXT_LIMIT:
        return Refusal("answer.too_long", {"limit": TEXT_LIMIT, "length": len(value)})
    if not value.strip():
        return ""
    if field.kind == "date":
        day = value.strip()
        return read_date(day) if _ISO_DAY.fullmatch(day) else Refusal("answer.not_a_date")
    if field.kind == "partial_date":
        return value.strip()  # canonical or refused by the check
    return parser(field)(value)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number if number.is_finite() else None


def _canonical(field: Field, number: Decimal) -> str | Refusal:
    if number.adjusted() >= MAX_DIGITS or len(number.as_tuple().digits) > 2 * MAX_DIGITS:
        return Refusal("answer.number_too_long", {"limit": MAX_DIGITS})
    exponent = number.normalize().as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    limit = {"integer": 0, "money": 2}.get(field.kind, field.decimals)
    if limit is not None and places > limit:
        if limit == 0:
            return Refusal("answer.not_whole")
        return Refusal("answer.too_many_decimals", {"limit": limit})
    answer = from_value(number + 0, field.kind)
    if len(answer) > MAX_DIGITS:
        return Refusal("answer.number_too_long", {"limit": MAX_DIGITS})
    return answer
