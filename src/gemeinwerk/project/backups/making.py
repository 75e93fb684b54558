"""Makes a backup while the service runs: one snapshot of the database, then what it names."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from gemeinwerk.project.backups import manifest
from gemeinwerk.project.backups.manifest import Manifest
from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import accounts, binaries, fingerprint, roles
from gemeinwerk.project.launcher.errors import LauncherError


def make(data: Path, database: DatabaseAddress, folder: Path, *, with_town_keys: bool) -> Manifest:
    """Write a backup of `data` to the new folders `folder` and `<folder>-keys`.

    `database` must be allowed to read past the walls: the local superuser, or for a foreign
    server a role with BYPASSRLS.
    """
    keys = folder.with_name(folder.name + "-keys")
    for new in (folder, keys):
        if new.exists() and any(new.iterdir()):
            raise LauncherError(
                f"{new} ist nicht leer. Nennen Sie einen neuen Ordner.",
                f"{new} is not empty. Name a new folder.",
            )
        new.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Twice: before, so that a file deleted meanwhile is there; after, so that a new one is.
    _copy_tree(data / "files", folder / "files")
    rows, heads = _dump(database, folder / "database.dump")
    _copy_tree(data / "files", folder / "files")
    _copy_keys(data / "keys", keys, with_town_keys=with_town_keys)
    _write_tombstones(data / "keys" / "shredded", folder / "tombstones.txt")
    made = datetime.now(UTC).isoformat(timespec="seconds")
    for target in (folder, keys):
        found = Manifest(
            made_at=made,
            migrations=fingerprint.migrations(),
            rows=rows if target is folder else {},
            heads=heads if target is folder else {},
            sums=manifest.sums_of(target),
        )
        manifest.write(target, found)
    return manifest.read(folder)


def tombstones(folder: Path) -> set[str]:
    """Return "<municipality>/<dossier>" of every key that was destroyed, below `shredded`."""
    return {f"{path.parts[-3]}/{path.name}" for path in folder.glob("*/??/*-*")}


def program(name: str) -> str:
    """Return the path of pg_dump or pg_restore."""
    return binaries.find(accounts.choose(Path("/nonexistent"))).path(name)


def secrets_of(database: DatabaseAddress) -> dict[str, str]:
    """Return the environment by which PostgreSQL's programs log in; nothing in the arguments."""
    return {
        **os.environ,
        "PGHOST": database.host,
        "PGPORT": str(database.port),
        "PGUSER": database.user,
        "PGPASSWORD": database.password,
        "PGDATABASE": database.name,
    }


def _dump(database: DatabaseAddress, target: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Dump one snapshot and count its rows in the same one."""
    with roles.connect(database) as connection:
        _check_sees_all(connection)
        connection.execute("SET row_security = off")  # an error instead of missing rows
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        snapshot = row[0] if row else ""
        done = subprocess.run(
            [program("pg_dump"), "-Fc", f"--snapshot={snapshot}", "-f", str(target)],
            env=secrets_of(database),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise LauncherError(
                f"Die Datenbank ließ sich nicht sichern: {done.stderr.strip()}",
                f"pg_dump failed: {done.stderr.strip()}",
            )
        return manifest.count_rows(connection), manifest.audit_heads(connection)


def _check_sees_all(connection: psycopg.Connection) -> None:
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    row = connection.execute(query).fetchone()
    if row is None or not row[0]:
        raise LauncherError(
            "Diese Rolle sieht nicht hinter die Wände zwischen den Kommunen. Nennen Sie mit"
            " GEMEINWERK_BACKUP_URL eine Rolle, die BYPASSRLS hat und alles lesen darf.",
            "This role cannot read past the walls between towns. Name one with BYPASSRLS that may"
            " read everything in GEMEINWERK_BACKUP_URL.",
        )


def _copy_tree(source: Path, target: Path) -> None:
    """Copy new files; blobs never change, and a half-written one begins with a dot."""
    target.mkdir(mode=0o700, exist_ok=True)
    for path in source.glob("??/[!.]*"):
        copy = target / path.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                shutil.copy2(path, copy)
            except FileNotFoundError:  # deleted meanwhile
                continue


def _copy_keys(source: Path, target: Path, *, with_town_keys: bool) -> None:
    for path in source.glob("dossiers/*/??/*-*"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
    if with_town_keys:
        (target / "town").mkdir(mode=0o700)
        for path in source.glob("town/*.json"):
            shutil.copy2(path, target / "town" / path.name)


def _write_tombstones(source: Path, target: Path) -> None:
    target.write_text("".join(f"{name}\n" for name in sorted(tombstones(source))))
