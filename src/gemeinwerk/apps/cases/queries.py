"""Doors to cases: one case for an actor, the inbox of her units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.cases.models import Case, Note, Presence, Request
from gemeinwerk.core.access import Actor, Right, require, units_with
from gemeinwerk.core.cases import OPEN_STATES, CaseState
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.kernel.latin import search_form

PAGE_SIZE = 50
OPEN = tuple(sorted(OPEN_STATES))
WAITING = (CaseState.AWAITING_APPLICANT.value, CaseState.HEARING.value)
DONE = (
    CaseState.DECIDED.value,
    CaseState.CLOSED.value,
    CaseState.WITHDRAWN.value,
    CaseState.TRANSFERRED.value,
)
SHELVES = ("unread", "mine", "open", "waiting", "second", "overdue", "done")


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of a shelf, with the next page's number or 0."""

    shelf: str
    rows: list[Case]
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """An internal note (Vermerk) opened for staff."""

    text: str
    written_by: UUID
    written_at: datetime


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request to the applicant, opened: `wanted` are (key, label)."""

    id: UUID
    kind: str
    text: str
    wanted: tuple[tuple[str, str], ...]
    answer: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


def case_for(
    actor: Actor, case_id: UUID, *, right: Right = Right.READ_CASE, lock: bool = False
) -> Case:
    """Return a case for an actor who holds the right there; else "not there" (S04, S10)."""
    rows = Case.objects.select_for_update() if lock else Case.objects.all()
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise NotFoundError
    require(actor, right, unit_id=case.unit_id, dossier_id=case.id)
    return case


def unit_of(case_id: UUID) -> UUID:
    """Return the unit that works on a case, or raise NotFoundError."""
    found = Case.objects.filter(pk=case_id).values_list("unit_id", flat=True).first()
    if found is None:
        raise NotFoundError
    return found


def inbox(actor: Actor, shelf: str, *, today: date, number: int = 1) -> InboxPage:
    """Return one page of a shelf of the actor's units, the most urgent first."""
    require(actor, Right.SEE_INBOX)
    if shelf not in SHELVES:
        raise NotFoundError
    rows = _shelf(actor, shelf, today).order_by(*_order(shelf))
    start = (max(1, number) - 1) * PAGE_SIZE
    found = list(rows.select_related("assignee")[start : start + PAGE_SIZE + 1])
    return InboxPage(shelf, found[:PAGE_SIZE], max(1, number), len(found) > PAGE_SIZE)


def counts(actor: Actor, *, today: date) -> dict[str, int]:
    """Return the exact number of cases on each shelf, in two queries."""
    require(actor, Right.SEE_INBOX)
    units = units_with(actor, Right.READ_CASE)
    open_ones = Case.objects.filter(unit_id__in=units, state__in=OPEN)
    found: dict[str, int] = open_ones.aggregate(
        open=Count("id"),
        unread=Count("id", filter=Q(unread=True) | Q(changed=True)),
        mine=Count("id", filter=Q(assignee_id=actor.staff_id)),
        waiting=Count("id", filter=Q(state__in=WAITING)),
        second=Count("id", filter=Q(state=CaseState.AWAITING_SECOND)),
        overdue=Count("id", filter=Q(due_on__lt=today)),
    )
    found["done"] = Case.objects.filter(unit_id__in=units, state__in=DONE).count()
    return found


def search(actor: Actor, text: str) -> list[Case]:
    """Find cases by case number, words of the name or number plate, within the actor's units."""
    require(actor, Right.SEE_INBOX)
    units = units_with(actor, Right.READ_CASE)
    rows = Case.objects.filter(unit_id__in=units)
    by_number = rows.filter(number__istartswith=text.strip()[:30])
    words = [search_form(word) for word in text.split()][:6]
    ids = applications.dossiers_found_by("name", words) if words else set()
    plate = "".join(filter(str.isalnum, text)).upper()
    ids |= applications.dossiers_found_by("plate", [plate]) if plate else set()
    found = rows.filter(Q(pk__in=ids) | Q(pk__in=by_number.values("pk")))
    return list(found.select_related("assignee").order_by("-received_at")[:PAGE_SIZE])


def notes(case: Case) -> list[NoteView]:
    """Return the internal notes of a case that the caller has opened."""
    return [
        NoteView(
            text=sealing.unseal(case.id, f"note/{row.id}", row.sealed_text),
            written_by=row.written_by_id,
            written_at=row.written_at,
        )
        for row in Note.objects.filter(case_id=case.id).order_by("written_at", "id")
    ]


def requests(dossier_id: UUID) -> list[RequestView]:
    """Return the requests of a dossier, oldest first; the caller has checked the right."""
    rows = Request.objects.filter(case_id=dossier_id).order_by("asked_at", "id")
    return [request_view(row) for row in rows]


def request_view(row: Request) -> RequestView:
    """Open one request."""
    content: dict[str, Any] = sealing.unseal(row.case_id, f"request/{row.id}", row.sealed_content)
    return RequestView(
        id=row.id,
        kind=row.kind,
        text=content["text"],
        wanted=tuple((key, label) for key, label in content["wanted"]),
        answer=content.get("answer", ""),
        asked_at=row.asked_at,
        due_on=row.due_on,
        answered_at=row.answered_at,
        withdrawn_at=row.withdrawn_at,
    )


def present(case: Case, *, but: UUID | None, now: datetime) -> list[UUID]:
    """Return who has the case open (seen within two minutes), except oneself."""
    rows = Presence.objects.filter(case_id=case.id, seen_at__gt=now - timedelta(minutes=2))
    return [staff for staff in rows.values_list("staff_id", flat=True) if staff != but]


def existing(ids: list[UUID]) -> set[UUID]:
    """Return which of these dossiers have a case (R41)."""
    return set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))


def _shelf(actor: Actor, shelf: str, today: date) -> QuerySet[Case]:
    rows = Case.objects.filter(unit_id__in=units_with(actor, Right.READ_CASE))
    if shelf == "done":
        return rows.filter(state__in=DONE)
    rows = rows.filter(state__in=OPEN)
    if shelf == "unread":
        return rows.filter(Q(unread=True) | Q(changed=True))
    if shelf == "mine":
        return rows.filter(assignee_id=actor.staff_id)
    if shelf == "waiting":
        return rows.filter(state__in=WAITING)
    if shelf == "second":
        return rows.filter(state=CaseState.AWAITING_SECOND)
    if shelf == "overdue":
        return rows.filter(due_on__lt=today)
    return rows


def _order(shelf: str) -> tuple[str, ...]:
    return ("-due_on", "-id") if shelf == "done" else ("due_on", "id")
