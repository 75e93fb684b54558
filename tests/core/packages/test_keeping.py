"""The day on which a file is deleted, reckoned from what the package says."""

from datetime import date

import pytest

from gemeinwerk.core.packages import Retention, delete_on

CLOSED = date(2026, 11, 23)


def test_without_a_period_nothing_is_deleted():
    assert delete_on(Retention(years=None), closed_on=CLOSED) is None


@pytest.mark.parametrize(
    ("starts", "valid_until", "expected"),
    [
        ("end_of_year_closed", None, date(2030, 1, 1)),
        ("closed", None, date(2029, 11, 24)),
        ("end_of_validity", date(2027, 5, 31), date(2030, 6, 1)),
        ("end_of_validity", None, date(2029, 11, 24)),
        ("end_of_validity", date(2020, 1, 1), date(2029, 11, 24)),
    ],
)
def test_three_years_from_the_named_day(starts, valid_until, expected):
    retention = Retention(years=3, starts=starts)
    assert delete_on(retention, closed_on=CLOSED, valid_until=valid_until) == expected


def test_a_leap_day_ends_with_february():
    retention = Retention(years=1, starts="closed")
    assert delete_on(retention, closed_on=date(2028, 2, 29)) == date(2029, 3, 1)
