"""Makes a schema for forms out of a message, and notes what of it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from lxml import etree

from gemeinwerk.core.schemas import genericode_model, xdf2, xdf3
from gemeinwerk.core.schemas.elements import Notes, Parts, Surroundings, identified
from gemeinwerk.core.schemas.errors import (
    BadMultiplicityError,
    ElementMissingError,
    ElementTwiceError,
    NoSchemaInsideError,
)
from gemeinwerk.core.schemas.messages import Message, known, read_traced, standard_of
from gemeinwerk.core.schemas.model import Field, Group, Occurrence, Rule, Schema, Severity, Standard
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.parts import (
    read_field,
    read_kind,
    read_label,
    read_rule,
    read_status,
)
from gemeinwerk.core.schemas.reading import Trace
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.words import Part
from gemeinwerk.core.schemas.xml import line_of, split_name

_MULTIPLICITY = re.compile(r"(\d{1,6}):(\*|\d{1,6})")
# field of a message -> its element
_HOLDERS: Mapping[str, str] = {
    "schema": "stammdatenschema",
    "group": "datenfeldgruppe",
    "field": "datenfeld",
}
_WITH_FIELDS = (
    xdf2.SchemaMessage, xdf2.GroupMessage, xdf2.FieldMessage,
    xdf3.SchemaMessage, xdf3.GroupMessage, xdf3.FieldMessage,
)  # fmt: skip


def read_schema(data: bytes, *, name: str = "", limit: int = UPLOAD_LIMIT) -> Schema:
    """Return the schema in an XML file of XDatenfelder 2.0 or 3.0.0; the version is detected.

    `limit` is the largest size in bytes (10 MB for uploads, `COMMAND_LIMIT` for the operator's
    command). Raises `SchemaRefusedError` with the line and, when `name` is given, the file name.
    What was understood but cannot be used stands in `findings` of the schema.
    """
    return read_traced(data, _with_fields, name=name, limit=limit, then=_viewed)


def schema_of(message: Message) -> Schema:
    """Return the schema in a message; raises `SchemaRefusedError` as `read_schema` does."""
    if not isinstance(message.content, _WITH_FIELDS):
        raise NoSchemaInsideError(line=0, element=message.name)
    return _viewed(message, Trace())


def _viewed(message: Message, trace: Trace) -> Schema:
    return _View(cast(Standard, standard_of(message.namespace)), trace).schema(message.content)


def _with_fields(root: etree._Element) -> type[Part]:
    """Return the class of the message; refuse what holds no fields before it is read."""
    namespace, name = split_name(root)
    if namespace.rstrip("/") == genericode_model.NAMESPACE.rstrip("/"):
        raise NoSchemaInsideError(line=line_of(root), element=shown(name))
    made = known(root)
    if made not in _WITH_FIELDS:
        raise NoSchemaInsideError(line=line_of(root), element=name)
    return made


class _View:
    """Walks through a message and remembers the place."""

    def __init__(self, standard: Standard, trace: Trace) -> None:
        self._notes = Notes()
        self._place = ""
        self._seen_relations: set[tuple[str, str]] = set()
        self._around = Surroundings(standard, trace, self._note)

    def schema(self, content: Part) -> Schema:
        """Return the schema; a lone group or field becomes a schema with one child."""
        for field in _HOLDERS:
            held = getattr(content, field, None)
            if held is not None:
                break
        else:
            raise ElementMissingError(line=0, element="stammdatenschema", parent="xdatenfelder")
        parts = Parts(held, self._around, _HOLDERS[field])
        made = self._schema(parts) if field == "schema" else self._alone(self._element(parts))
        return replace(made, findings=self._notes.taken())

    def _alone(self, element: Group | Field) -> Schema:
        return Schema(
            id=element.id,
            version=element.version,
            standard=self._around.standard,
            name=element.name,
            label=element.label,
            description=element.description,
            legal_basis=element.legal_basis,
            children=(Occurrence(element, 1, 1),),
            status=element.status,
        )

    def _note(self, severity: Severity, code: str, **params: str | int) -> None:
        """Note a finding at the place that is being read."""
        self._notes.add(severity, self._place, code, **params)

    def _rules(self, parts: Parts) -> tuple[Rule, ...]:
        return tuple(
            read_rule(Parts(each, self._around, "regel"))
            for each in parts.all("regel")
            if isinstance(each, Part)
        )

    def _children(self, parts: Parts) -> tuple[Occurrence, ...]:
        children: list[Occurrence] = []
        for place in parts.all("struktur"):
            if isinstance(place, Part):
                self._occurrence(Parts(place, self._around, "struktur"), children)
        return tuple(children)

    def _occurrence(self, parts: Parts, children: list[Occurrence]) -> None:
        line = self._around.trace.line(parts.element)
        below = parts.below("enthaelt")
        held = [
            each
            for element in ("datenfeld", "datenfeldgruppe")
            if below is not None and (each := below.below(element)) is not None
        ]
        if not held:
            raise ElementMissingError(line=line, element="datenfeld", parent="enthaelt")
        if len(held) > 1:
            raise ElementTwiceError(
                line=line, element="datenfeld/datenfeldgruppe", parent="enthaelt"
            )
        child = self._element(held[0])
        minimum, maximum = _multiplicity(parts)
        if maximum == 0:
            self._note("warning", "schema.never_given", element=child.id)
        elif any(each.element.id == child.id for each in children):
            self._note("error", "schema.sibling_twice", element=child.id, line=line)
        else:
            children.append(Occurrence(child, minimum, maximum, parts.legal_basis()))

    def _element(self, parts: Parts) -> Group | Field:
        key = identified(parts)
        above = self._place
        self._place = f"{above}.{key[0]}" if above else key[0]
        rules = self._rules(parts)
        made: Group | Field
        if parts.name == "datenfeld":
            self._check(parts, key)
            made = read_field(parts, key, rules)
        else:
            made = self._group(parts, key, rules)
        self._place = above
        return made

    def _group(self, parts: Parts, key: tuple[str, str], rules: tuple[Rule, ...]) -> Group:
        children = self._children(parts)
        self._check(parts, key)
        art = parts.code("art")
        if art not in ("", "X"):
            self._note("error", "schema.unknown_group_art", value=art)
        if not children:
            self._note("warning", "schema.group_empty")
        return Group(
            *key,
            name=parts.line("name"),
            label=read_label(parts, key[0]),
            help=parts.prose("hilfetextEingabe"),
            description=parts.prose("beschreibung"),
            legal_basis=parts.legal_basis(),
            choice=art == "X",
            children=children,
            rules=rules,
            kind=read_kind(parts),
            status=read_status(parts),
            definition=parts.prose("definition"),
            output_label=parts.line("bezeichnungAusgabe"),
            output_help=parts.prose("hilfetextAusgabe"),
            keywords=parts.keywords(),
        )

    def _schema(self, parts: Parts) -> Schema:
        key = identified(parts)
        rules, children = self._rules(parts), self._children(parts)
        self._check(parts, key)
        profile = parts.below("dokumentsteckbrief")
        if not children:
            self._note("error", "schema.no_fields")
        label = "bezeichnungEingabe" if self._around.standard == "xdf2" else "bezeichnung"
        return Schema(
            *key,
            standard=self._around.standard,
            name=parts.line("name"),
            label=read_label(parts, key[0], label),
            description=parts.prose("beschreibung"),
            legal_basis=parts.legal_basis(),
            children=children,
            rules=rules,
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

    def _check(self, parts: Parts, key: tuple[str, str]) -> None:
        """Check what schemas, groups and fields have in common."""
        parts.note_twins()
        if not parts.line("name"):
            self._note("warning", "schema.name_missing")
        if self._place and (parts.raw("gueltigAb") or parts.raw("gueltigBis")):
            self._note(
                "info",
                "schema.validity_of_element",
                start=parts.raw("gueltigAb"),
                end=parts.raw("gueltigBis"),
            )
        relations = len(getattr(parts.element, "relations", ()))
        if relations and key not in self._seen_relations:
            self._seen_relations.add(key)
            self._note("info", "schema.relations_unused", count=relations)


def _multiplicity(parts: Parts) -> tuple[int, int | None]:
    """Return how often an element stands, from "0:1", "1:*"; None: without limit."""
    parts.needed("anzahl")
    raw = parts.raw("anzahl")
    read = _MULTIPLICITY.fullmatch(raw)
    least = int(read[1]) if read else 0
    most = None if read is None or read[2] == "*" else int(read[2])
    if read is None or (most is not None and most < least):
        line = parts.around.trace.line_inside(parts.element)
        raise BadMultiplicityError(line=line, value=shown(raw))
    return least, most
