"""What stands against deciding and delivering."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class NotReadyError(DomainError):
    """The notice lacks parts or the hearing (R14, R16); `missing` holds the codes."""

    code = "notice.not_ready"

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing=", ".join(missing))
        self.missing = missing


class AlreadyDecidedError(DomainError):
    """The case has an issued decision, or one that waits for the second person."""

    code = "notice.already_decided"


class NothingDraftedError(DomainError):
    """There is no draft to propose, or no proposal to confirm."""

    code = "notice.nothing_drafted"


class DownloadEndedError(DomainError):
    """The notice was not fetched in time; it comes by post (R20)."""

    code = "notice.download_ended"


class NoDownloadError(DomainError):
    """This notice goes by post; there was no consent to a download."""

    code = "notice.by_post"


class OfferAnsweredError(DomainError):
    """The archive has answered already, or has not said that it wants the case."""

    code = "archive.not_so_far"
