"""How commands that work on files read them, and say what came of it."""

from __future__ import annotations

import sys
from pathlib import Path

DONE, FAILED, WRONG_USE = 0, 1, 2


def say(text: str) -> None:
    """Print a result at once: the next file may take its time."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """Say on the other channel what went wrong."""
    sys.stderr.write(text + "\n")


def read_file(path: Path) -> bytes | None:
    """Return the bytes of a file, never more than allowed; None (and a word) when unreadable."""
    from gemeinwerk.core.schemas import COMMAND_LIMIT

    try:
        with path.open("rb") as source:
            return source.read(COMMAND_LIMIT + 1)
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        complain(f"{path}: Die Datei ist nicht lesbar ({why}).")
        return None
