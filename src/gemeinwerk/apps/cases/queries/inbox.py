"""The inbox (Eingang): shelves, their exact numbers, neighbours and search.

A page reads a fixed number of rows by an index in the order of the list: per unit and state one
lane of ids, merged. The numbers are sums of few rows that a trigger keeps (`models.Tally`). The
statements are written here and not built anew for each page, which would cost more than running
them; they hold our own words only, values are always bound.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.cases.models import DONE, OPEN, Case
from gemeinwerk.apps.cases.queries.lines import COLUMNS, CaseLine, line, lines
from gemeinwerk.core.access import Actor, Right, require, units_with
from gemeinwerk.core.applications import CaseNumberError, normalise_case_number
from gemeinwerk.core.cases import CaseState
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.kernel.latin import search_form

PAGE_SIZE = 50
LAST_PAGE = 200  # beyond ten thousand rows one narrows the list
WAITING = (CaseState.AWAITING_APPLICANT.value, CaseState.HEARING.value)
SHELVES = ("unread", "mine", "open", "waiting", "second", "overdue", "done")


def _among(states: tuple[str, ...]) -> str:
    """Name the states in the text: only so the partial index of a shelf is found."""
    return "state IN ({})".format(", ".join(f"'{state}'" for state in states))


_LANES: Mapping[str, tuple[str, ...]] = {
    "unread": (f"{_among(OPEN)} AND (unread OR changed)",),
    "mine": (f"{_among(OPEN)} AND assignee_id = %(me)s",),
    "open": (_among(OPEN),),
    "waiting": tuple(_among((state,)) for state in WAITING),
    "second": (_among((CaseState.AWAITING_SECOND.value,)),),
    "overdue": (f"{_among(OPEN)} AND due_on < %(today)s",),
    "done": (_among(DONE),),
}
"""The parts of a shelf, each of which one index gives in the order of the list."""

_NUMBERS = f"""
    SELECT sum(count) FILTER (WHERE kind = 'fresh'),
        sum(count) FILTER (WHERE kind = 'holder' AND key = %(me)s::text),
        sum(count) FILTER (WHERE kind = 'state' AND {_among(OPEN)}),
        sum(count) FILTER (WHERE kind = 'state' AND {_among(WAITING)}),
        sum(count) FILTER (WHERE kind = 'state' AND {_among(("awaiting_second",))}),
        sum(count) FILTER (WHERE kind = 'due' AND key < %(today)s::text),
        sum(count) FILTER (WHERE kind = 'state' AND {_among(DONE)})
    FROM cases_tally WHERE unit_id = ANY(%(units)s::uuid[])
