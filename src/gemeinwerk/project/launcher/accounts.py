"""Under which account PostgreSQL runs: it refuses root, so root hands it to another account."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from gemeinwerk.project.launcher.errors import LauncherError

# A dedicated account first; `nobody` is there on every system but shared with others.
_CANDIDATES = ("gemeinwerk", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """User and group of the database server; `switch` says that we are root and must change."""

    uid: int
    gid: int
    switch: bool

    def process_options(self) -> dict[str, object]:
        """Return the keywords of `subprocess` that change to this account."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give one file or folder (never its parents) to the account."""
        if self.switch:
            os.chown(path, self.uid, self.gid)

    def can_reach(self, path: Path) -> bool:
        """Say whether the account may pass through every folder that leads to `path`."""
        return not self.switch or all(self._may_pass(folder) for folder in path.parents)

    def _may_pass(self, folder: Path) -> bool:
        try:
            found = folder.stat()
        except FileNotFoundError:
            return True
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)


def choose(existing: Path) -> Account:
    """Return the account for the cluster in `existing`; its owner stays if it is already there."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    if existing.exists() and existing.stat().st_uid != 0:
        found = existing.stat()
        return Account(found.st_uid, found.st_gid, switch=True)
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, switch=True)
    raise LauncherError(
        "PostgreSQL läuft nicht als root, und es gibt kein anderes Konto "
        f"({', '.join(_CANDIDATES)}). Legen Sie mit `useradd --system gemeinwerk` eines an.",
        "PostgreSQL refuses to run as root and there is no other account "
        f"({', '.join(_CANDIDATES)}). Create one with `useradd --system gemeinwerk`.",
    )
