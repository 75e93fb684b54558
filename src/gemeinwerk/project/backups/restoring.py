"""Lays a backup back into an empty data folder and proves that nothing is missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import psycopg

from gemeinwerk.connectors.key_store import KeyStore
from gemeinwerk.project.backups import making, manifest
from gemeinwerk.project.backups.manifest import Manifest
from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import preparation, roles
from gemeinwerk.project.launcher.errors import LauncherError

# Settings that servers before 17 do not know, and marks that Debian's 15.20 puts on columns.
_OF_ITS_SERVER = re.compile(
    rb"SET transaction_timeout = |ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);$"
)


def restore(
    folder: Path,
    data: Path,
    database: DatabaseAddress,
    *,
    keys: Path | None,
    live_keys: Path | None,
) -> Manifest:
    """Fill `data` and the empty `database` from the backup in `folder`; return its manifest.

    `keys` is the folder of keys that belongs to it. `live_keys` is the `keys` folder of the
    running (or lost) installation, whose tombstones are honoured. `database` names the owner, of
    the embedded server or of a foreign one: no superuser is needed.
    """
    found = manifest.read(folder)
    if keys is not None:
        manifest.read(keys)
    _refuse_filled(data)
    _load(database, folder / "database.dump")
    _verify(database, found)
    shutil.copytree(folder / "files", data / "files", dirs_exist_ok=True)
    _restore_keys(folder, data / "keys", keys, live_keys)
    return found


def _refuse_filled(data: Path) -> None:
    for part in ("files", "keys"):
        if (data / part).exists() and any(path.is_file() for path in (data / part).rglob("*")):
            raise LauncherError(
                f"{data} ist nicht leer. Spielen Sie in einen neuen Ordner ein: --data ORDNER",
                f"{data} is not empty. Restore into a new folder: --data DIR",
            )


def _load(database: DatabaseAddress, dump: Path) -> None:
    with roles.connect(database) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
        if row and row[0]:
            raise LauncherError(
                "Die Datenbank ist nicht leer. Spielen Sie in eine neue ein.",
                "The database is not empty. Restore into a new one.",
            )
    options = ["--no-owner", "--file=-", str(dump)]
    script = _run([making.program("pg_restore"), *options], database)
    command = ["--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run([making.program("psql"), *command], database, portable(script))


def portable(script: bytes) -> bytes:
    """Leave out of a dump what servers of other versions refuse; rows stay as they are."""
    kept, in_rows = [], False
    for line in script.split(b"\n"):
        if in_rows or not _OF_ITS_SERVER.match(line):
            kept.append(line)
        if in_rows:
            in_rows = line != b"\\."
        else:
            in_rows = line.startswith(b"COPY ") and line.endswith(b" FROM stdin;")
    return b"\n".join(kept)


def _run(command: list[str], database: DatabaseAddress, given: bytes = b"") -> bytes:
    done = subprocess.run(
        command, env=making.secrets_of(database), input=given, capture_output=True, check=False
    )
    if done.returncode != 0:
        why = done.stderr.decode(errors="replace").strip()[-500:]
        raise LauncherError(
            f"Die Datenbank ließ sich nicht einspielen: {why}", f"Restoring failed: {why}"
        )
    return done.stdout


def _verify(database: DatabaseAddress, expected: Manifest) -> None:
    with roles.connect(database) as connection:
        connection.execute("BEGIN")
        _lower_walls(connection)
        rows, heads = manifest.count_rows(connection), manifest.audit_heads(connection)
        connection.execute("ROLLBACK")
    wrong = sorted(
        table
        for table in rows.keys() | expected.rows.keys()
        if rows.get(table) != expected.rows.get(table)
    )
    if wrong or heads != expected.heads:
        raise LauncherError(
            f"Die eingespielten Daten weichen ab: {', '.join(wrong) or 'Protokollkette'}",
            f"The restored data differ: {', '.join(wrong) or 'audit chain'}",
        )


def _lower_walls(connection: psycopg.Connection) -> None:
    """Let the owner count the rows of all towns; the caller rolls this back."""
    query = "SELECT oid::regclass::text FROM pg_class WHERE relforcerowsecurity"
    for (table,) in connection.execute(query).fetchall():
        connection.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY".encode())


def _restore_keys(folder: Path, target: Path, keys: Path | None, live: Path | None) -> None:
    gone = set((folder / "tombstones.txt").read_text().split())
    if live is not None:
        gone |= making.tombstones(live / "shredded")
    store = KeyStore(target)
    if keys is not None:
        for path in keys.glob("dossiers/*/??/*-*"):
            town, dossier = path.parts[-3], path.name
            if f"{town}/{dossier}" in gone:
                continue  # it never touches the new disk
            copy = target / path.relative_to(keys)
            copy.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copy2(path, copy)
        for path in keys.glob("town/*.json"):
            shutil.copy2(path, target / "town" / path.name)
    for town in {name.split("/")[0] for name in gone} | _towns(target):
        for part in ("dossiers", "shredded"):
            for number in range(256):
                place = target / part / town / f"{number:02x}"
                place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in gone:
        town, dossier = name.split("/")
        store.shred(int(town), UUID(dossier))


def towns_without_keys(data: Path) -> list[str]:
    """Return the ids of towns that have dossiers but no key of their own in this data folder."""
    keys = data / "keys"
    return sorted(town for town in _towns(keys) if not (keys / "town" / f"{town}.json").exists())


def _towns(target: Path) -> set[str]:
    return {path.name for path in (target / "dossiers").iterdir()}


def prepare_target(owner: DatabaseAddress, data: Path) -> None:
    """Make the roles that the dump's grants name, without any table."""
    preparation.make_secrets(data)
    roles.ensure_roles(owner, data)
