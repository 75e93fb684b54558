"""What stands against changing or publishing a service."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class ChangedMeanwhileError(DomainError):
    """Somebody else saved the draft since it was opened."""

    code = "catalogue.changed_meanwhile"
