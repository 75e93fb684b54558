"""Reads XDatenfelder 2.0 and 3.0.0 into a schema, element by element as the file runs by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from lxml import etree

from gemeinwerk.core.schemas.elements import Notes, Parts, identity
from gemeinwerk.core.schemas.errors import (
    BadMultiplicityError,
    ElementMissingError,
    ElementTwiceError,
    NoSchemaInsideError,
    SchemaRefusedError,
    TooManyElementsError,
    UnknownElementError,
    UnknownMessageError,
    UnknownNamespaceError,
)
from gemeinwerk.core.schemas.grammar import (
    MESSAGES,
    OTHER_MESSAGES,
    Grammar,
    grammar_of,
)
from gemeinwerk.core.schemas.model import (
    Field,
    Group,
    Occurrence,
    Rule,
    Schema,
    Severity,
)
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.parts import (
    read_field,
    read_kind,
    read_label,
    read_rule,
    read_status,
)
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.xml import events, forget, forget_in_a_row, line_of

_HOLDERS = frozenset({"stammdatenschema", "datenfeldgruppe", "datenfeld"})
_MULTIPLICITY = re.compile(r"(\d{1,6}):(\*|\d{1,6})")
_MOST_CHILDREN = 50_000  # of one element; the most related one of the portal has 4,900
_GENERICODE = "docs.oasis-open.org/codelist"


def read_schema(data: bytes, *, name: str = "", limit: int = UPLOAD_LIMIT) -> Schema:
    """Return the schema in an XML file of XDatenfelder 2.0 or 3.0.0; the version is detected.

    `limit` is the largest size in bytes (10 MB for uploads, `COMMAND_LIMIT` for the operator's
    command). Raises `SchemaRefusedError` with the line and, when `name` is given, the file name.
    What was understood but cannot be used stands in `findings` of the schema.
    """
    reader = _Reader()
    try:
        for event, element in events(data, limit=limit):
            if event == "start":
                reader.start(element)
            else:
                reader.end(element)
        return reader.result()
    except SchemaRefusedError as refusal:
        if name:
            refusal.params["file"] = shown(name)
        raise


@dataclass(slots=True)
class _Holder:
    """A schema, group or field while it is being read."""

    above: str
    id: str = ""
    version: str = ""
    place: str = ""
    rules: list[Rule] = field(default_factory=list)
    children: list[Occurrence] = field(default_factory=list)
    waiting: list[Group | Field] = field(default_factory=list)
    relations: int = 0


class _Reader:
    """Follows the file with a stack of names and a stack of holders."""

    def __init__(self) -> None:
        self._grammar = Grammar("xdf3", {}, frozenset())
        self._names: list[str] = []
        self._counts: list[int] = []
        self._holders: list[_Holder] = []
        self._notes = Notes()
        self._seen_relations: set[tuple[str, str]] = set()
        self._done: Schema | Group | Field | None = None
        self._ends: dict[str, Callable[[etree._Element], None]] = {
            "identifikation": self._end_identity,
            "relation": self._end_relation,
            "regel": self._end_rule,
            "struktur": self._end_occurrence,
            "datenfeld": self._end_field,
            "datenfeldgruppe": self._end_group,
            "stammdatenschema": self._end_schema,
        }

    def start(self, element: etree._Element) -> None:
        """Check that the element may stand here."""
        if not self._names:
            self._names.append(self._message(element))
            self._counts.append(0)
            return
        parent = self._names[-1]
        name = self._grammar.allowed(parent).get(str(element.tag))
        if name is None:
            raise UnknownElementError(
                line=line_of(element),
                element=shown(etree.QName(element).localname),
                parent=parent,
            )
        self._counts[-1] += 1
        if self._counts[-1] > _MOST_CHILDREN:
            raise TooManyElementsError(line=line_of(element), limit=_MOST_CHILDREN)
        self._names.append(name)
        self._counts.append(0)
        if name in _HOLDERS:
            self._holders.append(_Holder(self._holders[-1].place if self._holders else ""))
        elif name == "struktur" and not self._holders[-1].id:
            raise ElementMissingError(
                line=line_of(element), element="identifikation", parent=parent
            )

    def end(self, element: etree._Element) -> None:
        """Take in an element that is whole."""
        self._counts.pop()
        take = self._ends.get(self._names.pop())
        if take is not None:
            take(element)

    def result(self) -> Schema:
        """Return what was read; a lone group or field becomes a schema with one child."""
        if self._done is None:
            raise ElementMissingError(line=0, element="stammdatenschema", parent="xdatenfelder")
        schema = self._done if isinstance(self._done, Schema) else self._alone(self._done)
        return replace(schema, findings=self._notes.taken())

    def _message(self, root: etree._Element) -> str:
        """Return the name of the message and choose the grammar by its namespace."""
        tag = etree.QName(root)
        line = line_of(root)
        grammar = grammar_of(tag.namespace or "")
        if grammar is None:
            if _GENERICODE in (tag.namespace or "")[:200]:
                raise NoSchemaInsideError(line=line, element=shown(tag.localname))
            raise UnknownNamespaceError(line=line, namespace=shown(tag.namespace))
        if tag.localname in OTHER_MESSAGES:
            raise NoSchemaInsideError(line=line, element=tag.localname)
        if tag.localname not in MESSAGES:
            raise UnknownMessageError(line=line, element=shown(tag.localname))
        self._grammar = grammar
        return tag.localname

    def _alone(self, element: Group | Field) -> Schema:
        return Schema(
            id=element.id,
            version=element.version,
            standard=self._grammar.standard,
            name=element.name,
            label=element.label,
            description=element.description,
            legal_basis=element.legal_basis,
            children=(Occurrence(element, 1, 1),),
            status=element.status,
        )

    def _note(self, severity: Severity, code: str, **params: str | int) -> None:
        """Note a finding at the place that is being read."""
        place = self._holders[-1].place if self._holders else ""
        self._notes.add(severity, place, code, **params)

    def _parts(self, element: etree._Element) -> Parts:
        return Parts(element, self._grammar, self._note)

    def _end_identity(self, element: etree._Element) -> None:
        # code lists and rules have one too; they are read with their owner
        if self._names[-1] not in _HOLDERS or self._holders[-1].id:
            return
        holder = self._holders[-1]
        holder.id, holder.version = identity(self._parts(element))
        if self._names[-1] != "stammdatenschema":
            holder.place = f"{holder.above}.{holder.id}" if holder.above else holder.id

    def _end_relation(self, element: etree._Element) -> None:
        # thousands of "derived from" per schema: counted, then let go
        self._holders[-1].relations += 1
        forget_in_a_row(element)

    def _end_rule(self, element: etree._Element) -> None:
        self._holders[-1].rules.append(read_rule(self._parts(element)))
        forget(element)

    def _end_occurrence(self, element: etree._Element) -> None:
        holder = self._holders[-1]
        parts = self._parts(element)
        if not holder.waiting:
            line = line_of(element)
            raise ElementMissingError(line=line, element="datenfeld", parent="enthaelt")
        if len(holder.waiting) > 1:
            raise ElementTwiceError(
                line=line_of(element), element="datenfeld/datenfeldgruppe", parent="enthaelt"
            )
        child = holder.waiting.pop()
        minimum, maximum = _multiplicity(parts)
        if maximum == 0:
            self._note("warning", "schema.never_given", element=child.id)
        elif any(each.element.id == child.id for each in holder.children):
            self._note("error", "schema.sibling_twice", element=child.id, line=line_of(element))
        else:
            holder.children.append(Occurrence(child, minimum, maximum, parts.legal_basis()))
        forget(element)

    def _end_field(self, element: etree._Element) -> None:
        parts, holder = self._holder_parts(element)
        key = (holder.id, holder.version)
        rules = tuple(holder.rules)
        self._built(element, read_field(parts, key, rules))

    def _end_group(self, element: etree._Element) -> None:
        parts, holder = self._holder_parts(element)
        art = parts.code("art")
        if art not in ("", "X"):
            self._note("error", "schema.unknown_group_art", value=art)
        if not holder.children:
            self._note("warning", "schema.group_empty")
        group = Group(
            id=holder.id,
            version=holder.version,
            name=parts.line("name"),
            label=read_label(parts, holder.id),
            help=parts.prose("hilfetextEingabe"),
            description=parts.prose("beschreibung"),
            legal_basis=parts.legal_basis(),
            choice=art == "X",
            children=tuple(holder.children),
            rules=tuple(holder.rules),
            kind=read_kind(parts),
            status=read_status(parts),
            definition=parts.prose("definition"),
            output_label=parts.line("bezeichnungAusgabe"),
            output_help=parts.prose("hilfetextAusgabe"),
            keywords=parts.keywords(),
        )
        self._built(element, group)

    def _end_schema(self, element: etree._Element) -> None:
        parts, holder = self._holder_parts(element)
        profile = parts.below("dokumentsteckbrief")
        if not holder.children:
            self._note("error", "schema.no_fields")
        label = "bezeichnungEingabe" if self._grammar.standard == "xdf2" else "bezeichnung"
        self._done = Schema(
            id=holder.id,
            version=holder.version,
            standard=self._grammar.standard,
            name=parts.line("name"),
            label=read_label(parts, holder.id, label),
            description=parts.prose("beschreibung"),
            legal_basis=parts.legal_basis(),
            children=tuple(holder.children),
            rules=tuple(holder.rules),
            help=parts.prose("hilfetext"),
            definition=parts.prose("definition"),
            status=read_status(parts),
            valid_from=parts.raw("gueltigAb"),
            valid_until=parts.raw("gueltigBis"),
            version_note=parts.prose("versionshinweis"),
            document_type=profile.raw("id") if profile is not None else "",
            keywords=parts.keywords(),
            derivation_structure=parts.code("ableitungsmodifikationenStruktur"),
            derivation_display=parts.code("ableitungsmodifikationenRepraesentation"),
        )
        self._holders.pop()

    def _holder_parts(self, element: etree._Element) -> tuple[Parts, _Holder]:
        """Return the parts of a schema, group or field, and check what all of them have."""
        holder = self._holders[-1]
        parts = self._parts(element)
        parts.needed("identifikation")
        if not parts.line("name"):
            self._note("warning", "schema.name_missing")
        if holder.place and (parts.raw("gueltigAb") or parts.raw("gueltigBis")):
            self._note(
                "info",
                "schema.validity_of_element",
                start=parts.raw("gueltigAb"),
                end=parts.raw("gueltigBis"),
            )
        key = (holder.id, holder.version)
        if holder.relations and key not in self._seen_relations:
            self._seen_relations.add(key)
            self._note("info", "schema.relations_unused", count=holder.relations)
        return parts, holder

    def _built(self, element: etree._Element, built: Group | Field) -> None:
        self._holders.pop()
        if self._holders:
            self._holders[-1].waiting.append(built)
        else:
            self._done = built
        forget(element)


def _multiplicity(parts: Parts) -> tuple[int, int | None]:
    """Return how often an element stands, from "0:1", "1:*"; None: without limit."""
    parts.needed("anzahl")
    raw = parts.raw("anzahl")
    read = _MULTIPLICITY.fullmatch(raw)
    least = int(read[1]) if read else 0
    most = None if read is None or read[2] == "*" else int(read[2])
    if read is None or (most is not None and most < least):
        raise BadMultiplicityError(line=parts.lines("anzahl"), value=shown(raw))
    return least, most
