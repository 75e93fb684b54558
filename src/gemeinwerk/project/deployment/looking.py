"""Looks at all facts in order; Django is loaded, nothing needs to be plugged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gemeinwerk.project.deployment import database, places, settings
from gemeinwerk.project.deployment.facts import Fact, fact


def all_facts() -> list[Fact]:
    """Look at everything; what cannot be looked at counts as weak (S82)."""
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
