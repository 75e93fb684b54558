"""Reads and writes files of XProzess 2.0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from gemeinwerk.core.schemas.errors import (
    ElementMissingError,
    SchemaRefusedError,
    UnknownMessageError,
    UnknownNamespaceError,
)
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.packed import COMMAND_LIMIT
from gemeinwerk.core.schemas.records import (
    MisfitError,
    Sink,
    Source,
    read_record,
    whole_tree,
    write_record,
)
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.xml import line_of
from gemeinwerk.core.schemas.xprozess.model import AlleInhalte, Prozess, Prozessklasse

NAMESPACE = "http://www.regierung-mv.de/xprozess/2"
# other messages of the standard hold the same parts; what differs is carried along
_MESSAGE = "alleInhalte.export.0303"
_ENDINGS = (".0301", ".0302", ".0303")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class ProcessMessage:
    """One file of XProzess (Nachricht): its content, and what no field takes."""

    content: AlleInhalte
    prefixes: Mapping[str, str]
    message: str = _MESSAGE
    findings: tuple[Finding, ...] = ()
    around: tuple[str, str] = (_DECLARATION, "\n")  # what stands before and behind

    @property
    def classes(self) -> tuple[Prozessklasse, ...]:
        """All process classes (Prozessklassen)."""
        return tuple(c for part in self.content.prozesskatalog for c in part.prozessklasse)

    @property
    def processes(self) -> tuple[Prozess, ...]:
        """All processes (Prozesse)."""
        return tuple(p for part in self.content.prozessbibliothek for p in part.prozess)

    @property
    def identity(self) -> tuple[str, str]:
        """Number and version of the first process, else of the first class."""
        found: list[Prozess | Prozessklasse] = [*self.processes, *self.classes]
        first = found[0] if found else None
        return (first.id, first.version or "") if first else ("", "")


def read_processes(data: bytes, *, name: str = "", limit: int = COMMAND_LIMIT) -> ProcessMessage:
    """Return what a file of XProzess 2.0 holds, or raise SchemaRefusedError."""
    try:
        return _read(*whole_tree(data, limit=limit))
    except SchemaRefusedError as refusal:
        if name:
            refusal.params["file"] = shown(name)
        raise


def write_processes(message: ProcessMessage) -> bytes:
    """Return the message as XML (UTF-8)."""
    sink = Sink(NAMESPACE, message.prefixes)
    names = "".join(
        f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for uri, prefix in message.prefixes.items()
    )
    write_record(message.content, message.message, sink, declare=names)
    before, behind = message.around
    return (before + sink.text() + behind).encode()


def _read(root: etree._Element, around: tuple[str, str]) -> ProcessMessage:
    name = etree.QName(root)
    if name.namespace != NAMESPACE:
        raise UnknownNamespaceError(line=line_of(root), namespace=shown(name.namespace or ""))
    if not name.localname.endswith(_ENDINGS):
        raise UnknownMessageError(line=line_of(root), element=shown(name.localname))
    source = Source(NAMESPACE, "schema.xprozess_kept", root.prefix or "")
    try:
        content = read_record(AlleInhalte, root, source, "")
    except MisfitError as misfit:
        raise ElementMissingError(
            line=line_of(root), element=shown(str(misfit)), parent=name.localname
        ) from None
    prefixes = {uri: prefix or "" for prefix, uri in root.nsmap.items()}
    prefixes[NAMESPACE] = root.prefix or ""
    return ProcessMessage(content, prefixes, name.localname, tuple(source.findings), around)
