"""The one verb of the audit chain: record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.core.access import Actor


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
    Entry.objects.create(
        at=now,
        actor_kind=actor.kind,
        actor_id=actor.staff_id,
        actor_label=_label(actor),
        verb=verb,
        right=right,
        object_kind=object_kind,
        object_id=object_id,
        subject=subject,
        details=details,
    )


def _label(actor: Actor) -> str:
    return ", ".join(sorted(actor.roles)) or actor.kind
