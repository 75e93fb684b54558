"""Passkeys (WebAuthn): offered by this town's host, answered by the browser, verified here."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime

import webauthn
from webauthn.helpers import options_to_json, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from gemeinwerk.apps.identity import factors, limits, sign_in
from gemeinwerk.apps.identity.errors import PasskeyError, SignInExpiredError
from gemeinwerk.apps.identity.models import Passkey, Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor

MOST = 10  # passkeys of one person


@dataclass(frozen=True, slots=True)
class Site:
    """For whom a passkey is good: `rp_id` is the host without port."""

    rp_id: str
    name: str
    origins: tuple[str, ...]


def offer_new(actor: Actor, session: Session | None, site: Site, *, now: datetime) -> str:
    """Return the options (JSON) with which a browser makes a new passkey."""
    fresh = sign_in.require_fresh(session, now=now)
    credential = factors.own_credential(actor)
    options = webauthn.generate_registration_options(
        rp_id=site.rp_id,
        rp_name=site.name,
        user_id=credential.staff_id.bytes,
        user_name=municipalities.staff_email(credential.staff_id),
        user_display_name=actor.name,
        exclude_credentials=_known(fresh),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    _remember(fresh, options.challenge)
    return str(options_to_json(options))


def add(
    actor: Actor,
    session: Session | None,
    site: Site,
    *,
    answer: str,
    name: str,
    now: datetime,
) -> Passkey:
    """Store the passkey that the browser made for the offer of this session."""
    fresh = sign_in.require_fresh(session, now=now)
    credential = factors.own_credential(actor)
    if Passkey.objects.filter(staff_id=credential.staff_id).count() >= MOST:
        raise PasskeyError
    try:
        verified = webauthn.verify_registration_response(
            credential=_parsed(answer),
            expected_challenge=_spent_challenge(fresh),
            expected_rp_id=site.rp_id,
            expected_origin=list(site.origins),
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyError from wrong
    if Passkey.objects.filter(credential_id=verified.credential_id).exists():
        raise PasskeyError
    passkey = Passkey.objects.create(
        staff_id=credential.staff_id,
        credential_id=verified.credential_id,
        public_key=verified.credential_public_key,
        sign_count=verified.sign_count,
        name=name.strip()[:80] or "Passkey",
        added_at=now,
    )
    factors.changed(actor, credential.staff_id, "passkey_added", now=now)
    return passkey


def offer_sign_in(session: Session, site: Site, *, now: datetime) -> str:
    """Return the options (JSON) for the second step, or "" when the person has no passkey."""
    sign_in.waiting_staff(session, "factor", now=now)
    known = _known(session)
    if not known:
        return ""
    options = webauthn.generate_authentication_options(
        rp_id=site.rp_id,
        allow_credentials=known,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    _remember(session, options.challenge)
    return str(options_to_json(options))


def check(
    session: Session, site: Site, answer: str, *, net: str, now: datetime
) -> tuple[Session, str]:
    """Verify the browser's answer; return the session of the signed-in person."""
    staff_id = sign_in.waiting_staff(session, "factor", now=now)
    sign_in.reserve_factor_try(session, staff_id, net=net, now=now)
    challenge = _spent_challenge(session)
    try:
        parsed = parse_authentication_credential_json(_parsed(answer))
        mine = Passkey.objects.select_for_update().filter(staff_id=staff_id)
        passkey = mine.filter(credential_id=parsed.raw_id).first()
        if passkey is None:
            raise PasskeyError
        verified = webauthn.verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.rp_id,
            expected_origin=list(site.origins),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError, PasskeyError) as wrong:
        limits.note_net(net, now=now)
        note(SecurityEvent.SIGN_IN_REFUSED, step="passkey")
        raise PasskeyError from wrong
    passkey.sign_count = verified.new_sign_count
    passkey.save(update_fields=["sign_count"])
    return sign_in.complete(session, "passkey", now=now)


def _known(session: Session) -> list[PublicKeyCredentialDescriptor]:
    rows = Passkey.objects.filter(staff_id=session.staff_id or session.half_signed_in)
    ids = rows.order_by("id").values_list("credential_id", flat=True)
    return [PublicKeyCredentialDescriptor(id=bytes(known)) for known in ids]


def _remember(session: Session, challenge: bytes) -> None:
    session.data["challenge"] = base64.b64encode(challenge).decode()
    session.save(update_fields=["data"])


def _spent_challenge(session: Session) -> bytes:
    """Return the challenge of the session and forget it: one answer each."""
    kept = session.data.pop("challenge", None)
    if kept is None:
        raise SignInExpiredError
    session.save(update_fields=["data"])
    return base64.b64decode(kept)


def _parsed(answer: str) -> dict[str, object]:
    try:
        found = json.loads(answer[:20_000])
    except RecursionError as bottomless:
        raise PasskeyError from bottomless
    if not isinstance(found, dict):
        raise PasskeyError
    return found
