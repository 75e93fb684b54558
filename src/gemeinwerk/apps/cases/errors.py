"""What can go wrong at the desk."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class DueDayError(DomainError):
    """The due day is not in the future or is too far away."""

    code = "case.due_day"


class NothingToSayError(DomainError):
    """An empty note or message."""

    code = "case.nothing_to_say"


class RequestClosedError(DomainError):
    """The request was answered or withdrawn already."""

    code = "case.request_closed"
