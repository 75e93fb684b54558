"""Tables of the audit chain: entries (insert only) and the links that a sealer adds."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import Walled, WalledById


class Entry(WalledById):
    """Protokolleintrag: who did or read what, by which right, when; never the content (S80)."""

    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    actor_label = models.CharField(max_length=200)  # unit and role, not the clerk's name
    verb = models.CharField(max_length=60)
    right = models.CharField(max_length=40, blank=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=80, blank=True)
    subject = models.UUIDField(null=True)  # the dossier concerned, if one
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "subject", "at"], name="audit_by_subject"),
        ]


class Link(Walled):
    """Kettenglied: position, entry, hash of the one before and own hash."""

    id = models.BigIntegerField(primary_key=True)  # position in the town's chain, from 1
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "entry"], name="link_once_per_entry")
        ]


class Proof(WalledById):
    """Nachweis: up to which link the town's chain was found whole, and when from its beginning."""

    position = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    proven_at = models.DateTimeField()
    whole_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="proof_per_town")]
