"""Process handling below the supervisor: dying with the parent, leftovers."""

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
        die_with_parent_now(how)
        if os.getppid() != parent:  # the parent died before the setting took hold
            os._exit(1)

    return arrange


def die_with_parent_now(how: signal.Signals) -> None:
    """Have the kernel send `how` to this process when its parent is gone (Linux)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0)


def end_if_orphaned(mark: str) -> None:
    """End this process when its parent, which had `mark` in its environment, is gone already."""
    if _libc is not None and os.getppid() not in marked(mark):
        os._exit(1)


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


def marked(mark: str) -> tuple[int, ...]:
    """Return the processes that were started with `mark` in their environment, leftovers too.

    Unlike a pid file this finds grandchildren as well, and never a later namesake.
    """
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if mark.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return tuple(pid for pid in found if pid != os.getpid() and alive(pid))
