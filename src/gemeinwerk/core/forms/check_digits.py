"""Numbers with check digits and keys of authorities; each function returns the canonical form.

Blanks at the ends and those of printed forms are taken away; digits outside ASCII never count.
"""

from __future__ import annotations

import re
from string import ascii_uppercase, digits

_VAT_ID = re.compile(r"DE[1-9][0-9]{8}")
_KEY = re.compile(r"(?:0[1-9]|1[0-6])(?:[0-9]{6}|[0-9]{10})")
_ROUTING_ID = re.compile(
    r"([0-9]{2}|[0-9]{3}|[0-9]{5}|[0-9]{8,9}|[0-9]{12})(-[A-Z0-9]{1,30})?-[0-9]{2}"
)
_CARD = re.compile(r"[CFGHJKLMNPRTVWXYZ0-9]{9}[0-9]")
_VALUES = {char: value for value, char in enumerate(digits + ascii_uppercase)}
_STATES = 16


def vat_id(value: str) -> str | None:
    """German VAT number (Umsatzsteuer-Identifikationsnummer, § 27a UStG)."""
    packed = _without_blanks(value).upper()
    if not _VAT_ID.fullmatch(packed):
        return None
    return packed if iso7064_mod_11_10(packed[2:-1]) == int(packed[-1]) else None


def municipality_key(value: str) -> str | None:
    """Key of a municipality: AGS with 8 digits or ARS with 12; whether it exists says a list."""
    packed = _without_blanks(value)
    return packed if _KEY.fullmatch(packed) else None


def routing_id(value: str) -> str | None:
    """Address of an authority for invoices (Leitweg-ID), mod 97-10 over all of it."""
    packed = _without_blanks(value).upper()
    if not _ROUTING_ID.fullmatch(packed) or not 1 <= int(packed[:2]) <= _STATES:
        return None
    return packed if int(_as_digits(packed.replace("-", ""))) % 97 == 1 else None


def identity_card(value: str) -> str | None:
    """Number of an identity card or passport with its check digit, weights 7 3 1 (ICAO 9303)."""
    packed = _without_blanks(value).upper()
    if not _CARD.fullmatch(packed):
        return None
    total = sum(_VALUES[char] * (7, 3, 1)[at % 3] for at, char in enumerate(packed[:9]))
    return packed if total % 10 == int(packed[9]) else None


def iso7064_mod_11_10(number: str) -> int:
    """Return the check digit that belongs behind these digits."""
    product = 10
    for digit in number:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return (11 - product) % 10


def _as_digits(text: str) -> str:
    return "".join(str(_VALUES[char]) for char in text)


def _without_blanks(value: str) -> str:
    return value.replace(" ", "").replace("\u00a0", "")
