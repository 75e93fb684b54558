"""What happened to notices."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gemeinwerk.apps.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Event):
    """A decision was issued: its file is stored, its delivery has begun."""

    decision_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLapsed(Event):
    """A notice was not fetched in ten days; a letter waits in the print queue (R20)."""

    decision_id: UUID
