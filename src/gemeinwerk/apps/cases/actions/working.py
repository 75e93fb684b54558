"""Working on a case: open it, claim it, note something, move it on."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import queries
from gemeinwerk.apps.cases.errors import NothingToSayError, NotInUnitError
from gemeinwerk.apps.cases.events import CaseDecided
from gemeinwerk.apps.cases.models import Case, Note, Request
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor, Right, may, require
from gemeinwerk.core.cases import CaseState, lifecycle
from gemeinwerk.core.kernel import new_id


@transaction.atomic
def see(*, actor: Actor, case_id: UUID, now: datetime) -> Case:
    """Open a case for reading: recorded (S14), marked read for whoever works on it."""
    case = queries.case_for(actor, case_id)
    audit.record(
        actor,
        "case.read",
        now=now,
        object_kind="case",
        object_id=str(case.id),
        subject=case.id,
        right=Right.READ_CASE,
    )
    if case.unread or (case.changed and case.assignee_id == actor.staff_id):
        case.unread = False
        case.changed = case.changed and case.assignee_id != actor.staff_id
        case.save(update_fields=["unread", "changed"])
    _note_presence(case, actor, now)
    return case


@transaction.atomic
def stay(*, actor: Actor, case_id: UUID, now: datetime) -> None:
    """Say that the case is still open in front of somebody; its reading was recorded before."""
    _note_presence(queries.case_for(actor, case_id, right=Right.CLAIM_CASE), actor, now)


@transaction.atomic
def claim(*, actor: Actor, case_id: UUID, now: datetime, take_over: bool = False) -> Case:
    """Take a case (übernehmen); a case of somebody else only on purpose."""
    case = queries.case_for(actor, case_id, right=Right.CLAIM_CASE, lock=True)
    state, holder = lifecycle.claim(
        CaseState(case.state), holder=case.assignee_id, by=_staff(actor), take_over=take_over
    )
    case.state, case.assignee_id = state, holder
    case.unread = case.changed = False
    case.save(update_fields=["state", "assignee", "unread", "changed"])
    _record(actor, "case.claimed", case, now)
    return case


@transaction.atomic
def release(*, actor: Actor, case_id: UUID, now: datetime) -> Case:
    """Give a case back to the unit."""
    case = queries.case_for(actor, case_id, right=Right.CLAIM_CASE, lock=True)
    case.state = lifecycle.release(CaseState(case.state), holder=case.assignee_id, by=_staff(actor))
    case.assignee_id = None
    case.save(update_fields=["state", "assignee"])
    _record(actor, "case.released", case, now)
    return case


@transaction.atomic
def assign(*, actor: Actor, case_id: UUID, staff_id: UUID, now: datetime) -> Case:
    """Give a case to a person of its unit (zuteilen); also away from somebody else."""
    case = queries.case_for(actor, case_id, right=Right.ASSIGN_CASE, lock=True)
    chosen = municipalities.staff_actor(staff_id)
    if chosen is None or not may(chosen, Right.CLAIM_CASE, unit_id=case.unit_id):
        raise NotInUnitError
    case.state, case.assignee_id = lifecycle.claim(
        CaseState(case.state), holder=case.assignee_id, by=staff_id, take_over=True
    )
    case.unread = True
    case.save(update_fields=["state", "assignee", "unread"])
    _record(actor, "case.assigned", case, now)
    return case


def look(
    *,
    actor: Actor,
    shelf: str,
    today: date,
    number: int,
    narrowing: queries.Narrowing,
    now: datetime,
) -> queries.InboxPage:
    """Return one page of the inbox; one entry records which cases were on it (S52)."""
    page = queries.inbox(actor, shelf, today=today, number=number, narrowing=narrowing)
    _record_list(actor, page.rows, now)
    return page


@transaction.atomic
def find(*, actor: Actor, text: str, now: datetime) -> list[queries.CaseLine]:
    """Search for cases; one entry records which were found, never the words."""
    found = queries.search(actor, text)
    _record_list(actor, found, now)
    return found


@transaction.atomic
def note(*, actor: Actor, case_id: UUID, text: str, now: datetime) -> Note:
    """Write an internal note (Vermerk); it never goes out."""
    case = queries.case_for(actor, case_id, right=Right.WRITE_NOTE)
    if not text.strip():
        raise NothingToSayError
    note_id = new_id()
    row = Note.objects.create(
        id=note_id,
        case_id=case.id,
        sealed_text=sealing.seal(case.id, f"note/{note_id}", text.strip()[:10_000]),
        written_by_id=_staff(actor),
        written_at=now,
    )
    _record(actor, "case.noted", case, now)
    return row


@transaction.atomic
def evidence_arrived(dossier_id: UUID, *, now: datetime) -> None:
    """Mark the case changed because evidence came, and complete if nothing is missing."""
    case = Case.objects.select_for_update().filter(pk=dossier_id).first()
    if case is None:
        return
    actor = _office(case)
    content = submissions.submission_for(actor, dossier_id).content
    case.complete = not submissions.missing_evidence(dossier_id, content)
    case.changed = True
    case.save(update_fields=["complete", "changed"])


@transaction.atomic
def mark_proposed(*, actor: Actor, case_id: UUID, needs_second_person: bool, now: datetime) -> Case:
    """Move a case on because its decision was proposed."""
    case = queries.case_for(actor, case_id, right=Right.DECIDE_CASE, lock=True)
    case.state = lifecycle.propose_decision(
        CaseState(case.state),
        holder=case.assignee_id,
        by=_staff(actor),
        needs_second_person=needs_second_person,
    )
    case.save(update_fields=["state"])
    _record(actor, "case.decision_proposed", case, now)
    return case


@transaction.atomic
def send_back(*, actor: Actor, case_id: UUID, now: datetime) -> Case:
    """Return a proposal to the caseworker."""
    case = queries.case_for(actor, case_id, lock=True)
    case.state = lifecycle.send_back(CaseState(case.state))
    case.changed = True
    case.save(update_fields=["state", "changed"])
    _record(actor, "case.sent_back", case, now)
    return case


@transaction.atomic
def mark_decided(*, actor: Actor, case_id: UUID, delete_on: date | None, now: datetime) -> Case:
    """Note that the decision was issued; it ends every open request.

    The retention period is reckoned by the caller.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    require(actor, Right.ISSUE_NOTICE, unit_id=case.unit_id, dossier_id=case.id)
    if actor.kind == "system":
        case.state = lifecycle.decide_automatically(CaseState(case.state))
    else:
        case.state = CaseState.DECIDED
    case.decided_at, case.delete_on = now, delete_on
    case.unread = case.changed = False
    case.save(update_fields=["state", "decided_at", "delete_on", "unread", "changed"])
    Request.objects.filter(
        case_id=case.id, answered_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=now)
    _record(actor, "case.decided", case, now)
    outbox.announce(CaseDecided(dossier_id=case.id), now=now)
    return case


def note_human_reasons(case_id: UUID, reasons: list[str]) -> None:
    """Keep why a machine did not decide (R15)."""
    Case.objects.filter(pk=case_id).update(human_reasons=reasons)


def _note_presence(case: Case, actor: Actor, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_presence (id, municipality_id, case_id, staff_id, seen_at)"
            " VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT (municipality_id, case_id, staff_id) DO UPDATE SET seen_at = %s",
            [new_id(), tenancy.current_id(), case.id, actor.staff_id, now, now],
        )


def _record_list(actor: Actor, rows: list[queries.CaseLine], now: datetime) -> None:
    ids = [row.id for row in rows]
    audit.record_reads(actor, "case", ids, right=Right.SEE_INBOX, now=now)


def _record(actor: Actor, verb: str, case: Case, now: datetime) -> None:
    audit.record(actor, verb, now=now, object_kind="case", object_id=str(case.id), subject=case.id)


def _staff(actor: Actor) -> UUID:
    if actor.staff_id is None:
        raise ValueError("only staff do this")
    return actor.staff_id


def _office(case: Case) -> Actor:
    return Actor(kind="system", municipality_id=case.municipality_id, name="cases")
