"""Turns the text of an element into a plain value and back, without losing how it was spelt."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

Plain = str | int | bool | Decimal
_TRUTH = {"true": True, "1": True, "false": False, "0": False}
_LONGEST_NUMBER = 40


def read_plain(text: str, options: tuple[type, ...]) -> Plain | None:
    """Return the value the text stands for, None when it is none of the kind asked for."""
    for kind in (bool, int, Decimal):
        if kind in options:
            return _READERS[kind](text.strip())
    return text


def write_plain(value: Plain) -> str:
    """Return the usual spelling of a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def _integer(text: str) -> int | None:
    digits = text[1:] if text[:1] in ("-", "+") else text
    if len(text) > _LONGEST_NUMBER or not (digits.isascii() and digits.isdigit()):
        return None
    return int(text)


def _decimal(text: str) -> Decimal | None:
    if len(text) > _LONGEST_NUMBER or not text.isascii() or "e" in text.lower():
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


_READERS: dict[type, Callable[[str], Plain | None]] = {
    bool: _TRUTH.get,
    int: _integer,
    Decimal: _decimal,
}
