"""Issuing (Erlass): the notice is set once, hashed, stored and sent on its way (S91)."""

from __future__ import annotations

from datetime import date, datetime

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.documents import actions as documents
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.notices import facts, letters, queries
from gemeinwerk.apps.notices.content import closed, opened
from gemeinwerk.apps.notices.errors import NotReadyError
from gemeinwerk.apps.notices.events import NoticeIssued
from gemeinwerk.apps.notices.facts import Dossier, Signature
from gemeinwerk.apps.notices.models import Decision, Delivery, PrintJob
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.apps.payments import actions as payments
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.decisions import NoticeDraft, Outcome, download_lapses_on, fee_total
from gemeinwerk.core.packages import delete_on

READY = "Ihr Bescheid liegt bereit. Rufen Sie ihn auf dieser Seite ab."
BY_POST = "Über Ihren Antrag ist entschieden. Der Bescheid kommt mit der Post."


def refuse_gaps(actor: Actor, case: Case, decision: Decision, *, today: date) -> None:
    """Raise NotReadyError with everything the notice lacks (R14, R16)."""
    content, outcome = opened(decision), Outcome(decision.outcome)
    dossier = facts.dossier_of(actor, case)
    signature = queries.signature_of(case, decision, actor)
    notice = facts.composed(dossier, outcome, content, signature, today=today)
    missing = queries.missing(case, outcome, content, notice, today=today)
    if missing:
        raise NotReadyError(missing)


def issue_now(
    *,
    actor: Actor,
    case: Case,
    decision: Decision,
    today: date,
    now: datetime,
    signature: Signature | None = None,
) -> Decision:
    """Issue a decision in the transaction of the caller; the database refuses a second one."""
    require(actor, Right.ISSUE_NOTICE, unit_id=case.unit_id, dossier_id=case.id)
    content, outcome = opened(decision), Outcome(decision.outcome)
    dossier = facts.dossier_of(actor, case)
    signed = signature or queries.signature_of(case, decision, actor)
    notice = facts.composed(dossier, outcome, content, signed, today=today)
    missing = queries.missing(case, outcome, content, notice, today=today)
    if missing:
        raise NotReadyError(missing)
    file = _stored(dossier, notice, now)
    content.issued = notice
    decision.sealed_content = closed(case.id, decision.id, content)
    decision.state, decision.issued_at = "issued", now
    decision.file, decision.file_sha256 = file, bytes(file.sha256)
    decision.save()
    _claim_fee(dossier, notice, now)
    cases.mark_decided(actor=actor, case_id=case.id, delete_on=_delete_on(dossier, today), now=now)
    _send(dossier, decision, file, today, now)
    _tell(actor, decision, now)
    return decision


def _stored(dossier: Dossier, notice: NoticeDraft, now: datetime) -> StoredFile:
    return documents.store_generated(
        subject=dossier.case.id,
        purpose="notice",
        name=f"Bescheid {dossier.case.number}.pdf",
        data=letters.set_notice(notice, dossier.town),
        media_type="application/pdf",
        now=now,
    )


def _claim_fee(dossier: Dossier, notice: NoticeDraft, now: datetime) -> None:
    total = fee_total(notice)
    if total <= 0:
        return
    days = [line.due_on for line in notice.fee_lines if line.due_on is not None]
    payments.claim(
        subject=dossier.case.id,
        reference=dossier.case.number,
        amount=total,
        purpose=notice.fee_lines[0].label[:200],
        due_on=min(days, default=None),
        now=now,
    )


def _delete_on(dossier: Dossier, today: date) -> date | None:
    valid_until = dossier.values.get(dossier.package.roles.get("valid_until", ""))
    return delete_on(
        dossier.package.retention,
        closed_on=today,
        valid_until=valid_until if isinstance(valid_until, date) else None,
    )


def _send(
    dossier: Dossier, decision: Decision, file: StoredFile, today: date, now: datetime
) -> None:
    """Provide the download where she has agreed to it (R20); everybody else gets a letter."""
    content = dossier.submission.content
    if content.download_consent and content.delivery_email:
        Delivery.objects.create(
            decision=decision,
            way="download",
            provided_at=now,
            lapses_on=download_lapses_on(today).date,
        )
        return
    queue_letter(decision, file, "no_consent", now)


def queue_letter(decision: Decision, file: StoredFile, reason: str, now: datetime) -> None:
    """Put the letter into the print queue, once per file."""
    Delivery.objects.get_or_create(decision=decision, way="post", defaults={"provided_at": now})
    PrintJob.objects.get_or_create(
        file=file,
        defaults={"dossier": decision.dossier, "reason": reason, "created_at": now},
    )


def _tell(actor: Actor, decision: Decision, now: datetime) -> None:
    by_download = Delivery.objects.filter(decision=decision, way="download").exists()
    mailbox.post(
        subject=decision.dossier,
        direction="to_person",
        kind="notice",
        title="Bescheid",
        text=READY if by_download else BY_POST,
        now=now,
    )
    audit.record(
        actor,
        "notice.issued",
        now=now,
        object_kind="decision",
        object_id=str(decision.id),
        subject=decision.dossier,
        right=Right.ISSUE_NOTICE,
        outcome=decision.outcome,
        sha256=bytes(decision.file_sha256 or b"").hex(),
        automatic=1 if decision.automatic_basis else 0,
    )
    outbox.announce(NoticeIssued(dossier_id=decision.dossier, decision_id=decision.id), now=now)
