"""Working days (Werktage, Arbeitstage) of the sixteen states and of a single place."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays

from gemeinwerk.core.kernel import DomainError

STATES: Final[dict[str, str]] = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
_LAST_YEAR: Final = 2200
_SATURDAY: Final = 5
_SUNDAY: Final = 6


class UnknownStateError(DomainError):
    """No German state (Land) has this code."""

    code = "calendar.state_unknown"


class DayOutOfRangeError(DomainError):
    """The day lies too far away to be reckoned with."""

    code = "calendar.day_out_of_range"


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A public holiday of one place only (örtlicher Feiertag).

    Such as Mariä Himmelfahrt in Catholic places of Bavaria, Fronleichnam in parts of Saxony and
    Thuringia, the Friedensfest in Augsburg. The town enters them year by year.
    """

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The public holidays (gesetzliche Feiertage) that count in one town."""

    state: str
    local_days: tuple[LocalDay, ...] = ()

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise UnknownStateError(state=self.state)

    def holiday_name(self, day: date) -> str | None:
        """Return the German name of the public holiday, or None on other days."""
        for local in self.local_days:
            if local.on == day:
                return local.name
        return _holidays_of(self.state, day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the day is neither Saturday nor Sunday nor public holiday."""
        return day.weekday() < _SATURDAY and self.holiday_name(day) is None

    def why_free(self, day: date) -> str | None:
        """Return why a period does not end on this day ("ein Samstag"), or None."""
        name = self.holiday_name(day)
        if name is not None:
            return f"ein gesetzlicher Feiertag ({name})"
        if day.weekday() == _SUNDAY:
            return "ein Sonntag"
        return "ein Samstag" if day.weekday() == _SATURDAY else None

    def next_working_day(self, day: date) -> date:
        """Return the day itself when it is a working day, else the next one that is."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day` (count 0: the day or the next one)."""
        day = self.next_working_day(day) if count == 0 else day
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day


@lru_cache(maxsize=512)
def _holidays_of(state: str, year: int) -> dict[date, str]:
    if not 1990 <= year <= _LAST_YEAR:
        raise DayOutOfRangeError(year=year)
    found = holidays.country_holidays("DE", subdiv=state, years=year, language="de")
    return dict(found.items())
