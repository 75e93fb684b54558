"""Service descriptions in the JSON of the FIM portal (`parsed-xzufi`), to and from the records."""

from __future__ import annotations

from typing import Any

from gemeinwerk.core.schemas.errors import BrokenDocumentError
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.records import from_json, to_json
from gemeinwerk.core.schemas.xzufi.messages import Service
from gemeinwerk.core.schemas.xzufi.v220 import Leistung220
from gemeinwerk.core.schemas.xzufi.v231 import Leistung231

_ONLY_IN_231 = "referenz_leistungsschluessel"


def service_to_portal(service: Service) -> dict[str, Any]:
    """Return the JSON object of the portal, with every field of its list.

    JSON has no room for elements the model does not know; they stay in the XML only.
    """
    return to_json(service)


def service_from_portal(given: Any) -> tuple[Service, tuple[Finding, ...]]:
    """Return the service (Leistung) of a JSON object and what was in it that no field takes.

    Raises BrokenDocumentError when it is none.
    """
    if not isinstance(given, dict):
        raise BrokenDocumentError(element="leistung", why="object expected")
    record: type[Service] = Leistung231 if _ONLY_IN_231 in given else Leistung220
    findings: list[Finding] = []
    service: Service = from_json(record, given, findings, code="schema.xzufi_kept")
    return service, tuple(findings)
