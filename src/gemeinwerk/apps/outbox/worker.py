"""Runs due jobs: claim a ticket, enter its town, run the handler, all in one transaction.

The effects of a handler in the database and the mark that it is done commit together, so each
effect happens once, although a job may begin more than once (S62). A failing job waits longer
each time (with jitter) and is set aside after `MAX_ATTEMPTS` (S64).
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox.events import Event
from gemeinwerk.apps.outbox.models import Job, Ticket

log = logging.getLogger("gemeinwerk.outbox")

MAX_ATTEMPTS = 8
Handler = Callable[[Any, datetime], None]


def run_one(
    handlers: Mapping[str, tuple[type[Event], Handler]], *, clock: Callable[[], datetime]
) -> bool:
    """Run the next due job, if there is one; return whether there was."""
    now = clock()
    ticket: Ticket | None = None
    try:
        with transaction.atomic():
            ticket = _claim(now)
            if ticket is None:
                return False
            with tenancy.town(ticket.municipality_id):
                _run(ticket, handlers, now)
            ticket.delete()
    except Exception as failure:
        # The transaction of the job is gone with all its effects; note the failure in a new one.
        if ticket is None:
            raise
        _failed(ticket, failure, now)
    return True


def _claim(now: datetime) -> Ticket | None:
    return (
        Ticket.objects.select_for_update(skip_locked=True)
        .filter(due_at__lte=now)
        .order_by("due_at")
        .first()
    )


def _run(
    ticket: Ticket, handlers: Mapping[str, tuple[type[Event], Handler]], now: datetime
) -> None:
    job = Job.objects.select_for_update().filter(pk=ticket.id, done_at__isnull=True).first()
    if job is None:
        return
    event_type, handler = handlers[job.handler]
    handler(msgspec.convert(job.payload, event_type), now)
    job.done_at = now
    job.save(update_fields=["done_at"])


def _failed(ticket: Ticket, failure: Exception, now: datetime) -> None:
    log.warning("outbox.job_failed", extra={"job": str(ticket.id), "kind": type(failure).__name__})
    with transaction.atomic(), tenancy.town(ticket.municipality_id):
        job = Job.objects.select_for_update().get(pk=ticket.id)
        job.attempts += 1
        # The kind only: the text of an exception may quote personal data (S81).
        job.error = type(failure).__name__
        if job.attempts >= MAX_ATTEMPTS:
            job.set_aside_at = now
            Ticket.objects.filter(pk=ticket.id).delete()
        else:
            job.due_at = now + pause(job.attempts)
            Ticket.objects.filter(pk=ticket.id).update(due_at=job.due_at)
        job.save(update_fields=["attempts", "error", "set_aside_at", "due_at"])


def pause(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubling from 2 s to 1 h, with jitter."""
    seconds = min(3600, 2**attempts)
    return timedelta(seconds=seconds * (0.5 + secrets.randbelow(1000) / 1000))
