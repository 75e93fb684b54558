"""Fixtures for all tests; the database starts only when a test asks for it.

A test with `@pytest.mark.django_db` (or the fixture `db`) runs in a transaction that is rolled
back, as role `gemeinwerk_web`, behind the walls of row level security. `as_worker` and `as_owner`
change the role inside a test. A test that needs real commits (threads, processes, killed
servers) takes `committed_db`: a database of its own.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from gemeinwerk.project.environment import ROLE_NAMES, DatabaseAddress

_numbers = itertools.count(1)

# No time limit per example: speed is shown by scripts/bench, never by a timed test.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run what takes long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            raise pytest.UsageError(
                f"{item.nodeid}: the web role may not flush tables; use the fixture committed_db"
            )
    if not config.getoption("--long"):
        long = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder like `tmp_path` that the account of a database server can reach, then removed.

    Below `tmp_path`, which is closed to others, the launcher would put a cluster elsewhere.
    """
    folder = Path(tempfile.mkdtemp(prefix="gemeinwerk-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def test_server() -> Iterator[Any]:
    """The shared PostgreSQL of this checkout (`tests.database.TestServer`)."""
    from tests.database import TestServer

    server = TestServer()
    server.enter()
    yield server
    server.leave()


@pytest.fixture(scope="session")
def django_db_setup(test_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated template for this process, in place of Django's own test database."""
    name = f"run_{os.getpid()}"
    address = test_server.clone(name)
    with django_db_blocker.unblock():
        _point_django_to(address)
    yield
    with django_db_blocker.unblock():
        _disconnect()
    test_server.drop(name)


@pytest.fixture
def committed_db(
    django_db_setup: None, test_server: Any, django_db_blocker: Any
) -> Iterator[DatabaseAddress]:
    """A database of its own for a test that commits; other threads and processes may use it."""
    name = f"run_{os.getpid()}_{next(_numbers)}"
    before = dict(_settings())
    with django_db_blocker.unblock():
        address = test_server.clone(name)
        _point_django_to(address)
        yield address
        _disconnect()
    _settings().update(before)
    test_server.drop(name)


@pytest.fixture
def as_worker() -> Callable[[], AbstractContextManager[None]]:
    """Return a context manager: `with as_worker(): ...` runs as the worker's database role."""
    return lambda: _as_role(ROLE_NAMES["worker"])


@pytest.fixture
def as_owner() -> Callable[[], AbstractContextManager[None]]:
    """Return a context manager: `with as_owner(): ...` runs as the owner of the tables."""
    return lambda: _as_role(ROLE_NAMES["owner"])


@contextmanager
def _as_role(name: str) -> Iterator[None]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SHOW role")
        before = cursor.fetchone()[0]
        cursor.execute(f'SET LOCAL ROLE "{name}"')
        yield
        cursor.execute(f'SET LOCAL ROLE "{before}"')


def _settings() -> dict[str, Any]:
    from django.db import connections

    # Shared by the connections of all threads, those opened later too.
    return connections.settings["default"]


def _point_django_to(address: DatabaseAddress) -> None:
    _disconnect()
    _settings().update(
        NAME=address.name,
        USER=address.user,
        PASSWORD=address.password,
        HOST=address.host,
        PORT=str(address.port),
        OPTIONS={"options": f"-c role={ROLE_NAMES['web']} -c statement_timeout=30000"},
    )


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()
