"""Why the FIM portal gave nothing: each with a code that has a German sentence."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class PortalError(DomainError):
    """Something went wrong with the portal."""

    code = "fim_portal.failed"


class PortalAddressError(PortalError):
    """The address is not https, or leads into a private net; params: address."""

    code = "fim_portal.address"


class PortalOfflineError(PortalError):
    """The portal does not answer, and nothing is kept; params: host."""

    code = "fim_portal.offline"


class PortalRefusedError(PortalError):
    """The portal answered with something that is not used; params: why, status."""

    code = "fim_portal.refused"


class PortalMissingError(PortalError):
    """The portal does not know the thing; params: wanted."""

    code = "fim_portal.missing"
