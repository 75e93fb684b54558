"""Periods by civil-code counting (Fristberechnung, §§ 187-193 BGB) that explain themselves."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from gemeinwerk.core.calendars.speech import day_with_weekday
from gemeinwerk.core.calendars.workdays import Calendar, DayOutOfRangeError
from gemeinwerk.core.kernel import DomainError

Unit = Literal["days", "weeks", "months", "years"]


class PeriodError(DomainError):
    """A period needs a length of at least one."""

    code = "calendar.period_too_short"


class Law(StrEnum):
    """Which procedural law counts the period (Verfahrensrecht)."""

    BGB = "bgb"
    VWVFG = "vwvfg"
    AO = "ao"
    VWGO = "vwgo"


_SHIFT_NORM: Final[dict[Law, str]] = {
    Law.BGB: "§ 193 BGB",
    Law.VWVFG: "§ 31 Absatz 3 VwVfG",
    Law.AO: "§ 108 Absatz 3 AO",
    Law.VWGO: "§ 57 Absatz 2 VwGO, § 222 Absatz 2 ZPO",
}
_COUNT_NORM: Final[dict[Law, str]] = {
    Law.BGB: "",
    Law.VWVFG: "§ 31 Absatz 1 VwVfG, ",
    Law.AO: "§ 108 Absatz 1 AO, ",
    Law.VWGO: "§ 57 Absatz 2 VwGO, § 222 Absatz 1 ZPO, ",
}
_WORDS: Final[dict[Unit, tuple[str, str]]] = {
    "days": ("einem Tag", "Tagen"),
    "weeks": ("einer Woche", "Wochen"),
    "months": ("einem Monat", "Monaten"),
    "years": ("einem Jahr", "Jahren"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time (Frist): an amount of days, weeks, months or years."""

    amount: int
    unit: Unit = "days"

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise PeriodError(amount=self.amount)

    def in_german(self) -> str:
        """Return the length in the dative, as in "eine Frist von zwei Wochen"."""
        one, many = _WORDS[self.unit]
        return one if self.amount == 1 else f"{self.amount} {many}"


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of an explanation (Rechenschritt) with the norm it rests on."""

    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A computed day (Berechnung) with the steps that lead to it, in order."""

    date: date
    steps: tuple[Step, ...]

    def then(self, following: "Reckoning") -> "Reckoning":
        """Return the following day with both explanations in one row."""
        return Reckoning(following.date, self.steps + following.steps)


def add_period(
    start: date,
    period: Period,
    *,
    calendar: Calendar,
    law: Law = Law.VWVFG,
    start_counts: bool = False,
    shifts: bool = True,
) -> Reckoning:
    """Return the last day of a period (Fristende) that begins with an event on `start`.

    The day of the event does not count (§ 187 (1) BGB) unless `start_counts` says that the
    period begins with the day itself (§ 187 (2)). An end on Saturday, Sunday or public holiday
    moves to the next working day; `shifts=False` is for a fixed day named with reference to
    the rule, and for fictions that are no periods.
    """
    end = _end(start, period, start_counts=start_counts)
    begin = start if start_counts else add_days(start, 1)
    steps = (
        Step(
            f"Die Frist von {period.in_german()} beginnt am {day_with_weekday(begin)}.",
            _COUNT_NORM[law] + ("§ 187 Absatz 2 BGB" if start_counts else "§ 187 Absatz 1 BGB"),
        ),
        Step(f"Sie endet rechnerisch am {day_with_weekday(end)}.", _end_norm(start, period, end)),
    )
    reckoned = Reckoning(end, steps)
    return move_to_working_day(reckoned, calendar=calendar, law=law) if shifts else reckoned


def move_to_working_day(
    reckoned: Reckoning, *, calendar: Calendar, law: Law, norm: str | None = None
) -> Reckoning:
    """Move an end that falls on a free day to the next working day, and say why."""
    reason = calendar.why_free(reckoned.date)
    if reason is None:
        return reckoned
    moved = calendar.next_working_day(reckoned.date)
    text = f"Dieser Tag ist {reason}. Es zählt der nächste Werktag: {day_with_weekday(moved)}."
    return Reckoning(moved, (*reckoned.steps, Step(text, norm or _SHIFT_NORM[law])))


def add_days(day: date, days: int) -> date:
    """Return the day `days` later, or raise DayOutOfRangeError."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DayOutOfRangeError(year=day.year) from None


def _end(start: date, period: Period, *, start_counts: bool) -> date:
    if period.unit in ("days", "weeks"):
        days = period.amount * (7 if period.unit == "weeks" else 1)
        return add_days(start, days - 1 if start_counts else days)
    months = period.amount * (12 if period.unit == "years" else 1)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        raise DayOutOfRangeError(year=year)
    last = monthrange(year, month + 1)[1]
    if start.day > last:  # § 188 (3) BGB
        return date(year, month + 1, last)
    return add_days(date(year, month + 1, start.day), -1 if start_counts else 0)


def _end_norm(start: date, period: Period, end: date) -> str:
    if period.unit == "days":
        return "§ 188 Absatz 1 BGB"
    cut = period.unit in ("months", "years") and end.day < start.day - 1
    return "§ 188 Absatz 2 und 3 BGB" if cut else "§ 188 Absatz 2 BGB"
