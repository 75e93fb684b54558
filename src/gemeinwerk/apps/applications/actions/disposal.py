"""Emptying a submission whose time is over (Aussonderung, S72): only id, number and day stay."""

from __future__ import annotations

from uuid import UUID

from gemeinwerk.apps.applications.models import (
    Draft,
    Evidence,
    FoundBy,
    Participation,
    Submission,
)


def empty(dossier_id: UUID) -> None:
    """Remove answers, evidence and search hashes of a dossier; the caller has checked the right."""
    Evidence.objects.filter(dossier=dossier_id).delete()
    FoundBy.objects.filter(dossier=dossier_id).delete()
    Participation.objects.filter(dossier=dossier_id).delete()
    Draft.objects.filter(pk=dossier_id).delete()
    Submission.objects.filter(pk=dossier_id).update(sealed_content=b"", access_code_hash=None)
