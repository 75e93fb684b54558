"""Disposal (Aussonderung): what is left of a case when its time is over, and how it goes (S72).

This room stands above all others that hold rows of a dossier, so it brings them together here.
What stays: number, service, days and outcome of the case, its claims (their retention is that of
the accounts) and the audit chain, none of which holds content.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications.actions import disposal as applications
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.cases.actions import disposal as case_disposal
from gemeinwerk.apps.documents import actions as documents
from gemeinwerk.apps.mailbox import actions as mailbox
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.notices import archive
from gemeinwerk.apps.notices.actions import archiving
from gemeinwerk.apps.notices.models import ArchiveOffer, Decision, PrintJob
from gemeinwerk.core.access import Actor, Right, system

BERLIN = ZoneInfo("Europe/Berlin")


@transaction.atomic
def shred_case(*, actor: Actor, case_id: UUID, reason: str, now: datetime) -> None:
    """Make a case unreadable for ever, also in older backups; a second time does no harm.

    `reason` is a code for the audit chain ("retention", "ordered"). The key goes last, inside
    the transaction: if the commit fails then, the case is unreadable and the next run cleans up.
    """
    case = cases.case_for(actor, case_id, right=Right.SHRED_CASE, lock=True)
    if case.shredded_at is None:
        PrintJob.objects.filter(dossier=case_id).delete()
        Decision.objects.filter(dossier=case_id).update(sealed_content=b"", file=None)
        case_disposal.empty(case, now=now)
        applications.empty(case_id)
        mailbox.empty(case_id)
        documents.delete_all(case_id)
        audit.record(
            actor,
            "case.shredded",
            now=now,
            object_kind="case",
            object_id=str(case_id),
            subject=case_id,
            right=Right.SHRED_CASE,
            reason=reason,
        )
    ports.key_store().shred(tenancy.current_id(), case_id)


def dispose_of_due(*, now: datetime) -> int:
    """Offer what is due to the archive, then shred what it does not want or has (R34).

    Returns how many were shredded. What waits for an answer or for its handing over stays.
    """
    actor = system(tenancy.current_id(), name="notices.disposal")
    today = now.astimezone(BERLIN).date()
    archiving.lapse(actor=actor, now=now)
    due = cases.due_for_disposal(today, but=archive.waiting())
    answered = set(ArchiveOffer.objects.filter(dossier__in=due).values_list("dossier", flat=True))
    for case_id in due:
        if case_id in answered:
            shred_case(actor=actor, case_id=case_id, reason="retention", now=now)
        else:
            archiving.offer(actor=actor, case_id=case_id, now=now)
    return len(answered)
