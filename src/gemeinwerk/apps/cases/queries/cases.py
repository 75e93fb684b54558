"""Doors to one case: the row itself, its notes, requests and who has it open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from gemeinwerk.apps import sealing
from gemeinwerk.apps.cases.models import Case, Note, Request
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.cases import OPEN_STATES
from gemeinwerk.core.kernel import NotFoundError

PRESENT = timedelta(minutes=2)


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


def due_for_disposal(day: date, *, but: QuerySet[Any], limit: int = 200) -> list[UUID]:
    """Return the cases whose day of deletion has come (R34), for the job that deletes.

    `but` are the ids of those that still wait for something, as a subquery.
    """
    rows = Case.objects.filter(delete_on__lte=day, shredded_at__isnull=True).exclude(pk__in=but)
    return list(rows.order_by("delete_on").values_list("pk", flat=True)[:limit])


def unit_of(case_id: UUID) -> UUID:
    """Return the unit that works on a case, or raise NotFoundError."""
    found = Case.objects.filter(pk=case_id).values_list("unit_id", flat=True).first()
    if found is None:
        raise NotFoundError
    return found


def id_by_number(number: str) -> UUID:
    """Return the id of a case number (Aktenzeichen), or raise NotFoundError."""
    found = Case.objects.filter(number=number).values_list("id", flat=True).first()
    if found is None:
        raise NotFoundError
    return found


def any_case() -> bool:
    """Tell whether the current town has any case."""
    return Case.objects.exists()


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


def present(
    case_ids: Collection[UUID], *, but: UUID | None, now: datetime
) -> dict[UUID, list[UUID]]:
    """Return who has these cases open (seen within two minutes), except oneself."""
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, staff_id FROM cases_presence"
            " WHERE case_id = ANY(%s::uuid[]) AND seen_at > %s",
            [list(case_ids), now - PRESENT],
        )
        rows = cursor.fetchall()
    for case_id, staff_id in rows:
        if staff_id != but:
            found.setdefault(case_id, []).append(staff_id)
    return found


def existing(ids: list[UUID]) -> set[UUID]:
    """Return which of these dossiers have a case (R41)."""
    return set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))


def is_undecided(dossier_id: UUID) -> bool:
    """Tell whether a case is open, so that evidence still counts; for jobs."""
    return Case.objects.filter(pk=dossier_id, state__in=sorted(OPEN_STATES)).exists()
