"""Turns typed text into canonical answers, answers into values, and values into German text."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NamedTuple

from gemeinwerk.core.kernel.errors import Param

Value = str | Decimal | bool | date | None | list["Value"]
"""What expressions compute with."""


class Refusal(NamedTuple):
    """Why a typed text is no answer."""

    code: str
    params: dict[str, Param] = {}


MAX_DIGITS = 24
_CENTS, _WHOLE = Decimal("0.01"), Decimal(1)
_LEAST, _MOST = Decimal(-(10**18)), Decimal(10**18)
_DATE = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_SHORT_DATE = re.compile(r"[0-9]{1,2}\. ?[0-9]{1,2}\. ?[0-9]{2}")
_SPOKEN_DATE = re.compile(r"([0-9]{1,2})\. ?([A-Za-zä]{3,9})\.? ([0-9]{4})")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan jänner",
            "februar feb",
            "märz mrz",
            "april apr",
            "mai",
            "juni jun",
            "juli jul",
            "august aug",
            "september sep sept",
            "oktober okt",
            "november nov",
            "dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
_GERMAN_NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_POINT_NUMBER = re.compile(r"([+-]?)([0-9]+)\.([0-9]+)")
_BLANKS = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "\u2212": "-", "–": "-"})
_TRUE = frozenset({"true", "ja", "1", "on", "wahr"})
_FALSE = frozenset({"false", "nein", "0", "off", "falsch"})


def read_date(typed: str) -> str | Refusal:
    """Read "1.2.2026", "01.02.2026", "1. Februar 2026" or ISO into an ISO day."""
    found = _DATE.fullmatch(typed)
    if found:
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    elif found := _ISO_DATE.fullmatch(typed):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _SPOKEN_DATE.fullmatch(typed):
        month = month_number(found[2])
        day, year = int(found[1]), int(found[3])
        if not month:
            return Refusal("answer.not_a_date")
    else:
        short = _SHORT_DATE.fullmatch(typed)
        return Refusal("answer.date_short_year" if short else "answer.not_a_date")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return Refusal("answer.no_such_day")


def month_number(name: str) -> int:
    """Return the number of a German month, 0 for any other word."""
    return _MONTHS.get(name.lower(), 0)


def read_number(typed: str, decimals: int | None) -> str | Refusal:
    """Read "1.234,50" or "1234.5" into a canonical number with at most `decimals` places.

    Without a comma, "1.234" is read as German thousands; "12.5" and "12.50" as a decimal point.
    """
    packed = typed.translate(_BLANKS)
    found = _GERMAN_NUMBER.fullmatch(packed) or _POINT_NUMBER.fullmatch(packed)
    if found is None:
        return Refusal("answer.not_a_number")
    whole = found[2].replace(".", "").lstrip("0") or "0"
    part = (found[3] or "").rstrip("0")
    if len(whole) + len(part) > MAX_DIGITS:
        return Refusal("answer.number_too_long", {"limit": MAX_DIGITS})
    if decimals is not None and len(part) > decimals:
        if decimals == 0:
            return Refusal("answer.not_whole")
        return Refusal("answer.too_many_decimals", {"limit": decimals})
    sign = "-" if found[1] == "-" and (whole != "0" or part) else ""
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"


def read_integer(typed: str) -> str | Refusal:
    """Read a whole number."""
    return read_number(typed, 0)


def read_money(typed: str) -> str | Refusal:
    """Read an amount in euros; the currency may be written behind it."""
    packed = typed.removesuffix("€").removesuffix("EUR").removesuffix("Euro")
    amount = read_number(packed, 2)
    if isinstance(amount, Refusal):
        return amount
    whole, _, part = amount.partition(".")
    return f"{whole}.{part:0<2}"


def read_boolean(typed: str) -> str | Refusal:
    """Read yes or no."""
    lowered = typed.lower()
    if lowered in _TRUE:
        return "true"
    return "false" if lowered in _FALSE else Refusal("answer.yes_or_no")


def to_date(answer: str) -> date | None:
    """Return the day of a canonical answer; None for anything else."""
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


def to_number(answer: str) -> Decimal | None:
    """Return the number of a canonical answer; None for anything else, NaN included."""
    if len(answer) > MAX_DIGITS + 3:
        return None
    try:
        number = Decimal(answer)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def to_boolean(answer: str) -> bool | None:
    """Return the truth of a canonical answer; None for anything else."""
    return {"true": True, "false": False}.get(answer)


def to_text(answer: str) -> str | None:
    """Return a text answer as it is; the empty one is None."""
    return answer or None


def from_value(value: object, kind: str) -> str:
    """Return the canonical answer of a computed value; "" for None or a value of another kind."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int):
        return _canonical_number(Decimal(value), kind)
    return value if isinstance(value, str) else ""


def _canonical_number(number: Decimal, kind: str) -> str:
    if not number.is_finite() or number.adjusted() > MAX_DIGITS:
        return ""
    if kind in ("money", "integer"):
        places = _CENTS if kind == "money" else _WHOLE
        return f"{number.quantize(places, ROUND_HALF_UP):f}"
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def settled_money(value: object) -> Value:
    """Return the value of a calculated amount: what `from_value` writes, read again."""
    if type(value) is Decimal and _LEAST < value < _MOST:
        return value.quantize(_CENTS, ROUND_HALF_UP)
    return None if value is None else to_number(from_value(value, "money"))


def settled_integer(value: object) -> Value:
    """Return the value of a calculated whole number."""
    if type(value) is Decimal and _LEAST < value < _MOST:
        return value.quantize(_WHOLE, ROUND_HALF_UP)
    return None if value is None else to_number(from_value(value, "integer"))


def german_date(day: date) -> str:
    """Return "01.02.2026"."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def german_number(answer: str, *, grouped: bool = True) -> str:
    """Return a canonical number as "1.234,5"; for input fields without points."""
    whole, point, part = answer.partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    if grouped and 3 < len(digits) <= MAX_DIGITS and digits.isascii() and digits.isdigit():
        digits = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{digits}{',' if point else ''}{part}"
