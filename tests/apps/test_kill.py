"""Nothing acknowledged is ever lost (S60, S61, R41): processes die while applications arrive.

Citizens send applications over HTTP without a pause, repeat a request that got no answer and some
click twice. Meanwhile a web worker, the web server, the worker, PostgreSQL, one of its back ends,
the supervisor and all of them at once are killed at random moments. In the end each receipt that
was shown has exactly one submission and one case.

A kill that hits nobody proves nothing: a victim that is not there within seconds is a fault.
"""

from __future__ import annotations

import contextlib
import http.client
import logging
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
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
from tests.surroundings import free_port, surroundings

COMMAND = [sys.executable, "-m", "gemeinwerk.project.command_line"]
HOST = "lindenau.localhost"
WEB, DATABASE = "granian", "postgres"
VICTIMS = (
    "web worker",
    "worker",
    "postgres",
    "web",
    "back end",
    "supervisor",
    "everything",
)
PAGES = answers_of(package_of_size(3, 10))

log = logging.getLogger("tests.kill")


class TownHall:
    """`gemeinwerk serve` in a folder, with its processes by name."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.killed: Counter[str] = Counter()
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

    def kill(self, name: str, *, patience: float = 60) -> None:
        """Kill -9 one process, as the out-of-memory killer would; it must have been there."""
        deadline = time.monotonic() + patience
        while not (found := self._find(name)):
            assert time.monotonic() < deadline, f"there is no {name} to kill"
            time.sleep(0.05)
        victims = found if name == "everything" else [random.choice(found)]
        for victim in victims:
            with contextlib.suppress(psutil.NoSuchProcess):
                victim.kill()
        if name in ("supervisor", "everything"):
            assert self._process is not None
            self._process.wait()
            self.serve()
        _, alive = psutil.wait_procs(victims, timeout=10)
        assert not alive, f"{name} survived: {alive}"
        self.killed[name] += 1

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)

    def _find(self, name: str) -> list[psutil.Process]:
        """Return who may be meant; empty while the supervisor is starting it again."""
        assert self._process is not None
        supervisor = psutil.Process(self._process.pid)
        with contextlib.suppress(psutil.NoSuchProcess):
            if name == "supervisor":
                return [supervisor]
            if name == "everything":
                return [*supervisor.children(recursive=True), supervisor]
            if name == "web worker":
                return _children(_children([supervisor], WEB), WEB)
            if name == "back end":
                return _children(_children([supervisor], DATABASE), "gemeinwerk_")
            words = {"web": WEB, "worker": "command_line worker", "postgres": DATABASE}
            return _children([supervisor], words[name])
        return []

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


def _children(above: list[psutil.Process], words: str) -> list[psutil.Process]:
    """Return living children that have `words` in their command line."""
    return [
        child
        for process in above
        for child in process.children()
        if child.status() != psutil.STATUS_ZOMBIE and words in " ".join(child.cmdline())
    ]


class Citizen:
    """Sends applications and repeats what got no answer, as people do."""

    def __init__(self, port: int, slug: str) -> None:
        self._port, self._slug = port, slug
        self._browser = Browser(port, HOST)

    def close(self) -> None:
        self._browser.close()

    def apply(self) -> str:
        """Return the id of the dossier whose receipt was answered."""
        self._browser.forget()
        self._ask(lambda b: b.get(f"/leistung/{self._slug}"))
        place = self._ask(lambda b: b.post(f"/leistung/{self._slug}/beginnen", {}))
        for _, posted in PAGES:
            self._ask(lambda b, at=place: b.get(at))
            place = self._ask(lambda b, at=place, fields=posted: b.post(at, fields))
        check = self._ask(lambda b: b.get(place))
        revision = re.search(r'name="stand" value="(\d+)"', check)
        assert revision is not None
        send = place.replace("/pruefen", "/absenden")
        receipt = self._ask(lambda b: b.post(send, {"stand": revision[1]}))
        assert receipt.endswith("/eingang"), receipt
        if random.random() < 0.3:  # a double click
            again = self._ask(lambda b: b.post(send, {"stand": revision[1]}))
            assert again == receipt
        self._ask(lambda b: b.get(receipt))
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
                    raise
            assert time.monotonic() < deadline, "the town hall did not come back"
            time.sleep(0.1)
            self._browser.close()
            cookies, token = self._browser.cookies, self._browser.token
            self._browser = Browser(self._port, HOST)
            self._browser.cookies, self._browser.token = cookies, token


@pytest.fixture
def hall(open_folder: Path) -> Iterator[TownHall]:
    hall = TownHall(open_folder / "data")
    yield hall
    hall.stop()


def play(
    hall: TownHall, *, wanted: int, citizens: int, pause: tuple[float, float], rounds: int
) -> list[str]:
    """Let citizens send until so many are acknowledged and each victim died so often."""
    slug = hall.found()
    hall.serve()
    receipts: list[str] = []
    faults: list[str] = []
    done = threading.Event()

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as failure:
                faults.append(repr(failure))
                done.set()

        return run

    def send() -> None:
        citizen = Citizen(hall.port, slug)
        with contextlib.closing(citizen):
            while not done.is_set():
                receipts.append(citizen.apply())

    def kill() -> None:
        # Seeded by nothing: every run finds other moments. One kill in four comes while the town
        # hall still recovers from the one before, the others when work goes on again.
        while len(receipts) < wanted or min(hall.killed[name] for name in VICTIMS) < rounds:
            for name in random.sample(VICTIMS, len(VICTIMS)):
                seen, deadline = len(receipts), time.monotonic() + 60
                calm = random.random() < 0.75
                while calm and len(receipts) < seen + citizens:
                    assert time.monotonic() < deadline, f"no receipt for a minute before {name}"
                    if done.wait(0.1):
                        return
                if done.wait(random.uniform(*pause)):
                    return
                hall.kill(name)
        done.set()

    began = time.monotonic()
    threads = [threading.Thread(target=guarded(work)) for work in (*[send] * citizens, kill)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    log.info("%s receipts in %.0f s, killed: %s", len(receipts), seconds, dict(hall.killed))
    assert faults == []
    return receipts


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
    receipts = play(hall, wanted=30, citizens=4, pause=(0.2, 0.8), rounds=1)
    assert len(receipts) >= 30
    check(hall, receipts)


@pytest.mark.long
def test_five_hundred_applications_survive_many_kills(hall: TownHall) -> None:
    receipts = play(hall, wanted=500, citizens=8, pause=(0.1, 1.5), rounds=5)
    assert len(receipts) >= 500
    check(hall, receipts)


def test_a_victim_that_is_not_there_is_a_fault(hall: TownHall) -> None:
    hall._process = subprocess.Popen(["sleep", "60"])
    with pytest.raises(AssertionError, match="no web worker"):
        hall.kill("web worker", patience=0)
    assert not hall.killed
