"""The supervisor (Aufsicht): starts database, web and worker, watches them, stops them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import http.client
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import FrameType

from gemeinwerk.project.environment import DatabaseAddress, Environment
from gemeinwerk.project.launcher import log_files, preparation, processes
from gemeinwerk.project.launcher.children import Child
from gemeinwerk.project.launcher.errors import LauncherError
from gemeinwerk.project.launcher.holding import Holding
from gemeinwerk.project.launcher.locks import open_lock
from gemeinwerk.project.launcher.postgres import Cluster

HOST = "127.0.0.1"
_STOP_WITHIN = 6.0  # seconds for web and worker; the database gets the rest of ten
_COMMAND = [sys.executable, "-m", "gemeinwerk.project.command_line"]

Say = Callable[[str], None]


class Supervisor:
    """All processes of one data folder. `run` returns the exit code of the command."""

    def __init__(
        self,
        environment: Environment,
        *,
        workers: int,
        say: Say,
        notes: Callable[[Path], Iterable[str]] = lambda data: (),
    ) -> None:
        self._environment = environment
        self._data = environment.data
        self._workers = workers
        self._say = say
        self._notes = notes
        self._embedded = not os.environ.get("DATABASE_URL")
        self._mark = f"GEMEINWERK_SUPERVISED={hashlib.sha256(bytes(self._data)).hexdigest()[:16]}"
        self._stop = threading.Event()
        self._children: list[Child] = []
        self._holding: Holding | None = None

    def run(self) -> int:
        """Start everything, watch until a signal comes, stop everything."""
        self._data.mkdir(mode=0o711, parents=True, exist_ok=True)
        (self._data / "logs").mkdir(mode=0o700, exist_ok=True)
        with self._locked():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, self._asked_to_stop)
            try:
                self._start()
                self._watch()
            finally:
                self._shut_down()
        return 0

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop.set()

    def _start(self) -> None:
        self._stop_leftovers()
        self._check_port()
        self._check_front_end()
        owner = self._start_database()
        if self._environment.mode == "production":
            preparation.check_durable(owner)
            self._check_fitness()
        if self._environment.mode == "demo" and not self._stop.is_set():
            self._seed(owner)
        if self._stop.is_set():
            return
        with self._step("Web und Arbeiter laufen"):
            self._children = [self._web(), *self._worker()]
            for child in self._children:
                child.start()
            self._wait_for_answer()
        self._show_addresses(owner)

    def _start_database(self) -> DatabaseAddress:
        cluster = None
        if self._embedded:
            with self._step("PostgreSQL läuft"):
                cluster = Cluster(self._data)
                self._holding = Holding(cluster)
                self._holding.enter_first()
        with self._step("Datenbank ist auf dem Stand dieser Version"):
            owner = preparation.owner_of(cluster)
            preparation.prepare(owner, self._data)
        return owner

    def _check_fitness(self) -> None:
        """Refuse to serve real people while a fact of `check --deploy` is weak (S98)."""
        with self._step("Betriebsbereitschaft ist geprüft"):
            done = subprocess.run(
                [*_COMMAND, "check", "--deploy", "--json"],
                env=self._surroundings("web"),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                return
        try:
            facts = json.loads(done.stdout)["facts"]
        except (ValueError, KeyError):
            raise LauncherError(
                f"Die Prüfung der Betriebsbereitschaft brach ab: {done.stderr.strip()[-500:]}",
                "The check of this installation broke off; run: gemeinwerk check --deploy",
            ) from None
        weak = [found for found in facts if found["state"] == "weak"]
        raise LauncherError(
            "So darf Gemeinwerk nicht für echte Menschen laufen. Es fehlt:\n"
            + "\n".join(f"  - {found['german']}" for found in weak),
            "Gemeinwerk must not serve real people like this. Missing:\n"
            + "\n".join(f"  - {found['name']}: {found['english']}" for found in weak),
        )

    def _seed(self, owner: DatabaseAddress) -> None:
        """Fill a new demo; an interrupted filling is repeated, so the command must go on."""
        if importlib.util.find_spec("gemeinwerk.project.commands.demo") is None:
            return
        stamp = self._data / "demo.seeded"
        database = hashlib.sha256(f"{owner.host}:{owner.port}/{owner.name}".encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == database:
            return
        with self._step("Demo-Gemeinden sind angelegt"):
            log = self._data / "logs" / "demo.log"
            with log.open("ab") as output:
                process = subprocess.Popen(
                    [*_COMMAND, "demo", "seed"],
                    env=self._surroundings("worker"),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    preexec_fn=processes.die_with_parent(signal.SIGTERM),
                )
            while process.poll() is None:
                if self._stop.wait(0.1):
                    process.terminate()
                    process.wait()
                    return
            if process.returncode != 0:
                raise LauncherError(
                    f"Die Demo ließ sich nicht anlegen; der Grund steht am Ende von {log}.",
                    f"Seeding the demo failed; see the end of {log}.",
                )
            stamp.write_text(database)

    def _web(self) -> Child:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi"]
        command += ["--host", HOST, "--port", str(self._environment.port)]
        command += ["--workers", str(self._workers), "--blocking-threads", "4", "--no-ws"]
        command += ["--respawn-failed-workers", "--respawn-interval", "0.2"]
        command += ["--workers-kill-timeout", "3", "--log-level", "warning"]
        # S33: longer header lines are refused before our code sees them.
        command += ["--http1-buffer-size", str(64 * 1024)]
        command += ["--log-config", str(Path(__file__).with_name("granian-log.json"))]
        command += ["gemeinwerk.project.wsgi:application"]
        return self._child("web", command)

    def _worker(self) -> list[Child]:
        if importlib.util.find_spec("gemeinwerk.project.commands.worker") is None:
            return []
        return [self._child("worker", [*_COMMAND, "worker"])]

    def _child(self, role: str, command: list[str]) -> Child:
        log = self._data / "logs" / f"{role}.log"
        return Child(role, command, {**self._surroundings(role), "GEMEINWERK_LOG": str(log)}, log)

    def _surroundings(self, role: str) -> dict[str, str]:
        name, _, value = self._mark.partition("=")
        return {
            **os.environ,
            name: value,
            # Not what a shell or a test happens to have set: it would lead to other data.
            "DJANGO_SETTINGS_MODULE": "gemeinwerk.project.settings",
            "GEMEINWERK_ROLE": role,
            "GEMEINWERK_MODE": self._environment.mode,
            "GEMEINWERK_DATA": str(self._data),
            "GEMEINWERK_PORT": str(self._environment.port),
        }

    def _watch(self) -> None:
        while not self._stop.wait(0.1):
            if self._holding is not None and not self._holding.cluster.watch():
                self._say("PostgreSQL ist abgestürzt und wird neu gestartet.")
                self._holding.cluster.start()
            log_files.turn_over(self._data / "logs" / "postgres.log", held=True)
            for child in self._children:
                log_files.turn_over(child.log)
                code = child.watch()
                if code is not None:
                    self._say(f"{child.name} endete ({code}), Neustart folgt; siehe {child.log}")

    def _shut_down(self) -> None:
        deadline = time.monotonic() + _STOP_WITHIN
        if self._children:
            self._say("Gemeinwerk wird beendet ...")
        for child in self._children:
            child.ask_to_stop()
        for child in self._children:
            child.wait_stopped(deadline)
        if self._holding is not None:
            self._holding.leave()

    def _stop_leftovers(self) -> None:
        """Stop web and worker of an earlier start whose supervisor was killed."""
        pids = processes.marked(self._mark)
        if not pids:
            return
        self._say("Reste eines früheren Starts werden beendet.")
        processes.send(pids, signal.SIGTERM)
        processes.wait_gone(pids, 3)
        # A web server that is stopped may just have started another of its workers.
        while pids := processes.marked(self._mark):
            processes.send(pids, signal.SIGKILL)
            if not processes.wait_gone(pids, 2):
                return

    def _check_port(self) -> None:
        port = self._environment.port
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as taken:
                if taken.errno not in (errno.EADDRINUSE, errno.EACCES):
                    raise
                raise LauncherError(
                    f"Der Port {port} ist belegt oder nicht erlaubt. Beenden Sie das andere "
                    f"Programm oder wählen Sie einen anderen Port: --port {port + 1}",
                    f"Port {port} is busy or not allowed. Stop the other program or choose "
                    f"another port: --port {port + 1}",
                ) from taken

    def _check_front_end(self) -> None:
        folder = Path(__file__).resolve().parents[2] / "web" / "ui" / "static" / "vendor"
        if not folder.is_dir():
            self._say("Es fehlen die Teile der Oberfläche; führen Sie scripts/frontend aus.")

    def _wait_for_answer(self, seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._stop.wait(0.03):
            if self._answers():
                return
            if (code := self._children[0].exit_code()) is not None:
                raise LauncherError(
                    f"Der Webserver startet nicht ({code}); siehe {self._children[0].log}",
                    f"The web server does not start ({code}); see {self._children[0].log}",
                )
        if not self._stop.is_set():
            self._say(f"Der Webserver antwortet noch nicht; siehe {self._children[0].log}")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._environment.port, timeout=5)
        with contextlib.closing(connection):
            try:
                connection.request("HEAD", "/", headers={"Host": self._environment.base_domain})
                connection.getresponse()
            except (OSError, http.client.HTTPException):
                return False
        return True

    def _show_addresses(self, owner: DatabaseAddress) -> None:
        base, port = self._environment.base_domain, self._environment.port
        self._say("")
        self._say(f"  Startseite       http://{base}:{port}")
        for slug, name in preparation.towns(owner):
            self._say(f"  {name:<16} http://{slug}.{base}:{port}")
        for line in self._notes(self._data):
            self._say(line)
        self._say(f"\n  Daten und Protokolle in {self._data}. Beenden mit Strg-C.")

    @contextlib.contextmanager
    def _step(self, done: str) -> Iterator[None]:
        begun = time.monotonic()
        yield
        seconds = f"{time.monotonic() - begun:.1f}".replace(".", ",")
        self._say(f"  {done} ({seconds} s)")

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with open_lock(self._data / "serve.lock") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LauncherError(
                    f"Gemeinwerk läuft schon mit dem Datenordner {self._data}. "
                    "Ein zweites braucht einen eigenen: --data ORDNER",
                    f"Gemeinwerk already serves {self._data}. "
                    "A second one needs a folder of its own: --data DIR",
                ) from None
            yield
