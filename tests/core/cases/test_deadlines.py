"""The traffic light turns in time."""

from datetime import date

import pytest

from gemeinwerk.core.calendars import Calendar
from gemeinwerk.core.cases import (
    CaseState,
    InactivityLimits,
    Light,
    inactivity,
)

NW = Calendar("NW")
RECEIVED = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (date(2026, 10, 31), Light.GREEN),
        (date(2026, 11, 1), Light.AMBER),
        (date(2026, 11, 16), Light.AMBER),
        (date(2026, 11, 17), Light.RED),
        (date(2027, 3, 1), Light.RED),
    ],
)
def test_the_light_warns_at_two_months_and_escalates_before_three(
    today: date, light: Light
) -> None:
    found = inactivity(RECEIVED, today=today, calendar=NW, state=CaseState.IN_PROGRESS)
    assert found.light is light
    assert found.action_possible_on == date(2026, 12, 2)
    assert found.escalate_on < found.action_possible_on


def test_a_decided_case_is_green() -> None:
    found = inactivity(RECEIVED, today=date(2027, 3, 1), calendar=NW, state=CaseState.DECIDED)
    assert found.light is Light.GREEN
    assert "Mittwoch, 2. Dezember 2026" in found.steps[0].text


def test_the_town_may_escalate_earlier() -> None:
    found = inactivity(
        RECEIVED,
        today=date(2026, 11, 2),
        calendar=NW,
        state=CaseState.RECEIVED,
        limits=InactivityLimits(warn_months=1, escalate_days_before=30),
    )
    assert found.light is Light.RED
