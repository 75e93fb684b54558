"""Reads the first visible sheet of an XLSX file as text: bounded, without formulas and macros.

openpyxl does the reading; what it is given is looked at before: how large it unpacks, and that no
part declares entities. Of a formula only what it showed last is read.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from lxml.etree import XMLSyntaxError
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gemeinwerk.core.paper.errors import ListTooLargeError, ListUnreadableError

MOST_UNPACKED = 20_000_000
MOST_FILES = 300
_UNREADABLE = (
    AttributeError,  # what openpyxl raises about parts that are not what they say
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,  # zipfile: a kind of packing it does not know
    OSError,
    ParseError,
    RuntimeError,
    TypeError,
    ValueError,
    XMLSyntaxError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_workbook(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    """Return the rows of the first visible sheet that hold anything.

    Raises ListTooLargeError beyond `most_rows`, `most_columns` or the limits of this module,
    ListUnreadableError for what is no sound workbook.
    """
    try:
        _look_inside(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions we do not read
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
            if sheet is None:
                raise ListUnreadableError
            sheet.reset_dimensions()  # the size a sheet claims is not believed
            cells = sheet.iter_rows(max_col=most_columns + 1, values_only=True)
            return list(_rows(cells, most_rows, most_columns))
    except _UNREADABLE:
        raise ListUnreadableError from None


def _look_inside(data: bytes) -> None:
    """Refuse what unpacks too large or declares entities; an archive cannot give more than told."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_FILES:
            raise ListTooLargeError(what="Dateien im Paket", limit=MOST_FILES)
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise ListTooLargeError(what="Bytes ausgepackt", limit=MOST_UNPACKED)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in archive.read(part):
                raise ListUnreadableError


def _rows(
    cells: Iterable[tuple[Any, ...]], most_rows: int, most_columns: int
) -> Iterator[list[str]]:
    count = 0
    for values in cells:
        row = [_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        count += 1
        if len(row) > most_columns:
            raise ListTooLargeError(what="Spalten", limit=most_columns)
        if count > most_rows:
            raise ListTooLargeError(what="Zeilen", limit=most_rows)
        yield row


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nein"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case _:
            return str(value).strip()
