"""The tenant (Mandant) of the running transaction: set in the database, per transaction (S03)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from gemeinwerk.core.kernel import DomainError

_current: ContextVar[int | None] = ContextVar("municipality_id", default=None)


class NoTownError(DomainError):
    """A row of a municipality was touched outside `town()`."""

    code = "tenancy.no_town"


def current_id() -> int:
    """Return the id of the municipality in whose name this transaction runs."""
    municipality_id = _current.get()
    if municipality_id is None:
        raise NoTownError
    return municipality_id


def town_of_transaction() -> int | None:
    """Return the id of the municipality of this transaction, None outside one (for logs)."""
    return _current.get()


@contextmanager
def town(municipality_id: int) -> Iterator[None]:
    """Run a transaction in the name of one municipality.

    The wall itself stands in the database (row level security on
    `gemeinwerk.municipality`); this sets it for the transaction only, so a pooled connection
    never carries a town over. `SET LOCAL` and not `set_config()`, because a Citus coordinator
    hands on only the former. The value is an integer, checked here, since SET takes no bind
    parameters.
    """
    key = int(municipality_id)
    if key <= 0:
        raise NoTownError
    before = _current.get()
    token = _current.set(key)
    try:
        with transaction.atomic():
            _set_wall(f"{key:d}")
            yield
            if connection.savepoint_ids and not connection.needs_rollback:
                # Inside another transaction the wall goes back to what it was before; a
                # rollback does that by itself.
                _set_wall("" if before is None else f"{before:d}")
    finally:
        _current.reset(token)


def _set_wall(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL gemeinwerk.municipality = '{key}'")
