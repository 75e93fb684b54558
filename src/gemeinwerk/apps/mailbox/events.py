"""What happened in the mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gemeinwerk.apps.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWritten(Event):
    """A mail waits to be handed over."""

    mail_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLeft(Event):
    """A mail whose departure starts a period was handed over; `template` says which one."""

    mail_id: UUID
    template: str
