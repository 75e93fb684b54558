"""The chain itself: a sealer links entries after commit, so that nobody waits (house, decision 4).

Hash of a link: SHA-256 over the canonical JSON of the entry, the position and the hash of the
link before. The first link of a town follows 32 zero bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
from django.db import connection

from gemeinwerk.apps.audit.models import Entry, Link
from gemeinwerk.apps.municipalities import tenancy

START = bytes(32)


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


def link(*, now: datetime, limit: int = 1000) -> int:
    """Link the entries of this town that are not linked yet; returns how many (worker only)."""
    with connection.cursor() as cursor:
        # One sealer per town at a time; released with the transaction.
        cursor.execute("SELECT pg_advisory_xact_lock(4711, %s)", [tenancy.current_id()])
    last = Link.objects.order_by("-id").first()
    position = last.id if last else 0
    previous = bytes(last.hash) if last else START
    fresh = list(Entry.objects.filter(link__isnull=True).order_by("id")[:limit])
    links = []
    for entry in fresh:
        position += 1
        own = entry_hash(entry, position, previous)
        links.append(
            Link(id=position, entry=entry, previous_hash=previous, hash=own, linked_at=now)
        )
        previous = own
    Link.objects.bulk_create(links)
    return len(links)


def verify() -> ChainReport:
    """Walk this town's chain from the first link and name the first that is broken."""
    position, previous = 0, START
    for item in Link.objects.order_by("id").iterator(chunk_size=2000):
        position += 1
        reason = _fault(item, position, previous)
        if reason:
            return ChainReport(position - 1, previous.hex(), _unlinked(), position, reason)
        previous = bytes(item.hash)
    return ChainReport(position, previous.hex(), _unlinked())


def _fault(item: Link, position: int, previous: bytes) -> str:
    if item.id != position:
        return "a link is missing"
    if bytes(item.previous_hash) != previous:
        return "the link does not follow the one before"
    entry = Entry.objects.filter(pk=item.entry_id).first()
    if entry is None:
        return "the entry was deleted"
    if entry_hash(entry, position, previous) != bytes(item.hash):
        return "the entry was changed"
    return ""


def _unlinked() -> int:
    return Entry.objects.filter(link__isnull=True).count()
