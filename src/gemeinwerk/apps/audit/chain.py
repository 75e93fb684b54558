"""The chain itself: a sealer links entries after commit, so that nobody waits (house, decision 4).

Hash of a link: SHA-256 over the canonical JSON of the entry, the position and the hash of the
link before. The first link of a town follows 32 zero bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from django.db import connection

from gemeinwerk.apps.audit.models import Entry, Link
from gemeinwerk.apps.municipalities import tenancy

START = bytes(32)
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """End of a chain at some day; `hash` is hexadecimal."""

    position: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify` found: `broken_at` is the first bad position, `reason` says how."""

    length: int
    head: str
    unlinked: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def sound(self) -> bool:
        return self.broken_at is None


def entry_hash(entry: Entry, position: int, previous: bytes) -> bytes:
    """Return the hash that ties an entry to its position."""
    content = [
        position,
        previous.hex(),
        entry.municipality_id,
        str(entry.id),
        entry.at.astimezone(UTC).isoformat(),
        entry.actor_kind,
        str(entry.actor_id or ""),
        entry.actor_label,
        entry.verb,
        entry.right,
        entry.object_kind,
        entry.object_id,
        str(entry.subject or ""),
        entry.details,
    ]
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).digest()


def link(*, now: datetime, lookback: timedelta | None = None, limit: int = 1000) -> int:
    """Link the entries of this town that are not linked yet; returns how many (worker only).

    With `lookback` only entries are looked at that are at most so much older than the last one
    linked (ids are ordered by time), so that the frequent run stays cheap; a run without it
    finds stragglers.
    """
    with connection.cursor() as cursor:
        # One sealer per town at a time; released with the transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(4711, %s)", [tenancy.current_id()])
    last = Link.objects.order_by("-id").first()
    position = last.id if last else 0
    previous = bytes(last.hash) if last else START
    waiting = Entry.objects.filter(link__isnull=True)
    if lookback is not None and last is not None:
        waiting = waiting.filter(id__gte=_earlier(last.entry_id, lookback))
    links = []
    for entry in waiting.order_by("id")[:limit]:
        position += 1
        own = entry_hash(entry, position, previous)
        links.append(
            Link(id=position, entry=entry, previous_hash=previous, hash=own, linked_at=now)
        )
        previous = own
    Link.objects.bulk_create(links)
    return len(links)


def head() -> Head | None:
    """Return position and hash of the last link of this town, None while there is none."""
    last = Link.objects.order_by("-id").first()
    return Head(last.id, bytes(last.hash).hex()) if last else None


def verify(heads: Sequence[Head] = (), *, since: Head | None = None) -> ChainReport:
    """Walk this town's chain and name the first broken link.

    `heads` are what was exported before: a chain that no longer reaches them, or reaches them
    with another hash, was cut or written anew from there. With `since` the walk begins behind a
    link that was proven before (`proofs`).
    """
    exported = {head.position: head.hash for head in heads}
    position, previous = (since.position, bytes.fromhex(since.hash)) if since else (0, START)
    if since and position and not Link.objects.filter(id=position, hash=previous).exists():
        return _report(position - 1, START, position, "the link differs from the one proven before")
    while links := list(Link.objects.filter(id__gt=position).order_by("id")[:BATCH]):
        entries = Entry.objects.in_bulk([item.entry_id for item in links])
        for item in links:
            position += 1
            reason = _fault(item, entries.get(item.entry_id), position, previous)
            own = bytes(item.hash)
            if not reason and exported.get(position, own.hex()) != own.hex():
                reason = "the link differs from the exported head"
            if reason:
                return _report(position - 1, previous, position, reason)
            previous = own
    if exported and max(exported) > position:
        return _report(position, previous, position + 1, "the end of the chain was removed")
    return _report(position, previous)


def _report(
    length: int, head: bytes, broken_at: int | None = None, reason: str = ""
) -> ChainReport:
    return ChainReport(length, head.hex(), unlinked(), broken_at, reason)


def _fault(item: Link, entry: Entry | None, position: int, previous: bytes) -> str:
    if item.id != position:
        return "a link is missing"
    if bytes(item.previous_hash) != previous:
        return "the link does not follow the one before"
    if entry is None:
        return "the entry was deleted"
    if entry_hash(entry, position, previous) != bytes(item.hash):
        return "the entry was changed"
    return ""


def unlinked(*, before: datetime | None = None, since: datetime | None = None) -> int:
    """Return how many entries wait for their link (made before an instant, since another)."""
    waiting = Entry.objects.filter(link__isnull=True)
    if since is not None:
        waiting = waiting.filter(id__gte=_first_id(since))
    return (waiting.filter(id__lt=_first_id(before)) if before else waiting).count()


def _earlier(entry_id: UUID, by: timedelta) -> UUID:
    return UUID(int=max(0, entry_id.int - (int(by.total_seconds() * 1000) << 80)))


def _first_id(at: datetime) -> UUID:
    return UUID(int=int(at.timestamp() * 1000) << 80)
