"""Delivery (Bekanntgabe): retrieval by button, lapse after ten days, letters (R18, R20)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.documents.queries import FileChangedError, OpenedFile
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices import queries
from gemeinwerk.apps.notices.actions.issuing import queue_letter
from gemeinwerk.apps.notices.content import opened
from gemeinwerk.apps.notices.errors import DownloadEndedError, NoDownloadError
from gemeinwerk.apps.notices.events import DownloadLapsed
from gemeinwerk.apps.notices.models import Decision, Delivery, PrintJob
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor, Right, require, system
from gemeinwerk.core.calendars import Calendar, Law, Reckoning
from gemeinwerk.core.decisions import (
    Remedy,
    Way,
    download_lapses_on,
    notified_on,
    procedure_step,
    remedy_period,
)
from gemeinwerk.core.kernel import NotFoundError, crypto

BERLIN = ZoneInfo("Europe/Berlin")
BATCH = 500


@transaction.atomic
def retrieve(*, actor: Actor, dossier_id: UUID, now: datetime) -> OpenedFile:
    """Fetch the notice by the button (Abruf); logged, the first time starts the period (R20).

    Raises DownloadEndedError when the ten days are over, NoDownloadError when it goes by post.
    """
    require(actor, Right.RETRIEVE_NOTICE, dossier_id=dossier_id)
    decision = Decision.objects.filter(dossier=dossier_id, state="issued").first()
    if decision is None or decision.file_id is None:
        raise NotFoundError
    rows = Delivery.objects.select_for_update().filter(decision=decision, way="download")
    delivery = rows.first()
    if delivery is None:
        raise NoDownloadError
    if delivery.withdrawn_at is not None:
        raise DownloadEndedError
    if delivery.retrieved_at is None:
        _first_retrieval(decision, delivery, now)
    audit.record(
        actor,
        "notice.retrieved",
        now=now,
        object_kind="decision",
        object_id=str(decision.id),
        subject=dossier_id,
        right=Right.RETRIEVE_NOTICE,
    )
    opened_file = documents.open_file(actor, decision.file_id, now=now)
    if not crypto.same(crypto.fingerprint(opened_file.data), bytes(decision.file_sha256 or b"")):
        # What is handed over is what was issued, byte for byte (S91).
        raise FileChangedError
    return opened_file


@transaction.atomic
def begin_download_period(*, dossier_id: UUID, now: datetime) -> None:
    """Note that the alert has left; the ten days count from its day (R20)."""
    waiting = Delivery.objects.filter(way="download", alerted_at__isnull=True)
    delivery = waiting.filter(decision__dossier=dossier_id, decision__state="issued").first()
    if delivery is None:
        return
    alerted_on = now.astimezone(BERLIN).date()
    delivery.alerted_at = now
    law, calendar = _law_and_calendar(Case.objects.get(pk=dossier_id))
    if law is Law.AO:
        _begin_tax_download(delivery, alerted_on, calendar)
        return
    delivery.lapses_on = download_lapses_on(alerted_on).date
    delivery.save(update_fields=["alerted_at", "lapses_on"])


def lapse_downloads(*, now: datetime) -> int:
    """Withdraw downloads nobody fetched in ten days; letters go instead. Returns how many."""
    today = now.astimezone(BERLIN).date()
    late = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        way="download", retrieved_at__isnull=True, withdrawn_at__isnull=True, lapses_on__lt=today
    )
    count = 0
    for delivery in late.select_related("decision", "decision__file")[:BATCH]:
        decision = delivery.decision
        if decision.file is None:
            continue
        delivery.withdrawn_at = now
        delivery.save(update_fields=["withdrawn_at"])
        queue_letter(decision, decision.file, "not_retrieved", now)
        audit.record(
            system(tenancy.current_id(), name="notices.lapse"),
            "notice.download_lapsed",
            now=now,
            object_kind="decision",
            object_id=str(decision.id),
            subject=decision.dossier,
        )
        outbox.announce(
            DownloadLapsed(dossier_id=decision.dossier, decision_id=decision.id), now=now
        )
        count += 1
    return count


@transaction.atomic
def mark_printed(*, actor: Actor, job_id: UUID, posted_on: date, now: datetime) -> PrintJob:
    """Note that a letter was printed and posted; day four after is the notification (R18)."""
    job, case = queries.print_job(actor, job_id, lock=True)
    if job.printed_at is not None:
        return job
    job.printed_at = now
    job.save(update_fields=["printed_at"])
    decision = Decision.objects.filter(dossier=case.id, file_id=job.file_id).first()
    if decision is not None:
        delivery = Delivery.objects.select_for_update().get(decision=decision, way="post")
        delivery.posted_on = posted_on
        law, calendar = _law_and_calendar(case)
        _notify(
            decision,
            delivery,
            notified_on(Way.POST, sent_on=posted_on, calendar=calendar, law=law),
            calendar,
            law,
        )
    audit.record(
        actor,
        "notice.printed",
        now=now,
        object_kind="print_job",
        object_id=str(job.id),
        subject=case.id,
        right=Right.PRINT_LETTER,
        posted_on=posted_on.isoformat(),
    )
    return job


def _first_retrieval(decision: Decision, delivery: Delivery, now: datetime) -> None:
    today = now.astimezone(BERLIN).date()
    if delivery.lapses_on is not None and today > delivery.lapses_on:
        # The job that withdraws it has not run yet; law does not wait for it.
        raise DownloadEndedError
    delivery.retrieved_at = now
    if delivery.notified_on is not None:
        # A tax notice counts from its alert; that somebody fetches it changes no day.
        delivery.save(update_fields=["retrieved_at"])
        return
    case = Case.objects.get(pk=decision.dossier)
    law, calendar = _law_and_calendar(case)
    reckoned = notified_on(
        Way.DOWNLOAD, sent_on=None, retrieved_on=today, calendar=calendar, law=law
    )
    delivery.lapses_on = None
    _notify(decision, delivery, reckoned, calendar, law)


def _begin_tax_download(delivery: Delivery, alerted_on: date, calendar: Calendar) -> None:
    """Count the fourth day after the alert (§ 122a (4) AO); then no letter is owed (R21)."""
    delivery.lapses_on = None
    reckoned = notified_on(Way.DOWNLOAD, sent_on=alerted_on, calendar=calendar, law=Law.AO)
    _notify(delivery.decision, delivery, reckoned, calendar, Law.AO)


def _notify(
    decision: Decision,
    delivery: Delivery,
    reckoned: Reckoning | None,
    calendar: Calendar,
    law: Law,
) -> None:
    notice = opened(decision).issued
    if reckoned is None or notice is None:
        raise NotFoundError
    remedy = notice.remedy.remedy if notice.remedy else Remedy.OBJECTION
    period = remedy_period(
        reckoned.date, calendar=calendar, remedy=remedy, notice_correct=notice.remedy is not None
    )
    delivery.notified_on, delivery.remedy_until = reckoned.date, period.date
    steps = (procedure_step(law, calendar.state), *reckoned.steps, *period.steps)
    delivery.reckoning = [{"text": step.text, "norm": step.norm} for step in steps]
    delivery.save()


def _law_and_calendar(case: Case) -> tuple[Law, Calendar]:
    package = catalogue.package_of(case.offer_version_id)
    town = municipalities.town_by_id(tenancy.current_id())
    return package.procedural_law, Calendar(town.state)
