"""Drafts end thirty days after the last edit, and the person is told before (R09)."""

from __future__ import annotations

from datetime import datetime, timedelta

from gemeinwerk.apps.applications.actions.drafts import delete_draft
from gemeinwerk.apps.applications.events import DraftExpiresSoon
from gemeinwerk.apps.applications.models import Draft
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.applications import NOTICE_DAYS_BEFORE

EXPIRY_NOTICE = timedelta(days=NOTICE_DAYS_BEFORE)


def warn_of_expiry(*, now: datetime) -> int:
    """Announce drafts that end soon, each once; returns how many."""
    soon = Draft.objects.select_for_update(skip_locked=True).filter(
        submitted_at__isnull=True, warned_at__isnull=True, expires_at__lt=now + EXPIRY_NOTICE
    )
    count = 0
    for draft in soon[:500]:
        draft.warned_at = now
        draft.save(update_fields=["warned_at"])
        outbox.announce(DraftExpiresSoon(dossier_id=draft.id), now=now)
        count += 1
    return count


def expire_drafts(*, now: datetime) -> int:
    """Delete drafts on their day: files, rows and key; returns how many."""
    ended = Draft.objects.select_for_update(skip_locked=True).filter(
        submitted_at__isnull=True, warned_at__isnull=False, expires_at__lt=now
    )
    count = 0
    for draft in ended[:500]:
        delete_draft(draft)
        count += 1
    return count
