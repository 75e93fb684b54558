"""A database that starts anew between two requests: no citizen sees an error (S64)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import roles
from gemeinwerk.project.launcher.postgres import Cluster
from gemeinwerk.web.ui.middleware import database
from gemeinwerk.web.ui.middleware.town import forget_towns
from tests.conftest import _as_role, _disconnect, _point_django_to, _settings
from tests.offices import make_towns, plugged

__all__ = ["plugged"]


@pytest.fixture
def client(committed_db: DatabaseAddress, plugged: None) -> Iterator[Client]:
    with _as_role("gemeinwerk_owner"):
        make_towns()
    forget_towns()
    with override_settings(ROOT_URLCONF="tests.web.test_middleware"):
        yield Client(headers={"host": "lindenau.localhost"}, raise_request_exception=False)
    forget_towns()


def hang_up(test_server: Any, name: str) -> None:
    """Do to the connections of a database what a restart does; they are gone on return."""
    with roles.connect(test_server.cluster.superuser()) as superuser:
        superuser.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            (name,),
        )


def test_a_restart_between_two_requests_is_not_seen(
    client: Client, committed_db: DatabaseAddress, test_server: Any
) -> None:
    for _ in range(3):
        assert client.get("/echo").status_code == 200
        before = connection.connection
        hang_up(test_server, committed_db.name)
        assert client.post("/echo", {"a": "1"}).status_code == 200
        assert connection.connection is not before


def test_a_living_connection_is_kept_and_costs_no_statement(
    client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/echo")
    before = connection.connection
    with django_assert_num_queries(0):
        database.ready_connection()
    assert connection.connection is before


def test_a_database_that_stays_away_is_said_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    connection.close()

    def refused(*args: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "connect", refused)
    answer = client.get("/echo")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"


def test_a_request_waits_for_the_restart_of_the_whole_cluster(
    open_folder: Path, django_db_setup: None, django_db_blocker: Any
) -> None:
    cluster = Cluster(open_folder / "data", durable=False)
    before = dict(_settings())
    try:
        cluster.start()
        owner = roles.ensure_owner(cluster)
        with django_db_blocker.unblock():
            _point_django_to(owner)
            _settings()["OPTIONS"] = {}
            database.ready_connection()
            cluster.stop()
            restart = threading.Timer(0.5, cluster.start, kwargs={"detached": True})
            restart.start()
            database.ready_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                assert cursor.fetchone() == (1,)
            restart.join()
    finally:
        with django_db_blocker.unblock():
            _disconnect()
        _settings().update(before)
        cluster.stop()
