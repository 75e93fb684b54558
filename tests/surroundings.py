"""The environment of a real command: without what the test run itself has set."""

from __future__ import annotations

import contextlib
import os
import random
import socket
from pathlib import Path

_OURS = ("DATABASE_URL", "DJANGO_", "GEMEINWERK_", "PYTEST_")


def surroundings(data: Path | None = None, **more: str) -> dict[str, str]:
    """Return the environment for a command that serves the data folder in mode "test".

    Settings of the tests would lead it to the database of the tests, which may not even run.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    if data is not None:
        clean["GEMEINWERK_DATA"] = str(data)
    # All of them come from one address.
    return {**clean, "GEMEINWERK_MODE": "test", "GEMEINWERK_DRAFTS_PER_NET": "1000000", **more}


def free_port() -> int:
    """Return a free port that no client gets: one that knocks at its own number finds itself."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
