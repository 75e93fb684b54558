"""Messages that hold service descriptions: every description a record, the rest word for word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from gemeinwerk.core.schemas.errors import (
    NoSchemaInsideError,
    SchemaRefusedError,
    UnknownNamespaceError,
)
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.records import (
    MisfitError,
    Sink,
    Source,
    read_record,
    whole_tree,
    write_record,
)
from gemeinwerk.core.schemas.text import one_line, shown
from gemeinwerk.core.schemas.xml import line_of
from gemeinwerk.core.schemas.xzufi.v220 import Leistung220
from gemeinwerk.core.schemas.xzufi.v231 import Leistung231

Service = Leistung220 | Leistung231
Version = Literal["2.2.0", "2.3.1"]

NAMESPACES: Mapping[str, Version] = {
    "http://xoev.de/schemata/xzufi/2_2_0": "2.2.0",
    "http://xoev.de/schemata/xzufi/2_3_1": "2.3.1",
}
UNVERIFIED = "not verified against a schema: no XSD of XZuFi is known"

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIX = "xzufi"
_LIST = "leistungen"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
# objects of the standard that are carried along: the portal gives no field list of them
_OTHERS = ("organisationseinheit", "onlinedienst", "spezialisierung", "zustaendigkeit", "formular")


@dataclass(frozen=True, slots=True)
class Other:
    """An object beside the services (unit, online service, responsibility, form)."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class ServiceMessage:
    """Nachricht with service descriptions (Leistungen); `frame` is what stands around them.

    `verified` is always False: no XSD of XZuFi is known.
    """

    version: Version
    services: tuple[Service, ...]
    frame: tuple[str, ...]
    levels: tuple[int, ...]
    prefixes: Mapping[str, str]
    declared: tuple[tuple[str, str], ...] = ()
    others: tuple[Other, ...] = ()
    findings: tuple[Finding, ...] = ()
    around: tuple[str, str] = (_DECLARATION, "\n")  # what stands before and behind
    verified: Literal[False] = field(default=False, init=False)


def owns(namespace: str, name: str) -> bool:
    """Tell by its root whether a file holds service descriptions; our own list has no namespace."""
    return namespace in NAMESPACES or (not namespace and name == _LIST)


def read_services(data: bytes, *, name: str = "", limit: int = UPLOAD_LIMIT) -> ServiceMessage:
    """Return the service descriptions in a file, or raise SchemaRefusedError."""
    try:
        return _read(*whole_tree(data, limit=limit))
    except SchemaRefusedError as refusal:
        if name:
            refusal.params["file"] = shown(name)
        raise


def write_services(message: ServiceMessage) -> bytes:
    """Return the message as XML (UTF-8)."""
    before, behind = message.around
    parts = [before, message.frame[0]]
    for number, service in enumerate(message.services):
        alone = number == 0 and not message.frame[0]
        parts.append(_service_text(service, message, message.levels[number], alone=alone))
        parts.append(message.frame[number + 1])
    return ("".join(parts) + behind).encode()


def message_of(services: Sequence[Service]) -> ServiceMessage:
    """Return a message of one service alone, or of several in a plain list of our own.

    XZuFi has many messages and none of their XSDs is known; the list is named so that nobody
    takes it for one of them.
    """
    version: Version = "2.2.0" if isinstance(services[0], Leistung220) else "2.3.1"
    if any(type(service) is not type(services[0]) for service in services):
        raise NoSchemaInsideError(line=0, element="leistung")
    space = next(key for key, value in NAMESPACES.items() if value == version)
    declared = (("xsi", _XSI), (_PREFIX, space))
    prefixes = {space: _PREFIX, _XSI: "xsi"}
    if len(services) == 1:
        return ServiceMessage(version, tuple(services), ("", ""), (0,), prefixes, declared)
    frame = [
        f"<{_LIST}{_declarations(declared)}>\n    ",
        *["\n    "] * (len(services) - 1),
        f"\n</{_LIST}>",
    ]
    levels = (1,) * len(services)
    return ServiceMessage(version, tuple(services), tuple(frame), levels, prefixes, declared)


