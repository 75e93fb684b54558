"""Verbs of evidence (Nachweise): upload, remove, announce for later, hand in after submission."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.applications.actions.drafts import BERLIN, editable
from gemeinwerk.apps.applications.errors import FollowDayError, UnknownEvidenceError
from gemeinwerk.apps.applications.events import EvidenceAdded
from gemeinwerk.apps.applications.models import Evidence
from gemeinwerk.apps.documents import actions as documents
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.forms import EvidenceSpec
from gemeinwerk.core.kernel import NotFoundError

LATER_ACCEPTS = ("application/pdf", "image/jpeg", "image/png", "image/heic")
LATER_SIZE = 10_000_000  # bytes


@transaction.atomic
def upload(
    *, actor: Actor, draft_id: UUID, key: str, name: str, data: bytes, now: datetime
) -> StoredFile:
    """Take a file for one evidence of a draft; raises FileRefusedError when it cannot be used."""
    view = editable(actor, draft_id, now=now)
    spec = _spec(view.form.evidence(view.answers, today=now.astimezone(BERLIN).date()), key)
    stored = _receive(draft_id, key, name, data, spec.accepts, spec.max_size, now)
    Evidence.objects.filter(dossier=draft_id, key=key, file__isnull=True).delete()
    Evidence.objects.create(dossier=draft_id, key=key, file=stored, delivered_at=now)
    return stored


@transaction.atomic
def remove_file(*, actor: Actor, draft_id: UUID, file_id: UUID, now: datetime) -> None:
    """Remove a file from a draft."""
    editable(actor, draft_id, now=now)
    row = Evidence.objects.filter(dossier=draft_id, file_id=file_id).select_related("file").first()
    if row is None or row.file is None:
        raise NotFoundError
    stored = row.file
    row.delete()
    documents.delete(stored)


@transaction.atomic
def say_follows(*, actor: Actor, draft_id: UUID, key: str, on: date, now: datetime) -> None:
    """Say that evidence follows (reiche ich nach) by a day within the allowed time."""
    view = editable(actor, draft_id, now=now)
    spec = _spec(view.form.evidence(view.answers, today=now.astimezone(BERLIN).date()), key)
    today = now.astimezone(BERLIN).date()
    latest = today + timedelta(days=spec.follow_days)
    if not spec.may_follow or not today <= on <= latest:
        raise FollowDayError(latest=latest.isoformat())
    Evidence.objects.filter(dossier=draft_id, key=key, file__isnull=True).delete()
    Evidence.objects.create(dossier=draft_id, key=key, follows_on=on)


@transaction.atomic
def add_later(
    *, actor: Actor, dossier_id: UUID, key: str, name: str, data: bytes, now: datetime
) -> StoredFile:
    """Take evidence after the submission, from the status page."""
    require(actor, Right.ANSWER_REQUEST, dossier_id=dossier_id)
    if not queries.is_submitted(dossier_id):
        raise NotFoundError
    stored = _receive(dossier_id, key, name, data, LATER_ACCEPTS, LATER_SIZE, now)
    Evidence.objects.filter(dossier=dossier_id, key=key, file__isnull=True).delete()
    Evidence.objects.create(dossier=dossier_id, key=key, file=stored, delivered_at=now)
    outbox.announce(EvidenceAdded(dossier_id=dossier_id), now=now)
    return stored


def _spec(specs: tuple[EvidenceSpec, ...], key: str) -> EvidenceSpec:
    for spec in specs:
        if spec.key == key:
            return spec
    raise UnknownEvidenceError


def _receive(
    dossier_id: UUID,
    key: str,
    name: str,
    data: bytes,
    accepts: tuple[str, ...],
    max_size: int,
    now: datetime,
) -> StoredFile:
    stored = documents.receive(
        subject=dossier_id,
        purpose=f"evidence {key}"[:80],
        name=name,
        data=data,
        accepts=accepts,
        max_size=max_size,
        now=now,
    )
    documents.claim(stored, now=now)
    return stored
