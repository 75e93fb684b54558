"""Somebody leaves: her open cases go back to their units."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.cases.models import OPEN, Case
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Right, require, system
from gemeinwerk.core.cases import CaseState, release


def let_go(staff_id: UUID, *, now: datetime) -> int:
    """Give back every open case of a person; returns how many. A second run finds none."""
    actor = system(tenancy.current_id(), name="cases.let_go")
    require(actor, Right.ASSIGN_CASE)
    held = Case.objects.select_for_update().filter(assignee_id=staff_id, state__in=OPEN)
    count = 0
    for case in held.order_by("id"):
        case.state = release(CaseState(case.state), holder=staff_id, by=staff_id)
        case.assignee_id, case.unread = None, True
        case.save(update_fields=["state", "assignee", "unread"])
        audit.record(
            actor,
            "case.released",
            now=now,
            object_kind="case",
            object_id=str(case.id),
            subject=case.id,
            right=Right.ASSIGN_CASE,
        )
        count += 1
    return count
