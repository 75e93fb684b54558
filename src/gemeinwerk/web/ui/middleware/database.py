"""Keeps restarts of the database from people: a dead connection is found before it is used."""

from __future__ import annotations

import select
import time

from django.db import OperationalError, connection

PATIENCE = 8.0  # seconds a request waits for a database that starts anew
_PAUSE = 0.1


def ready_connection() -> None:
    """Have a living connection, or raise OperationalError after some seconds.

    Called before a request has done anything, so waiting and connecting again are safe. Unlike
    Django's health check it costs no statement: a server that went away has closed the socket.
    """
    if connection.in_atomic_block:
        return
    if connection.connection is not None and _closed_by_server():
        connection.close()
    deadline = time.monotonic() + PATIENCE
    while connection.connection is None:
        try:
            connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PAUSE)


def _closed_by_server() -> bool:
    """Tell whether the server has hung up: between requests it has nothing else to say."""
    try:
        watch = select.poll()
        watch.register(connection.connection.pgconn.socket, select.POLLIN)
        return bool(watch.poll(0))
    except Exception:
        # Whatever is wrong with it, a new connection is not (S82).
        return True
