"""What stands against publishing."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class NotPublishableError(DomainError):
    """The package has gaps; `gaps` are codes, comma-separated."""

    code = "catalogue.not_publishable"


class SlugTakenError(DomainError):
    """Another service of this town has this address."""

    code = "catalogue.slug_taken"
