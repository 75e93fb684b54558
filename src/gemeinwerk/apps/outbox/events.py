"""Events (Ereignisse): frozen facts in the past tense that rooms announce to rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened; holds ids only, never content (S81)."""

    dossier_id: UUID | None = None
