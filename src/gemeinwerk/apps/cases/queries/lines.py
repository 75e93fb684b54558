"""Cases as lists show them: plain values, read without building rows of the model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection


class CaseLine(NamedTuple):
    """A line of a list of cases (Vorgang): what may be seen unsealed."""

    id: UUID
    number: str
    service_title: str
    state: str
    assignee_id: UUID | None
    unread: bool
    changed: bool
    complete: bool
    for_people: bool
    """Something was found that no machine may decide."""
    received_at: datetime
    due_on: date


COLUMNS = (
    "c.id, c.number, c.service_title, c.state, c.assignee_id, c.unread, c.changed, c.complete,"
    " c.human_reasons <> '[]', c.received_at, c.due_on"
)
"""What `line` takes, of `cases_case AS c`."""


def line(row: Sequence[Any]) -> CaseLine:
    """Return the line of a row of COLUMNS."""
    return CaseLine._make(row)


def lines(ids: Sequence[UUID]) -> list[CaseLine]:
    """Return the lines of these cases in this order; what is not there is left out."""
    statement = f"SELECT {COLUMNS} FROM cases_case AS c WHERE c.id = ANY(%s::uuid[])"  # noqa: S608  # own words
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(ids)])
        found = {row[0]: line(row) for row in cursor.fetchall()}
    return [found[each] for each in ids if each in found]
