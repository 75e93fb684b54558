"""Verbs of payments: claim an amount, note that it was paid."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gemeinwerk.apps.payments.models import Claim


def claim(
    *,
    subject: UUID,
    reference: str,
    amount: Decimal,
    purpose: str,
    due_on: date | None,
    now: datetime,
) -> Claim:
    """Claim an amount in EUR once per dossier and purpose; a repeat returns the first (S61)."""
    row, _ = Claim.objects.get_or_create(
        subject=subject,
        purpose=purpose,
        defaults={
            "reference": reference,
            "amount": amount,
            "due_on": due_on,
            "created_at": now,
        },
    )
    return row


def settle(claim_id: UUID, *, now: datetime) -> None:
    """Note that a claim was paid; a second time changes nothing."""
    Claim.objects.filter(pk=claim_id, settled_at__isnull=True).update(settled_at=now)
