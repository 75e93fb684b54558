"""Doors to claims."""

from __future__ import annotations

from uuid import UUID

from gemeinwerk.apps.payments.models import Claim


def claims(subject: UUID) -> list[Claim]:
    """Return the claims of a dossier, oldest first; the caller has checked the right to it."""
    return list(Claim.objects.filter(subject=subject).order_by("created_at", "id"))
