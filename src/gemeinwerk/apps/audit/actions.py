"""Verbs of the audit chain: record, its short forms for reads, and look (itself recorded)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

from gemeinwerk.apps.audit.queries import EntryPage, Filter, entries
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Actor, Right
from gemeinwerk.core.kernel import new_id

# Written once, for nearly every request of staff does it; Django would build it anew each time.
_INSERT = """
    INSERT INTO audit_entry (municipality_id, id, at, actor_kind, actor_id, actor_label, verb,
        "right", object_kind, object_id, subject, details)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)
"""


def record(
    actor: Actor,
    verb: str,
    *,
    now: datetime,
    object_kind: str,
    object_id: str = "",
    subject: UUID | None = None,
    right: str = "",
    **details: str | int | list[str],
) -> None:
    """Write who did or read what (S80), in the transaction of the deed; never its content."""
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                tenancy.current_id(),
                new_id(),
                now,
                actor.kind,
                actor.staff_id,
                _label(actor),
                verb,
                right,
                object_kind,
                object_id,
                subject,
                json.dumps(details),
            ],
        )


def record_reads(
    actor: Actor, object_kind: str, ids: Iterable[UUID], *, right: str, now: datetime
) -> None:
    """Write that staff saw one page of a list, with the ids on it (one entry per page)."""
    shown = [str(each) for each in ids]
    if actor.kind == "staff" and shown:
        record(
            actor, f"{object_kind}.listed", now=now, object_kind=object_kind, right=right, ids=shown
        )


def look(actor: Actor, wanted: Filter, *, now: datetime) -> EntryPage:
    """Return one page of entries; the look itself is recorded with the ids shown."""
    page = entries(actor, wanted)
    shown = [str(entry.id) for entry in page.entries]
    record(actor, "audit.listed", now=now, object_kind="audit", right=Right.READ_AUDIT, ids=shown)
    return page


def _label(actor: Actor) -> str:
    return ", ".join(sorted(actor.roles)) or actor.kind
