"""One-time codes of an authenticator app (TOTP, RFC 6238): 30 s, six digits, each used once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pyotp
import segno

from gemeinwerk.apps import sealing
from gemeinwerk.apps.identity.models import Credential
from gemeinwerk.core.kernel import crypto

STEP = 30  # seconds
DRIFT = 1  # steps a clock may be off, each way


def new_secret() -> str:
    """Return a fresh secret of 160 bits in base32."""
    return pyotp.random_base32()


def sealed(staff_id: UUID, secret: str) -> bytes:
    """Seal a secret for its person with the town's key."""
    return sealing.seal_for_town(_place(staff_id), secret)


def unsealed(staff_id: UUID, secret: bytes) -> str:
    """Open a sealed secret of this person."""
    return str(sealing.unseal_for_town(_place(staff_id), secret))


def matching_step(secret: str, code: str, *, now: datetime, after: int = 0) -> int | None:
    """Return the time step whose code this is, if it lies after the last one used."""
    digits = "".join(code.split())
    present = int(now.timestamp()) // STEP
    maker = pyotp.TOTP(secret)
    found = None
    for step in range(present - DRIFT, present + DRIFT + 1):
        right = crypto.same(maker.generate_otp(step).encode(), digits.encode())
        if right and step > after:
            found = step
    return found


def use(staff_id: UUID, code: str, *, now: datetime) -> bool:
    """Check a code and use it up; two parallel tries with one code do not both succeed."""
    credential = Credential.objects.select_for_update().filter(staff_id=staff_id).first()
    if credential is None or credential.sealed_totp is None:
        return False
    secret = unsealed(staff_id, bytes(credential.sealed_totp))
    step = matching_step(secret, code, now=now, after=credential.totp_last_step)
    if step is None:
        return False
    credential.totp_last_step = step
    credential.save(update_fields=["totp_last_step"])
    return True


def address(secret: str, *, email: str, town: str) -> str:
    """Return the `otpauth:` address that an authenticator app reads."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=town))


def picture(otpauth: str) -> str:
    """Return the QR code of an address as `data:` address of an SVG."""
    code = segno.make_qr(otpauth, error="m")
    return str(code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff"))


def _place(staff_id: UUID) -> str:
    return f"credential.totp/{staff_id}"


def seal_all_anew() -> int:
    """Seal every secret of the town with its newest key (rotation); returns how many."""
    rows = Credential.objects.select_for_update().filter(sealed_totp__isnull=False)
    for row in rows:
        secret = unsealed(row.staff_id, bytes(row.sealed_totp or b""))
        row.sealed_totp = sealed(row.staff_id, secret)
        row.save(update_fields=["sealed_totp"])
    return len(rows)
