"""What presses in a case (Fristen): overdue answers and the traffic light against inactivity."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gemeinwerk.core.calendars import Calendar, Period, Step, add_period, day_with_weekday
from gemeinwerk.core.cases.lifecycle import CaseState, is_open


class Light(StrEnum):
    """The traffic light (Ampel) of a case."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class InactivityLimits:
    """When to warn and to escalate (R24); assumptions a town confirms [E]."""

    warn_months: int = 2
    escalate_days_before: int = 14


@dataclass(frozen=True, slots=True)
class Inactivity:
    """How near a case is to an action for failure to act (Untätigkeitsklage, § 75 VwGO)."""

    light: Light
    warn_on: date
    escalate_on: date
    action_possible_on: date
    steps: tuple[Step, ...]


def inactivity(
    received_on: date,
    *,
    today: date,
    calendar: Calendar,
    state: CaseState,
    limits: InactivityLimits | None = None,
) -> Inactivity:
    """Return the light with its days: amber from `warn_on`, red from `escalate_on`.

    The three months run from receipt also while the applicant is asked for something; only a
    court judges whether there was a good reason to wait. A case that is decided is green.
    """
    limits = limits or InactivityLimits()
    warn_on = _months_after(received_on, limits.warn_months, calendar)
    last = _months_after(received_on, 3, calendar)
    escalate_on = last - timedelta(days=limits.escalate_days_before)
    light = Light.GREEN
    if is_open(state) and today >= warn_on:
        light = Light.RED if today >= escalate_on else Light.AMBER
    day = day_with_weekday(last + timedelta(days=1))
    text = f"Ohne Entscheidung ist ab {day} eine Klage wegen Untätigkeit möglich."
    return Inactivity(
        light, warn_on, escalate_on, last + timedelta(days=1), (Step(text, "§ 75 VwGO"),)
    )


def _months_after(day: date, months: int, calendar: Calendar) -> date:
    return add_period(day, Period(months, "months"), calendar=calendar, shifts=False).date
