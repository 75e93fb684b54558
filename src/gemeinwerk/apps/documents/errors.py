"""What can be wrong with a file."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class FileRefusedError(DomainError):
    """The upload cannot be used (R11); `reason` is the scanner's code for the sentence."""

    code = "file.refused"

    def __init__(self, reason: str, accepts: tuple[str, ...] = ()) -> None:
        super().__init__(reason=reason, accepts=", ".join(accepts))
        self.reason = reason


class FileNotCleanError(DomainError):
    """The file is not checked yet or was refused; nobody but the sender sees it (S41)."""

    code = "file.not_clean"


class QuotaError(DomainError):
    """Too much for one dossier (S43); `limit` in MB."""

    code = "file.quota"
