"""What a backup says of itself: rows per table, heads of the audit chains, sums of all files."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import psycopg
from psycopg import sql

from gemeinwerk.project.launcher.errors import LauncherError

NAME = "manifest.json"


class Manifest(msgspec.Struct, frozen=True):
    """`sums`: SHA-256 by path; `rows`: count by table; `heads`: last link by municipality."""

    made_at: str
    migrations: str
    rows: dict[str, int]
    heads: dict[str, str]
    sums: dict[str, str]


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest; it is the last file, so that a backup without it is no backup."""
    (folder / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def read(folder: Path) -> Manifest:
    """Read and check a backup: every file must be there, unchanged, and no other."""
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError):
        raise LauncherError(
            f"{folder} ist keine vollständige Sicherung: {NAME} fehlt oder ist beschädigt.",
            f"{folder} is no complete backup: {NAME} is missing or damaged.",
        ) from None
    found = sums_of(folder)
    changed = sorted(
        name
        for name in found.keys() | manifest.sums.keys()
        if found.get(name) != manifest.sums.get(name)
    )
    if changed:
        raise LauncherError(
            f"Die Sicherung wurde verändert: {', '.join(changed[:5])}",
            f"The backup was changed: {', '.join(changed[:5])}",
        )
    return manifest


def sums_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below a folder but the manifest."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def count_rows(connection: psycopg.Connection) -> dict[str, int]:
    """Return the number of rows of every table of ours."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    counts = {}
    for (table,) in connection.execute(query).fetchall():
        count = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))
        row = connection.execute(count).fetchone()
        counts[table] = row[0] if row else 0
    return counts


def audit_heads(connection: psycopg.Connection) -> dict[str, str]:
    """Return the last link of each town's audit chain as "position:hash"."""
    rows = connection.execute(
        "SELECT DISTINCT ON (municipality_id) municipality_id, id, encode(hash, 'hex')"
        " FROM audit_link ORDER BY municipality_id, id DESC"
    ).fetchall()
    return {str(town): f"{position}:{head}" for town, position, head in rows}
