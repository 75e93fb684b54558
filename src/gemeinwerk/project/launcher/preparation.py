"""Brings the database to where this release needs it: roles, secrets, migrations."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import psycopg

from gemeinwerk.project import environment
from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import fingerprint, roles
from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.postgres import Cluster, write_secret

# What makes a commit durable (S60).
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")


def owner_of(cluster: Cluster | None) -> DatabaseAddress:
    """Return the owner's address: of the embedded cluster, or what DATABASE_URL names."""
    if cluster is not None:
        return roles.ensure_owner(cluster)
    return environment.parse_database_url(os.environ["DATABASE_URL"])


def prepare(owner: DatabaseAddress, data: Path) -> bool:
    """Make roles and secrets, migrate if this release brings other migrations; say if it did."""
    make_secrets(data)
    check_reachable(owner)
    roles.ensure_roles(owner, data)
    if _migrated(owner) == fingerprint.migrations():
        return False
    _migrate(owner)
    return True


def check_reachable(owner: DatabaseAddress) -> None:
    """Refuse in a sentence when the database does not let the owner in."""
    try:
        roles.connect(owner).close()
    except psycopg.OperationalError as refusal:
        why = str(refusal).strip().splitlines()[0]
        raise LauncherError(
            "Die Datenbank aus DATABASE_URL ist nicht erreichbar. Prüfen Sie Adresse, Namen und"
            f" Passwort und ob der Server läuft. ({why})",
            "The database that DATABASE_URL names cannot be reached. Check address, name and"
            f" password, and whether the server runs. ({why})",
        ) from None


def make_secrets(data: Path) -> None:
    """Make the key that signs cookies of forms, once."""
    web_key = data / "secrets" / "web-key.secret"
    if not web_key.exists():
        write_secret(web_key, secrets.token_urlsafe(50))


def check_durable(owner: DatabaseAddress) -> None:
    """Refuse a server that may forget what it confirmed (S60)."""
    with roles.connect(owner) as connection:
        rows = connection.execute(
            "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", (list(_DURABLE),)
        ).fetchall()
    weak = ", ".join(name for name, value in rows if value == "off")
    if weak:
        raise LauncherError(
            f"Der Datenbankserver kann bestätigte Anträge verlieren; ausgeschaltet: {weak}.",
            f"The database server may lose what it confirmed; switched off: {weak}.",
        )


def towns(owner: DatabaseAddress) -> list[tuple[str, str]]:
    """Return (slug, name) of all municipalities."""
    with roles.connect(owner) as connection:
        query = "SELECT slug, name FROM municipalities_municipality ORDER BY population, slug"
        return [(slug, name) for slug, name in connection.execute(query)]


def _migrated(owner: DatabaseAddress) -> str:
    """Return the fingerprint that stands as a comment on Django's own book-keeping."""
    with roles.connect(owner) as connection:
        query = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"
        row = connection.execute(query).fetchone()
    return str(row[0]) if row and row[0] else ""


def _migrate(owner: DatabaseAddress) -> None:
    mark = fingerprint.migrations()
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gemeinwerk.project.settings",
            "GEMEINWERK_ROLE": "owner",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        reason = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise LauncherError(
            f"Die Datenbank ließ sich nicht auf diese Version bringen: {' '.join(reason)}",
            f"Migration failed: {done.stderr.strip()}",
        )
    with roles.connect(owner) as connection:
        connection.execute(f"COMMENT ON TABLE django_migrations IS '{mark}'")
