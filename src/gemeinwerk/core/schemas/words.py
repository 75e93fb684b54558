"""Parts that the messages of all versions share, and which English name stands for which element.

The classes below, in `xdf2`, `xdf3` and `genericode_model`, are the grammar: the order of their
fields is the order of the elements in the XSD, `tuple` means "repeated", None "not there" (an
empty element is "").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, NewType

import msgspec

# XML that the standard leaves open, kept as it is written canonically (C14N)
Foreign = NewType("Foreign", str)

# English name of a field -> name of the element
ELEMENTS: Mapping[str, str] = {
    "identification": "identifikation",
    "name": "name",
    "description": "beschreibung",
    "definition": "definition",
    "legal_basis": "bezug",
    "status": "status",
    "release_status": "freigabestatus",
    "status_set_on": "statusGesetztAm",
    "status_set_by": "statusGesetztDurch",
    "valid_from": "gueltigAb",
    "valid_until": "gueltigBis",
    "author": "fachlicherErsteller",
    "version_note": "versionshinweis",
    "released_on": "freigabedatum",
    "published_on": "veroeffentlichungsdatum",
    "changed_at": "letzteAenderung",
    "relations": "relation",
    "keywords": "stichwort",
    "label": "bezeichnung",
    "input_label": "bezeichnungEingabe",
    "output_label": "bezeichnungAusgabe",
    "element_kind": "schemaelementart",
    "help": "hilfetext",
    "input_help": "hilfetextEingabe",
    "output_help": "hilfetextAusgabe",
    "field_kind": "feldart",
    "datatype": "datentyp",
    "precision": "praezisierung",
    "content": "inhalt",
    "prefill": "vorbefuellung",
    "values": "werte",
    "code_list": "codelisteReferenz",
    "code_column": "codeKey",
    "label_column": "nameKey",
    "help_column": "helpKey",
    "rules": "regel",
    "max_size": "maxSize",
    "media_types": "mediaType",
    "group_kind": "art",
    "occurrences": "struktur",
    "multiplicity": "anzahl",
    "contains": "enthaelt",
    "field": "datenfeld",
    "group": "datenfeldgruppe",
    "schema": "stammdatenschema",
    "document_profile": "dokumentsteckbrief",
    "structure_changes": "ableitungsmodifikationenStruktur",
    "display_changes": "ableitungsmodifikationenRepraesentation",
    "is_abstract": "istAbstrakt",
    "is_reference": "isReferenz",
    "document_kind": "dokumentart",
    "free_text": "freitextRegel",
    "rule_kind": "typ",
    "parameters": "param",
    "targets": "ziel",
    "script": "script",
    "errors": "fehler",
    "predicate": "praedikat",
    "object": "objekt",
    "id": "id",
    "version": "version",
    "code": "code",
    "items": "wert",
    "canonical_uri": "canonicalIdentification",
    "canonical_version_uri": "canonicalVersionUri",
    "list_identification": "genericodeIdentification",
    "long_name": "langname",
    "genericode": "genericode",
    "header": "header",
    "message_id": "nachrichtID",
    "created_at": "erstellungszeitpunkt",
    "reference_id": "referenzID",
    "product": "produktbezeichnung",
    "maker": "produkthersteller",
    "product_version": "produktversion",
    "data_quality": "datenqualitaet",
    "translated": "uebersetzt",
    "languages": "sprache",
    "elements": "element",
    "query": "anfrage",
    "limit": "limit",
    "limited": "limitiert",
    "results": "ergebnis",
    "published_since": "veroeffentlichtAb",
    "element_kinds": "elementTyp",
    "term": "begriff",
    "searched_in": "felder",
    "valid_from_after": "gueltigAbNach",
    "valid_from_before": "gueltigAbVor",
    "valid_until_after": "gueltigBisNach",
    "valid_until_before": "gueltigBisVor",
    "released_after": "freigabedatumNach",
    "released_before": "freigabedatumVor",
    "published_after": "veroeffentlichungsdatumNach",
    "published_before": "veroeffentlichungsdatumVor",
    "code_list_element": "codeliste",
}


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """Whatever is an element with more than plain text."""

    # field -> element, unless `renamed` says otherwise
    naming: ClassVar[Mapping[str, str]] = ELEMENTS
    # attribute of the XML element -> field; the text of the element -> field
    attributes: ClassVar[Mapping[str, str]] = {}
    text_field: ClassVar[str] = ""
    # fields whose element is called otherwise than in `naming`
    renamed: ClassVar[Mapping[str, str]] = {}
    # whether the children are in the namespace of the standard
    qualified: ClassVar[bool] = True


class Code(Part, frozen=True, kw_only=True, gc=False):
    """A value of a code list (Code): the list and its version are attributes."""

    attributes: ClassVar[Mapping[str, str]] = {
        "listURI": "list_uri",
        "listVersionID": "list_version",
    }
    qualified: ClassVar[bool] = False

    list_uri: str | None = None
    list_version: str | None = None
    code: str | None = None
    name: str | None = None


class Identification(Part, frozen=True, kw_only=True, gc=False):
    """Id and version of an element (ElementIdentifikation)."""

    id: str | None = None
    version: str | None = None