def _read(root: etree._Element, around: tuple[str, str]) -> ServiceMessage:
    space = _namespace(root)
    version = NAMESPACES[space]
    source = Source(space, "schema.xzufi_kept")
    found = _services(root, space, version, source)
    if not found:
        raise NoSchemaInsideError(line=line_of(root), element=shown(etree.QName(root).localname))
    levels = tuple(sum(1 for _ in element.iterancestors()) for element, _ in found)
    others = tuple(_others(root, space))
    prefixes, declared = _prefixes(root, found[0][0], space)
    return ServiceMessage(
        version=version,
        services=tuple(service for _, service in found),
        frame=_frame(root, [element for element, _ in found]),
        levels=levels,
        prefixes=prefixes,
        declared=declared,
        others=others,
        findings=tuple(source.findings),
        around=around,
    )


def _namespace(root: etree._Element) -> str:
    for element in root.iter(etree.Element):
        space = etree.QName(element).namespace or ""
        if space in NAMESPACES:
            return space
    raise UnknownNamespaceError(
        line=line_of(root), namespace=shown(etree.QName(root).namespace or "")
    )


def _services(
    root: etree._Element, space: str, version: Version, source: Source
) -> list[tuple[etree._Element, Service]]:
    """Read the outermost descriptions; one that does not fit at all stays in the frame, told."""
    record: type[Service] = Leistung220 if version == "2.2.0" else Leistung231
    found: list[tuple[etree._Element, Service]] = []
    inside: set[etree._Element] = set()
    for element in root.iter(f"{{{space}}}leistung"):
        if any(above in inside for above in element.iterancestors()):
            continue
        first = found[0][0] if found else element
        trial = Source(space, source.code, element.prefix or "")
        try:
            if (first.prefix, first.nsmap) != (element.prefix, element.nsmap):
                raise MisfitError("namespaces")
            found.append((element, read_record(record, element, trial, "")))
        except MisfitError:
            source.note(element, "")
            continue
        inside.add(element)
        source.findings.extend(trial.findings)
    return found


def _others(root: etree._Element, space: str) -> list[Other]:
    found = []
    for kind in _OTHERS:
        for element in root.iter(f"{{{space}}}{kind}"):
            number = element.find(f"{{{space}}}id")
            if number is not None:
                found.append(Other(kind, one_line(number.text)))
    return found


def _prefixes(
    root: etree._Element, first: etree._Element, space: str
) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Return namespace -> prefix as the first description has them, and what the root declares."""
    known = {uri: prefix or "" for prefix, uri in first.nsmap.items()}
    known[space] = first.prefix or ""
    return known, tuple((prefix or "", uri) for prefix, uri in root.nsmap.items())


def _frame(root: etree._Element, elements: list[etree._Element]) -> tuple[str, ...]:
    if elements[0] is root:
        return ("", "")
    number = 0
    text = etree.tostring(root, encoding="unicode")
    while f"service{number}" in text:
        number += 1
    for element in elements:
        mark = etree.ProcessingInstruction(f"service{number}", "here")
        mark.tail = element.tail
        above = element.getparent()
        if above is not None:
            above.replace(element, mark)
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    return tuple(text.split(f"<?service{number} here?>"))


def _service_text(service: Service, message: ServiceMessage, level: int, *, alone: bool) -> str:
    around = {uri for _, uri in message.declared}
    wanted = message.declared if alone else ()
    missing = [(prefix, uri) for uri, prefix in message.prefixes.items() if uri not in around]
    _, undeclared = _written(service, message, level, "")
    if undeclared:
        missing.append((undeclared, _XSI))
    return _written(service, message, level, _declarations((*wanted, *missing)))[0]


def _declarations(names: Sequence[tuple[str, str]]) -> str:
    return "".join(f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in names)


def _written(
    service: Service, message: ServiceMessage, level: int, declare: str
) -> tuple[str, str]:
    """Return the element, and the prefix it uses that nobody has declared."""
    space = next(key for key, value in NAMESPACES.items() if value == message.version)
    sink = Sink(space, message.prefixes)
    write_record(service, "leistung", sink, level=level, declare=declare)
    return sink.text(), sink.undeclared
