"""Doors to sessions and credentials."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.access import Actor, anonymous
from gemeinwerk.core.kernel import crypto


def session_by_token(token: str, *, now: datetime) -> Session | None:
    """Return the living session of a cookie, or None."""
    return Session.objects.filter(token_hash=crypto.fingerprint(token), expires_at__gt=now).first()


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
