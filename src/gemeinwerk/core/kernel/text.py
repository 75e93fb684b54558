"""German wording of plain values: dates and enumerations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip


def german_date(day: date) -> str:
    """Write a day as in forms and tables: "03.10.2026"."""
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def german_long_date(day: date) -> str:
    """Write a day as in letters (DIN 5008): "3. Oktober 2026"."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def enumeration(words: Sequence[str], joint: str = "und") -> str:
    """Join words as in a sentence: "a", "a und b", "a, b und c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"
