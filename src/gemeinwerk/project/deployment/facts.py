"""What a fact is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "weak", "warning"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that was looked at; the sentences say how it has to be and what to do."""

    name: str
    state: State
    german: str
    english: str


def fact(name: str, sound: bool, german: str, english: str, *, grave: bool = True) -> Fact:
    """Return a fact; one that is not `grave` warns only."""
    state: State = "ok" if sound else "weak" if grave else "warning"
    return Fact(name, state, german, english)
