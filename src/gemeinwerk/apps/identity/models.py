"""Tables of identity: credentials and factors of staff, sessions, attempts, recoveries."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.models import StaffMember
from gemeinwerk.apps.municipalities.walls import WalledById


class Credential(WalledById):
    """Zugang einer Mitarbeiterin: password (Argon2id) and sealed TOTP secret."""

    staff = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    password = models.CharField(max_length=200, blank=True)
    sealed_totp = models.BinaryField(null=True)  # sealed with the town's key
    totp_last_step = models.BigIntegerField(default=0)  # a code is used once
    enrol_code_hash = models.BinaryField(null=True)  # one-use code to set password and factor
    enrol_until = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "staff"], name="credential_once")
        ]


class Passkey(WalledById):
    """Passkey (WebAuthn) of a member of staff."""

    staff = models.ForeignKey(
        StaffMember, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    credential_id = models.BinaryField(max_length=1024)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "credential_id"], name="passkey_once")
        ]


class Session(WalledById):
    """Sitzung: of a browser that began something, or of signed-in staff (S23)."""

    token_hash = models.BinaryField(max_length=32)
    staff = models.ForeignKey(
        StaffMember, null=True, on_delete=models.CASCADE, db_constraint=False, db_index=False
    )
    half_signed_in = models.UUIDField(null=True)  # staff id between password and second factor
    data = models.JSONField(default=dict)  # {"dossiers": [ids], "challenge": "..."}
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "token_hash"], name="session_by_token")
        ]


class Recovery(WalledById):
    """Wiederherstellung: a lost second factor, released by a second person (S20)."""

    staff = models.ForeignKey(
        StaffMember,
        on_delete=models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="recoveries",
    )
    asked_at = models.DateTimeField()
    released_by = models.ForeignKey(
        StaffMember,
        null=True,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    released_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recovery_needs_second_person",
                condition=models.Q(released_by__isnull=True)
                | ~models.Q(released_by=models.F("staff")),
            )
        ]


class Attempt(WalledById):
    """Versuch: counts wrong tries per bucket (keyed hash of account, net or code) and window."""

    bucket = models.BinaryField(max_length=32)
    count = models.PositiveIntegerField(default=0)
    window_began_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "bucket"], name="attempt_by_bucket")
        ]


class ApiKey(WalledById):
    """API-Schlüssel of a partner of the town: what software may send, and until when.

    Only the fingerprint of the key is kept; `hint` are its first signs, to tell keys apart.
    """

    name = models.CharField(max_length=80)
    hint = models.CharField(max_length=12)
    key_hash = models.BinaryField(max_length=32)
    services = models.JSONField(default=list)  # slugs it may send to; ["*"] is all of the town
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key_hash"], name="api_key_by_hash")
        ]
