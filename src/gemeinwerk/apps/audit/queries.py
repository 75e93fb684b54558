"""Doors to the audit chain: its entries for operators and its proof."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from gemeinwerk.apps.audit import chain
from gemeinwerk.apps.audit.heads import exported_heads
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.core.access import Actor, Right, require

PAGE = 50
_BERLIN = ZoneInfo("Europe/Berlin")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to; None or "" leaves a field open. Days in German time."""

    verb: str = ""
    actor_id: UUID | None = None
    subject: UUID | None = None
    from_on: date | None = None
    until_on: date | None = None
    before: UUID | None = None  # the last id of the page before


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of entries, newest first; `more` is the id to go on from."""

    entries: list[Entry] = field(default_factory=list)
    more: UUID | None = None


def entries(actor: Actor, wanted: Filter) -> EntryPage:
    """Return one page of entries; pages call `actions.look`, which records the look."""
    require(actor, Right.READ_AUDIT)
    found = list(_filtered(wanted).order_by("-id")[: PAGE + 1])
    shown = found[:PAGE]
    return EntryPage(shown, shown[-1].id if len(found) > PAGE else None)


def verbs(actor: Actor) -> list[str]:
    """Return every verb that was recorded so far, for the filter."""
    require(actor, Right.READ_AUDIT)
    return list(Entry.objects.order_by("verb").values_list("verb", flat=True).distinct())


def history(subject: UUID) -> list[Entry]:
    """Return what was done in a dossier, newest first; the caller has checked the right to it.

    That somebody only looked is left out: the file shows deeds, reads are for the auditors.
    """
    rows = Entry.objects.filter(subject=subject).exclude(verb__endswith=".read")
    return list(rows.order_by("-at", "-id")[:100])


def chain_report(actor: Actor) -> chain.ChainReport:
    """Prove this town's chain against everything that was exported."""
    require(actor, Right.READ_AUDIT)
    return chain.verify(exported_heads())


def _filtered(wanted: Filter) -> QuerySet[Entry]:
    rows = Entry.objects.all()
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.actor_id is not None:
        rows = rows.filter(actor_id=wanted.actor_id)
    if wanted.subject is not None:
        rows = rows.filter(subject=wanted.subject)
    if wanted.from_on is not None:
        rows = rows.filter(at__gte=_midnight(wanted.from_on))
    if wanted.until_on is not None:
        rows = rows.filter(at__lt=_midnight(wanted.until_on + timedelta(days=1)))
    if wanted.before is not None:
        rows = rows.filter(id__lt=wanted.before)
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=_BERLIN)
