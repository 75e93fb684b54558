"""Reads the first visible sheet of an XLSX file as text: bounded, without formulas and macros.

A workbook is a ZIP of XML files; we need four of them. Office programs keep what a formula
showed last beside it, and only that is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from gemeinwerk.core.paper.errors import ListTooLargeError, ListUnreadableError
from gemeinwerk.core.schemas import SchemaRefusedError, xml_events

MOST_UNPACKED = 20_000_000
MOST_FILES = 300
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """Return the rows of the first visible sheet that hold anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_FILES:
                raise ListTooLargeError(what="Dateien im Paket", limit=MOST_FILES)
            book = _Book(archive)
            shared = book.shared_texts()
            return list(_rows(book.sheet(), shared, most_rows, most_columns))
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError):
        raise ListUnreadableError from None
    except (SchemaRefusedError, ValueError, IndexError, OSError):
        raise ListUnreadableError from None


class _Book:
    """The files inside, each read once and never beyond the limit in sum."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.room = MOST_UNPACKED

    def read(self, name: str) -> bytes:
        """Return a file; the size the archive claims is not believed."""
        with self.archive.open(name) as packed:
            data = packed.read(self.room + 1)
        if len(data) > self.room:
            raise ListTooLargeError(what="Bytes ausgepackt", limit=MOST_UNPACKED)
        self.room -= len(data)
        return data

    def shared_texts(self) -> list[str]:
        """Return the texts cells point to."""
        name = "xl/sharedStrings.xml"
        if name not in self.archive.namelist():
            return []
        texts: list[str] = []
        parts: list[str] = []
        phonetic = False
        for event, element in xml_events(self.read(name), limit=MOST_UNPACKED):
            tag = _local(element.tag)
            if tag == "rPh":
                phonetic = event == "start"
            elif event == "end" and tag == "t" and not phonetic:
                parts.append(element.text or "")
            elif event == "end" and tag == "si":
                texts.append("".join(parts))
                parts = []
                element.clear()
        return texts

    def sheet(self) -> bytes:
        """Return the XML of the first sheet that is not hidden."""
        wanted = ""
        for event, element in xml_events(self.read("xl/workbook.xml"), limit=MOST_UNPACKED):
            shown = element.get("state", "visible") == "visible"
            if event == "start" and _local(element.tag) == "sheet" and shown and not wanted:
                wanted = element.get(_RELATION) or element.get(_STRICT) or ""
        relations = self.read("xl/_rels/workbook.xml.rels")
        for event, element in xml_events(relations, limit=MOST_UNPACKED):
            if event == "start" and wanted and element.get("Id") == wanted:
                target = element.get("Target") or ""
                return self.read(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        raise ListUnreadableError


def _rows(
    sheet: bytes, shared: list[str], most_rows: int, most_columns: int
) -> Iterator[list[str]]:
    count = 0
    row: dict[int, str] = {}
    for event, element in xml_events(sheet, limit=MOST_UNPACKED):
        if event == "start":
            continue
        tag = _local(element.tag)
        if tag == "c":
            at = _column(element.get("r") or "", len(row))
            text = _cell(element, shared).strip()
            if text and at >= most_columns:
                raise ListTooLargeError(what="Spalten", limit=most_columns)
            if text:
                row[at] = text
        elif tag == "row":
            element.clear()
            if row:
                count += 1
                if count > most_rows:
                    raise ListTooLargeError(what="Zeilen", limit=most_rows)
                yield [row.get(at, "") for at in range(max(row) + 1)]
            row = {}


def _cell(element: object, shared: list[str]) -> str:
    kind, value, inline = "", "", []
    for part in element.iter():  # type: ignore[attr-defined]  # an element of lxml
        tag = _local(part.tag)
        if tag == "c":
            kind = part.get("t") or "n"
        elif tag == "v":
            value = part.text or ""
        elif tag == "t":
            inline.append(part.text or "")
    if kind == "s":
        return shared[int(value)] if value else ""
    if kind == "inlineStr":
        return "".join(inline)
    if kind == "b":
        return {"1": "ja", "0": "nein"}.get(value, value)
    return value.removesuffix(".0") if kind == "n" else value


def _column(reference: str, otherwise: int) -> int:
    """Return the number of a column: A is 0, AB is 27."""
    letters = reference.rstrip("0123456789").upper()
    if not (letters and letters.isascii() and letters.isalpha() and len(letters) < 4):
        return otherwise
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
