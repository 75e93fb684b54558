"""The inbox (Eingang): shelves, their exact numbers, neighbours and search.

A page reads a fixed number of rows by an index in the order of the list: per unit and state one
lane of ids, merged. The numbers are sums of few rows that a trigger keeps (`models.Tally`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.cases.models import DONE, OPEN, Case, Tally
from gemeinwerk.core.access import Actor, Right, require, units_with
from gemeinwerk.core.applications import CaseNumberError, normalise_case_number
from gemeinwerk.core.cases import CaseState
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.kernel.latin import search_form

PAGE_SIZE = 50
LAST_PAGE = 200  # beyond ten thousand rows one narrows the list
WAITING = (CaseState.AWAITING_APPLICANT.value, CaseState.HEARING.value)
SHELVES = ("unread", "mine", "open", "waiting", "second", "overdue", "done")

Lane = QuerySet[Case]


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a shelf is narrowed to; None and "" leave it open."""

    unit_id: UUID | None = None
    service_key: str = ""


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of a shelf; `total` counts the whole shelf, `counts` every shelf."""

    shelf: str
    rows: list[Case]
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
    lanes = _lanes(actor, shelf, today, narrowing)
    ids = _merged(lanes, (number - 1) * PAGE_SIZE, PAGE_SIZE, newest=shelf == "done")
    return InboxPage(shelf, _rows(ids), number, numbers[shelf], numbers)


def counts(actor: Actor, *, today: date, narrowing: Narrowing | None = None) -> dict[str, int]:
    """Return the exact number of cases on each shelf, in one query over sums."""
    require(actor, Right.SEE_INBOX)
    narrowing = narrowing or Narrowing()
    rows = Tally.objects.filter(unit_id__in=_units(actor, narrowing))
    if narrowing.service_key:
        rows = rows.filter(service_key=narrowing.service_key)
    state = Q(kind="state")
    found = rows.aggregate(
        unread=Sum("count", filter=Q(kind="fresh")),
        mine=Sum("count", filter=Q(kind="holder", key=str(actor.staff_id))),
        open=Sum("count", filter=state & Q(key__in=OPEN)),
        waiting=Sum("count", filter=state & Q(key__in=WAITING)),
        second=Sum("count", filter=state & Q(key=CaseState.AWAITING_SECOND.value)),
        overdue=Sum("count", filter=Q(kind="due", key__lt=today.isoformat())),
        done=Sum("count", filter=state & Q(key__in=DONE)),
    )
    return {shelf: found[shelf] or 0 for shelf in SHELVES}


def neighbours(
    actor: Actor, shelf: str, case: Case, *, today: date
) -> tuple[UUID | None, UUID | None]:
    """Return the case before and the case after this one in the order of a shelf."""
    require(actor, Right.SEE_INBOX)
    if shelf not in SHELVES:
        return None, None
    place = Q(due_on__lt=case.due_on) | Q(due_on=case.due_on, id__lt=case.id)
    lanes = _lanes(actor, shelf, today, Narrowing())
    lower = [lane.filter(place, due_on__lte=case.due_on) for lane in lanes]
    upper = [lane.filter(due_on__gte=case.due_on).exclude(place | Q(pk=case.pk)) for lane in lanes]
    before, after = _merged(lower, 0, 1, newest=True), _merged(upper, 0, 1, newest=False)
    found = (before[0] if before else None, after[0] if after else None)
    return found[::-1] if shelf == "done" else found


def search(actor: Actor, text: str) -> list[Case]:
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
    return list(rows.order_by("-received_at", "-id")[:PAGE_SIZE])


def _units(actor: Actor, narrowing: Narrowing) -> list[UUID]:
    units = units_with(actor, Right.READ_CASE)
    return sorted(units & {narrowing.unit_id} if narrowing.unit_id else units)


def _lanes(actor: Actor, shelf: str, today: date, narrowing: Narrowing) -> list[Lane]:
    """Return the parts of a shelf, each of which one index gives in the order of the list."""
    units = _units(actor, narrowing)
    rows = Case.objects.all()
    if narrowing.service_key:
        rows = rows.filter(service_key=narrowing.service_key)
    if shelf == "mine":
        return [rows.filter(assignee_id=actor.staff_id, state__in=OPEN, unit_id__in=units)]
    return [lane for unit in units for lane in _of_unit(rows.filter(unit_id=unit), shelf, today)]


def _of_unit(rows: Lane, shelf: str, today: date) -> list[Lane]:
    if shelf == "done":
        return [rows.filter(state__in=DONE)]
    if shelf in ("waiting", "second"):
        states = WAITING if shelf == "waiting" else (CaseState.AWAITING_SECOND.value,)
        return [rows.filter(state=state) for state in states]
    rows = rows.filter(state__in=OPEN)
    if shelf == "unread":
        return [rows.filter(Q(unread=True) | Q(changed=True))]
    return [rows.filter(due_on__lt=today)] if shelf == "overdue" else [rows]


def _merged(lanes: Sequence[Lane], start: int, length: int, *, newest: bool) -> list[UUID]:
    order = ("-due_on", "-id") if newest else ("due_on", "id")
    parts = [lane.order_by(*order).values_list("id", "due_on")[: start + length] for lane in lanes]
    if not parts:
        return []
    if len(parts) == 1:
        return [row[0] for row in parts[0][start:]]
    merged = parts[0].union(*parts[1:], all=True).order_by(*order)
    return [row[0] for row in merged[start : start + length]]


def _rows(ids: list[UUID]) -> list[Case]:
    rows = {row.id: row for row in Case.objects.filter(pk__in=ids)}
    return [rows[each] for each in ids if each in rows]
