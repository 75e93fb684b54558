"""Announce an event or plan a job: stored in the transaction of the deed, run after commit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox.events import Event
from gemeinwerk.apps.outbox.models import Job, Ticket
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import NotFoundError


def announce(event: Event, *, now: datetime) -> None:
    """Store one job per handler that `project/reactions.py` names for this event."""
    jobs = [
        _job(handler, event, now=now, due_at=now)
        for handler in ports.reactions().get(type(event).__name__, ())
    ]
    Job.objects.bulk_create(jobs)
    Ticket.objects.bulk_create(_ticket(job) for job in jobs)


def plan(handler: str, event: Event, *, now: datetime, due_at: datetime) -> Job:
    """Store one job for a handler, due at an instant (also in the future)."""
    job = _job(handler, event, now=now, due_at=due_at)
    job.save(force_insert=True)
    _ticket(job).save(force_insert=True)
    return job


def retry(actor: Actor, job_id: UUID, *, now: datetime) -> None:
    """Put a job that was set aside back into the queue (operators, heads of teams)."""
    require(actor, Right.RETRY_JOB)
    waiting = Job.objects.select_for_update().filter(set_aside_at__isnull=False)
    job = waiting.filter(pk=job_id).first()
    if job is None:
        raise NotFoundError
    job.set_aside_at = None
    job.attempts = 0
    job.error = ""
    job.due_at = now
    job.save(update_fields=["set_aside_at", "attempts", "error", "due_at"])
    Ticket.objects.create(id=job.id, municipality_id=tenancy.current_id(), due_at=now)
    audit.record(
        actor,
        "job.retried",
        now=now,
        object_kind="job",
        object_id=str(job_id),
        right=Right.RETRY_JOB,
    )


def _job(handler: str, event: Event, *, now: datetime, due_at: datetime) -> Job:
    return Job(
        handler=handler,
        event=type(event).__name__,
        payload=msgspec.to_builtins(event),
        created_at=now,
        due_at=due_at,
    )


def _ticket(job: Job) -> Ticket:
    return Ticket(id=job.id, municipality_id=tenancy.current_id(), due_at=job.due_at)
