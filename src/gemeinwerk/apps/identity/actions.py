"""Verbs of sessions: begin, touch, remember a dossier, end; and limits on wrong tries."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from gemeinwerk.apps import sealing
from gemeinwerk.apps.identity.models import Attempt, Session
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.kernel import DomainError, crypto, new_id

STAFF_IDLE = timedelta(minutes=30)
STAFF_TOTAL = timedelta(hours=12)
CITIZEN_IDLE = timedelta(minutes=30)
CITIZEN_TOTAL = timedelta(hours=12)
TOUCH_EVERY = timedelta(seconds=60)


class TooManyTriesError(DomainError):
    """Too many wrong tries (S24); `wait` is in seconds and goes out as Retry-After."""

    code = "identity.too_many_tries"

    def __init__(self, *, wait: str | int, **params: str | int) -> None:
        # People read minutes, rounded up; the header tells seconds.
        params.setdefault("minutes", max(1, -(-int(wait) // 60)))
        super().__init__(wait=wait, **params)


def begin_session(*, now: datetime, staff_id: UUID | None = None) -> tuple[Session, str]:
    """Start a session; returns it and the token for the cookie (stored only as hash)."""
    token = crypto.token()
    session = Session.objects.create(
        token_hash=crypto.fingerprint(token),
        staff_id=staff_id,
        created_at=now,
        seen_at=now,
        expires_at=now + (STAFF_IDLE if staff_id else CITIZEN_IDLE),
    )
    return session, token


def touch(session: Session, *, now: datetime) -> None:
    """Extend a session in use, at most to its total life; writes at most once a minute."""
    if now - session.seen_at < TOUCH_EVERY:
        return
    idle, total = (STAFF_IDLE, STAFF_TOTAL) if session.staff_id else (CITIZEN_IDLE, CITIZEN_TOTAL)
    session.seen_at = now
    session.expires_at = min(now + idle, session.created_at + total)
    session.save(update_fields=["seen_at", "expires_at"])


def remember_dossier(session: Session, dossier_id: UUID) -> None:
    """Note that this session opened a dossier with a second thing (S10)."""
    known = session.data.setdefault("dossiers", [])
    if str(dossier_id) not in known:
        known.append(str(dossier_id))
        session.save(update_fields=["data"])


def renew_session(session: Session) -> tuple[Session, str]:
    """Replace a session by one with another token that knows and lives the same (S23)."""
    token = crypto.token()
    session.token_hash = crypto.fingerprint(token)
    session.save(update_fields=["token_hash"])
    return session, token


def end_session(session: Session) -> None:
    """End a session on the server (S23)."""
    session.delete()


def check_tries(*names: str, now: datetime, limit: int, window: timedelta) -> None:
    """Refuse when one of the named buckets has reached its limit in the window (S24)."""
    for name in names:
        row = Attempt.objects.filter(bucket=sealing.hash_word(f"tries/{name}")).first()
        if row and row.count >= limit and now - row.window_began_at < window:
            left = window - (now - row.window_began_at)
            raise TooManyTriesError(wait=int(left.total_seconds()) + 1)


def note_wrong_try(name: str, *, now: datetime, window: timedelta) -> None:
    """Count one wrong try; safe under parallel tries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO identity_attempt (id, municipality_id, bucket, count, window_began_at)"
            " VALUES (%s, %s, %s, 1, %s)"
            " ON CONFLICT (municipality_id, bucket) DO UPDATE SET"
            " count = CASE WHEN identity_attempt.window_began_at < %s THEN 1"
            "              ELSE identity_attempt.count + 1 END,"
            " window_began_at = CASE WHEN identity_attempt.window_began_at < %s THEN %s"
            "              ELSE identity_attempt.window_began_at END",
            [
                new_id(),
                tenancy.current_id(),
                sealing.hash_word(f"tries/{name}"),
                now,
                now - window,
                now - window,
                now,
            ],
        )


def forget_tries(name: str) -> None:
    """Clear a bucket after success."""
    Attempt.objects.filter(bucket=sealing.hash_word(f"tries/{name}")).delete()
