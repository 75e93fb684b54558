"""What can go wrong on the way to a submission."""

from __future__ import annotations

from collections.abc import Sequence

from gemeinwerk.core.kernel import DomainError, Fault


class NotCompleteError(DomainError):
    """Answers or evidence are missing; `pages` names where (comma-separated page ids)."""

    code = "application.not_complete"


class AlreadySubmittedError(DomainError):
    """The draft became a submission; it cannot be edited any more."""

    code = "application.already_submitted"


class WrongCodeError(DomainError):
    """The access code does not open this; same words for an unknown link."""

    code = "application.wrong_code"


class FollowDayError(DomainError):
    """The day until which evidence follows is not possible; `latest` is the last day."""

    code = "application.follow_day"


class UnknownEvidenceError(DomainError):
    """This form does not ask for such evidence."""

    code = "application.unknown_evidence"


class ChangedSinceError(DomainError):
    """The answers changed in another tab after the check page was shown."""

    code = "application.changed_since"


class IntakeRefusedError(DomainError):
    """Something is wrong with what a machine sent; `faults` are pairs of JSON pointer and fault."""

    code = "application.intake_refused"

    def __init__(self, faults: Sequence[tuple[str, Fault]]) -> None:
        super().__init__(count=len(faults))
        self.faults = tuple(faults)


class OtherBodyError(DomainError):
    """The Idempotency-Key was used before for something else."""

    code = "application.other_body"


class NotYourTurnError(DomainError):
    """Somebody else comes first and is not done yet."""

    code = "people.not_yet"


class PartClosedError(DomainError):
    """This part cannot be changed any more: done, declined, replaced or submitted."""

    code = "people.closed"


class PeopleMissingError(DomainError):
    """Somebody the application needs has not finished her part."""

    code = "people.missing"


class NothingToRemindError(DomainError):
    """Nobody is asked at present who could be reminded."""

    code = "people.nobody_to_remind"
