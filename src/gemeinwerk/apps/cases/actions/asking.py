"""Asking the applicant: documents, a hearing; and her answer that brings the case back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps import sealing
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import queries
from gemeinwerk.apps.cases.errors import (
    DueDayError,
    FreeDayError,
    NothingToSayError,
    RequestClosedError,
)
from gemeinwerk.apps.cases.events import ApplicantAnswered, ApplicantAsked, MessageSent
from gemeinwerk.apps.cases.models import Case, Request
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.mailbox.models import Message
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.calendars import Calendar, Period, add_period
from gemeinwerk.core.cases import CaseState, NothingRequestedError, lifecycle
from gemeinwerk.core.kernel import NotFoundError, new_id

LONGEST = timedelta(days=180)
USUAL = Period(14)  # [E]: what a request and a hearing propose
WAITING = (CaseState.AWAITING_APPLICANT, CaseState.HEARING)


def usual_due_on(today: date) -> date:
    """Return the day a request proposes: two weeks on, moved to a working day (R22)."""
    return add_period(today, USUAL, calendar=_calendar()).date


@transaction.atomic
def send_message(*, actor: Actor, case_id: UUID, title: str, text: str, now: datetime) -> Message:
    """Send a message (Nachricht) to the applicant; it asks for nothing and moves nothing."""
    case = queries.case_for(actor, case_id, right=Right.SEND_MESSAGE, lock=True)
    if actor.kind == "staff" and case.assignee_id != actor.staff_id:
        raise lifecycle.NotYoursError()
    if not text.strip() or not title.strip():
        raise NothingToSayError
    sent = mailbox.post(
        subject=case.id,
        direction="to_person",
        kind="message",
        title=title.strip()[:200],
        text=text.strip()[:10_000],
        sent_by=actor.staff_id,
        now=now,
    )
    _record(actor, "case.message_sent", case, now)
    outbox.announce(MessageSent(dossier_id=case.id, message_id=sent.id), now=now)
    return sent


@transaction.atomic
def ask_for_documents(
    *,
    actor: Actor,
    case_id: UUID,
    wanted: Sequence[tuple[str, str]],
    text: str,
    due_on: date,
    today: date,
    now: datetime,
) -> Request:
    """Ask for documents (Nachforderung), all in one request with one due day (R12)."""
    if not wanted:
        raise NothingRequestedError()
    case = _own_case(actor, case_id)
    case.state = lifecycle.move(CaseState(case.state), CaseState.AWAITING_APPLICANT)
    return _ask(case, actor, "documents", wanted, text, due_on, today, now)


@transaction.atomic
def open_hearing(
    *, actor: Actor, case_id: UUID, text: str, due_on: date, today: date, now: datetime
) -> Request:
    """Give the applicant the chance to comment before a burdening decision (R14)."""
    case = _own_case(actor, case_id)
    case.state = lifecycle.open_hearing(CaseState(case.state))
    return _ask(case, actor, "hearing", (), text, due_on, today, now)


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: UUID, now: datetime) -> None:
    """Take a request back; its text stays readable."""
    row = Request.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise NotFoundError
    case = _own_case(actor, row.case_id)
    if row.answered_at or row.withdrawn_at:
        raise RequestClosedError
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    others = Request.objects.filter(
        case_id=case.id, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    if case.state in WAITING and not others.exists():
        case.state = lifecycle.resume(CaseState(case.state))
        case.due_on = case.promised_on
        case.save(update_fields=["state", "due_on"])
    _record(actor, "case.request_withdrawn", case, now)


@transaction.atomic
def answer(*, actor: Actor, request_id: UUID, text: str, now: datetime) -> None:
    """Take the applicant's answer; the case returns to the inbox marked changed."""
    row = Request.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise NotFoundError
    require(actor, Right.ANSWER_REQUEST, dossier_id=row.case_id)
    if row.answered_at or row.withdrawn_at:
        raise RequestClosedError
    content = sealing.unseal(row.case_id, f"request/{row.id}", row.sealed_content)
    content["answer"] = text.strip()[:10_000]
    row.sealed_content = sealing.seal(row.case_id, f"request/{row.id}", content)
    row.answered_at = now
    row.save(update_fields=["sealed_content", "answered_at"])
    case = Case.objects.select_for_update().get(pk=row.case_id)
    case.state = lifecycle.answer_arrived(CaseState(case.state))
    case.changed, case.due_on = True, case.promised_on
    case.save(update_fields=["state", "changed", "due_on"])
    audit.record(actor, "request.answered", now=now, object_kind="case", subject=case.id)
    outbox.announce(ApplicantAnswered(dossier_id=case.id, request_id=row.id), now=now)


def _own_case(actor: Actor, case_id: UUID) -> Case:
    case = queries.case_for(actor, case_id, right=Right.REQUEST_DOCUMENTS, lock=True)
    if case.assignee_id != actor.staff_id:
        raise lifecycle.NotYoursError()
    return case


def _ask(
    case: Case,
    actor: Actor,
    kind: str,
    wanted: Sequence[tuple[str, str]],
    text: str,
    due_on: date,
    today: date,
    now: datetime,
) -> Request:
    _check(text, due_on, today)
    request_id = new_id()
    content = {"text": text.strip()[:10_000], "wanted": [list(one) for one in wanted]}
    row = Request.objects.create(
        id=request_id,
        case_id=case.id,
        kind=kind,
        sealed_content=sealing.seal(case.id, f"request/{request_id}", content),
        asked_by_id=actor.staff_id,
        asked_at=now,
        due_on=due_on,
    )
    case.due_on, case.changed, case.unread = due_on, False, False
    case.save(update_fields=["state", "due_on", "changed", "unread"])
    title = "Anhörung" if kind == "hearing" else "Bitte um Unterlagen"
    mailbox.post(
        subject=case.id,
        direction="to_person",
        kind="request",
        title=title,
        text=text.strip(),
        sent_by=actor.staff_id,
        now=now,
    )
    _record(actor, f"case.asked_{kind}", case, now, due_on=due_on.isoformat())
    outbox.announce(ApplicantAsked(dossier_id=case.id, request_id=row.id), now=now)
    return row


def _record(actor: Actor, verb: str, case: Case, now: datetime, **details: str) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="case",
        object_id=str(case.id),
        subject=case.id,
        **details,
    )


def _calendar() -> Calendar:
    return Calendar(municipalities.town_by_id(tenancy.current_id()).state)


def _check(text: str, due_on: date, today: date) -> None:
    if not text.strip():
        raise NothingToSayError
    if not today < due_on <= today + LONGEST:
        raise DueDayError
    if not _calendar().is_working_day(due_on):
        raise FreeDayError(day=due_on.isoformat())
