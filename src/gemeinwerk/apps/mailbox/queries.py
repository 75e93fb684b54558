"""Doors to messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gemeinwerk.apps import sealing
from gemeinwerk.apps.mailbox.models import Message, OutgoingMail
from gemeinwerk.core.access import Actor, Right, require


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message opened for a reader."""

    id: UUID
    direction: str
    kind: str
    title: str
    text: str
    file_ids: tuple[UUID, ...]
    sent_at: datetime
    sent_by: UUID | None
    read_at: datetime | None


def messages(actor: Actor, subject: UUID, *, unit_id: UUID | None = None) -> list[MessageView]:
    """Return the messages of a dossier, oldest first, for the person or staff of the unit."""
    require(actor, Right.READ_CASE, dossier_id=subject, unit_id=unit_id)
    return [_view(row) for row in Message.objects.filter(subject=subject).order_by("sent_at", "id")]


def _view(row: Message) -> MessageView:
    body = sealing.unseal(row.subject, f"message/{row.id}", row.sealed_body)
    return MessageView(
        id=row.id,
        direction=row.direction,
        kind=row.kind,
        title=body["title"],
        text=body["text"],
        file_ids=tuple(UUID(one) for one in body["files"]),
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        read_at=row.read_at,
    )


def count_unsent(before: datetime) -> int:
    """Return how many mails written before an instant have not left yet."""
    return OutgoingMail.objects.filter(sent_at__isnull=True, created_at__lt=before).count()
