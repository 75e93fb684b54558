"""Makes a code list for forms out of genericode (OASIS), also with columns of any name."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from gemeinwerk.core.schemas import genericode_model as gc
from gemeinwerk.core.schemas import xdf2, xdf3
from gemeinwerk.core.schemas.elements import Notes
from gemeinwerk.core.schemas.errors import CodeListColumnsError, NoCodeListInsideError
from gemeinwerk.core.schemas.messages import Message, known, read_traced
from gemeinwerk.core.schemas.model import CodeEntry, CodeList
from gemeinwerk.core.schemas.packed import UPLOAD_LIMIT
from gemeinwerk.core.schemas.reading import Trace
from gemeinwerk.core.schemas.text import one_line, paragraphs, shown, verbatim
from gemeinwerk.core.schemas.words import Part
from gemeinwerk.core.schemas.xml import line_of, split_name

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

    def viewed(message: Message, trace: Trace) -> CodeList:
        return _View(wanted, trace).code_list(list_in(message))

    return read_traced(data, _with_list, name=name, limit=limit, then=viewed)


def code_list_of(message: Message) -> CodeList:
    """Return the code list in a message; raises `SchemaRefusedError` as `read_code_list` does."""
    return _View(_Columns(), Trace()).code_list(list_in(message))


def list_in(message: Message) -> gc.CodeList:
    """Return the first list a message holds."""
    content = message.content
    if isinstance(content, gc.CodeList):
        return content
    held: gc.Genericode | None = None
    if isinstance(content, xdf2.CodeListMessage) and content.code_list_element is not None:
        held = content.code_list_element.genericode
    elif isinstance(content, xdf3.CodeListMessage):
        held = content.genericode
    for each in held.lists if held is not None else ():
        if isinstance(each, gc.CodeList):
            return each
    raise NoCodeListInsideError(line=0, element="CodeList")


def _with_list(root: etree._Element) -> type[Part]:
    """Return the class of the message; refuse what is no code list before it is read."""
    namespace, name = split_name(root)
    genericode = namespace.rstrip("/") == gc.NAMESPACE.rstrip("/")
    if name != "CodeList" if genericode else name != _MESSAGE:
        raise NoCodeListInsideError(line=line_of(root), element=shown(name))
    return known(root)


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
class _View:
    wanted: _Columns
    trace: Trace
    columns: list[_Column] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)  # name of the key -> column id
    entries: dict[str, CodeEntry] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    chosen: _Columns | None = None
    empty_rows: int = 0

    def code_list(self, read: gc.CodeList) -> CodeList:
        """Return the list with what was noted about it."""
        columns = read.column_set or gc.ColumnSet()
        for column in columns.columns:
            self._column(column)
        for key in columns.keys:
            if isinstance(key, gc.Key):
                self._key(key)
        for row in read.simple_code_list.rows if read.simple_code_list is not None else ():
            self._row(row)
        if not self.entries:
            self.notes.add("error", "", "schema.code_list_empty")
        said = read.identification or gc.Identification()
        uri, version_uri = one_line(said.canonical_uri), one_line(said.canonical_version_uri)
        if not (uri or version_uri):
            self.notes.add("error", "", "schema.code_list_without_uri")
        long_name = said.long_names[0].text if said.long_names else ""
        short_name = said.short_name.text if said.short_name is not None else ""
        return CodeList(
            uri=uri or version_uri,
            version=one_line(said.version),
            name=one_line(long_name) or one_line(short_name),
            entries=tuple(self.entries.values()),
            version_uri=version_uri,
            findings=self.notes.taken(),
        )

    def _column(self, column: gc.Column | gc.ColumnRef) -> None:
        said = [column.short_name, *column.long_names] if isinstance(column, gc.Column) else []
        texts = [one_line(each.text) for each in said if each is not None]
        name = verbatim(column.id)
        names = tuple(text.casefold() for text in (name, *texts) if text)
        self.columns.append(_Column(name, names, column.use == "required"))

    def _key(self, key: gc.Key) -> None:
        refs = [verbatim(each.ref) for each in key.columns_used]
        if len(refs) == 1:  # a key of several columns is no code
            short = one_line(key.short_name.text) if key.short_name is not None else ""
            for name in (verbatim(key.id), short):
                self.keys.setdefault(name.casefold(), refs[0])

    def _row(self, row: gc.Row) -> None:
        line = self.trace.line(row)
        if self.chosen is None:
            self.chosen = self._choose(line)
        values = self._values(row)
        code = verbatim(values.get(self.chosen.code))
        label = one_line(values.get(self.chosen.label))
        if not code:
            self._empty_row(line, label)
        elif code in self.entries:
            if self.entries[code].label != (label or code):
                self.notes.add("warning", "", "schema.code_twice", value=code, line=line)
        else:
            described = paragraphs(values.get(self.chosen.help)) if self.chosen.help else ""
            self.entries[code] = CodeEntry(code, label or code, described)

    def _empty_row(self, line: int, label: str) -> None:
        self.empty_rows += 1
        if self.empty_rows > _MOST_EMPTY_ROWS:  # it is the wrong column, or junk
            raise CodeListColumnsError(line=line)
        self.notes.add("error", "", "schema.code_list_row", line=line, label=label)

    def _values(self, row: gc.Row) -> dict[str, str]:
        """Return column id -> text; a value without reference stands in the next column."""
        order = [column.id for column in self.columns]
        values: dict[str, str] = {}
        place = 0
        for value in row.values:
            column = verbatim(value.column)
            if column in order:
                place = order.index(column)
            elif not column and place < len(order):
                column = order[place]
            place += 1
            values[column] = value.simple or ""
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


def _words(name: str) -> list[str]:
    return name.replace("_", " ").replace("-", " ").replace(".", " ").split()
