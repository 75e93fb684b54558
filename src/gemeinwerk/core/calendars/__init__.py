"""Days that count (Kalender und Fristen): working days of a place and reckoned periods."""

from gemeinwerk.core.calendars.reckoning import (
    Law,
    Period,
    PeriodError,
    Reckoning,
    Step,
    add_days,
    add_period,
    move_to_working_day,
)
from gemeinwerk.core.calendars.speech import day_in_digits, day_in_words, day_with_weekday
from gemeinwerk.core.calendars.workdays import (
    STATES,
    Calendar,
    DayOutOfRangeError,
    LocalDay,
    UnknownStateError,
)

__all__ = [
    "STATES",
    "Calendar",
    "DayOutOfRangeError",
    "Law",
    "LocalDay",
    "Period",
    "PeriodError",
    "Reckoning",
    "Step",
    "UnknownStateError",
    "add_days",
    "add_period",
    "day_in_digits",
    "day_in_words",
    "day_with_weekday",
    "move_to_working_day",
]
