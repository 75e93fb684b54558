"""From submission to case: opened once, and reconciled so that none is missing (R41)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps.applications import actions as applications
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import queries
from gemeinwerk.apps.cases.events import CaseOpened
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor, system
from gemeinwerk.core.applications import AwaitedEvidence, ReceiptPromise, receipt_promise
from gemeinwerk.core.calendars import Calendar
from gemeinwerk.core.cases import CaseState

BERLIN = ZoneInfo("Europe/Berlin")
DEFAULT_DAYS = 28
GAP_AFTER = timedelta(minutes=10)


@transaction.atomic
def open_case(dossier_id: UUID, *, now: datetime) -> Case:
    """Open the case of a submission; a second call returns the first case."""
    actor = system(tenancy.current_id(), name="cases.open")
    known = Case.objects.filter(pk=dossier_id).first()
    if known is not None:
        return known
    submission = submissions.submission_for(actor, dossier_id)
    offer = catalogue.offer_version(submission.offer_version_id).offer
    promise = promise_of(actor, dossier_id)
    case = Case.objects.create(
        id=dossier_id,
        number=submission.number,
        service_key=offer.service_key,
        service_title=submission.package.name[:300],
        offer_version_id=submission.offer_version_id,
        unit_id=offer.unit_id,
        state=CaseState.RECEIVED,
        complete=promise.complete,
        received_at=submission.submitted_at,
        promised_on=promise.expected_by,
        due_on=promise.expected_by,
    )
    applications.mark_reconciled([dossier_id], now=now)
    audit.record(actor, "case.opened", now=now, object_kind="case", subject=dossier_id)
    outbox.announce(CaseOpened(dossier_id=dossier_id), now=now)
    return case


def promise_of(actor: Actor, dossier_id: UUID) -> ReceiptPromise:
    """Return what the receipt promises (R12): expected day and what is missing."""
    submission = submissions.submission_for(actor, dossier_id)
    town = municipalities.town_by_id(tenancy.current_id())
    specs = {spec.key: spec for spec in submission.package.form.evidence}
    missing = submissions.missing_evidence(dossier_id, submission.content)
    return receipt_promise(
        submission.submitted_at.astimezone(BERLIN).date(),
        usual_days=submission.package.usual_days or DEFAULT_DAYS,
        awaited=[
            AwaitedEvidence(
                item.key,
                item.label,
                follow_days=specs[item.key].follow_days if item.key in specs else 14,
            )
            for item in missing
        ],
        calendar=Calendar(town.state),
    )


def reconcile(*, now: datetime) -> list[UUID]:
    """Open cases for submissions that have none (R41); returns the gaps that were found."""
    waiting = submissions.unreconciled(now - GAP_AFTER)
    present = queries.existing(waiting)
    applications.mark_reconciled(list(present), now=now)
    gaps = [dossier_id for dossier_id in waiting if dossier_id not in present]
    for dossier_id in gaps:
        open_case(dossier_id, now=now)
        audit.record(
            system(tenancy.current_id(), name="cases.reconcile"),
            "case.gap_found",
            now=now,
            object_kind="case",
            subject=dossier_id,
        )
    return gaps
