"""What a fact is, and all of them in order; Django is loaded, nothing needs to be plugged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def all_facts() -> list[Fact]:
    """Look at everything; what cannot be looked at counts as weak (S82)."""
    from gemeinwerk.project.deployment import database, places, settings

    found: list[Fact] = []
    for look in (*settings.LOOKS, *places.LOOKS, *database.LOOKS):
        found.extend(_looked(look))
    return found


def _looked(look: Callable[[], Iterator[Fact]]) -> list[Fact]:
    try:
        return list(look())
    except Exception as failure:
        name = f"{look.__module__.rpartition('.')[2]}.{look.__name__}"
        kind = type(failure).__name__
        return [
            fact(
                name,
                False,
                f"Das ließ sich nicht prüfen ({kind}).",
                f"This could not be looked at ({kind}).",
            )
        ]
