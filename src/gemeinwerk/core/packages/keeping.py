"""When the file of a decided case is deleted (Aufbewahrungsfrist, R34)."""

from __future__ import annotations

from datetime import date, timedelta

from gemeinwerk.core.packages.model import Retention


def delete_on(
    retention: Retention, *, closed_on: date, valid_until: date | None = None
) -> date | None:
    """Return the first day after the retention period, None while the town has not set it.

    A period from the end of validity counts from the decision where nothing says how long it is
    valid; a date in the past does not shorten it.
    """
    if retention.years is None:
        return None
    if retention.starts == "end_of_year_closed":
        return date(closed_on.year + retention.years + 1, 1, 1)
    begins = closed_on
    if retention.starts == "end_of_validity" and valid_until is not None:
        begins = max(closed_on, valid_until)
    return _years_later(begins, retention.years) + timedelta(days=1)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1) - timedelta(days=1)
