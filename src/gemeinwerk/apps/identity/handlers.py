"""Periodic work of identity: what has run out is deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

from gemeinwerk.apps.identity.models import Attempt, Credential, Recovery, Session

OLDEST_ATTEMPT = timedelta(days=1)
OLDEST_RECOVERY = timedelta(days=30)


def delete_expired(now: datetime) -> None:
    """Delete ended sessions, old counts of tries, old recoveries and unused codes of this town."""
    Session.objects.filter(expires_at__lte=now).delete()
    Attempt.objects.filter(window_began_at__lt=now - OLDEST_ATTEMPT).delete()
    Recovery.objects.filter(asked_at__lt=now - OLDEST_RECOVERY).delete()
    unused = Credential.objects.filter(enrol_until__lte=now)
    unused.update(enrol_code_hash=None, enrol_until=None)
