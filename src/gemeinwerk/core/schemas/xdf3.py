"""The messages of XDatenfelder 3.0.0, element by element as the XSD has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gemeinwerk.core.schemas.genericode_model import Genericode
from gemeinwerk.core.schemas.relations import NO_RELATIONS, Relations
from gemeinwerk.core.schemas.words import Code, Identification, Part

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"
PREFIX = "xdf3"


class Header(Part, frozen=True, kw_only=True):
    """Who sent the message and when (Nachrichtenkopf)."""

    message_id: str | None = None
    created_at: str | None = None
    reference_id: str | None = None
    product: str | None = None
    maker: str | None = None
    product_version: str | None = None
    data_quality: Code | None = None


class LegalReference(Part, frozen=True, kw_only=True, gc=False):
    """A legal reference (Rechtsbezug)."""

    attributes: ClassVar[Mapping[str, str]] = {"link": "link"}
    text_field: ClassVar[str] = "text"

    text: str = ""
    link: str | None = None


class Keyword(Part, frozen=True, kw_only=True, gc=False):
    """A keyword (Stichwort); `uri` says which list it is from."""

    attributes: ClassVar[Mapping[str, str]] = {"uri": "uri"}
    text_field: ClassVar[str] = "text"

    text: str = ""
    uri: str | None = None


class General(Part, frozen=True, kw_only=True):
    """What every element says (AllgemeineAngaben)."""

    identification: Identification | None = None
    name: str | None = None
    description: str | None = None
    definition: str | None = None
    legal_basis: tuple[LegalReference, ...] = ()
    release_status: Code | None = None
    status_set_on: str | None = None
    status_set_by: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    version_note: str | None = None
    published_on: str | None = None
    changed_at: str | None = None
    relations: Relations = NO_RELATIONS
    keywords: tuple[Keyword, ...] = ()


class ErrorMessage(Part, frozen=True, kw_only=True, gc=False):
    """A message of a rule (Fehlermeldung)."""

    attributes: ClassVar[Mapping[str, str]] = {"code": "code"}
    text_field: ClassVar[str] = "text"

    text: str = ""
    code: str | None = None


class RuleParameter(Part, frozen=True, kw_only=True):
    """What a rule reads (Regelparameter)."""

    attributes: ClassVar[Mapping[str, str]] = {"element": "element", "name": "name"}

    element: str | None = None
    name: str | None = None
    rule_kind: str | None = None


class RuleTarget(Part, frozen=True, kw_only=True, gc=False):
    """What a rule changes (Regelziel)."""

    attributes: ClassVar[Mapping[str, str]] = {"element": "element", "name": "name"}

    element: str | None = None
    name: str | None = None


class Rule(Part, frozen=True, kw_only=True):
    """A rule (Regel): prose, and a script where somebody programmed it."""

    renamed: ClassVar[Mapping[str, str]] = {"script": "skript"}

    identification: Identification | None = None
    name: str | None = None
    description: str | None = None
    free_text: str | None = None
    legal_basis: tuple[LegalReference, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    author: str | None = None
    changed_at: str | None = None
    rule_kind: Code | None = None
    parameters: tuple[RuleParameter, ...] = ()
    targets: tuple[RuleTarget, ...] = ()
    script: str | None = None
    errors: tuple[ErrorMessage, ...] = ()


class Precision(Part, frozen=True, kw_only=True, gc=False):
    """What a field allows (Präzisierung)."""

    attributes: ClassVar[Mapping[str, str]] = {
        "minLength": "min_length",
        "maxLength": "max_length",
        "minValue": "min_value",
        "maxValue": "max_value",
        "pattern": "pattern",
    }
    text_field: ClassVar[str] = "text"

    text: str = ""
    min_length: str | None = None
    max_length: str | None = None
    min_value: str | None = None
    max_value: str | None = None
    pattern: str | None = None


class Value(Part, frozen=True, kw_only=True, gc=False):
    """A value of a list in the schema itself (Wert)."""

    renamed: ClassVar[Mapping[str, str]] = {"help": "hilfe"}

    code: str | None = None
    name: str | None = None
    help: str | None = None


class ValueList(Part, frozen=True, kw_only=True):
    """The values of a field in the schema itself (Werteliste)."""

    items: tuple[Value, ...] = ()


class CodeListReference(Part, frozen=True, kw_only=True, gc=False):
    """Points to a code list (Codelistenreferenz), with or without its version."""

    canonical_uri: str | None = None
    version: str | None = None
    canonical_version_uri: str | None = None


class SchemaElement(General, frozen=True, kw_only=True):
    """What groups and fields have in common (Schemaelementangaben)."""

    input_label: str | None = None
    output_label: str | None = None
    element_kind: Code | None = None
    input_help: str | None = None
    output_help: str | None = None


class Field(SchemaElement, frozen=True, kw_only=True):
    """A field (Datenfeld)."""

    field_kind: Code | None = None
    datatype: Code | None = None
    precision: Precision | None = None
    content: str | None = None
    prefill: Code | None = None
    values: ValueList | None = None
    code_list: CodeListReference | None = None
    code_column: str | None = None
    label_column: str | None = None
    help_column: str | None = None
    rules: tuple[Rule, ...] = ()
    max_size: str | None = None
    media_types: tuple[str, ...] = ()


class Group(SchemaElement, frozen=True, kw_only=True):
    """A group of fields (Datenfeldgruppe); kind "X": exactly one of its children is given."""

    group_kind: Code | None = None
    rules: tuple[Rule, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


class Contained(Part, frozen=True, kw_only=True):
    """The one element that stands at a place (Enthält)."""

    field: Field | None = None
    group: Group | None = None


class Occurrence(Part, frozen=True, kw_only=True):
    """How often an element stands at this place (Struktur)."""

    multiplicity: str | None = None
    legal_basis: tuple[LegalReference, ...] = ()
    contains: Contained | None = None

    @property
    def element(self) -> Field | Group | None:
        """The field or group that stands here."""
        if self.contains is None:
            return None
        return self.contains.field if self.contains.field is not None else self.contains.group


class Schema(General, frozen=True, kw_only=True):
    """A schema (Stammdatenschema)."""

    label: str | None = None
    help: str | None = None
    structure_changes: Code | None = None
    display_changes: Code | None = None
    document_profile: Identification | None = None
    rules: tuple[Rule, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()


class DocumentProfile(General, frozen=True, kw_only=True):
    """What a document is about (Dokumentsteckbrief)."""

    is_abstract: str | None = None
    document_kind: Code | None = None
    label: str | None = None
    help: str | None = None


class RuleTranslation(Part, frozen=True, kw_only=True):
    """The messages of a rule in another language (Regelübersetzung)."""

    translated: Identification | None = None
    errors: tuple[ErrorMessage, ...] = ()


class ElementTranslation(Part, frozen=True, kw_only=True):
    """The texts of an element in another language (Elementübersetzung)."""

    translated: Identification | None = None
    input_label: str | None = None
    output_label: str | None = None
    input_help: str | None = None
    output_help: str | None = None
    content: str | None = None
    values: ValueList | None = None
    rules: tuple[RuleTranslation, ...] = ()


class Language(Part, frozen=True, kw_only=True):
    """All texts in one language (Sprache)."""

    attributes: ClassVar[Mapping[str, str]] = {
        "lang": "lang",
        "region": "region",
        "variant": "variant",
        "version": "version",
    }

    lang: str | None = None
    region: str | None = None
    variant: str | None = None
    version: str | None = None
    elements: tuple[ElementTranslation, ...] = ()


class Message(Part, frozen=True, kw_only=True):
    """What every message begins with (Nachricht)."""

    header: Header | None = None


class DocumentProfileMessage(Message, frozen=True, kw_only=True):
    """Hands over a document profile (Dokumentsteckbrief, 0101)."""

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

    genericode: Genericode | None = None


class TranslationMessage(Message, frozen=True, kw_only=True):
    """Hands over translations of a schema (Übersetzung, 0106)."""

    translated: Identification | None = None
    languages: tuple[Language, ...] = ()


class ListingMessage(Message, frozen=True, kw_only=True):
    """Lists what a repository has published (Verzeichnis, 0201 to 0203)."""

    elements: tuple[Identification, ...] = ()


MESSAGES: Mapping[str, type[Message]] = {
    "xdatenfelder.dokumentsteckbrief.0101": DocumentProfileMessage,
    "xdatenfelder.stammdatenschema.0102": SchemaMessage,
    "xdatenfelder.datenfeldgruppe.0103": GroupMessage,
    "xdatenfelder.datenfeld.0104": FieldMessage,
    "xdatenfelder.codeliste.0105": CodeListMessage,
    "xdatenfelder.uebersetzung.0106": TranslationMessage,
    "verzeichnis.datenfeldbaukasten.0201": ListingMessage,
    "verzeichnis.datenfeldkatalog.0202": ListingMessage,
    "verzeichnis.stammdatenschemabibliothek.0203": ListingMessage,
}
