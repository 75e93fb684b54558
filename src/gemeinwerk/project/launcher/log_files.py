"""Log files (Protokolldateien) stay bounded: the supervisor turns a full one over."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LIMIT = 10 * 1024 * 1024  # bytes
KEPT = 5  # older files beside the one that is written


def turn_over(path: Path, *, held: bool = False, limit: int = LIMIT) -> bool:
    """Set a full log file aside as `<name>.1`, older ones one further; say whether it was full.

    Those who write look for a new file before each line, so no line is lost. A file that its
    writer `held` open for good (PostgreSQL) is copied and emptied instead.
    """
    try:
        if path.stat().st_size < limit:
            return False
    except FileNotFoundError:
        return False
    for number in range(KEPT - 1, 0, -1):
        older = _aside(path, number)
        if older.exists():
            older.replace(_aside(path, number + 1))
    if held:
        shutil.copyfile(path, _aside(path, 1))
        os.truncate(path, 0)
    else:
        path.replace(_aside(path, 1))
    return True


def _aside(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")
