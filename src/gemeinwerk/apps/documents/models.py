"""Tables of documents: sealed files that hold an opaque subject (dossier) reference."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class StoredFile(WalledById):
    """Datei: sealed under the dossier's key; only clean ones may be seen by others (S41)."""

    subject = models.UUIDField()
    purpose = models.CharField(max_length=80)  # "evidence", "notice", "receipt", ...
    state = models.CharField(max_length=12)  # received | clean | refused
    refusal = models.CharField(max_length=80, blank=True)
    sealed_name = models.BinaryField()
    media_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    blob = models.CharField(max_length=80)  # random name in the file store
    received_at = models.DateTimeField()
    scanned_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)  # unclaimed uploads go after two days (S43)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "subject"], name="file_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="file_state_known",
                condition=models.Q(state__in=["received", "clean", "refused"]),
            )
        ]
