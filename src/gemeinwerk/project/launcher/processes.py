"""Process handling below the supervisor: dying with the parent, pid files, leftovers."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(how: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `how` when the parent is gone (Linux).

    It runs after the change of account, which would clear the setting.
    """
    parent = os.getpid()

    def arrange() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)
            if os.getppid() != parent:  # the parent died before the setting took hold
                os._exit(1)

    return arrange


def alive(pid: int) -> bool:
    """Say whether a process with this id runs (a zombie does not)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (OSError, IndexError):
        return True


def command_of(pid: int) -> str:
    """Return the command line of a process, "" when it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except (OSError, UnicodeDecodeError):
        return ""


def working_in(folder: Path) -> tuple[int, ...]:
    """Return the processes whose working folder is `folder`: all of one PostgreSQL cluster."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
    return tuple(found)


def send(pids: tuple[int, ...], how: signal.Signals) -> None:
    """Send a signal to each process that is still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, how)


def wait_gone(pids: tuple[int, ...], seconds: float) -> bool:
    """Wait until none of the processes runs; False when the time is over."""
    deadline = time.monotonic() + seconds
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class PidFile:
    """`<folder>/<name>.pid`: process id and a word of its command line, to find leftovers."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.pid"

    def write(self, pid: int, word: str) -> None:
        """Record a started process; `word` must stand in its command line."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(f"{pid}\n{word}\n")

    def leftover(self) -> int | None:
        """Return the recorded process if it still runs and is ours, not a later namesake."""
        try:
            pid, word = self.path.read_text().splitlines()[:2]
        except (OSError, ValueError):
            return None
        return int(pid) if alive(int(pid)) and word in command_of(int(pid)) else None

    def clear(self) -> None:
        """Forget the process."""
        self.path.unlink(missing_ok=True)
