"""What the town promises with the receipt (Eingangsbestätigung): completeness and duration."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gemeinwerk.core.calendars import (
    Calendar,
    Period,
    Reckoning,
    Step,
    add_period,
    day_with_weekday,
)


@dataclass(frozen=True, slots=True)
class AwaitedEvidence:
    """Evidence that will follow (nachgereichter Nachweis)."""

    key: str
    label: str
    required: bool = True
    follow_days: int = 14


@dataclass(frozen=True, slots=True)
class MissingItem:
    """What is still missing and until when (fehlende Unterlage)."""

    key: str
    label: str
    due_on: date


@dataclass(frozen=True, slots=True)
class ReceiptPromise:
    """What the receipt says beyond the case number (R12, § 25 (2) VwVfG).

    `missing` lists everything at once. While something is missing, `expected_by` reckons from
    the last day on which it may arrive.
    """

    expected_by: date
    complete: bool
    missing: tuple[MissingItem, ...]
    reckoning: Reckoning


def receipt_promise(
    submitted_on: date,
    *,
    usual_days: int,
    awaited: Sequence[AwaitedEvidence],
    calendar: Calendar,
) -> ReceiptPromise:
    """Return the promise; `usual_days` are calendar days from the complete application."""
    missing = tuple(
        MissingItem(
            item.key,
            item.label,
            add_period(submitted_on, Period(item.follow_days), calendar=calendar).date,
        )
        for item in awaited
        if item.required
    )
    begins = max((item.due_on for item in missing), default=submitted_on)
    reckoned = add_period(begins, Period(max(usual_days, 1)), calendar=calendar)
    what = "Die Unterlagen sind vollständig" if not missing else "Die Unterlagen fehlen noch"
    first = (
        f"{what}. Üblich sind {usual_days} Tage ab {day_with_weekday(begins)}."
        if usual_days != 1
        else f"{what}. Üblich ist ein Tag ab {day_with_weekday(begins)}."
    )
    steps = (Step(first, "§ 25 Absatz 2 VwVfG"), *reckoned.steps[1:])
    return ReceiptPromise(reckoned.date, not missing, missing, Reckoning(reckoned.date, steps))
