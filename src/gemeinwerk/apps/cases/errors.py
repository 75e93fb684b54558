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


class FreeDayError(DomainError):
    """The due day is no working day; a period would end on the next one anyway (R22)."""

    code = "case.due_day_free"


class NotInUnitError(DomainError):
    """The person does not work in the unit of the case."""

    code = "case.not_in_unit"


class TextTooLongError(DomainError):
    """A message is longer than can be kept; `limit` in characters."""

    code = "case.text_too_long"
