"""Database roles: owner (migrates), web and worker (own nothing, cannot pass row security)."""

from __future__ import annotations

import secrets
from pathlib import Path

import psycopg
from psycopg import sql

from gemeinwerk.project import environment
from gemeinwerk.project.environment import ROLE_NAMES, DatabaseAddress, Role
from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.postgres import Cluster, write_secret

OLDEST_SERVER = 150000
_SERVING: tuple[Role, ...] = ("web", "worker")


def ensure_owner(cluster: Cluster) -> DatabaseAddress:
    """Create the owner role and the database of an embedded cluster; return its address."""
    name = ROLE_NAMES["owner"]
    path = cluster.data / "secrets" / "owner.secret"
    if not path.exists():
        write_secret(path, secrets.token_hex(32))
    address = DatabaseAddress(
        str(cluster.socket_folder), 5432, "gemeinwerk", name, path.read_text().strip()
    )
    if not _opens(address):
        with connect(cluster.superuser()) as connection:
            _create_or_change(connection, name, address.password, "CREATEROLE")
            create_database(connection, address.name, owner=name)
    return address


def ensure_roles(owner: DatabaseAddress, data: Path) -> None:
    """Create the web and worker roles with secrets in `<data>/secrets`, or repair their passwords.

    `owner` needs CREATEROLE and must own its database; it may be a server named by DATABASE_URL.
    The roles belong to the whole server: one installation per server.
    """
    missing = []
    for role in _SERVING:
        path = data / "secrets" / f"{role}.secret"
        if not path.exists():
            write_secret(path, secrets.token_hex(32))
        if not _opens(environment.for_role(owner, data, role)):
            missing.append(role)
    if not missing:
        return
    with connect(owner) as connection:
        _check_server(connection)
        for role in missing:
            secret = environment.role_secret(data, role)
            _create_or_change(connection, ROLE_NAMES[role], secret, "")
            _check_weak(connection, ROLE_NAMES[role])
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(owner.name), sql.Identifier(ROLE_NAMES[role])
                )
            )


def create_database(connection: psycopg.Connection, name: str, *, owner: str) -> None:
    """Create a database of our locale if it is missing; only the owner may do more than connect."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if found is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(owner)
            )
        )
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )


def connect(address: DatabaseAddress) -> psycopg.Connection:
    """Open an autocommit connection."""
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.name,
        user=address.user,
        password=address.password,
        connect_timeout=10,
        autocommit=True,
    )


def _opens(address: DatabaseAddress) -> bool:
    """Say whether the address lets us in; a refused password or unknown role says no."""
    try:
        connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def _check_server(connection: psycopg.Connection) -> None:
    version = connection.info.server_version
    if version < OLDEST_SERVER:
        raise LauncherError(
            f"Der Datenbankserver hat Version {version // 10000}; nötig ist 15 oder neuer.",
            f"The database server is version {version // 10000}; 15 or newer is needed.",
        )


def _check_weak(connection: psycopg.Connection, name: str) -> None:
    """Refuse a role that could pass the walls between municipalities (S02)."""
    query = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s"
    row = connection.execute(query, (name,)).fetchone()
    if row is None or row[0]:
        raise LauncherError(
            f"Die Rolle {name} darf weder SUPERUSER noch BYPASSRLS haben.",
            f"The role {name} must have neither SUPERUSER nor BYPASSRLS.",
        )


def _create_or_change(connection: psycopg.Connection, name: str, secret: str, extra: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    verb = "ALTER" if found else "CREATE"
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(name), sql.SQL(extra), sql.Literal(secret)
        )
    )
