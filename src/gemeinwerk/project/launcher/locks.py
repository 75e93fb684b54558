"""Lock files: they die with the process that holds them, and only this account opens them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def open_lock(path: Path) -> IO[str]:
    """Open a lock file, private to this account; make it, or close an open one, if need be."""
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.fstat(number).st_uid == os.geteuid():
        os.fchmod(number, 0o600)
    return os.fdopen(number, "w")
