"""Ways to sign in that a person changes herself: password, authenticator app, passkeys (S25)."""

from __future__ import annotations

import base64
from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import passwords, totp
from gemeinwerk.apps.identity.errors import (
    SignInExpiredError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.events import AccessChanged
from gemeinwerk.apps.identity.models import Credential, Passkey, Session
from gemeinwerk.apps.identity.sign_in import end_sessions, require_fresh
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor
from gemeinwerk.core.kernel import NotFoundError


def change_password(
    actor: Actor, session: Session | None, *, present: str, new: str, now: datetime
) -> None:
    """Set another password; every other session of the person ends."""
    fresh = require_fresh(session, now=now)
    credential = own_credential(actor)
    if not passwords.matches(present, credential.password):
        raise WrongCredentialsError
    passwords.check(new, names=(actor.name, municipalities.staff_email(credential.staff_id)))
    credential.password = passwords.hashed(new)
    credential.changed_at = now
    credential.save(update_fields=["password", "changed_at"])
    end_sessions(credential.staff_id, but=fresh.id)
    changed(actor, credential.staff_id, "password", now=now)


def offered_secret(session: Session, staff_id: UUID) -> str:
    """Return the secret that this session offers for a new authenticator app."""
    kept = session.data.get("totp")
    if kept:
        return totp.unsealed(staff_id, base64.b64decode(kept))
    secret = totp.new_secret()
    session.data["totp"] = base64.b64encode(totp.sealed(staff_id, secret)).decode()
    session.save(update_fields=["data"])
    return secret


def take_secret(session: Session, credential: Credential, code: str, *, now: datetime) -> None:
    """Take the offered secret when the app shows the right code for it; not saved yet."""
    if "totp" not in session.data:
        raise SignInExpiredError
    secret = offered_secret(session, credential.staff_id)
    step = totp.matching_step(secret, code, now=now)
    if step is None:
        raise WrongFactorError
    credential.sealed_totp = totp.sealed(credential.staff_id, secret)
    credential.totp_last_step = step


def change_totp(actor: Actor, session: Session | None, *, code: str, now: datetime) -> None:
    """Replace the authenticator app by the one that was just set up."""
    fresh = require_fresh(session, now=now)
    credential = own_credential(actor)
    take_secret(fresh, credential, code, now=now)
    credential.changed_at = now
    credential.save(update_fields=["sealed_totp", "totp_last_step", "changed_at"])
    fresh.data.pop("totp", None)
    fresh.save(update_fields=["data"])
    end_sessions(credential.staff_id, but=fresh.id)
    changed(actor, credential.staff_id, "totp", now=now)


def remove_passkey(
    actor: Actor, session: Session | None, passkey_id: UUID, *, now: datetime
) -> None:
    """Remove a passkey; the authenticator app stays as second factor."""
    require_fresh(session, now=now)
    mine = Passkey.objects.filter(pk=passkey_id, staff_id=actor.staff_id)
    if not mine.delete()[0]:
        raise NotFoundError
    changed(actor, own_credential(actor).staff_id, "passkey_removed", now=now)


def own_credential(actor: Actor) -> Credential:
    """Return the actor's own credential, locked for this transaction."""
    rows = Credential.objects.select_for_update().filter(staff_id=actor.staff_id)
    found = rows.first() if actor.kind == "staff" else None
    if found is None:
        raise NotFoundError
    return found


def changed(actor: Actor, staff_id: UUID, what: str, *, now: datetime) -> None:
    """Record a change of access and tell the person."""
    audit.record(actor, f"access.{what}", now=now, object_kind="staff", object_id=str(staff_id))
    outbox.announce(AccessChanged(staff_id=staff_id, what=what), now=now)
    note(SecurityEvent.ACCESS_CHANGED, what=what, staff=str(staff_id))
