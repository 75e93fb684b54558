"""Tables of applications: drafts that change, submissions that never do, evidence of both."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.catalogue.models import OfferVersion
from gemeinwerk.apps.municipalities.walls import WalledById


class Draft(WalledById):
    """Entwurf: answers under way. Its id is the dossier id of everything that follows."""

    offer_version = models.ForeignKey(
        OfferVersion,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    sealed_content = models.BinaryField()  # JSON: answers, raw (as typed), email, follows
    revision = models.PositiveIntegerField(default=0)
    pages_done = models.JSONField(default=list)
    access_code_hash = models.BinaryField(null=True)  # keyed hash; shown once (S10)
    language = models.CharField(max_length=2, default="de")
    started_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)  # R09: told before it is deleted
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality", "expires_at"],
                name="draft_by_expiry",
                condition=models.Q(submitted_at__isnull=True),
            )
        ]


class Submission(WalledById):
    """Eingang: exactly what was declared, frozen. Same id as the draft: at most one each."""

    offer_version = models.ForeignKey(
        OfferVersion,
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    number = models.CharField(max_length=30)  # Aktenzeichen
    sealed_content = models.BinaryField()  # JSON: answers, rows shown, fee, consents, evidence
    content_sha256 = models.BinaryField(max_length=32)  # of the sealed bytes
    access_code_hash = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="de")
    channel = models.CharField(max_length=12, default="online")
    submitted_at = models.DateTimeField()
    reconciled_at = models.DateTimeField(null=True)  # R41: a case was seen for it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="submission_number")
        ]
        indexes = [
            models.Index(
                fields=["municipality", "submitted_at"],
                name="submission_open_gap",
                condition=models.Q(reconciled_at__isnull=True),
            )
        ]


class Evidence(WalledById):
    """Nachweis: one required or optional proof of a dossier and how it is delivered."""

    dossier = models.UUIDField()
    key = models.CharField(max_length=120)
    file = models.ForeignKey(
        "documents.StoredFile",
        null=True,
        on_delete=models.SET_NULL,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    follows_on = models.DateField(null=True)  # "reiche ich nach": until this day
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "dossier", "key"], name="evidence_by_dossier")
        ]


class FoundBy(WalledById):
    """Suchspur: keyed hash of a word of a submission, to find sealed content (S71)."""

    dossier = models.UUIDField()
    field = models.CharField(max_length=20)  # "name", "number", "plate", ...
    word_hash = models.BinaryField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "field", "word_hash"], name="found_by_word"),
            models.Index(fields=["municipality", "dossier"], name="found_by_dossier"),
        ]


class Intake(WalledById):
    """Einlieferung by a machine: one per key and Idempotency-Key, so that repeating is harmless."""

    api_key = models.ForeignKey(
        "identity.ApiKey",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    once_hash = models.BinaryField(max_length=32)  # keyed hash of the Idempotency-Key
    body_hash = models.BinaryField(max_length=32)  # keyed hash of what was sent
    dossier = models.UUIDField()
    sealed_receipt = models.BinaryField(default=b"")  # JSON, with the key of the dossier
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "api_key", "once_hash"], name="intake_once"
            )
        ]


class Participation(WalledById):
    """Beteiligung: one person who is asked to fill in her part of a draft by a link of her own.

    Its id stands in her link only: with it and her access code a browser opens this part, never
    the draft. Rows that ended stay, so that their links say so.
    """

    dossier = models.UUIDField()
    role = models.CharField(max_length=40)
    state = models.CharField(max_length=12, default="invited")
    """invited, opened, done, declined or replaced."""
    sealed_content = models.BinaryField()  # JSON: name, email, what she read and declared
    access_code_hash = models.BinaryField(null=True)
    language = models.CharField(max_length=2, default="de")
    invited_at = models.DateTimeField()
    due_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)  # the applicant was told that nothing came

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "dossier", "role"],
                name="participation_once",
                condition=models.Q(state__in=["invited", "opened", "done"]),
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "dossier"], name="participation_by_dossier"),
            models.Index(
                fields=["municipality", "due_on"],
                name="participation_due",
                condition=models.Q(state__in=["invited", "opened"]),
            ),
        ]
