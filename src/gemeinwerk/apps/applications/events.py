"""What happened to applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gemeinwerk.apps.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLinkAsked(Event):
    """A person asked for the link to her draft by e-mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationSubmitted(Event):
    """A submission was stored; its case is opened by the reaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAdded(Event):
    """Evidence came after the submission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftExpiresSoon(Event):
    """A draft will be deleted (R09); the person is told before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceAwaited(Event):
    """Evidence was announced to follow by a day."""

    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked(Event):
    """Another person is told something: invited, reminded, asked again, or no longer needed."""

    part_id: UUID
    what: str  # "invited", "reminded", "again" or "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswered(Event):
    """The applicant is told of another person: done, declined, or overdue."""

    part_id: UUID
    what: str