""".replace("state IN", "key IN")  # noqa: S608  # states of our own


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a shelf is narrowed to; None and "" leave it open."""

    unit_id: UUID | None = None
    service_key: str = ""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of a shelf; `total` counts the whole shelf, `counts` every shelf."""

    shelf: str
    rows: list[CaseLine]
    number: int
    total: int
    counts: dict[str, int]

    @property
    def pages(self) -> int:
        return max(1, min(LAST_PAGE, -(-self.total // PAGE_SIZE)))


def inbox(
    actor: Actor, shelf: str, *, today: date, number: int = 1, narrowing: Narrowing | None = None
) -> InboxPage:
    """Return one page of a shelf of the actor's units, the most urgent first."""
    require(actor, Right.SEE_INBOX)
    if shelf not in SHELVES:
        raise NotFoundError
    narrowing = narrowing or Narrowing()
    numbers = counts(actor, today=today, narrowing=narrowing)
    pages = max(1, min(LAST_PAGE, -(-numbers[shelf] // PAGE_SIZE)))
    number = max(1, min(number, pages))
    bound = _bound(actor, today, narrowing) | {"start": (number - 1) * PAGE_SIZE}
    return InboxPage(shelf, _page(shelf, bound), number, numbers[shelf], numbers)


def counts(actor: Actor, *, today: date, narrowing: Narrowing | None = None) -> dict[str, int]:
    """Return the exact number of cases on each shelf, in one query over sums."""
    require(actor, Right.SEE_INBOX)
    bound = _bound(actor, today, narrowing or Narrowing())
    statement = _NUMBERS + (" AND service_key = %(service)s" if bound["service"] else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, {**bound, "today": today.isoformat()})
        (found,) = cursor.fetchall()
    return {shelf: number or 0 for shelf, number in zip(SHELVES, found, strict=True)}


def neighbours(
    actor: Actor, shelf: str, case: Case, *, today: date
) -> tuple[UUID | None, UUID | None]:
    """Return the case before and the case after this one in the order of a shelf."""
    require(actor, Right.SEE_INBOX)
    if shelf not in SHELVES:
        return None, None
    bound = _bound(actor, today, Narrowing())
    bound |= {"start": 0, "length": 1, "day": case.due_on, "case": case.id}
    here = "(due_on, id) {} (%(day)s, %(case)s)"
    found = []
    with connection.cursor() as cursor:
        for newest, sign in ((True, "<"), (False, ">")):
            statement = _merged(shelf, bound, newest=newest, place=here.format(sign))
            cursor.execute(statement, bound)
            row = cursor.fetchone()
            found.append(row[0] if row else None)
    before, after = found
    return (after, before) if shelf == "done" else (before, after)


def search(actor: Actor, text: str) -> list[CaseLine]:
    """Find cases by case number, words of the name or number plate, within the actor's units."""
    require(actor, Right.SEE_INBOX)
    words = [search_form(word) for word in text.split()][:6]
    plate = "".join(filter(str.isalnum, text)).upper()[:20]
    wanted = Q(pk__in=applications.dossiers_found_by("name", words) if words else set())
    if plate:
        wanted |= Q(pk__in=applications.dossiers_found_by("plate", [plate]))
    with contextlib.suppress(CaseNumberError):
        wanted |= Q(number=normalise_case_number(text[:40]))
    rows = Case.objects.filter(wanted, unit_id__in=units_with(actor, Right.READ_CASE))
    found = rows.order_by("-received_at", "-id").values_list("pk", flat=True)[:PAGE_SIZE]
    return lines(list(found))


def _units(actor: Actor, narrowing: Narrowing) -> list[UUID]:
    units = units_with(actor, Right.READ_CASE)
    return sorted(units & {narrowing.unit_id} if narrowing.unit_id else units)


def _bound(actor: Actor, today: date, narrowing: Narrowing) -> dict[str, Any]:
    """Return the values that the statements name."""
    units = _units(actor, narrowing)
    return {
        "me": actor.staff_id,
        "today": today,
        "units": units,
        "service": narrowing.service_key,
        "length": PAGE_SIZE,
        **{f"unit{place}": unit for place, unit in enumerate(units)},
    }


def _page(shelf: str, bound: Mapping[str, Any]) -> list[CaseLine]:
    newest = shelf == "done"
    statement = (
        f"SELECT {COLUMNS} FROM ({_merged(shelf, bound, newest=newest)}) AS page"  # noqa: S608  # own words
        f" JOIN cases_case AS c USING (id) ORDER BY {_order('page.', newest=newest)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, bound)
        return [line(row) for row in cursor.fetchall()]


def _merged(shelf: str, bound: Mapping[str, Any], *, newest: bool, place: str = "true") -> str:
    """Return the statement for (id, due_on) of a stretch of a shelf in the order of its list."""
    if bound["service"]:
        place += " AND service_key = %(service)s"
    order = _order("", newest=newest)
    units = [f"unit_id = %(unit{number})s" for number, _ in enumerate(bound["units"])]
    if shelf == "mine":
        units = ["unit_id = ANY(%(units)s::uuid[])"]
    lanes = [
        f"(SELECT id, due_on FROM cases_case WHERE {unit} AND {part} AND {place}"  # noqa: S608  # own words
        f" ORDER BY {order} LIMIT %(start)s + %(length)s)"
        for unit in units or ["false"]
        for part in _LANES[shelf]
    ]
    merged = " UNION ALL ".join(lanes)
    return (
        f"SELECT id, due_on FROM ({merged}) AS lanes"  # noqa: S608  # own words
        f" ORDER BY {order} LIMIT %(length)s OFFSET %(start)s"
    )


def _order(table: str, *, newest: bool) -> str:
    down = " DESC" if newest else ""
    return f"{table}due_on{down}, {table}id{down}"
