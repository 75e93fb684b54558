"""The messages of XDatenfelder 2.0, element by element as the XSD has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gemeinwerk.core.schemas.genericode_model import Genericode
from gemeinwerk.core.schemas.words import Code, Identification, Part

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_2"
PREFIX = "xdf"


class Header(Part, frozen=True, kw_only=True):
    """When the message was made (Nachrichtenkopf)."""

    message_id: str | None = None
    created_at: str | None = None
    reference_id: str | None = None


class General(Part, frozen=True, kw_only=True):
    """What every element says (AllgemeineAngaben)."""

    identification: Identification | None = None
    name: str | None = None
    input_label: str | None = None
    output_label: str | None = None
    description: str | None = None
    definition: str | None = None
    legal_basis: str | None = None
    status: Code | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    author: str | None = None
    version_note: str | None = None
    released_on: str | None = None
    published_on: str | None = None


class Rule(General, frozen=True, kw_only=True):
    """A rule (Regel): prose in the definition, and a script where somebody programmed it."""

    script: str | None = None


class ListIdentification(Part, frozen=True, kw_only=True, gc=False):
    """Which code list it is (GenericodeIdentification)."""

    canonical_uri: str | None = None
    version: str | None = None
    canonical_version_uri: str | None = None


class CodeListReference(Part, frozen=True, kw_only=True):
    """Points to a code list (CodelisteReferenz) by its FIM number and its URI."""

    identification: Identification | None = None
    list_identification: ListIdentification | None = None


class SchemaElement(General, frozen=True, kw_only=True):
    """What groups and fields have in common (Schemaelementangaben)."""

    element_kind: Code | None = None
    input_help: str | None = None
    output_help: str | None = None


class Field(SchemaElement, frozen=True, kw_only=True):
    """A field (Datenfeld); `precision` is a JSON object or prose."""

    field_kind: Code | None = None
    datatype: Code | None = None
    precision: str | None = None
    content: str | None = None
    code_list: CodeListReference | None = None
    rules: tuple[Rule, ...] = ()


class Group(SchemaElement, frozen=True, kw_only=True):
    """A group of fields (Datenfeldgruppe)."""

    rules: tuple[Rule, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


class Contained(Part, frozen=True, kw_only=True):
    """The one element that stands at a place (Enthält)."""

    field: Field | None = None
    group: Group | None = None


class Occurrence(Part, frozen=True, kw_only=True):
    """How often an element stands at this place (Struktur)."""

    multiplicity: str | None = None
    legal_basis: str | None = None
    contains: Contained | None = None

    @property
    def element(self) -> Field | Group | None:
        """The field or group that stands here."""
        if self.contains is None:
            return None
        return self.contains.field if self.contains.field is not None else self.contains.group


class Schema(General, frozen=True, kw_only=True):
    """A schema (Stammdatenschema)."""

    help: str | None = None
    structure_changes: Code | None = None
    display_changes: Code | None = None
    rules: tuple[Rule, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


class DocumentProfile(General, frozen=True, kw_only=True):
    """What a document is about (Dokumentsteckbrief)."""

    is_reference: str | None = None
    document_kind: str | None = None
    help: str | None = None


class CodeListElement(General, frozen=True, kw_only=True):
    """A code list with what the editors say about it (Codeliste)."""

    list_identification: ListIdentification | None = None
    long_name: str | None = None
    genericode: Genericode | None = None


class Query(Part, frozen=True, kw_only=True):
    """What is searched for (Suchanfrage)."""

    element_kinds: tuple[Code, ...] = ()
    term: str | None = None
    searched_in: tuple[Code, ...] = ()
    status: Code | None = None
    structure_changes: Code | None = None
    display_changes: Code | None = None
    element_kind: Code | None = None
    field_kind: Code | None = None
    datatype: Code | None = None
    valid_from_after: str | None = None
    valid_from_before: str | None = None
    valid_until_after: str | None = None
    valid_until_before: str | None = None
    released_after: str | None = None
    released_before: str | None = None
    published_after: str | None = None
    published_before: str | None = None


class Result(Part, frozen=True, kw_only=True):
    """One thing found (Suchergebnis)."""

    document_profile: DocumentProfile | None = None
    schema: Schema | None = None
    group: Group | None = None
    field: Field | None = None
    code_list_element: CodeListElement | None = None


class Message(Part, frozen=True, kw_only=True):
    """What every message begins with (Nachricht)."""

    header: Header | None = None


class DocumentProfileMessage(Message, frozen=True, kw_only=True):
    """Hands over a document profile (Dokumentsteckbrief, 0101)."""

    # the XSD spells it so
    renamed: ClassVar[Mapping[str, str]] = {"document_profile": "dokumentensteckbrief"}

    document_profile: DocumentProfile | None = None


class SchemaMessage(Message, frozen=True, kw_only=True):
    """Hands over a schema (Stammdatenschema, 0102)."""

    schema: Schema | None = None


class GroupMessage(Message, frozen=True, kw_only=True):
    """Hands over a group (Datenfeldgruppe, 0103)."""

    group: Group | None = None


class FieldMessage(Message, frozen=True, kw_only=True):
    """Hands over a field (Datenfeld, 0104)."""

    field: Field | None = None


class CodeListMessage(Message, frozen=True, kw_only=True):
    """Hands over a code list (Codeliste, 0105)."""

    code_list_element: CodeListElement | None = None


class ListingMessage(Message, frozen=True, kw_only=True):
    """Lists what a repository has published (Verzeichnis, 0201 to 0203)."""

    elements: tuple[Identification, ...] = ()


class SyncRequest(Message, frozen=True, kw_only=True):
    """Asks what was published since a moment (Synchronisationsanfrage, 0301)."""

    published_since: str | None = None
    limit: str | None = None


class SyncAnswer(Message, frozen=True, kw_only=True):
    """Says what was published (Synchronisationsantwort, 0302)."""

    limited: str | None = None
    elements: tuple[Identification, ...] = ()


class SyncFetch(Message, frozen=True, kw_only=True):
    """Asks for one element (Synchronisationsabruf, 0303)."""

    renamed: ClassVar[Mapping[str, str]] = {"wanted": "element"}

    wanted: Identification | None = None


class SearchRequest(Message, frozen=True, kw_only=True):
    """Asks for elements by words (Suchanfrage, 0401)."""

    query: Query | None = None
    limit: str | None = None


class SearchAnswer(Message, frozen=True, kw_only=True):
    """Hands over what was found (Suchantwort, 0402)."""

    limited: str | None = None
    results: tuple[Result, ...] = ()


MESSAGES: Mapping[str, type[Message]] = {
    "xdatenfelder.dokumentsteckbrief.0101": DocumentProfileMessage,
    "xdatenfelder.stammdatenschema.0102": SchemaMessage,
    "xdatenfelder.datenfeldgruppe.0103": GroupMessage,
    "xdatenfelder.datenfeld.0104": FieldMessage,
    "xdatenfelder.codeliste.0105": CodeListMessage,
    "verzeichnis.datenfeldbaukasten.0201": ListingMessage,
    "verzeichnis.datenfeldkatalog.0202": ListingMessage,
    "verzeichnis.stammdatenschemabibliothek.0203": ListingMessage,
    "sync.anfrage.0301": SyncRequest,
    "sync.antwort.0302": SyncAnswer,
    "sync.abruf.0303": SyncFetch,
    "such.anfrage.0401": SearchRequest,
    "such.antwort.0402": SearchAnswer,
}
