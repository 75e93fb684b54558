"""Answers as a table (CSV): one column per question, one row per application.

Repeated elements get as many columns as the rows need. Cells that a spreadsheet would run as a
formula are written with an apostrophe in front (OWASP: CSV injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gemeinwerk.core.forms.exports.outline import Outline, outline
from gemeinwerk.core.forms.model import Field, Form

Answers = Mapping[str, str]

_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def csv_columns(form: Form, rows: Iterable[Answers] = ()) -> tuple[tuple[str, str], ...]:
    """Return name and label of each column in the order of the form.

    `rows` tell how many instances there are; without rows each repeated element has one.
    """
    known = list(rows)
    return tuple(column for one in outline(form).roots for column in _columns(one, "", "", known))


def csv_table(form: Form, rows: Sequence[Answers]) -> str:
    """Return the table with a line of ids and a line of labels above; `;` parts the columns."""
    columns = csv_columns(form, rows)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([name for name, _ in columns])
    writer.writerow([safe_cell(label) for _, label in columns])
    for answers in rows:
        writer.writerow([safe_cell(answers.get(name, "")) for name, _ in columns])
    return out.getvalue()


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; numbers stay numbers."""
    if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text):
        return "'" + text
    return text


def _columns(
    one: Outline, start: str, label: str, rows: list[Answers]
) -> Iterator[tuple[str, str]]:
    name = f"{start}{one.id}"
    own = f"{label}, {one.node.label}" if label else one.node.label
    places = [(name, own)]
    if one.repeated:
        places = [(f"{name}[{at}]", f"{own} {at + 1}") for at in range(_count(name, rows))]
    for place, shown in places:
        if isinstance(one.node, Field):
            yield place, shown
        for child in one.children:
            yield from _columns(child, f"{place}.", shown, rows)


def _count(name: str, rows: list[Answers]) -> int:
    counts = [answers.get(f"{name}[]", "") for answers in rows]
    return max([1, *(int(each) for each in counts if each.isdigit() and len(each) < 4)])
