"""Drafts (Entwürfe) and their end: expiry with notice, and exactly one submission."""

from dataclasses import dataclass
from datetime import date

from gemeinwerk.core.calendars import add_days

DRAFT_DAYS = 30
NOTICE_DAYS_BEFORE = 7


@dataclass(frozen=True, slots=True)
class DraftLife:
    """How long a draft lives (R09, § 8a (3) OZG): both days count from the last edit."""

    notice_on: date
    delete_on: date

    def is_over(self, today: date) -> bool:
        """Tell whether the draft is to be deleted."""
        return today >= self.delete_on


def draft_life(last_edited_on: date) -> DraftLife:
    """Return the days of notice and of deletion; the draft lives 30 full days."""
    delete_on = add_days(last_edited_on, DRAFT_DAYS + 1)
    return DraftLife(add_days(delete_on, -NOTICE_DAYS_BEFORE), delete_on)
