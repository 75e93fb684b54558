"""Money and numbers as Germans write and read them; amounts are Decimal euros."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from gemeinwerk.core.kernel.errors import DomainError

CENT = Decimal("0.01")

_MAX_LENGTH = 40
_MAX_DIGITS = 15
_CURRENCY = re.compile(r"^(?:€|EUR|Euro)|(?:€|EUR|Euro)$", re.IGNORECASE)
# With a comma or points as thousands: 1.234.567,89 · 1234,5 · 1.234 · 12,- ; a single point that
# is followed by one or two digits can only be a decimal point: 12.50.
_GROUPED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+|-{1,2}|–))?")
_POINTED = re.compile(r"([0-9]+)\.([0-9]{1,2})")
_SPACES = re.compile(r"[ \u00a0\u202f\u2009]")


class UnreadableNumberError(DomainError):
    """The text is no number in German spelling."""

    code = "number.unreadable"


class TooManyDecimalsError(DomainError):
    """More decimal places than the number may have."""

    code = "number.too_many_decimals"


def to_cents(amount: Decimal) -> Decimal:
    """Round to the cent, half away from zero (kaufmännisch); the result has two places."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def german_number(value: Decimal, places: int | None = None) -> str:
    """Write 1234.5 as "1.234,5"; with `places` rounded (half up) and filled to that many."""
    if places is not None:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{value:,f}".translate({ord(","): ".", ord("."): ","})


def euro(amount: Decimal) -> str:
    """Write an amount as "1.234,50 EUR"."""
    return f"{german_number(amount, 2)} EUR"


def read_number(text: str, *, places: int | None = None) -> Decimal:
    """Read a German number: "1.234,5", "1234,5", "-3", "12.5"; at most `places` decimals.

    "1.234" is one thousand two hundred and thirty-four. Raises `UnreadableNumberError` or
    `TooManyDecimalsError`.
    """
    trimmed = text.strip()
    shown = trimmed[:_MAX_LENGTH]
    if len(trimmed) > _MAX_LENGTH:
        raise UnreadableNumberError(value=shown)
    compact = _SPACES.sub("", trimmed)
    negative = compact.startswith(("-", "\u2212"))
    unsigned = compact[1:] if negative or compact.startswith("+") else compact
    match = _POINTED.fullmatch(unsigned) or _GROUPED.fullmatch(unsigned)
    if match is None:
        raise UnreadableNumberError(value=shown)
    whole = match[1].replace(".", "")
    decimals = (match[2] or "").strip("-–")
    if len(whole) + len(decimals) > _MAX_DIGITS:
        raise UnreadableNumberError(value=shown)
    if places is not None and len(decimals) > places:
        raise TooManyDecimalsError(value=shown, places=places)
    number = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return -number if negative and number else number


def read_money(text: str) -> Decimal:
    """Read an amount such as "1.234,50 EUR", "12,5 €" or "12,-"; the result has two places."""
    trimmed = text.strip()
    if len(trimmed) > _MAX_LENGTH:
        raise UnreadableNumberError(value=trimmed[:_MAX_LENGTH])
    return to_cents(read_number(_CURRENCY.sub("", trimmed), places=2))
