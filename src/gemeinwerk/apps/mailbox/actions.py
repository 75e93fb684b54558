"""Verbs of the mailbox: post a message to a dossier, send a mail that only points to it (S93)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.mailbox import texts
from gemeinwerk.apps.mailbox.events import MailLeft, MailWritten
from gemeinwerk.apps.mailbox.models import Message, OutgoingMail
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.kernel import new_id


def post(
    *,
    subject: UUID,
    direction: str,
    kind: str,
    title: str,
    text: str,
    now: datetime,
    file_ids: Sequence[UUID] = (),
    sent_by: UUID | None = None,
) -> Message:
    """Post a message (Nachricht); `direction` is "to_person" or "to_office"."""
    body = {"title": title, "text": text, "files": [str(one) for one in file_ids]}
    message_id = new_id()
    return Message.objects.create(
        id=message_id,
        subject=subject,
        direction=direction,
        kind=kind,
        sealed_body=sealing.seal(subject, f"message/{message_id}", body),
        sent_at=now,
        sent_by=sent_by,
    )


def mail(
    *,
    subject: UUID | None,
    template: str,
    recipient: str,
    fields: Mapping[str, str],
    language: str = "de",
    now: datetime,
) -> OutgoingMail:
    """Write an e-mail; it leaves after the commit, at least once, with one stable id."""
    mail_id = new_id()
    row = OutgoingMail.objects.create(
        id=mail_id,
        subject=subject,
        template=template,
        sealed_recipient=_seal(subject, f"mail.to/{mail_id}", recipient),
        sealed_fields=_seal(subject, f"mail.fields/{mail_id}", dict(fields)),
        language=language,
        created_at=now,
    )
    outbox.announce(MailWritten(dossier_id=subject, mail_id=mail_id), now=now)
    return row


def deliver(mail_id: UUID, *, now: datetime) -> None:
    """Hand a mail over, unless it has left already; a deleted one is no error.

    A mail whose departure starts a period tells it (event MailLeft).
    """
    row = OutgoingMail.objects.select_for_update().filter(pk=mail_id).first()
    if row is None or row.sent_at is not None:
        return
    town = municipalities.town_by_id(tenancy.current_id())
    recipient = _unseal(row.subject, f"mail.to/{row.id}", row.sealed_recipient)
    fields = _unseal(row.subject, f"mail.fields/{row.id}", row.sealed_fields)
    words = texts.words_of(row.template, row.language)
    ports.mail_delivery().deliver(
        ports.Mail(
            message_id=f"<{row.id}@{town.slug}.gemeinwerk>",
            sender=str(town.contact.get("email", "")) or f"buergerbuero@{town.slug}.example",
            sender_name=town.name,
            recipient=recipient,
            subject=_filled(words.subject, fields, town.name),
            text=_filled(words.text, fields, town.name),
        )
    )
    row.sent_at = now
    row.save(update_fields=["sent_at"])
    if words.proof:
        left = MailLeft(dossier_id=row.subject, mail_id=row.id, template=row.template)
        outbox.announce(left, now=now)


def empty(subject: UUID) -> None:
    """Remove messages and mails of a dossier; the caller has checked the right."""
    Message.objects.filter(subject=subject).delete()
    OutgoingMail.objects.filter(subject=subject).delete()


def seal_all_anew() -> int:
    """Seal every mail without dossier with the town's newest key (rotation); returns how many."""
    rows = OutgoingMail.objects.select_for_update().filter(subject__isnull=True)
    for row in rows:
        recipient = _unseal(None, f"mail.to/{row.id}", row.sealed_recipient)
        fields = _unseal(None, f"mail.fields/{row.id}", row.sealed_fields)
        row.sealed_recipient = _seal(None, f"mail.to/{row.id}", recipient)
        row.sealed_fields = _seal(None, f"mail.fields/{row.id}", fields)
        row.save(update_fields=["sealed_recipient", "sealed_fields"])
    return len(rows)


def _filled(text: str, fields: Mapping[str, str], town_name: str) -> str:
    for name, value in {**fields, "town": town_name}.items():
        # One line per value: nothing typed can add a header or a second part.
        text = text.replace("{" + name + "}", " ".join(str(value).split()))
    return text


def _seal(subject: UUID | None, place: str, value: object) -> bytes:
    if subject is None:
        return sealing.seal_for_town(place, value)
    return sealing.seal(subject, place, value)


def _unseal(subject: UUID | None, place: str, sealed: bytes | memoryview) -> Any:
    if subject is None:
        return sealing.unseal_for_town(place, sealed)
    return sealing.unseal(subject, place, sealed)
