"""What cases do when something happens elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.applications.events import (
    ApplicationSubmitted,
    EvidenceAdded,
    EvidenceAwaited,
)
from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.cases.events import ApplicantAsked, MessageSent
from gemeinwerk.apps.identity.events import StaffLeft
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.mailbox import links
from gemeinwerk.apps.outbox import actions as outbox

BERLIN = ZoneInfo("Europe/Berlin")
REMIND, REMIND_BEFORE = "cases.remind_applicant", timedelta(days=3)
REMIND_EVIDENCE = "cases.remind_of_evidence"


def on_application_submitted(event: ApplicationSubmitted, now: datetime) -> None:
    """Open the case of a submission; what was announced to follow is reminded of."""
    if event.dossier_id is not None:
        actions.open_case(event.dossier_id, now=now)
        _plan_reminders(event.dossier_id, now)


def _plan_reminders(dossier_id: UUID, now: datetime) -> None:
    """Plan mails for evidence that follows: three days before its day, and the day after."""
    for due_on in applications.announced_days(dossier_id):
        awaited = EvidenceAwaited(dossier_id=dossier_id, due_on=due_on)
        for day in (due_on - REMIND_BEFORE, due_on + timedelta(days=1)):
            at = datetime.combine(day, time(8), BERLIN)
            if at > now:
                outbox.plan(REMIND_EVIDENCE, awaited, now=now, due_at=at)


def remind_of_evidence(event: EvidenceAwaited, now: datetime) -> None:
    """Remind of evidence that was announced and has not come, while it still counts.

    An open request asks for what is missing already and has a reminder of its own.
    """
    if event.dossier_id is None or not queries.is_undecided(event.dossier_id):
        return
    if event.due_on not in applications.announced_days(event.dossier_id):
        return
    if not any(one.is_open for one in queries.requests(event.dossier_id)):
        late = now.astimezone(BERLIN).date() > event.due_on
        _mail(event.dossier_id, "evidence_late" if late else "evidence_due", event.due_on, now)


def on_evidence_added(event: EvidenceAdded, now: datetime) -> None:
    """Show the office that evidence came."""
    if event.dossier_id is not None:
        actions.evidence_arrived(event.dossier_id, now=now)


def on_applicant_asked(event: ApplicantAsked, now: datetime) -> None:
    """Tell the applicant by mail that something is asked of her, and until when."""
    if event.dossier_id is None:
        return
    asked = [one for one in queries.requests(event.dossier_id) if one.id == event.request_id]
    if not asked or not asked[0].is_open:
        return
    _mail(event.dossier_id, "asked", asked[0].due_on, now)
    remind_at = datetime.combine(asked[0].due_on - REMIND_BEFORE, time(8), BERLIN)
    if remind_at > now:
        outbox.plan(REMIND, event, now=now, due_at=remind_at)


def remind_applicant(event: ApplicantAsked, now: datetime) -> None:
    """Remind of a request that is still open three days before its last day."""
    if event.dossier_id is None:
        return
    asked = [one for one in queries.requests(event.dossier_id) if one.id == event.request_id]
    if asked and asked[0].is_open:
        _mail(event.dossier_id, "reminder", asked[0].due_on, now)


def on_message_sent(event: MessageSent, now: datetime) -> None:
    """Tell the applicant by mail that a message waits."""
    if event.dossier_id is not None:
        _mail(event.dossier_id, "message", None, now)


def on_staff_left(event: StaffLeft, now: datetime) -> None:
    """Give the open cases of somebody who left back to their units."""
    actions.let_go(event.staff_id, now=now)


def reconcile(now: datetime) -> None:
    """Open cases for submissions without one (R41); runs every ten minutes."""
    actions.reconcile(now=now)


def compact_counts(now: datetime) -> None:
    """Add up the changes of the shelves; runs every few minutes."""
    actions.compact_counts()


def _mail(dossier_id: UUID, template: str, day: date | None, now: datetime) -> None:
    contact = applications.contact_of_submission(dossier_id)
    if contact is not None and contact.email:
        mailbox.mail(
            subject=dossier_id,
            template=template,
            recipient=contact.email,
            fields={
                "link": links.of_dossier(dossier_id),
                "day": links.day(day, contact.language),
            },
            language=contact.language,
            now=now,
        )
