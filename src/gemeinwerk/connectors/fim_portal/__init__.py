"""The FIM portal (FIM-Portal): search, fetch and compare schemas, services and processes.

Follows the OpenAPI of the portal, version 0.24.0. Everything fetched is kept in a folder, so that
it is at hand without a network; each answer says when it was fetched.
"""

from gemeinwerk.connectors.fim_portal.cache import Cache
from gemeinwerk.connectors.fim_portal.client import Fetched, Found, Hit, Newest, Portal
from gemeinwerk.connectors.fim_portal.errors import (
    PortalAddressError,
    PortalError,
    PortalMissingError,
    PortalOfflineError,
    PortalRefusedError,
)
from gemeinwerk.connectors.fim_portal.kinds import KINDS, Kind
from gemeinwerk.connectors.fim_portal.transport import Transport

__all__ = [
    "KINDS",
    "Cache",
    "Fetched",
    "Found",
    "Hit",
    "Kind",
    "Newest",
    "Portal",
    "PortalAddressError",
    "PortalError",
    "PortalMissingError",
    "PortalOfflineError",
    "PortalRefusedError",
    "Transport",
]
