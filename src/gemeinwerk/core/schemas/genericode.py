"""Reads code lists in genericode (OASIS), also those with columns of any name."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gemeinwerk.core.schemas.elements import Notes
from gemeinwerk.core.schemas.errors import (
    CodeListColumnsError,
    NoCodeListInsideError,
    SchemaRefusedError,
)
from gemeinwerk.core.schemas.model import CodeEntry, CodeList
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.text import one_line, paragraphs, shown, verbatim
from gemeinwerk.core.schemas.xml import events, forget_in_a_row, line_of

_NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0"
_MESSAGE = "xdatenfelder.codeliste.0105"
_MOST_EMPTY_ROWS = 1000
_CODE_NAMES = ("code", "schluessel", "schlüssel", "key", "id", "kennung", "wert", "nummer")
_LABEL_NAMES = (
    "name",
    "codename",
    "bezeichnung",
    "beschreibung",
    "label",
    "suchbegriff",
    "titel",
    "text",
    "langtext",
    "wert",
)
_HELP_NAMES = ("hilfe", "help", "hilfetext", "erlaeuterung", "erläuterung", "hinweis")


def read_code_list(
    data: bytes,
    *,
    name: str = "",
    limit: int = UPLOAD_LIMIT,
    code_column: str = "",
    label_column: str = "",
    help_column: str = "",
) -> CodeList:
    """Return the code list in a genericode file, or in an XDatenfelder message that holds one.

    The columns can be named (as `CodeListRef` does); a name the list does not have is passed over
    with a finding. Else the keys "codeKey" and "codenameKey", then usual column names, then the
    order decide. Raises `SchemaRefusedError`.
    """
    wanted = _Columns(code_column, label_column, help_column)
    reader = _Reader(wanted)
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


@dataclass(frozen=True, slots=True)
class _Columns:
    """Ids of the columns for code, label and help; "" when there is none."""

    code: str = ""
    label: str = ""
    help: str = ""


@dataclass(slots=True)
class _Column:
    id: str
    names: tuple[str, ...]
    required: bool


@dataclass(slots=True)
class _Reader:
    wanted: _Columns
    columns: list[_Column] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # name of the key -> column id
    facts: dict[str, str] = field(default_factory=dict)
    entries: dict[str, CodeEntry] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    chosen: _Columns | None = None
    found: bool = False
    empty_rows: int = 0

    def start(self, element: etree._Element) -> None:
        """Refuse early what is no code list at all."""
        if self.found:
            return
        name = _local(element)
        self.found = name == "CodeList" and _in_genericode(element)
        if not self.found and element.getparent() is None and name != _MESSAGE:
            raise NoCodeListInsideError(line=line_of(element), element=shown(name))

    def end(self, element: etree._Element) -> None:
        """Take in an element that is whole."""
        name = _local(element)
        if name == "Identification":
            self._identification(element)
        elif name == "Column":
            self._column(element)
        elif name == "Key":
            self._key(element)
        elif name == "Row":
            self._row(element)
            forget_in_a_row(element)

    def result(self) -> CodeList:
        """Return the list with what was noted about it."""
        if not self.found:
            raise NoCodeListInsideError(line=0, element="CodeList")
        if not self.entries:
            self.notes.add("error", "", "schema.code_list_empty")
        uri = self.facts.get("CanonicalUri", "")
        version_uri = self.facts.get("CanonicalVersionUri", "")
        if not (uri or version_uri):
            self.notes.add("error", "", "schema.code_list_without_uri")
        return CodeList(
            uri=uri or version_uri,
            version=self.facts.get("Version", ""),
            name=self.facts.get("LongName", "") or self.facts.get("ShortName", ""),
            entries=tuple(self.entries.values()),
            version_uri=version_uri,
            findings=self.notes.taken(),
        )

    def _identification(self, element: etree._Element) -> None:
        for child in element:
            self.facts.setdefault(_local(child), one_line(child.text))

    def _column(self, element: etree._Element) -> None:
        texts = [one_line(child.text) for child in element if _local(child) in _NAMING]
        name = verbatim(element.get("Id"))
        names = tuple(text.casefold() for text in (name, *texts) if text)
        self.columns.append(_Column(name, names, element.get("Use") == "required"))

    def _key(self, element: etree._Element) -> None:
        refs = [verbatim(e.get("Ref")) for e in element if _local(e) == "ColumnRef"]
        names = [one_line(e.text) for e in element if _local(e) == "ShortName"]
        if len(refs) == 1:  # a key of several columns is no code
            for name in (verbatim(element.get("Id")), *names):
                self.keys.setdefault(name.casefold(), refs[0])

    def _row(self, element: etree._Element) -> None:
        if self.chosen is None:
            self.chosen = self._choose(line_of(element))
        values = self._values(element)
        code = verbatim(values.get(self.chosen.code))
        label = one_line(values.get(self.chosen.label))
        if not code:
            self._empty_row(line_of(element), label)
        elif code in self.entries:
            if self.entries[code].label != (label or code):
                self.notes.add(
                    "warning", "", "schema.code_twice", value=code, line=line_of(element)
                )
        else:
            described = paragraphs(values.get(self.chosen.help)) if self.chosen.help else ""
            self.entries[code] = CodeEntry(code, label or code, described)

    def _empty_row(self, line: int, label: str) -> None:
        self.empty_rows += 1
        if self.empty_rows > _MOST_EMPTY_ROWS:  # it is the wrong column, or junk
            raise CodeListColumnsError(line=line)
        self.notes.add("error", "", "schema.code_list_row", line=line, label=label)

    def _values(self, row: etree._Element) -> dict[str, str]:
        """Return column id -> text; a value without reference stands in the next column."""
        order = [column.id for column in self.columns]
        values: dict[str, str] = {}
        place = 0
        for value in row:
            if _local(value) != "Value":
                continue
            column = verbatim(value.get("ColumnRef"))
            if column in order:
                place = order.index(column)
            elif not column and place < len(order):
                column = order[place]
            place += 1
            simple = next((e for e in value if _local(e) == "SimpleValue"), None)
            values[column] = (simple.text or "") if simple is not None else ""
        return values

    def _choose(self, line: int) -> _Columns:
        """Decide which columns hold code, label and help."""
        ids = [column.id for column in self.columns]
        if not ids:
            raise CodeListColumnsError(line=line)
        code = (
            self._named(self.wanted.code)
            or self._key_column("codekey")
            or next((c for c in self.keys.values() if c in ids), "")
            or self._usual(_CODE_NAMES, without=())
            or ids[0]
        )
        label = (
            self._named(self.wanted.label)
            or self._key_column("codenamekey", "namekey")
            or self._usual(_LABEL_NAMES, without=(code,))
            or next((each for each in ids if each != code), code)
        )
        described = self._named(self.wanted.help) or self._usual(_HELP_NAMES, without=(code, label))
        return _Columns(code, label, described)

    def _named(self, wanted: str) -> str:
        """Return the column asked for by id, by name or by a key that points to it."""
        if not wanted:
            return ""
        for column in self.columns:
            if column.id == wanted or wanted.casefold() in column.names:
                return column.id
        by_key = self._key_column(wanted.casefold())
        if not by_key:
            self.notes.add("warning", "", "schema.code_list_column_missing", name=wanted)
        return by_key

    def _key_column(self, *names: str) -> str:
        ids = {column.id for column in self.columns}
        return next((self.keys[name] for name in names if self.keys.get(name) in ids), "")

    def _usual(self, usual: tuple[str, ...], *, without: tuple[str, ...]) -> str:
        """Return the column of a usual name: first by the whole name, then by a part of it."""
        open_columns = [column for column in self.columns if column.id not in without]
        for word in usual:
            for column in open_columns:
                if word in column.names:
                    return column.id
        for word in usual:
            for column in open_columns:
                if any(word in _words(name) for name in column.names):
                    return column.id
        return ""


_NAMING = frozenset({"ShortName", "LongName"})


def _in_genericode(element: etree._Element) -> bool:
    return (etree.QName(element).namespace or "").rstrip("/") == _NAMESPACE


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(name: str) -> list[str]:
    return name.replace("_", " ").replace("-", " ").replace(".", " ").split()
