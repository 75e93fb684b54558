"""What cases do when something happens elsewhere."""

from __future__ import annotations

from datetime import datetime

from gemeinwerk.apps.applications.events import ApplicationSubmitted, EvidenceAdded
from gemeinwerk.apps.cases import actions


def on_application_submitted(event: ApplicationSubmitted, now: datetime) -> None:
    """Open the case of a submission."""
    if event.dossier_id is not None:
        actions.open_case(event.dossier_id, now=now)


def on_evidence_added(event: EvidenceAdded, now: datetime) -> None:
    """Show the office that evidence came."""
    if event.dossier_id is not None:
        actions.evidence_arrived(event.dossier_id, now=now)
