"""A town hall of its own to measure: durable PostgreSQL of the wheel, web workers, one town."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psutil
import psycopg

from gemeinwerk.core.packages import Package
from gemeinwerk.project.environment import ROLE_NAMES
from gemeinwerk.project.launcher import preparation, roles
from gemeinwerk.project.launcher.postgres import Cluster

SLUG = "lindenau"
WORKERS = 2


@dataclass(slots=True)
class Cost:
    """What a span of work cost: seconds, CPU seconds of both sides, SQL statements of the web."""

    seconds: float = 0.0
    web: float = 0.0
    database: float = 0.0
    statements: int = 0


class Hall:
    """A running installation in a temporary folder."""

    def __init__(self, data: Path, cluster: Cluster, port: int, web: psutil.Process) -> None:
        self.data = data
        self.cluster = cluster
        self.port = port
        self.host = f"{SLUG}.localhost"
        self.town_id = 0
        self.unit_id: UUID | None = None
        self._web = web

    def publish(self, package: Package) -> str:
        """Publish a service and return its address part."""
        from gemeinwerk.apps.catalogue import actions
        from gemeinwerk.apps.municipalities import tenancy
        from gemeinwerk.core.access import system

        if self.unit_id is None:
            raise RuntimeError("the town has no unit yet")
        with tenancy.town(self.town_id):
            version = actions.publish(
                actor=system(self.town_id, name="bench"),
                package=package,
                unit_id=self.unit_id,
                source="bench",
                now=datetime.now(UTC),
            )
            return version.offer.slug

    def connect(self) -> psycopg.Connection:
        """Open a connection of the superuser, who passes every wall."""
        return roles.connect(self.cluster.superuser("gemeinwerk"))

    @contextlib.contextmanager
    def measured(self) -> Iterator[Cost]:
        """Yield a cost that is complete when the block ends."""
        cost = Cost()
        with self.connect() as connection:
            before = self._web_cpu(), self._database_cpu(), _statements(connection)
            began = time.perf_counter()
            yield cost
            cost.seconds = time.perf_counter() - began
            cost.web = self._web_cpu() - before[0]
            cost.database = self._database_cpu() - before[1]
            cost.statements = _statements(connection) - before[2]

    def _web_cpu(self) -> float:
        return _cpu(self._web)

    def _database_cpu(self) -> float:
        pid = (self.cluster.files / "postmaster.pid").read_text().split("\n", 1)[0]
        return _cpu(psutil.Process(int(pid)))


@contextlib.contextmanager
def open_hall() -> Iterator[Hall]:
    """Start everything in a fresh folder and remove it afterwards."""
    data = Path(tempfile.mkdtemp(prefix="gemeinwerk-bench-"))
    data.chmod(0o711)
    cluster = Cluster(data)
    web: subprocess.Popen[bytes] | None = None
    try:
        _start_database(cluster, data)
        port = _free_port()
        web = _start_web(data, port)
        hall = Hall(data, cluster, port, psutil.Process(web.pid))
        _make_town(hall)
        _wait_for_answer(hall)
        yield hall
    finally:
        if web is not None:
            os.killpg(web.pid, signal.SIGKILL)
            web.wait()
        _disconnect()
        cluster.stop()
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)


def _start_database(cluster: Cluster, data: Path) -> None:
    os.environ |= {
        "GEMEINWERK_DATA": str(data),
        "GEMEINWERK_MODE": "test",
        "GEMEINWERK_DRAFTS_PER_NET": "1000000",  # all senders share one address
        "GEMEINWERK_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": "gemeinwerk.project.settings",
    }
    os.environ.pop("DATABASE_URL", None)
    cluster.start()
    owner = roles.ensure_owner(cluster)
    with roles.connect(cluster.superuser()) as connection:
        connection.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
    cluster.stop()
    cluster.start()
    with roles.connect(cluster.superuser("gemeinwerk")) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    preparation.prepare(owner, data)


def _start_web(data: Path, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(WORKERS), "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "gemeinwerk.project.wsgi:application"]
    with (data / "logs" / "web.log").open("ab") as log:
        return subprocess.Popen(
            command,
            env={**os.environ, "GEMEINWERK_ROLE": "web"},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _make_town(hall: Hall) -> None:
    import django

    django.setup()
    from gemeinwerk.apps.municipalities import actions, tenancy
    from gemeinwerk.core.access import system
    from gemeinwerk.project import wiring

    _point_django()
    wiring.plug()
    town = actions.create_town(
        key="990000000001",
        slug=SLUG,
        name="Lindenau",
        kind="Stadt",
        state="BW",
        population=38_000,
        brand={"colour": "#1a3da5"},
        contact={"email": "rathaus@lindenau.example"},
        legal={},
    )
    hall.town_id = town.id
    with tenancy.town(town.id):
        unit = actions.add_unit(
            actor=system(town.id, name="bench"),
            name="Bürgerbüro",
            email="buergerbuero@lindenau.example",
            phone="0000 1",
        )
        hall.unit_id = unit.id


def _point_django() -> None:
    """Several halls may follow each other in this process: settings are read only once."""
    from django.conf import settings
    from django.db import connections

    from gemeinwerk.project import environment

    settings.ENVIRONMENT = environment.read()
    address = settings.ENVIRONMENT.database
    connections.settings["default"].update(
        HOST=address.host, PASSWORD=address.password, USER=ROLE_NAMES["owner"]
    )


def _disconnect() -> None:
    with contextlib.suppress(Exception):  # nothing was set up when the start failed early
        from django.db import connections

        connections.close_all()


def _wait_for_answer(hall: Hall, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", hall.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/", headers={"Host": hall.host})
            if connection.getresponse().status == 200:
                return
        time.sleep(0.05)
    tail = (hall.data / "logs" / "web.log").read_text(errors="replace")[-2000:]
    raise RuntimeError(f"The web server does not answer:\n{tail}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _statements(connection: psycopg.Connection) -> int:
    query = (
        "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_roles r"
        " ON s.userid = r.oid WHERE r.rolname = %s"
    )
    row = connection.execute(query, (ROLE_NAMES["web"],)).fetchone()
    return int(row[0]) if row else 0


def _cpu(root: psutil.Process) -> float:
    """Return the CPU seconds of a process, of those it started and of those that ended."""
    processes: Sequence[psutil.Process] = [root, *root.children(recursive=True)]
    total = root.cpu_times().children_user + root.cpu_times().children_system
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total
