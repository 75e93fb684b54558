"""Known formats of text answers: bank account, licence plate, postal code, tax id, time and so on.

Each function takes a trimmed value and returns its canonical form, or None if it is none.
Blanks and hyphens of printed forms are accepted; digits outside ASCII never are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from gemeinwerk.core.forms.check_digits import (
    identity_card,
    iso7064_mod_11_10,
    municipality_key,
    routing_id,
    vat_id,
)
from gemeinwerk.core.forms.places import area, point
from gemeinwerk.core.kernel.text import is_email

IBAN_LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        r"([A-Z]{2})(\d\d)",
        "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24"
        "FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32"
        "LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22"
        "SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20",
    )
}
_GERMAN_IBAN = re.compile(r"DE(?:0[2-9]|[1-8][0-9]|9[0-8])[0-9]{18}")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")
_PLATE = re.compile(r"([A-ZÄÖÜ]{1,3})[ -]+([A-Z]{1,2})[ -]*([1-9][0-9]{0,3})[ ]?([HE]?)")
_POSTAL_CODE = re.compile(r"(?!00)[0-9]{5}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,28}")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?: ?Uhr)?|([0-9]{1,2}) ?Uhr")
_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})|([0-9]{4})-([0-9]{2})-([0-9]{2})")


def _packed(value: str) -> str:
    return value.replace(" ", "").replace("\u00a0", "").replace("-", "").upper()


def iban(value: str) -> str | None:
    """International bank account number (ISO 13616, mod 97), without blanks."""
    packed = _packed(value)
    if not (packed.isascii() and packed.isalnum() and packed[2:4].isdigit()):
        return None
    if len(packed) != IBAN_LENGTHS.get(packed[:2]) or not "02" <= packed[2:4] <= "98":
        return None
    number = "".join(str(int(char, 36)) for char in packed[4:] + packed[:4])
    return packed if int(number) % 97 == 1 else None


def sound_iban(answer: str) -> bool | None:
    """Say at once that a canonical IBAN of Germany is right; None where `iban` has to look."""
    if not _GERMAN_IBAN.fullmatch(answer):
        return None
    # D and E are 13 and 14; the country and the check digits go to the end.
    return int(f"{answer[4:]}1314{answer[2:4]}") % 97 == 1 or None


def bic(value: str) -> str | None:
    """Business identifier code of a bank (ISO 9362)."""
    packed = _packed(value)
    return packed if _BIC.fullmatch(packed) else None


def plate(value: str) -> str | None:
    """German licence plate (Kfz-Kennzeichen) as "B-AB 1234", district and letters apart."""
    found = _PLATE.fullmatch(value.upper())
    if found is None or len(found[1] + found[2] + found[3] + found[4]) > 8:
        return None
    return f"{found[1]}-{found[2]} {found[3]}{found[4]}"


def postal_code(value: str) -> str | None:
    """German postal code (Postleitzahl)."""
    return value if _POSTAL_CODE.fullmatch(value) else None


def phone(value: str) -> str | None:
    """Telephone number as it was written; at least five digits."""
    enough = sum(char.isdigit() for char in value) >= 5
    return value if enough and _PHONE.fullmatch(value) else None


def tax_id(value: str) -> str | None:
    """Tax identification number (steuerliche Identifikationsnummer, § 139b AO)."""
    packed = value.replace(" ", "")
    if len(packed) != 11 or not (packed.isascii() and packed.isdigit()) or packed[0] == "0":
        return None
    first = packed[:10]
    counts = sorted(Counter(first).values(), reverse=True)
    tripled = counts[0] == 3 and not any(digit * 3 in first for digit in "0123456789")
    if not (counts[0] == 2 or tripled) or counts[1] != 1:
        return None
    return packed if iso7064_mod_11_10(first) == int(packed[10]) else None


def sound_tax_id(answer: str) -> bool | None:
    """Say that a canonical tax id is right; None where it is not."""
    return tax_id(answer) == answer or None


def time_of_day(value: str) -> str | None:
    """Time of day as "14:30"."""
    found = _TIME.fullmatch(value)
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def day_and_time(value: str) -> str | None:
    """Day and time as "2026-11-22T14:30"."""
    day, _, clock = value.replace("T", " ").replace(", ", " ").rpartition(" ")
    if clock == "Uhr":
        day, _, clock = day.rpartition(" ")
    found = _DAY.fullmatch(day.strip())
    time = time_of_day(clock[:5] if value[10:11] == "T" else clock)
    if found is None or time is None:
        return None
    try:
        if found[3]:
            on = date(int(found[3]), int(found[2]), int(found[1]))
        else:
            on = date(int(found[4]), int(found[5]), int(found[6]))
    except ValueError:
        return None
    return f"{on.isoformat()}T{time}"


def email(value: str) -> str | None:
    """E-mail address of the usual kind, its domain in small letters."""
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}" if is_email(value) else None


FORMATS: Mapping[str, Callable[[str], str | None]] = {
    "iban": iban,
    "bic": bic,
    "plate": plate,
    "postal_code": postal_code,
    "phone": phone,
    "tax_id": tax_id,
    "vat_id": vat_id,
    "municipality_key": municipality_key,
    "routing_id": routing_id,
    "identity_card": identity_card,
    "time": time_of_day,
    "datetime": day_and_time,
    "point": point,
    "area": area,
}
