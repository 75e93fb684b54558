"""Emptying a case whose time is over (Aussonderung, S72): number, service and days stay."""

from __future__ import annotations

from datetime import datetime

from gemeinwerk.apps.cases.models import Case, Note, Presence, Request


def empty(case: Case, *, now: datetime) -> None:
    """Remove notes and requests and mark the case shredded; the caller has checked the right."""
    for table in (Note, Request, Presence):
        table.objects.filter(case_id=case.id).delete()
    case.shredded_at, case.assignee_id = now, None
    case.unread = case.changed = False
    case.human_reasons = []
    case.save(update_fields=["shredded_at", "assignee", "unread", "changed", "human_reasons"])
