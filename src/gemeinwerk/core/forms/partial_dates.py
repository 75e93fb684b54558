"""Birth dates of which only the year, or year and month, are known (unvollständiges Datum).

German registers write "00.00.1950" and "00.03.1950". The canonical answers are "1950", "1950-03"
and "1950-03-14". Expressions see the last day it can be: so an age that is computed from it is
reached for certain. A bound refuses only what is outside on every day it can be.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from gemeinwerk.core.forms.values import Refusal, month_number, read_date

_CANONICAL = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_YEAR = re.compile(r"(?:00\. ?00\. ?)?([0-9]{4})(?:-00-00)?")
_MONTH = re.compile(r"(?:00\. ?)?([0-9]{1,2})[./] ?([0-9]{4})")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})(?:-00)?")
_SPOKEN_MONTH = re.compile(r"([A-Za-zä]{3,9})\.? ([0-9]{4})")
_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
    "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def read_partial_date(typed: str) -> str | Refusal:
    """Read "1950", "00.00.1950", "3.1950", "März 1950" or a whole day."""
    if found := _YEAR.fullmatch(typed):
        return found[1] if found[1] != "0000" else Refusal("answer.not_a_partial_date")
    if found := _MONTH.fullmatch(typed):
        return _month(int(found[2]), int(found[1]))
    if found := _ISO_MONTH.fullmatch(typed):
        return _month(int(found[1]), int(found[2]))
    if found := _SPOKEN_MONTH.fullmatch(typed):
        return _month(int(found[2]), month_number(found[1]))
    day = read_date(typed)
    if isinstance(day, Refusal) and day.code == "answer.not_a_date":
        return Refusal("answer.not_a_partial_date")
    return day


def _month(year: int, month: int) -> str | Refusal:
    if not 1 <= month <= 12 or year == 0:
        return Refusal("answer.no_such_month")
    return f"{year:04}-{month:02}"


def last_day(answer: str) -> date | None:
    """Return the last day a canonical answer can mean; None for anything else."""
    return _edge(answer, last=True)


def first_day(answer: str) -> date | None:
    """Return the first day a canonical answer can mean; None for anything else."""
    return _edge(answer, last=False)


def _edge(answer: str, *, last: bool) -> date | None:
    found = _CANONICAL.fullmatch(answer)
    if found is None or not answer.isascii():
        return None
    try:
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        day = found[3] or (monthrange(year, month)[1] if last else 1)
        return date(year, month, int(day))
    except ValueError:  # no such month (calendar says it with a ValueError, too) or day
        return None


def shown_partial_date(answer: str) -> str:
    """Return what people read, and what is not known."""
    year, month, day = _parts(answer)
    if day:
        return f"{day}.{month}.{year}"
    if month and 1 <= int(month) <= 12:
        return f"{_MONTHS[int(month) - 1]} {year} (Tag nicht bekannt)"
    return f"{year} (Tag und Monat nicht bekannt)" if year else answer


def typed_partial_date(answer: str) -> str:
    """Return the answer as it is typed: "14.03.1950", "03.1950", "1950"."""
    parts = [part for part in reversed(_parts(answer)) if part]
    return ".".join(parts) or answer


def _parts(answer: str) -> tuple[str, str, str]:
    found = _CANONICAL.fullmatch(answer)
    return (found[1], found[2] or "", found[3] or "") if found else ("", "", "")
