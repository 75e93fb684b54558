"""The applicant writes to the office (Nachricht), asked or not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases.errors import NothingToSayError, TextTooLongError
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import NotFoundError

LONGEST_TEXT = 10_000


@transaction.atomic
def write_to_office(*, actor: Actor, dossier_id: UUID, text: str, now: datetime) -> None:
    """Post a message of the applicant; the case, once there is one, shows as changed."""
    require(actor, Right.SEND_MESSAGE, dossier_id=dossier_id)
    if not submissions.is_submitted(dossier_id):
        raise NotFoundError
    if not text.strip():
        raise NothingToSayError
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(limit=LONGEST_TEXT)
    mailbox.post(
        subject=dossier_id,
        direction="to_office",
        kind="message",
        title="Nachricht",
        text=text.strip(),
        now=now,
    )
    Case.objects.filter(pk=dossier_id).update(changed=True)
    audit.record(actor, "message.received", now=now, object_kind="case", subject=dossier_id)
