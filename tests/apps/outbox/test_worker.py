"""The worker's loop: does what is due, stops when told, outlives a database that is away."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import OperationalError

from gemeinwerk.project.commands import worker


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "PAUSE", 0.01)
    monkeypatch.setattr(worker, "AFTER_FAILURE", 0.01)


def no_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    from gemeinwerk.apps.outbox import rounds

    monkeypatch.setattr(rounds.Rounds, "run_due", lambda self, stop=None: 0)


def jobs(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    from gemeinwerk.apps.outbox import worker as outbox

    monkeypatch.setattr(outbox, "run_one", run)


def test_once_empties_the_queue_and_ends(monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    left = [1, 2, 3]
    no_rounds(monkeypatch)
    jobs(monkeypatch, lambda handlers, clock: bool(left) and left.pop() is not None)
    worker.work(threading.Event(), once=True)
    assert left == []


def test_it_stops_between_two_jobs(monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    stop, done = threading.Event(), []

    def one(handlers: object, clock: object) -> bool:
        done.append(1)
        if len(done) == 3:
            stop.set()
        return True

    no_rounds(monkeypatch)
    jobs(monkeypatch, one)
    worker.work(stop)
    assert len(done) == 3


def test_a_database_that_is_away_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    stop, tries = threading.Event(), []

    def one(handlers: object, clock: object) -> bool:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError
        stop.set()
        return False

    no_rounds(monkeypatch)
    jobs(monkeypatch, one)
    worker.work(stop)
    assert len(tries) == 3


def test_a_queue_that_never_empties_lets_the_rounds_have_their_turn(
    monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    from gemeinwerk.apps.outbox import rounds

    stop = threading.Event()
    monkeypatch.setattr(rounds.Rounds, "run_due", lambda self, stopped: stop.set())
    jobs(monkeypatch, lambda handlers, clock: True)
    worker.work(stop)
    assert stop.is_set()
