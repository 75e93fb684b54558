"""Code lists in genericode 1.0 (OASIS), element by element as the XSD has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from gemeinwerk.core.schemas.words import Foreign, Part

NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
PREFIX = "gc"

_XML = "{http://www.w3.org/XML/1998/namespace}"
_NAMES: Mapping[str, str] = {
    "annotation": "Annotation",
    "identification": "Identification",
    "short_name": "ShortName",
    "long_names": "LongName",
    "version": "Version",
    "canonical_uri": "CanonicalUri",
    "canonical_version_uri": "CanonicalVersionUri",
    "location_uris": "LocationUri",
    "alternate_uris": "AlternateFormatLocationUri",
    "agency": "Agency",
    "identifiers": "Identifier",
    "descriptions": "Description",
    "app_info": "AppInfo",
    "parameters": "Parameter",
    "data": "Data",
    "columns_used": "ColumnRef",
    "column_set": "ColumnSet",
    "column_set_ref": "ColumnSetRef",
    "values": "Value",
    "simple": "SimpleValue",
    "complex": "ComplexValue",
    "rows": "Row",
    "simple_code_list": "SimpleCodeList",
}


class GenericodePart(Part, frozen=True, kw_only=True):
    """Whatever stands in a code list; the XSD wants the inner elements without a namespace."""

    naming: ClassVar[Mapping[str, str]] = _NAMES
    qualified: ClassVar[bool] = False


class Text(GenericodePart, frozen=True, kw_only=True, gc=False):
    """A name, an identifier or an address with what it says about itself."""

    attributes: ClassVar[Mapping[str, str]] = {
        "Identifier": "identifier",
        "MimeType": "mime_type",
        _XML + "lang": "lang",
    }
    text_field: ClassVar[str] = "text"

    text: str = ""
    identifier: str | None = None
    mime_type: str | None = None
    lang: str | None = None


class Annotation(GenericodePart, frozen=True, kw_only=True):
    """What was noted beside (Anmerkung); anything may stand in it."""

    descriptions: tuple[Foreign, ...] = ()
    app_info: Foreign | None = None


class Agency(GenericodePart, frozen=True, kw_only=True):
    """Who keeps the list (Herausgeber)."""

    short_name: Text | None = None
    long_names: tuple[Text, ...] = ()
    identifiers: tuple[Text, ...] = ()


class Identification(GenericodePart, frozen=True, kw_only=True):
    """Names, version and addresses of a list (Identifikation)."""

    short_name: Text | None = None
    long_names: tuple[Text, ...] = ()
    version: str | None = None
    canonical_uri: str | None = None
    canonical_version_uri: str | None = None
    location_uris: tuple[str, ...] = ()
    alternate_uris: tuple[Text, ...] = ()
    agency: Agency | None = None


class Facet(GenericodePart, frozen=True, kw_only=True, gc=False):
    """A limit of a datatype (Facette)."""

    attributes: ClassVar[Mapping[str, str]] = {"ShortName": "short_name", "LongName": "long_name"}
    text_field: ClassVar[str] = "text"

    text: str = ""
    short_name: str | None = None
    long_name: str | None = None


class Data(GenericodePart, frozen=True, kw_only=True):
    """The datatype of a column."""

    attributes: ClassVar[Mapping[str, str]] = {
        "Type": "type",
        "DatatypeLibrary": "library",
        "Lang": "lang",
    }

    type: str | None = None
    library: str | None = None
    lang: str | None = None
    annotation: Annotation | None = None
    parameters: tuple[Facet, ...] = ()


class Column(GenericodePart, frozen=True, kw_only=True):
    """A column (Spalte)."""

    attributes: ClassVar[Mapping[str, str]] = {"Id": "id", "Use": "use"}

    id: str | None = None
    use: str | None = None
    annotation: Annotation | None = None
    short_name: Text | None = None
    long_names: tuple[Text, ...] = ()
    canonical_uri: str | None = None
    canonical_version_uri: str | None = None
    data: Data | None = None


class ColumnRef(GenericodePart, frozen=True, kw_only=True):
    """A column that another list defines."""

    attributes: ClassVar[Mapping[str, str]] = {
        "Id": "id",
        "Use": "use",
        "ExternalRef": "external",
        _XML + "base": "base",
    }

    id: str | None = None
    use: str | None = None
    external: str | None = None
    base: str | None = None
    annotation: Annotation | None = None
    canonical_version_uri: str | None = None
    location_uris: tuple[str, ...] = ()
    data: Data | None = None


class KeyColumn(GenericodePart, frozen=True, kw_only=True):
    """A column that belongs to a key."""

    attributes: ClassVar[Mapping[str, str]] = {"Ref": "ref"}

    ref: str | None = None
    annotation: Annotation | None = None


class Key(GenericodePart, frozen=True, kw_only=True):
    """Columns that tell the rows apart (Schlüssel)."""

    attributes: ClassVar[Mapping[str, str]] = {"Id": "id"}

    id: str | None = None
    annotation: Annotation | None = None
    short_name: Text | None = None
    long_names: tuple[Text, ...] = ()
    canonical_uri: str | None = None
    canonical_version_uri: str | None = None
    columns_used: tuple[KeyColumn, ...] = ()


class KeyRef(GenericodePart, frozen=True, kw_only=True):
    """A key that another list defines."""

    attributes: ClassVar[Mapping[str, str]] = {
        "Id": "id",
        "ExternalRef": "external",
        _XML + "base": "base",
    }

    id: str | None = None
    external: str | None = None
    base: str | None = None
    annotation: Annotation | None = None
    canonical_version_uri: str | None = None
    location_uris: tuple[str, ...] = ()


class ColumnSet(GenericodePart, frozen=True, kw_only=True):
    """Columns and keys of a list (Spalten)."""

    attributes: ClassVar[Mapping[str, str]] = {"DatatypeLibrary": "library", _XML + "base": "base"}

    library: str | None = None
    base: str | None = None
    # only where the column set is a file of its own
    annotation: Annotation | None = None
    identification: Identification | None = None
    columns: tuple[Column | ColumnRef, ...] = ()
    keys: tuple[Key | KeyRef, ...] = ()


class Reference(GenericodePart, frozen=True, kw_only=True):
    """Points to another list, set of lists or set of columns."""

    attributes: ClassVar[Mapping[str, str]] = {_XML + "base": "base"}

    base: str | None = None
    annotation: Annotation | None = None
    canonical_uri: str | None = None
    canonical_version_uri: str | None = None
    location_uris: tuple[str, ...] = ()


class CodeListRef(Reference, frozen=True, kw_only=True):
    """Points to another list."""


class CodeListSetRef(Reference, frozen=True, kw_only=True):
    """Points to another set of lists."""


class Value(GenericodePart, frozen=True, kw_only=True):
    """One cell (Wert); without `column` it stands in the next one."""

    attributes: ClassVar[Mapping[str, str]] = {"ColumnRef": "column"}

    column: str | None = None
    annotation: Annotation | None = None
    simple: str | None = None
    complex: Foreign | None = None


class Row(GenericodePart, frozen=True, kw_only=True):
    """One row (Zeile)."""

    annotation: Annotation | None = None
    values: tuple[Value, ...] = ()


class SimpleCodeList(GenericodePart, frozen=True, kw_only=True):
    """The rows of a list."""

    annotation: Annotation | None = None
    rows: tuple[Row, ...] = ()


class CodeList(GenericodePart, frozen=True, kw_only=True):
    """A code list (Codeliste)."""

    attributes: ClassVar[Mapping[str, str]] = {_XML + "base": "base"}

    base: str | None = None
    annotation: Annotation | None = None
    identification: Identification | None = None
    column_set: ColumnSet | None = None
    column_set_ref: Reference | None = None
    simple_code_list: SimpleCodeList | None = None


class CodeListSet(GenericodePart, frozen=True, kw_only=True):
    """Several lists that belong together."""

    attributes: ClassVar[Mapping[str, str]] = {_XML + "base": "base"}

    base: str | None = None
    annotation: Annotation | None = None
    identification: Identification | None = None
    lists: tuple[CodeListRef | CodeListSet | CodeListSetRef, ...] = ()


class Genericode(Part, frozen=True, kw_only=True):
    """The place for lists in a message of XDatenfelder (Genericode)."""

    lists: tuple[CodeList | CodeListSet | ColumnSet, ...] = ()


MESSAGES: Mapping[str, type[GenericodePart]] = {
    "CodeList": CodeList,
    "CodeListSet": CodeListSet,
    "ColumnSet": ColumnSet,
}
