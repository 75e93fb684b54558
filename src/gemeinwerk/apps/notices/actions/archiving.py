"""Offering to the archive (Anbietung) before deletion: offer, answer, hand over (R34)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices import archive
from gemeinwerk.apps.notices.errors import OfferAnsweredError
from gemeinwerk.apps.notices.models import ArchiveOffer
from gemeinwerk.core.access import Actor, Right
from gemeinwerk.core.calendars import Calendar, Period, add_period

BERLIN = ZoneInfo("Europe/Berlin")


def offer(*, actor: Actor, case_id: UUID, now: datetime) -> ArchiveOffer:
    """Offer a case whose time is over; the archive has until a dated day to answer."""
    town = municipalities.town_by_id(tenancy.current_id())
    months, norm = archive.term(town.legal)
    today = now.astimezone(BERLIN).date()
    until = add_period(today, Period(months, "months"), calendar=Calendar(town.state)).date
    row, made = ArchiveOffer.objects.get_or_create(
        dossier=case_id,
        defaults={"offered_at": now, "answer_until": until, "norm": norm[:300]},
    )
    if made:
        _record(actor, "archive.offered", case_id, now, until=until.isoformat())
    return row


@transaction.atomic
def answer(*, actor: Actor, offer_id: UUID, worthy: bool, now: datetime) -> ArchiveOffer:
    """Note what the archive has answered (archivwürdig oder nicht); it answers once."""
    row, case = archive.offer_for(actor, offer_id, lock=True)
    if row.answer:
        raise OfferAnsweredError
    row.answer = "worthy" if worthy else "unworthy"
    row.answered_at, row.answered_by_id = now, actor.staff_id
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    if worthy:
        _record(actor, "archive.accepted", case.id, now)
    else:
        _record(actor, "archive.declined", case.id, now)
    return row


@transaction.atomic
def export(*, actor: Actor, offer_id: UUID, now: datetime) -> tuple[Case, bytes]:
    """Return the package of an accepted case; it may be fetched again until handed over."""
    row, case = archive.offer_for(actor, offer_id)
    if row.answer != "worthy" or case.shredded_at is not None:
        raise OfferAnsweredError
    data = archive.package(actor, case, now=now)
    _record(actor, "archive.exported", case.id, now)
    return case, data


@transaction.atomic
def hand_over(*, actor: Actor, offer_id: UUID, now: datetime) -> ArchiveOffer:
    """Note that the archive has the package; only now may the case be deleted."""
    row, case = archive.offer_for(actor, offer_id, lock=True)
    if row.answer != "worthy":
        raise OfferAnsweredError
    if row.handed_over_at is None:
        row.handed_over_at = now
        row.save(update_fields=["handed_over_at"])
        _record(actor, "archive.handed_over", case.id, now)
    return row


def lapse(*, actor: Actor, now: datetime) -> int:
    """Close the offers nobody answered in their period; returns how many."""
    today = now.astimezone(BERLIN).date()
    late = ArchiveOffer.objects.select_for_update(skip_locked=True)
    rows = list(late.filter(answer="", answer_until__lt=today)[:500])
    for row in rows:
        row.answer, row.answered_at = "none", now
        row.save(update_fields=["answer", "answered_at"])
        _record(actor, "archive.lapsed", row.dossier, now)
    return len(rows)


def _record(actor: Actor, verb: str, case_id: UUID, now: datetime, **details: str) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="case",
        object_id=str(case_id),
        subject=case_id,
        right=Right.SHRED_CASE,
        **details,
    )
