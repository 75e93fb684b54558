"""Who reacts to what (Reaktionen): the one table from events to handlers.

A handler is named by "room.function"; the worker runs it after the commit of the deed, at least
once, with effects in the database exactly once.
"""

from __future__ import annotations

from gemeinwerk.apps.outbox.events import Event
from gemeinwerk.apps.outbox.worker import Handler

# event -> handlers
REACTIONS: dict[type[Event], tuple[tuple[str, Handler], ...]] = {}


def names_by_event() -> dict[str, tuple[str, ...]]:
    """Return the table as the outbox needs it when an event is announced."""
    return {
        event.__name__: tuple(name for name, _ in handlers)
        for event, handlers in REACTIONS.items()
    }


def handlers_by_name() -> dict[str, tuple[type[Event], Handler]]:
    """Return the table as the worker needs it."""
    return {
        name: (event, handler)
        for event, handlers in REACTIONS.items()
        for name, handler in handlers
    }
