"""How dates, money, numbers and sizes are written for people."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from gemeinwerk.web.ui import language

TOWN_TIME = ZoneInfo("Europe/Berlin")

_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "en": "January February March April May June July August September October November December",
}
_DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
}
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def date_de(value: date | str | None) -> str:
    """Write a day in words, "4. Dezember 2026"; an instant is taken in German time."""
    day = _day(value)
    if day is None:
        return ""
    spoken = language.current()
    dot = "." if spoken == "de" else ""
    return f"{day.day}{dot} {_MONTHS[spoken].split()[day.month - 1]} {day.year}"


def date_short(value: date | str | None) -> str:
    """Write a day in digits, "04.12.2026"; for tables and input fields."""
    day = _day(value)
    return f"{day.day:02}.{day.month:02}.{day.year:04}" if day else ""


def weekday(value: date | str | None) -> str:
    """Write a day with its weekday, "Freitag, 4. Dezember 2026"; for deadlines."""
    day = _day(value)
    if day is None:
        return ""
    return f"{_DAYS[language.current()].split()[day.weekday()]}, {date_de(day)}"


def datetime_de(value: datetime | str | None) -> str:
    """Write an instant in German time, "4. Dezember 2026, 14:05 Uhr"."""
    if not value:
        return ""
    instant = _local(datetime.fromisoformat(value) if isinstance(value, str) else value)
    clock = " Uhr" if language.current() == "de" else ""
    return f"{date_de(instant)}, {instant:%H:%M}{clock}"


def datetime_short(value: datetime | str | None) -> str:
    """Write an instant in digits, "04.12.2026 14:05"; for dense tables."""
    if not value:
        return ""
    instant = _local(datetime.fromisoformat(value) if isinstance(value, str) else value)
    return f"{instant:%d.%m.%Y %H:%M}"


def number(value: Decimal | int | str | None, places: int | None = None) -> str:
    """Write a number with the separators of the language, "1.234,5"."""
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    text = f"{exact:,f}" if places is None else f"{exact:,.{places}f}"
    return text if language.current() == "en" else text.translate(str.maketrans(",.", ".,"))


def money(value: Decimal | int | str | None) -> str:
    """Write an amount in euros, "1.234,50 EUR" (the space does not break)."""
    return f"{number(value, 2)}\u00a0EUR" if value is not None and value != "" else ""


def size(count: int) -> str:
    """Write the size of a file given in bytes, "3,4 MB"."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\u00a0KB"
    places = 0 if count >= 10_000_000 or count % 1_000_000 == 0 else 1
    return f"{number(Decimal(count) / 1_000_000, places)}\u00a0MB"


def shown(value: object) -> object:
    """Return a parameter of a sentence as people read it: days in words, numbers with comma."""
    if isinstance(value, datetime):
        return datetime_de(value)
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return date_de(value)
    return number(value) if isinstance(value, Decimal) else value


def _day(value: date | str | None) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10]) if value else None
        except ValueError:
            return None
    return _local(value).date() if isinstance(value, datetime) else value


def _local(instant: datetime) -> datetime:
    return instant.astimezone(TOWN_TIME) if instant.tzinfo else instant
