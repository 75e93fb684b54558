"""Doors to sessions and credentials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gemeinwerk.apps.identity.models import Credential, Passkey, Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities.rows import RowByKey
from gemeinwerk.core.access import Actor, anonymous
from gemeinwerk.core.kernel import NotFoundError, crypto

FRESH = timedelta(minutes=5)

_sessions = RowByKey(Session, "token_hash")


def session_by_token(token: str, *, now: datetime) -> Session | None:
    """Return the living session of a cookie, or None."""
    session = _sessions.find(crypto.fingerprint(token))
    return session if session is not None and session.expires_at > now else None


def actor_of(session: Session | None, municipality_id: int) -> Actor:
    """Return who acts in this session: staff, a citizen with opened dossiers, or nobody yet."""
    if session is None:
        return anonymous(municipality_id)
    if session.staff_id is not None:
        found = municipalities.staff_actor(session.staff_id, session_id=str(session.id))
        return found or anonymous(municipality_id)
    dossiers = frozenset(UUID(text) for text in session.data.get("dossiers", ()))
    if not dossiers:
        return anonymous(municipality_id, session_id=str(session.id))
    return Actor(
        kind="citizen",
        municipality_id=municipality_id,
        dossier_ids=dossiers,
        session_id=str(session.id),
    )


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """A passkey as its owner sees it."""

    id: UUID
    name: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Ways:
    """With what a person signs in."""

    staff_id: UUID
    email: str
    changed_at: datetime
    passkeys: tuple[PasskeyRow, ...]


def ways_of(actor: Actor) -> Ways:
    """Return the actor's own ways to sign in."""
    credential = Credential.objects.filter(staff_id=actor.staff_id).first()
    if actor.kind != "staff" or credential is None:
        raise NotFoundError
    rows = Passkey.objects.filter(staff_id=actor.staff_id).order_by("id")
    return Ways(
        credential.staff_id,
        municipalities.staff_email(credential.staff_id),
        credential.changed_at,
        tuple(PasskeyRow(row.id, row.name, row.added_at) for row in rows),
    )


def is_fresh(session: Session | None, *, now: datetime) -> bool:
    """Tell whether the sign-in is younger than five minutes (S25)."""
    if session is None or session.staff_id is None:
        return False
    return now - session.created_at <= FRESH
