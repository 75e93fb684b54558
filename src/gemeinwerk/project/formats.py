"""The table of formats that `gemeinwerk schema roundtrip` knows; a new one is a line here."""

from __future__ import annotations

from gemeinwerk.core import schemas
from gemeinwerk.core.schemas import xprozess, xzufi

FORMATS: tuple[schemas.Format, ...] = (
    *schemas.FORMATS,
    schemas.Format(
        standard="xzufi",
        owns=xzufi.owns,
        read=lambda data: xzufi.read_services(data, limit=schemas.COMMAND_LIMIT),
        write=xzufi.write_services,
        identity=lambda message: (message.services[0].id.value, message.version),
        xsd=lambda *_: "",
        no_xsd="Von XZuFi ist hier kein XSD bekannt; nicht gegen ein Schema geprüft.",
    ),
    schemas.Format(
        standard="xprozess",
        owns=lambda namespace, _: namespace == xprozess.NAMESPACE,
        read=xprozess.read_processes,
        write=xprozess.write_processes,
        identity=lambda message: message.identity,
        xsd=lambda *_: "",
        no_xsd="Von XProzess ist hier kein XSD bekannt; nicht gegen ein Schema geprüft.",
    ),
)
