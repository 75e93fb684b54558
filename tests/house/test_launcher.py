"""The embedded PostgreSQL and the supervisor: safe defaults, recovery after every kill."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import psycopg
import pytest

from gemeinwerk.project.environment import parse_database_url
from gemeinwerk.project.launcher import LauncherError, log_files, preparation, roles
from gemeinwerk.project.launcher.postgres import Cluster
from gemeinwerk.project.launcher.roles import connect, ensure_roles
from tests.surroundings import free_port, surroundings

SERVE = [sys.executable, "-m", "gemeinwerk.project.command_line", "serve"]


@pytest.fixture
def data(open_folder: Path) -> Path:
    return open_folder / "data"


@pytest.fixture
def cluster(data: Path) -> Iterator[Cluster]:
    cluster = Cluster(data)
    try:
        cluster.start()
        ensure_roles(roles.ensure_owner(cluster), data)
        yield cluster
    finally:
        cluster.stop()


def ask(cluster: Cluster, query: str) -> list[tuple[object, ...]]:
    with connect(cluster.superuser("gemeinwerk")) as connection:
        return connection.execute(query).fetchall()


def test_nothing_confirmed_can_be_lost(cluster: Cluster) -> None:
    names = "('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums')"
    rows = ask(cluster, f"SELECT name, setting FROM pg_settings WHERE name IN {names}")  # noqa: S608
    assert {setting for _, setting in rows} == {"on"}
    assert len(rows) == 4


def test_only_the_socket_listens_and_wants_a_password(cluster: Cluster) -> None:
    assert ask(cluster, "SHOW listen_addresses") == [("",)]
    assert cluster.account.uid != 0
    with pytest.raises(psycopg.OperationalError):
        connect(replace(cluster.superuser(), password="wrong"))


def test_the_order_of_words_is_the_same_everywhere(cluster: Cluster) -> None:
    query = "SELECT datlocprovider, pg_encoding_to_char(encoding) FROM pg_database"
    assert set(ask(cluster, query)) == {("b", "UTF8")}


def test_the_serving_roles_are_weak(cluster: Cluster) -> None:
    rows = ask(
        cluster,
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname IN ('gemeinwerk_web', 'gemeinwerk_worker')",
    )
    assert len(rows) == 2
    assert all(row[1:] == (False, False, False, False) for row in rows)
    owned = (
        "SELECT 1 FROM pg_class JOIN pg_roles r ON relowner = r.oid WHERE rolname LIKE '%w__%k%'"
    )
    assert ask(cluster, owned) == []
    member = "SELECT 1 FROM pg_auth_members WHERE member = 'gemeinwerk_web'::regrole"
    assert ask(cluster, member) == []


def test_secrets_are_private_and_repaired(cluster: Cluster, data: Path) -> None:
    for role in ("owner", "web", "worker", "superuser"):
        assert (data / "secrets" / f"{role}.secret").stat().st_mode & 0o777 == 0o600
    owner = roles.ensure_owner(cluster)
    (data / "secrets" / "web.secret").unlink()
    ensure_roles(owner, data)
    secret = (data / "secrets" / "web.secret").read_text().strip()
    connect(replace(owner, user="gemeinwerk_web", password=secret)).close()


def test_a_server_of_ones_own_gets_only_the_two_roles(cluster: Cluster, open_folder: Path) -> None:
    with connect(cluster.superuser()) as connection:
        connection.execute("CREATE ROLE town_owner LOGIN CREATEROLE PASSWORD 'p'")
        connection.execute("CREATE DATABASE town OWNER town_owner")
        connection.execute("DROP OWNED BY gemeinwerk_web, gemeinwerk_worker")
        connection.execute("REVOKE CONNECT ON DATABASE gemeinwerk FROM gemeinwerk_web")
    owner = replace(cluster.superuser("town"), user="town_owner", password="p")
    with pytest.raises(psycopg.Error):
        # Roles of another owner: PostgreSQL refuses to change them, and so do we.
        ensure_roles(owner, open_folder)
    with connect(cluster.superuser("gemeinwerk")) as connection:
        connection.execute("DROP OWNED BY gemeinwerk_web, gemeinwerk_worker")
        connection.execute("DROP ROLE gemeinwerk_web, gemeinwerk_worker")
    ensure_roles(owner, open_folder)
    assert sorted(path.stem for path in (open_folder / "secrets").iterdir()) == ["web", "worker"]


def test_a_killed_server_recovers(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data")
    server = cluster.start()
    with connect(cluster.superuser()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
    server.kill()
    server.wait()
    # Whoever has the old process id by now is neither killed nor in the way.
    for name in ("cluster/postmaster.pid", "socket/.s.PGSQL.5432.lock"):
        path = cluster.home / name
        lines = path.read_text().splitlines()
        path.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    again = Cluster(open_folder / "data")
    again.start()
    with connect(again.superuser()) as connection:
        assert connection.execute("SELECT one FROM kept").fetchall() == [(1,)]
    again.stop()


def test_a_long_path_gets_a_short_socket(open_folder: Path) -> None:
    cluster = Cluster(open_folder / ("long" * 40), durable=False)
    cluster.start()
    assert len(str(cluster.socket_folder)) < 90
    assert cluster.is_running()
    cluster.stop()
    assert not cluster.is_running()
    shutil.rmtree(cluster.socket_folder)


def test_a_closed_folder_stays_closed(open_folder: Path) -> None:
    closed = open_folder / "home"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "data", durable=False)
    try:
        cluster.start()
        assert cluster.is_running()
    finally:
        cluster.stop()
        shutil.rmtree(cluster.home)
    assert closed.stat().st_mode & 0o777 == 0o700


def test_data_of_another_version_is_refused(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data", durable=False)
    cluster.start()
    cluster.stop()
    (cluster.files / "PG_VERSION").write_text("14\n")
    with pytest.raises(LauncherError, match="gemeinwerk restore"):
        Cluster(open_folder / "data").start()


@pytest.fixture
def services() -> Iterator[list[Service]]:
    """What was started; none of it outlives the test, also a failed one."""
    started: list[Service] = []
    yield started
    for service in started:
        if service.process.poll() is None:
            service.process.terminate()
        service.process.wait(30)


class Service:
    """`gemeinwerk serve` as an operator starts it."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.log = data.parent / "serve.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*SERVE, "--data", str(data), "--port", str(port)],
                env=surroundings(),
                stdout=log,
                stderr=log,
            )

    def ready(self) -> Service:
        wait_for(lambda: "Strg-C" in self.log.read_text() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()
        return self

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            return connection.getresponse().status < 600
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


def wait_for(holds: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def gone(family: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in family)


def test_the_service_survives_every_kill(open_folder: Path, services: list[Service]) -> None:
    def serve(port: int) -> Service:
        services.append(Service(open_folder / "data", port))
        return services[-1].ready()

    service = serve(free_port())
    assert service.answers()

    # A second one on the same folder, and one on the same port, are told why.
    for folder in (open_folder / "data", open_folder / "other"):
        second = subprocess.run(
            [*SERVE, "--data", str(folder), "--port", str(service.port)],
            env=surroundings(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert second.returncode == 2
        assert "--data" in second.stderr or "--port" in second.stderr

    # Killed children come back.
    for word in ("granian", "postgres"):
        [child] = [
            child
            for child in psutil.Process(service.process.pid).children()
            if word in " ".join(child.cmdline())
        ]
        child.kill()
        wait_for(lambda child=child: not child.is_running() or child.status() == "zombie")
        time.sleep(0.3)
        wait_for(service.answers)

    # With the supervisor die all others; the next start needs no help.
    family = service.family()
    service.process.kill()
    service.process.wait()
    wait_for(lambda: gone(family), 10)
    service = serve(service.port)

    # All at once.
    family = service.family()
    for one in (*family, psutil.Process(service.process.pid)):
        one.kill()
    service.process.wait()
    began = time.monotonic()
    service = serve(service.port)
    assert service.answers()
    assert time.monotonic() - began < 10

    # Ctrl-C stops everything cleanly.
    family = service.family()
    began = time.monotonic()
    service.process.send_signal(signal.SIGINT)
    assert service.process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert gone(family)
    assert "database system is shut down" in (open_folder / "data/logs/postgres.log").read_text()


def test_a_database_out_of_reach_is_told_in_a_sentence():
    address = parse_database_url("postgresql://owner:geheim@127.0.0.1:1/none")
    with pytest.raises(LauncherError) as refused:
        preparation.check_reachable(address)
    assert "DATABASE_URL" in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_log_files_stay_bounded_and_no_line_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "web.log"
    code = (
        "import logging; from gemeinwerk.project import logs; logs.configure(unattended=True)\n"
        "for number in range(600): logging.getLogger('gemeinwerk').info('line.%s', number)"
    )
    environment = surroundings(GEMEINWERK_LOG=str(path))
    writers = [subprocess.Popen([sys.executable, "-c", code], env=environment) for _ in range(2)]
    turned = 0
    while any(writer.poll() is None for writer in writers):
        turned += turned < log_files.KEPT and log_files.turn_over(path, limit=20_000)
        time.sleep(0.001)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert turned
    lines = [line for file in tmp_path.iterdir() for line in file.read_text().splitlines()]
    assert sorted(json.loads(line)["event"] for line in lines) == sorted(
        f"line.{number}" for number in range(600) for _ in range(2)
    )


def test_old_log_files_go_and_a_held_one_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "postgres.log"
    with path.open("a") as held:
        for number in range(log_files.KEPT + 2):
            print(number, file=held, flush=True)
            assert log_files.turn_over(path, held=True, limit=1)
            assert not log_files.turn_over(path, held=True, limit=1)
    assert path.read_text() == ""
    older = [path.with_name(f"postgres.log.{n}") for n in range(1, log_files.KEPT + 1)]
    assert [file.read_text() for file in older] == ["6\n", "5\n", "4\n", "3\n", "2\n"]
    assert len(list(tmp_path.iterdir())) == log_files.KEPT + 1
