"""Tables of payments: claims that are settled by transfer with a reference."""

from __future__ import annotations

from django.db import models

from gemeinwerk.apps.municipalities.walls import WalledById


class Claim(WalledById):
    """Forderung: a frozen amount for one dossier (S90)."""

    subject = models.UUIDField()
    reference = models.CharField(max_length=40)  # Verwendungszweck
    amount = models.DecimalField(max_digits=12, decimal_places=2)  # EUR
    purpose = models.CharField(max_length=200)
    due_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "reference"], name="claim_reference"),
            models.UniqueConstraint(
                fields=["municipality", "subject", "purpose"], name="claim_once_per_purpose"
            ),
        ]
