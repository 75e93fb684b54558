"""Steering figures and alarms: reads all rooms of a town, changes none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gemeinwerk.apps import ports
from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.audit import chain, proofs
from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.mailbox import queries as mailbox
from gemeinwerk.apps.outbox import queries as outbox
from gemeinwerk.core.access import Actor, Right, require

LATE_TICKET = timedelta(minutes=5)
LATE_LINK = timedelta(minutes=10)
LATE_CASE = timedelta(minutes=10)
LATE_SCAN = timedelta(hours=1)
LATE_MAIL = timedelta(hours=1)
SMALL = 5  # numbers below are held back: they may point at a person


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that is watched (Messwert); `alarm` says that somebody has to act."""

    key: str
    value: int
    alarm: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """How many cases are in a state; None when the number is too small to show."""

    state: str
    count: int | None


def readings(now: datetime) -> list[Reading]:
    """Return what is watched in this town; for the alarm page and the metrics."""
    due, late = outbox.waiting(now)
    jobs = outbox.count_set_aside()
    late_ones = applications.unreconciled(now - LATE_CASE)
    gaps = len(set(late_ones) - cases.existing(late_ones))
    # The daily export has linked every straggler before.
    unlinked = chain.unlinked(before=now - LATE_LINK, since=now - timedelta(days=3))
    unchecked = documents.count_unchecked(now - LATE_SCAN)
    unsent = mailbox.count_unsent(now - LATE_MAIL)
    return [
        Reading("jobs_set_aside", jobs, jobs > 0),
        Reading("jobs_due", due, False),
        Reading("oldest_job_seconds", int(late.total_seconds()), late > LATE_TICKET),
        Reading("submissions_without_case", gaps, gaps > 0),
        Reading("audit_entries_unlinked", unlinked, unlinked > 0),
        Reading("files_unchecked", unchecked, unchecked > 0),
        Reading("mails_unsent", unsent, unsent > 0),
    ]


def alarms(actor: Actor, now: datetime) -> list[Reading]:
    """Return all readings for people who may see alarms, alarms first."""
    require(actor, Right.SEE_ALARMS)
    return sorted(readings(now), key=lambda reading: not reading.alarm)


def chain_report(actor: Actor) -> chain.ChainReport:
    """Prove the newest part of the audit chain for people who may see alarms, not its content."""
    require(actor, Right.SEE_ALARMS)
    return proofs.report()


def scanner_state() -> tuple[str, bool]:
    """Return the scanner's name and whether it answers; a failing one does not (S82)."""
    scanner = ports.scanner()
    try:
        verdict = scanner.scan(b"Gemeinwerk", ("text/plain",))
    except Exception:
        return scanner.name, False
    return scanner.name, verdict.result != "unavailable"


def figures(actor: Actor) -> list[Figure]:
    """Return the number of cases per state in the whole town, small numbers held back."""
    require(actor, Right.SEE_FIGURES)
    return [
        Figure(state, count if count >= SMALL else None)
        for state, count in sorted(cases.count_by_state().items())
    ]
