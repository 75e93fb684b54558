"""Service descriptions (Leistungsbeschreibungen): XZuFi 2.2.0 and 2.3.1, read and written.

No XSD of XZuFi is known here: the classes follow the field lists in the OpenAPI of the FIM portal.
Everything read is therefore marked `verified: false`.
"""

from gemeinwerk.core.schemas.xzufi.html import plain_text, safe_html
from gemeinwerk.core.schemas.xzufi.messages import (
    NAMESPACES,
    UNVERIFIED,
    Other,
    Service,
    ServiceMessage,
    message_of,
    owns,
    read_services,
    write_services,
)
from gemeinwerk.core.schemas.xzufi.portal import service_from_portal, service_to_portal
from gemeinwerk.core.schemas.xzufi.texts import TEXT_MODULES, ServiceText, texts_of, title_of
from gemeinwerk.core.schemas.xzufi.v220 import Leistung220
from gemeinwerk.core.schemas.xzufi.v231 import Leistung231

__all__ = [
    "NAMESPACES",
    "TEXT_MODULES",
    "UNVERIFIED",
    "Leistung220",
    "Leistung231",
    "Other",
    "Service",
    "ServiceMessage",
    "ServiceText",
    "message_of",
    "owns",
    "plain_text",
    "read_services",
    "safe_html",
    "service_from_portal",
    "service_to_portal",
    "texts_of",
    "title_of",
    "write_services",
]
