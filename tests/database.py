"""The PostgreSQL of the tests: one unsynced cluster per checkout, a clone per worker process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from psycopg import sql

from gemeinwerk.project.environment import ROLE_NAMES, DatabaseAddress
from gemeinwerk.project.launcher import fingerprint
from gemeinwerk.project.launcher.holding import Holding
from gemeinwerk.project.launcher.postgres import Cluster
from gemeinwerk.project.launcher.roles import connect, ensure_owner, ensure_roles
from tests.settings import TEST_DATA

LOGIN = "gemeinwerk_test"


class TestServer:
    """Started by the first test process that needs it, stopped by the last one that leaves."""

    __test__ = False

    def __init__(self, data: Path = TEST_DATA) -> None:
        data.mkdir(mode=0o711, exist_ok=True)
        if data.stat().st_uid != os.getuid():
            raise RuntimeError(f"{data} belongs to somebody else")
        self.data = data
        self.cluster = Cluster(data, durable=False)
        self._holding = Holding(self.cluster)

    def enter(self) -> None:
        """Join the users of the server; start it and make its template if need be."""
        self._holding.enter(self._prepare)

    def leave(self) -> None:
        """Leave; the last one stops the server, which keeps its template for the next run."""
        self._holding.leave()

    @property
    def template(self) -> str:
        """The migrated database of the present migrations."""
        return f"template_{fingerprint.migrations()}"

    def clone(self, name: str) -> DatabaseAddress:
        """Return a fresh copy of the template; log in as a member of all three roles."""
        with connect(self.cluster.superuser()) as connection:
            copy = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy"
            self._run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            self._run(connection, copy, name, self.template, ROLE_NAMES["owner"])
            grant = "GRANT CONNECT ON DATABASE {} TO {}, {}, {}"
            self._run(connection, grant, name, LOGIN, ROLE_NAMES["web"], ROLE_NAMES["worker"])
        address = self.cluster.superuser(name)
        return DatabaseAddress(address.host, address.port, name, LOGIN, address.password)

    def drop(self, name: str) -> None:
        """Remove a copy, whoever is still connected."""
        with connect(self.cluster.superuser()) as connection:
            self._run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _prepare(self) -> None:
        owner = ensure_owner(self.cluster)
        ensure_roles(owner, self.data)
        superuser = self.cluster.superuser()
        with connect(superuser) as connection:
            query = "SELECT 1 FROM pg_roles WHERE rolname = %s"
            if connection.execute(query, (LOGIN,)).fetchone() is None:
                login = sql.SQL("CREATE ROLE {} LOGIN NOINHERIT PASSWORD {} IN ROLE {}").format(
                    sql.Identifier(LOGIN),
                    sql.Literal(superuser.password),
                    sql.SQL(", ").join(map(sql.Identifier, ROLE_NAMES.values())),
                )
                connection.execute(login)
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
            names = {name for (name,) in rows}
            if self.template not in names:
                self._make_template(connection, owner)
                for name in names:
                    if name.startswith("template_") or _abandoned(name):
                        self._run(connection, "DROP DATABASE {} WITH (FORCE)", name)

    def _make_template(self, connection: Any, owner: DatabaseAddress) -> None:
        half = f"half_{self.template}"
        self._run(connection, "DROP DATABASE IF EXISTS {} WITH (FORCE)", half)
        create = "CREATE DATABASE {} OWNER {} TEMPLATE template0"
        self._run(connection, create, half, ROLE_NAMES["owner"])
        self._run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", half)
        url = f"postgresql://{owner.user}:{owner.password}@/{half}?host={owner.host}"
        migrate(self.data, url)
        self._run(connection, "ALTER DATABASE {} RENAME TO {}", half, self.template)

    @staticmethod
    def _run(connection: Any, statement: str, *names: str) -> None:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def migrate(data: Path, url: str) -> None:
    """Run all migrations as the owner, in a process of its own as in production."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "gemeinwerk.project.settings",
        "GEMEINWERK_ROLE": "owner",
        "GEMEINWERK_MODE": "test",
        "GEMEINWERK_DATA": str(data),
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--no-input"]
    done = subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"The migrations fail:\n{done.stdout}{done.stderr}")


def _abandoned(name: str) -> bool:
    """Say whether a copy `run_<process id>...` outlived its test process."""
    parts = name.split("_")
    return parts[0] == "run" and not Path(f"/proc/{parts[1]}").exists()
