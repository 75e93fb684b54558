"""Nothing acknowledged is ever lost (S60, S61, R41): processes die while applications arrive.

Citizens send applications over HTTP and repeat a request that got no answer. Meanwhile a web
worker, the web server, the worker, PostgreSQL and the supervisor are killed at random moments.
In the end each receipt that was shown has exactly one submission and one case.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks.senders import Browser, WrongAnswerError
from benchmarks.services import answers_of, package_of_size
from gemeinwerk.project.launcher import roles
from gemeinwerk.project.launcher.postgres import Cluster
from tests.paths import REPOSITORY

COMMAND = [sys.executable, "-m", "gemeinwerk.project.command_line"]
HOST = "lindenau.localhost"
VICTIMS = ("web worker", "worker", "postgres", "web", "backend", "supervisor")
PAGES = answers_of(package_of_size(3, 10))


def surroundings(data: Path) -> dict[str, str]:
    """Return an environment without what the test run itself has set."""
    ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "GEMEINWERK_ROLE", "PYTEST_CURRENT_TEST")
    clean = {name: value for name, value in os.environ.items() if name not in ours}
    return {**clean, "GEMEINWERK_MODE": "test", "GEMEINWERK_DATA": str(data)}


class TownHall:
    """`gemeinwerk serve` in a folder, with its processes by name."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def found(self) -> str:
        """Found the town and return where its service is."""
        command = [sys.executable, "-m", "tests.stage", str(self.data)]
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=surroundings(self.data),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def serve(self) -> None:
        """Start and wait until the town answers."""
        with (self.data / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(self.port)],
                env=surroundings(self.data),
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, (self.data / "serve.log").read_text()[-2000:]
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """Kill -9 one process, as the out-of-memory killer would."""
        with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
            found = self._find(name)
            if found is not None:
                os.kill(found, signal.SIGKILL)
        if name == "supervisor" and self._process is not None:
            self._process.wait()
            self.serve()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)

    def _find(self, name: str) -> int | None:
        assert self._process is not None
        if name == "supervisor":
            return self._process.pid
        parts = {"web worker": "granian", "web": "granian", "worker": "worker"}
        mark = parts.get(name, "postgres")
        for child in psutil.Process(self._process.pid).children():
            line = child.cmdline()
            if any(part.endswith(mark) for part in line[:4]):
                below = child.children() if name in ("web worker", "backend") else [child]
                return random.choice(below).pid if below else None
        return None

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with (
            contextlib.closing(connection),
            contextlib.suppress(OSError, http.client.HTTPException),
        ):
            connection.request("GET", "/", headers={"Host": HOST})
            return connection.getresponse().status == 200
        return False

    def rows(self, query: str) -> list[str]:
        """Ask as superuser, who passes every wall."""
        with roles.connect(Cluster(self.data).superuser("gemeinwerk")) as connection:
            return [str(value) for (value,) in connection.execute(query)]


