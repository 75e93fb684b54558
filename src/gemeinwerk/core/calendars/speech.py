"""How days are written in German: with weekday beside a deadline, with digits in a table."""

from datetime import date

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def day_in_words(day: date) -> str:
    """Return "4. Dezember 2026"."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def day_with_weekday(day: date) -> str:
    """Return "Freitag, 4. Dezember 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {day_in_words(day)}"


def day_in_digits(day: date) -> str:
    """Return "04.12.2026"."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
