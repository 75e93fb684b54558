"""First sign-in (Einrichtung) with a one-use code, and what makes such codes."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from gemeinwerk.apps import sealing
from gemeinwerk.apps.identity import factors, limits, passwords, sign_in
from gemeinwerk.apps.identity.errors import EnrolCodeError, SignInExpiredError
from gemeinwerk.apps.identity.models import Credential, Passkey, Recovery, Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.kernel import crypto

LIFE = timedelta(days=3)
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without 0/O and 1/I, which people mix up


def new_code(staff_id: UUID, *, now: datetime) -> str:
    """Give a person a new enrolment code; returns it for showing once, 80 bits in four groups."""
    code = "".join(secrets.choice(_SIGNS) for _ in range(16))
    Credential.objects.update_or_create(
        staff_id=staff_id,
        defaults={
            "enrol_code_hash": _hashed(code),
            "enrol_until": now + LIFE,
            "changed_at": now,
        },
    )
    return "-".join(code[start : start + 4] for start in range(0, 16, 4))


def forget_factors(staff_id: UUID) -> None:
    """Remove the second factors of a person and end her sessions; the password stays."""
    Passkey.objects.filter(staff_id=staff_id).delete()
    Credential.objects.filter(staff_id=staff_id).update(sealed_totp=None, totp_last_step=0)
    sign_in.end_sessions(staff_id)


def begin(*, email: str, code: str, net: str, now: datetime) -> tuple[Session, str]:
    """Check address and enrolment code; return a session that may set up the access."""
    name = sign_in.account(email)
    limits.check_net(net, now=now)
    limits.reserve_try(f"enrol/{name}", now=now, limit=limits.PER_CODE)
    present = Credential.objects.filter(staff__left_at__isnull=True, staff__email=name)
    credential = present.filter(enrol_until__gt=now, enrol_code_hash=_hashed(code)).first()
    if credential is None:
        limits.note_net(net, now=now)
        note(SecurityEvent.SIGN_IN_REFUSED, step="enrol")
        raise EnrolCodeError
    return sign_in.half_session(credential.staff_id, "enrol", now=now)


def finish(
    session: Session | None, *, password: str, code: str, now: datetime
) -> tuple[Session, str]:
    """Set the password and the authenticator app; returns the session of the signed-in person.

    After a lost second factor the password of before is asked instead of a new one, so that
    whoever released the recovery cannot use the code in the person's place.
    """
    staff_id = sign_in.waiting_staff(session, "enrol", now=now)
    credential = _enrolling(staff_id, now=now)
    actor = municipalities.staff_actor(staff_id)
    if session is None or actor is None:
        raise SignInExpiredError
    limits.reserve_try(f"enrolling/{staff_id}", now=now, limit=limits.PER_ACCOUNT)
    if credential.password:
        if not passwords.matches(password, credential.password):
            raise EnrolCodeError
    else:
        passwords.check(password, names=(actor.name, municipalities.staff_email(staff_id)))
        credential.password = passwords.hashed(password)
    factors.take_secret(session, credential, code, now=now)
    credential.enrol_code_hash, credential.enrol_until = None, None
    credential.changed_at = now
    credential.save()
    Recovery.objects.filter(staff_id=staff_id, used_at__isnull=True).update(used_at=now)
    sign_in.end_sessions(staff_id, but=session.id)
    factors.changed(actor, staff_id, "enrolled", now=now)
    return sign_in.complete(session, "totp", now=now)


def has_password(staff_id: UUID) -> bool:
    """Tell whether the person set a password before (then she is asked for it)."""
    return Credential.objects.filter(staff_id=staff_id).exclude(password="").exists()


def _enrolling(staff_id: UUID, *, now: datetime) -> Credential:
    waiting = Credential.objects.select_for_update().filter(staff_id=staff_id)
    found = waiting.filter(enrol_code_hash__isnull=False, enrol_until__gt=now).first()
    if found is None:
        raise SignInExpiredError
    return found


def _hashed(code: str) -> bytes:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return crypto.fingerprint(sealing.hash_word(f"enrol/{plain}"))