def _free_port() -> int:
    """Return a free port that no client gets: one that knocks at its own number finds itself."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Citizen:
    """Sends applications and repeats what got no answer, as people do."""

    def __init__(self, port: int, slug: str) -> None:
        self._port, self._slug = port, slug
        self._browser = Browser(port, HOST)
        self.refusals: list[str] = []

    def close(self) -> None:
        self._browser.close()

    def apply(self) -> str:
        """Return the id of the dossier whose receipt was answered."""
        self._browser.forget()
        self._ask(lambda b: b.get(f"/leistung/{self._slug}"))
        place = self._ask(lambda b: b.post(f"/leistung/{self._slug}/beginnen", {}))
        for _, posted in PAGES:
            place = self._ask(lambda b, at=place, fields=posted: b.post(at, fields))
        check = self._ask(lambda b: b.get(place))
        revision = re.search(r'name="stand" value="(\d+)"', check)
        assert revision is not None
        send = place.replace("/pruefen", "/absenden")
        receipt = self._ask(lambda b: b.post(send, {"stand": revision[1]}))
        assert receipt.endswith("/eingang"), receipt
        return receipt.split("/")[2]

    def _ask(self, request: Callable[[Browser], str]) -> str:
        deadline = time.monotonic() + 60
        while True:
            try:
                return request(self._browser)
            except (OSError, http.client.HTTPException):
                pass  # no answer: nobody knows whether it arrived
            except WrongAnswerError as wrong:
                if not str(wrong).rpartition(": ")[2].startswith("5"):
                    self.refusals.append(str(wrong))
                    raise
            assert time.monotonic() < deadline, "the town hall did not come back"
            time.sleep(0.1)
            self._browser.close()
            cookies, token = self._browser.cookies, self._browser.token
            self._browser = Browser(self._port, HOST)
            self._browser.cookies, self._browser.token = cookies, token


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[TownHall]:
    hall = TownHall(tmp_path / "data")
    yield hall
    hall.stop()


def play(
    hall: TownHall, *, wanted: int, citizens: int, pause: tuple[float, float], kills: int
) -> list[str]:
    """Let citizens send until so many are acknowledged, killing meanwhile; return their ids."""
    slug = hall.found()
    hall.serve()
    receipts: list[str] = []
    faults: list[str] = []
    done = threading.Event()

    def send() -> None:
        citizen = Citizen(hall.port, slug)
        try:
            while len(receipts) < wanted:
                receipts.append(citizen.apply())
                time.sleep(0.05)
        except Exception as failure:
            faults.append(f"{failure!r} {citizen.refusals}")
        finally:
            citizen.close()

    threads = [threading.Thread(target=send) for _ in range(citizens)]
    for thread in threads:
        thread.start()
    killer = threading.Thread(target=_kill, args=(hall, done, pause, kills))
    killer.start()
    for thread in threads:
        thread.join()
    done.set()
    killer.join()
    assert faults == []
    return receipts


def _kill(hall: TownHall, done: threading.Event, pause: tuple[float, float], kills: int) -> None:
    # Seeded by nothing: every run finds other moments.
    for number in range(kills):
        if done.wait(random.uniform(*pause)):
            return
        hall.kill(VICTIMS[number % len(VICTIMS)])


def check(hall: TownHall, receipts: list[str]) -> None:
    """Each receipt has one submission and one case, nothing is there twice, the chain holds."""
    assert len(set(receipts)) == len(receipts)
    hall.stop()
    hall.serve()  # the next start finds everything
    submissions = hall.rows("SELECT id FROM applications_submission")
    assert sorted(submissions) == sorted(receipts)
    numbers = hall.rows("SELECT number FROM applications_submission")
    assert len(set(numbers)) == len(numbers)
    cases = _wait_for(lambda: hall.rows("SELECT id FROM cases_case"), len(receipts))
    assert sorted(cases) == sorted(receipts)
    opened = hall.rows("SELECT subject FROM audit_entry WHERE verb = 'case.opened'")
    assert sorted(opened) == sorted(receipts)
    assert hall.rows("SELECT id FROM outbox_job WHERE set_aside_at IS NOT NULL") == []
    hall.stop()
    verified = subprocess.run(
        [*COMMAND, "audit", "--data", str(hall.data), "verify"],
        env=surroundings(hall.data),
        capture_output=True,
        text=True,
        check=False,
    )
    assert verified.returncode == 0, verified.stdout + verified.stderr


def _wait_for(ask: Callable[[], list[Any]], count: int) -> list[Any]:
    deadline = time.monotonic() + 60
    while len(found := ask()) < count and time.monotonic() < deadline:
        time.sleep(0.3)
    return found


def test_no_acknowledged_application_is_lost_or_doubled(hall: TownHall) -> None:
    receipts = play(hall, wanted=60, citizens=4, pause=(0.3, 1.2), kills=len(VICTIMS))
    assert len(receipts) >= 60
    check(hall, receipts)


@pytest.mark.long
def test_five_hundred_applications_survive_many_kills(hall: TownHall) -> None:
    receipts = play(hall, wanted=500, citizens=8, pause=(0.2, 2.0), kills=10_000)
    assert len(receipts) >= 500
    check(hall, receipts)
