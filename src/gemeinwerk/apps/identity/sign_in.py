"""Staff sign in (Anmeldung): password, then a second factor; a new session after each step."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import limits, passwords, totp
from gemeinwerk.apps.identity.actions import begin_session, forget_tries
from gemeinwerk.apps.identity.errors import (
    FreshSignInError,
    SignInExpiredError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.models import Credential, Session
from gemeinwerk.apps.identity.queries import is_fresh
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor

HALF_LIFE = timedelta(minutes=10)
Stage = Literal["factor", "enrol"]


def check_password(*, email: str, password: str, net: str, now: datetime) -> tuple[Session, str]:
    """Check address and password; return a session that waits for the second factor.

    Unknown addresses, people without password and wrong passwords get the same error after the
    same work. Raises TooManyTriesError (10 per account and 60 per net in 15 minutes).
    """
    name = account(email)
    limits.check_net(net, now=now)
    limits.reserve_try(f"account/{name}", now=now, limit=limits.PER_ACCOUNT)
    credential = _credential(name)
    if not passwords.matches(password, credential.password if credential else ""):
        limits.note_net(net, now=now)
        note(SecurityEvent.SIGN_IN_REFUSED, step="password")
        raise WrongCredentialsError
    assert credential is not None  # noqa: S101  # `matches` is false without a kept hash
    return half_session(credential.staff_id, "factor", now=now)


def check_totp(session: Session, code: str, *, net: str, now: datetime) -> tuple[Session, str]:
    """Check the code of the authenticator app; return the session of the signed-in person."""
    staff_id = waiting_staff(session, "factor", now=now)
    reserve_factor_try(session, staff_id, net=net, now=now)
    if not totp.use(staff_id, code, now=now):
        limits.note_net(net, now=now)
        note(SecurityEvent.SIGN_IN_REFUSED, step="totp")
        raise WrongFactorError
    return complete(session, "totp", now=now)


def reserve_factor_try(session: Session, staff_id: UUID, *, net: str, now: datetime) -> None:
    """Count a try of a second factor: five per half sign-in, ten per person."""
    limits.check_net(net, now=now)
    limits.reserve_try(f"code/{session.id}", now=now, limit=limits.PER_CODE)
    limits.reserve_try(f"factor/{staff_id}", now=now, limit=limits.PER_ACCOUNT)


def complete(session: Session, factor: str, *, now: datetime) -> tuple[Session, str]:
    """Turn a half sign-in into a whole one: a new session, tries forgotten, recorded."""
    staff_id = session.half_signed_in
    actor = municipalities.staff_actor(staff_id) if staff_id else None
    if staff_id is None or actor is None:
        raise SignInExpiredError
    fresh, token = begin_session(now=now, staff_id=staff_id)
    forget_tries(f"factor/{staff_id}")
    forget_tries(f"code/{session.id}")
    forget_tries(f"account/{account(municipalities.staff_email(staff_id))}")
    _record(actor, "session.began", now, factor=factor)
    note(SecurityEvent.SIGNED_IN, factor=factor)
    return fresh, token


def sign_out(actor: Actor, session: Session, *, now: datetime) -> None:
    """Record the sign-out; the session ends with it (S23)."""
    if session.staff_id is not None:
        _record(actor, "session.ended", now)
        note(SecurityEvent.SIGNED_OUT)
    session.delete()


def end_sessions(staff_id: UUID, *, but: UUID | None = None) -> int:
    """End all sessions of a person at once, also half ones; returns how many."""
    theirs = Session.objects.filter(Q(staff_id=staff_id) | Q(half_signed_in=staff_id))
    if but is not None:
        theirs = theirs.exclude(pk=but)
    return theirs.delete()[0]


def half_session(staff_id: UUID, stage: Stage, *, now: datetime) -> tuple[Session, str]:
    """Begin a session that proves one thing only and opens nothing."""
    session, token = begin_session(now=now)
    session.half_signed_in = staff_id
    session.data = {"stage": stage}
    session.expires_at = now + HALF_LIFE
    session.save(update_fields=["half_signed_in", "data", "expires_at"])
    return session, token


def waiting_staff(session: Session | None, stage: Stage, *, now: datetime) -> UUID:
    """Return who waits at this stage in this session, or raise SignInExpiredError."""
    if session is None or session.half_signed_in is None:
        raise SignInExpiredError
    if session.data.get("stage") != stage or now - session.created_at > HALF_LIFE:
        raise SignInExpiredError
    return session.half_signed_in


def require_fresh(session: Session | None, *, now: datetime) -> Session:
    """Return the session when its sign-in is younger than five minutes (S25)."""
    if session is None or not is_fresh(session, now=now):
        raise FreshSignInError
    return session


def account(email: str) -> str:
    """Return the one spelling of an address under which tries are counted."""
    return unicodedata.normalize("NFKC", email).strip().casefold()[:254]


def _credential(name: str) -> Credential | None:
    present = Credential.objects.filter(staff__left_at__isnull=True, staff__email=name)
    return present.exclude(password="").first()


def _record(actor: Actor, verb: str, now: datetime, factor: str = "") -> None:
    staff = str(actor.staff_id)
    audit.record(actor, verb, now=now, object_kind="staff", object_id=staff, factor=factor)
