"""What happened to cases."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gemeinwerk.apps.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Event):
    """A submission became a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantAsked(Event):
    """Documents, an answer or comments in a hearing were asked of the applicant."""

    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantAnswered(Event):
    """The applicant answered; the case is back in the inbox, marked changed."""

    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Event):
    """The office wrote to the applicant."""

    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(Event):
    """A decision was issued."""
