"""Reads a table of text out of a file: CSV as office programs write it, or XLSX."""

from __future__ import annotations

import csv
import io

from gemeinwerk.core.paper.errors import ListTooLargeError, ListUnreadableError
from gemeinwerk.core.paper.workbook import read_workbook

MOST_BYTES = 5_000_000
MOST_ROWS = 1_000
MOST_COLUMNS = 60
MOST_LETTERS = 4_000
"""Of one cell."""

_DELIMITERS = (";", "\t", ",")
_ZIP = b"PK\x03\x04"


def read_table(data: bytes) -> list[list[str]]:
    """Return the rows that hold anything, cells trimmed; raise `ListRefusedError`.

    A formula counts as what it showed last, never as something to work out.
    """
    if len(data) > MOST_BYTES:
        raise ListTooLargeError(what="Bytes", limit=MOST_BYTES)
    rows = read_workbook(data, MOST_ROWS, MOST_COLUMNS) if data.startswith(_ZIP) else _csv(data)
    rows = [cleaned for row in rows if (cleaned := _trimmed(row))]
    if any(len(cell) > MOST_LETTERS for row in rows for cell in row):
        raise ListTooLargeError(what="Zeichen in einer Zelle", limit=MOST_LETTERS)
    return rows


def _csv(data: bytes) -> list[list[str]]:
    text = _text(data)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(row):
                rows.append(row)
            if len(rows) > MOST_ROWS:
                raise ListTooLargeError(what="Zeilen", limit=MOST_ROWS)
            if len(row) > MOST_COLUMNS:
                raise ListTooLargeError(what="Spalten", limit=MOST_COLUMNS)
    except csv.Error:
        raise ListUnreadableError from None
    return rows


def _text(data: bytes) -> str:
    """Return the text: UTF-8 with or without mark, UTF-16 with mark, else what Windows writes."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ListUnreadableError


def _trimmed(row: list[str]) -> list[str]:
    """Return the cells of a row, without the empty ones at its end."""
    cells = [_clean(cell) for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _clean(cell: str) -> str:
    """Return a cell on one line without signs nobody sees."""
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())
