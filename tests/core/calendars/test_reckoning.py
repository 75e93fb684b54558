"""Periods end where the civil code says, and tell why."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.calendars import (
    STATES,
    Calendar,
    DayOutOfRangeError,
    Law,
    LocalDay,
    Period,
    PeriodError,
    UnknownStateError,
    add_period,
    day_with_weekday,
)

NW = Calendar("NW")
BE = Calendar("BE")


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 11, 24), Period(1, "months"), date(2026, 12, 24)),
        (date(2026, 1, 31), Period(1, "months"), date(2026, 3, 2)),  # 28 February is a Saturday
        (date(2028, 1, 31), Period(1, "months"), date(2028, 2, 29)),
        (date(2026, 11, 25), Period(1, "months"), date(2026, 12, 28)),  # Christmas, then Saturday
        (date(2026, 11, 23), Period(14, "days"), date(2026, 12, 7)),
        (date(2026, 11, 23), Period(2, "weeks"), date(2026, 12, 7)),
        (date(2026, 3, 20), Period(2, "weeks"), date(2026, 4, 7)),  # Good Friday to Tuesday
        (date(2027, 2, 28), Period(1, "years"), date(2028, 2, 28)),
        (date(2028, 2, 29), Period(1, "years"), date(2029, 2, 28)),
    ],
)
def test_a_period_ends_on_its_day(start: date, period: Period, end: date) -> None:
    assert add_period(start, period, calendar=NW).date == end


def test_a_period_that_begins_with_the_day_ends_one_day_earlier() -> None:
    period = Period(1, "months")
    first = add_period(date(2026, 9, 1), period, calendar=NW, start_counts=True)
    assert first.date == date(2026, 9, 30)
    cut = add_period(date(2028, 1, 31), period, calendar=NW, start_counts=True)
    assert cut.date == date(2028, 2, 29)


def test_a_holiday_of_one_state_moves_the_end_only_there() -> None:
    start = date(2027, 2, 8)  # one month later: Frauentag, a Monday
    assert add_period(start, Period(1, "months"), calendar=BE).date == date(2027, 3, 9)
    assert add_period(start, Period(1, "months"), calendar=NW).date == date(2027, 3, 8)


def test_a_local_day_counts_in_its_place() -> None:
    feast = LocalDay(date(2028, 8, 15), "Mariä Himmelfahrt")
    start = date(2028, 8, 1)
    assert add_period(start, Period(2, "weeks"), calendar=Calendar("BY")).date == feast.on
    moved = add_period(start, Period(2, "weeks"), calendar=Calendar("BY", (feast,)))
    assert moved.date == date(2028, 8, 16)
    assert "Mariä Himmelfahrt" in moved.steps[-1].text


def test_a_fixed_day_does_not_move() -> None:
    fixed = add_period(date(2026, 11, 21), Period(1, "weeks"), calendar=NW, shifts=False)
    assert fixed.date == date(2026, 11, 28)


def test_the_explanation_names_day_and_norm_of_each_step() -> None:
    reckoned = add_period(date(2026, 11, 25), Period(1, "months"), calendar=NW, law=Law.VWVFG)
    assert [step.norm for step in reckoned.steps] == [
        "§ 31 Absatz 1 VwVfG, § 187 Absatz 1 BGB",
        "§ 188 Absatz 2 BGB",
        "§ 31 Absatz 3 VwVfG",
    ]
    assert reckoned.steps[0].text == (
        "Die Frist von einem Monat beginnt am Donnerstag, 26. November 2026."
    )
    assert reckoned.steps[2].text == (
        "Dieser Tag ist ein gesetzlicher Feiertag (Erster Weihnachtstag). "
        "Es zählt der nächste Werktag: Montag, 28. Dezember 2026."
    )


def test_a_shortened_month_cites_its_paragraph() -> None:
    reckoned = add_period(date(2028, 1, 31), Period(1, "months"), calendar=NW)
    assert reckoned.steps[1].norm == "§ 188 Absatz 2 und 3 BGB"


def test_impossible_periods_and_days_are_refused() -> None:
    with pytest.raises(PeriodError):
        Period(0)
    with pytest.raises(UnknownStateError):
        Calendar("XX")
    with pytest.raises(DayOutOfRangeError):
        add_period(date(9999, 12, 1), Period(2, "months"), calendar=NW)
    with pytest.raises(DayOutOfRangeError):
        add_period(date(9999, 12, 31), Period(1), calendar=NW, shifts=False)


def test_every_state_knows_the_day_of_unity() -> None:
    for state in STATES:
        assert Calendar(state).holiday_name(date(2026, 10, 3)) == "Tag der Deutschen Einheit"


def test_working_days_are_counted_over_weekend_and_holiday() -> None:
    assert NW.add_working_days(date(2026, 12, 23), 3) == date(2026, 12, 29)
    assert NW.add_working_days(date(2026, 12, 26), 0) == date(2026, 12, 28)
    assert day_with_weekday(date(2026, 12, 4)) == "Freitag, 4. Dezember 2026"


_DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2099, 12, 31))


@given(_DAYS, st.sampled_from(sorted(STATES)), st.integers(1, 60))
def test_a_period_never_ends_early_nor_on_a_free_day(start: date, state: str, days: int) -> None:
    calendar = Calendar(state)
    end = add_period(start, Period(days), calendar=calendar).date
    assert calendar.is_working_day(end)
    assert end >= start + timedelta(days=days)
    assert (end - start).days - days <= 5


@given(_DAYS, st.integers(1, 36))
def test_a_later_event_never_ends_earlier(start: date, months: int) -> None:
    period = Period(months, "months")
    first = add_period(start, period, calendar=NW, shifts=False).date
    second = add_period(start + timedelta(days=1), period, calendar=NW, shifts=False).date
    assert first <= second
