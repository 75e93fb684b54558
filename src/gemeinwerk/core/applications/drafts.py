"""Drafts (Entwürfe) and their end: expiry with notice, and exactly one submission."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gemeinwerk.core.calendars import add_days
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.crypto import same

DRAFT_DAYS = 30
NOTICE_DAYS_BEFORE = 7


class WrongTokenError(DomainError):
    """The submission does not come from the check page of this draft."""

    code = "submission.wrong_token"


class StaleCheckError(DomainError):
    """The answers changed after they were shown for checking (R01)."""

    code = "submission.stale"


class ExpiredDraftError(DomainError):
    """The draft is past its day and deleted, or about to be."""

    code = "submission.expired"


class Submission(StrEnum):
    """What to do with a submission (Absenden)."""

    ACCEPT = "accept"  # make the application
    REPEAT = "repeat"  # show the receipt that is already there


@dataclass(frozen=True, slots=True)
class DraftLife:
    """How long a draft lives (R09, § 8a (3) OZG): both days count from the last edit."""

    notice_on: date
    delete_on: date

    def notice_is_due(self, today: date, *, noticed: bool) -> bool:
        """Tell whether the person is to be told now that the draft will go."""
        return not noticed and self.notice_on <= today < self.delete_on

    def is_over(self, today: date) -> bool:
        """Tell whether the draft is to be deleted."""
        return today >= self.delete_on


def draft_life(last_edited_on: date) -> DraftLife:
    """Return the days of notice and of deletion; the draft lives 30 full days."""
    delete_on = add_days(last_edited_on, DRAFT_DAYS + 1)
    return DraftLife(add_days(delete_on, -NOTICE_DAYS_BEFORE), delete_on)


def settle_submission(
    *,
    already_submitted: bool,
    token_shown: str,
    token_expected: str,
    answers_shown: str,
    answers_now: str,
    last_edited_on: date,
    today: date,
) -> Submission:
    """Return whether a submission makes an application or only shows its receipt again.

    `token_*` bind the request to the check page of this draft; `answers_*` are fingerprints of
    what the person saw there and of what is stored. A double click, the back button or a resend
    after a lost connection therefore ends on the one receipt, and nobody declares what she has
    not seen. Raises WrongTokenError, StaleCheckError or ExpiredDraftError.
    """
    known = same(token_shown.encode(), token_expected.encode())
    if not token_expected or not known:
        raise WrongTokenError()
    if already_submitted:
        return Submission.REPEAT
    if draft_life(last_edited_on).is_over(today):
        raise ExpiredDraftError()
    if answers_shown != answers_now:
        raise StaleCheckError()
    return Submission.ACCEPT
