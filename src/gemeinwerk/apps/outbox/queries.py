"""Doors to jobs: what was set aside, and how long the queue waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox.models import Job, Ticket
from gemeinwerk.core.access import Actor, Right, require

MOST = 200


def set_aside(actor: Actor) -> list[Job]:
    """Return the jobs of this town that failed too often, oldest first."""
    require(actor, Right.SEE_ALARMS)
    return list(Job.objects.filter(set_aside_at__isnull=False).order_by("set_aside_at")[:MOST])


def waiting(now: datetime) -> tuple[int, timedelta]:
    """Return how many due jobs of this town wait, and for how long the oldest is due."""
    due = Ticket.objects.filter(municipality_id=tenancy.current_id(), due_at__lte=now)
    oldest = due.order_by("due_at").values_list("due_at", flat=True).first()
    return due.count(), (now - oldest if oldest else timedelta())


def count_set_aside() -> int:
    """Return how many jobs of this town were set aside."""
    return Job.objects.filter(set_aside_at__isnull=False).count()
