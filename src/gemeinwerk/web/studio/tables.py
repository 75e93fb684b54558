"""Tables of a town (zones, tariffs) as text: as a spreadsheet copies them, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from gemeinwerk.core.kernel import DomainError, Fault
from gemeinwerk.core.kernel.money import german_number, read_number
from gemeinwerk.core.packages import Column, Parameter

DELIMITERS = (";", "\t", ",")
Rows = list[dict[str, str]]


def to_text(parameter: Parameter, rows: Sequence[Mapping[str, str]]) -> str:
    """Return a table as lines with semicolons; the first line names the columns."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(column.label for column in parameter.columns)
    for row in rows:
        writer.writerow(_shown(column, row.get(column.name, "")) for column in parameter.columns)
    return out.getvalue()


def from_text(parameter: Parameter, text: str) -> tuple[Rows, tuple[Fault, ...]]:
    """Read a table; rows count from 1 below the line that names the columns."""
    first, _, _ = text.partition("\n")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    lines: list[list[str]] = []
    try:
        lines.extend(cells for cells in reader if any(cell.strip() for cell in cells))
    except csv.Error:
        row = len(lines)
        return [], (Fault(parameter.name, "catalogue.table_unreadable", {"row": row}),)
    order = _order(parameter, lines[0]) if lines else None
    if order is None:
        wanted = ", ".join(column.label for column in parameter.columns)
        return [], (Fault(parameter.name, "catalogue.table_columns", {"columns": wanted}),)
    return _rows(parameter, order, lines[1:])


def _rows(
    parameter: Parameter, order: list[Column], lines: list[list[str]]
) -> tuple[Rows, tuple[Fault, ...]]:
    rows: Rows = []
    faults: list[Fault] = []
    for number, cells in enumerate(lines, start=1):
        if len(cells) != len(order):
            params: dict[str, str | int] = {
                "row": number,
                "found": len(cells),
                "wanted": len(order),
            }
            faults.append(Fault(parameter.name, "catalogue.table_row", params))
            continue
        read = zip(order, cells, strict=True)
        rows.append({column.name: _canonical(column, cell.strip()) for column, cell in read})
    return rows, tuple(faults)


def _order(parameter: Parameter, header: list[str]) -> list[Column] | None:
    """Return the columns in the order of the header; None unless each stands there once."""
    by_word = {column.label.casefold(): column for column in parameter.columns}
    by_word |= {column.name.casefold(): column for column in parameter.columns}
    found = [by_word.get(cell.strip().strip("\ufeff").casefold()) for cell in header]
    known = [column for column in found if column is not None]
    complete = {column.name for column in known} == {one.name for one in parameter.columns}
    return known if complete and len(known) == len(header) == len(parameter.columns) else None


def _canonical(column: Column, cell: str) -> str:
    if column.kind == "text" or not cell:
        return cell
    try:
        return str(read_number(cell))
    except DomainError:
        return cell  # told by the check of the value, with its row


def _shown(column: Column, cell: str) -> str:
    if column.kind == "text" or not cell:
        return cell
    try:
        return german_number(Decimal(cell))
    except InvalidOperation:
        return cell
