"""Readable codes: case numbers (Aktenzeichen) and access codes (Zugangscodes).

Crockford's base 32 has no I, L, O and U; what a person mistakes is read as meant. The check
character is a weighted sum over the field of 32 elements, so one wrong character and any two
swapped ones are found before a look-up or a counted try.
"""

import re
from collections.abc import Callable
from typing import Final

from gemeinwerk.core.kernel import DomainError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTAKEN: Final = str.maketrans("OIL", "011")
_IGNORED: Final = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_CASE_NUMBER: Final = re.compile(r"(\d{4})([0-9A-HJKMNP-TV-Z]{8})([0-9A-HJKMNP-TV-Z])")
_ACCESS_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}")

RandomBelow = Callable[[int], int]
"""Gives an unpredictable whole number from 0 up to, but not including, the argument."""


class CaseNumberError(DomainError):
    """Not a case number, or one with a typing mistake."""

    code = "case_number.wrong"


class AccessCodeError(DomainError):
    """Not an access code, or one with a typing mistake; counts as no try."""

    code = "access_code.wrong"


def new_case_number(year: int, random_below: RandomBelow) -> str:
    """Return a case number such as "2026-7K4M-92QX-F"; the caller retries if it is taken.

    40 random bits: numbers neither tell how many cases a town has nor can be counted through.
    """
    drawn = "".join(ALPHABET[random_below(32)] for _ in range(8))
    return _shape_case_number(f"{year:04}", drawn)


def normalise_case_number(typed: str) -> str:
    """Return the case number as it is stored, or raise CaseNumberError."""
    match = _CASE_NUMBER.fullmatch(_plain(typed))
    if match is None:
        raise CaseNumberError()
    number = _shape_case_number(match.group(1), match.group(2))
    if number[-1] != match.group(3):
        raise CaseNumberError()
    return number


def new_access_code(random_below: RandomBelow) -> str:
    """Return a code such as "7K4M-92QX-FA3C-80TZ": 75 random bits and a check character."""
    drawn = "".join(ALPHABET[random_below(32)] for _ in range(15))
    return _groups(drawn + _check(drawn))


def normalise_access_code(typed: str) -> str:
    """Return the code as it was made, or raise AccessCodeError; compare hashes, never codes."""
    plain = _plain(typed)
    if _ACCESS_CODE.fullmatch(plain) is None or _check(plain[:-1]) != plain[-1]:
        raise AccessCodeError()
    return _groups(plain)


def _plain(typed: str) -> str:
    return _IGNORED.sub("", typed[:64]).upper().translate(_MISTAKEN)


def _groups(plain: str) -> str:
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def _shape_case_number(year: str, drawn: str) -> str:
    return f"{year}-{drawn[:4]}-{drawn[4:]}-{_check(year + drawn)}"


def _check(plain: str) -> str:
    weight, total = 1, 0
    for character in plain:
        weight = _double(weight)
        total ^= _times(weight, ALPHABET.index(character))
    return ALPHABET[total]


def _double(value: int) -> int:
    """Multiply by x in GF(32) with x^5 + x^2 + 1; its powers differ for 31 places."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _times(first: int, second: int) -> int:
    product = 0
    while second:
        if second & 1:
            product ^= first
        first, second = _double(first), second >> 1
    return product
