"""Production (S98): nothing of the demo can exist, and a weak installation does not start."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.project import environment
from gemeinwerk.project.environment import SettingError
from tests.house.test_launcher import free_port, wait_for

COMMAND = [sys.executable, "-m", "gemeinwerk.project.command_line"]
DOMAIN = "rathaus.example.org"
LISTING = (
    "import django; django.setup();"
    "from gemeinwerk.project.deployment.settings import routes; print('\\n'.join(routes()))"
)


class Peer:
    """A partner on loopback that answers every connection with one text."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _ = self._socket.accept()
            except OSError:
                return
            with peer:
                peer.sendall(self._answer)

    def close(self) -> None:
        self._socket.close()


@dataclass(frozen=True)
class House:
    """A data folder and the settings of a production that is fit."""

    data: Path
    settings: dict[str, str]

    def run(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        settings = {**self.settings, **changed}
        return subprocess.run(
            [*COMMAND, *words], env=settings, capture_output=True, text=True, check=False
        )

    def facts(self, **changed: str) -> dict[str, str]:
        done = self.run("check", "--deploy", "--json", **changed)
        found = json.loads(done.stdout)
        assert done.returncode == (0 if found["fit"] else 1), done.stderr
        assert all(fact["german"] and fact["english"] for fact in found["facts"])
        return {fact["name"]: fact["state"] for fact in found["facts"]}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    import shutil
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="gemeinwerk-"))
    folder.chmod(0o711)
    scanner, mail = Peer(b"PONG\0"), Peer(b"220 ready\r\n")
    settings = {
        name: value for name, value in os.environ.items() if not name.startswith("GEMEINWERK_")
    }
    settings.pop("DATABASE_URL", None)
    settings |= {
        "GEMEINWERK_MODE": "production",
        "GEMEINWERK_DATA": str(folder / "data"),
        "GEMEINWERK_DOMAIN": DOMAIN,
        "GEMEINWERK_PROXY": "127.0.0.1",
        "GEMEINWERK_MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
        "GEMEINWERK_SCANNER_URL": f"clamd://127.0.0.1:{scanner.port}",
        "DJANGO_SETTINGS_MODULE": "gemeinwerk.project.settings",
    }
    made = House(folder / "data", settings)
    done = made.run("setup")
    assert done.returncode == 0, done.stderr
    yield made
    scanner.close()
    mail.close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def fit(house: House) -> dict[str, str]:
    return house.facts()


def test_a_good_installation_is_fit(fit: dict[str, str]) -> None:
    assert len(fit) >= 30
    assert [name for name, state in fit.items() if state == "weak"] == []


@pytest.mark.parametrize(
    ("setting", "value", "weak"),
    [
        ("GEMEINWERK_MODE", "demo", {"mode.production", "demo.no_routes"}),
        ("GEMEINWERK_MODE", "test", {"mode.production", "demo.no_routes"}),
        ("GEMEINWERK_DOMAIN", "", {"domain.named"}),
        ("GEMEINWERK_DOMAIN", "town.localhost", {"domain.named"}),
        ("GEMEINWERK_DOMAIN", "192.0.2.1", {"domain.named"}),
        ("GEMEINWERK_PROXY", "", {"proxy.named"}),
        ("GEMEINWERK_SCANNER_URL", "", {"scanner.named", "scanner.answers"}),
        ("GEMEINWERK_SCANNER_URL", "clamd:///nowhere/clamd.ctl", {"scanner.answers"}),
        ("GEMEINWERK_MAIL_URL", "", {"mail.named", "mail.encrypted"}),
        ("GEMEINWERK_MAIL_URL", "smtp://mail.invalid:1?security=none", {"mail.encrypted"}),
    ],
)
def test_each_weak_setting_is_named(
    house: House, fit: dict[str, str], setting: str, value: str, weak: set[str]
) -> None:
    found = house.facts(**{setting: value})
    assert weak <= {name for name, state in found.items() if state == "weak"}


def test_weak_places_are_named(house: House, fit: dict[str, str]) -> None:
    key = house.data / "secrets" / "web-key.secret"
    kept = key.read_text()
    (house.data / "keys").mkdir(exist_ok=True)
    (house.data / "keys").chmod(0o755)
    (house.data / "keys" / "1.lock").touch(mode=0o644)
    key.write_text("short")
    key.chmod(0o644)
    (house.data / "secrets" / "demo-logins.secret").touch(mode=0o600)
    try:
        found = house.facts()
    finally:
        (house.data / "keys").chmod(0o700)
        (house.data / "keys" / "1.lock").unlink()
        key.write_text(kept)
        key.chmod(0o600)
        (house.data / "secrets" / "demo-logins.secret").unlink()
    assert {name for name, state in found.items() if state == "weak"} == {
        "keys.folder_closed",
        "keys.files_closed",
        "secret.length",
        "secrets.closed",
        "demo.no_sample_data",
    }


def test_a_weak_installation_does_not_start(house: House, fit: dict[str, str]) -> None:
    port = str(free_port())
    done = house.run("serve", "--port", port, GEMEINWERK_SCANNER_URL="")
    assert done.returncode == 2
    assert "So darf Gemeinwerk nicht für echte Menschen laufen" in done.stderr
    assert "GEMEINWERK_SCANNER_URL nennt einen Virenscanner" in done.stderr
    assert "must not serve real people" in done.stderr
    assert "Traceback" not in done.stderr


@dataclass(frozen=True)
class Answer:
    status: int
    location: str


def ask(port: int, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request("GET", path, headers={"Host": DOMAIN, **named})
        answer = connection.getresponse()
        answer.read()
        return Answer(answer.status, answer.headers.get("Location", ""))
    finally:
        connection.close()


def test_a_fit_installation_serves_behind_tls_only(
    house: House, fit: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port), "--workers", "1"],
            env=house.settings,
            stdout=output,
            stderr=output,
        )
    try:
        wait_for(lambda: "Strg-C" in log.read_text() or process.poll() is not None)
        assert "Betriebsbereitschaft ist geprüft" in log.read_text(), log.read_text()
        assert ask(port, "/") == Answer(301, f"https://{DOMAIN}/")
        assert ask(port, "/", X_Forwarded_Proto="https").status == 200
        for path in ("/demo", "/demo/post", "/demo/werden", "/demo/bausteine"):
            for host in (DOMAIN, f"lindenau.{DOMAIN}"):
                assert ask(port, path, X_Forwarded_Proto="https", Host=host).status == 404
        assert ask(port, "/", X_Forwarded_Proto="https", Host="127.0.0.1").status == 404
        assert ask(port, "/", X_Forwarded_Proto="https", X_Long="x" * 70_000).status == 431
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    logged = (house.data / "logs" / "web.log").read_text()
    lines = [json.loads(line) for line in logged.splitlines()]
    assert {line["event"] for line in lines} >= {"web.request"}


# The three things of the demo, each by itself.


def test_the_role_chooser_and_the_mail_page_have_no_address(house: House) -> None:
    def routes(mode: str) -> str:
        settings = {**house.settings, "GEMEINWERK_MODE": mode}
        done = subprocess.run(
            [sys.executable, "-c", LISTING],
            env=settings,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    demo = routes("demo")
    assert "gemeinwerk.project.demo.views.become" in demo
    assert "gemeinwerk.project.demo.views.mails" in demo
    assert "gemeinwerk.project.demo" not in routes("production")


def test_the_demo_cannot_be_seeded(house: House) -> None:
    done = house.run("demo", "seed")
    assert done.returncode == 2
    assert "nur im Vorführbetrieb" in done.stderr


@pytest.mark.parametrize(
    ("missing", "name"),
    [({"scanner_url": ""}, "SCANNER"), ({"mail_url": ""}, "MAIL")],
)
def test_neither_structural_check_alone_nor_file_mailbox_can_be_plugged(
    monkeypatch: pytest.MonkeyPatch, missing: dict[str, Any], name: str
) -> None:
    from django.conf import settings

    from gemeinwerk.project import wiring

    real = {"scanner_url": "clamd://127.0.0.1:1", "mail_url": "smtps://127.0.0.1:1"}
    fake = replace(settings.ENVIRONMENT, mode="production", **{**real, **missing})
    monkeypatch.setattr(settings, "ENVIRONMENT", fake)
    with pytest.raises(SettingError, match=f"GEMEINWERK_{name}_URL"):
        wiring.plug()


def test_a_named_scanner_never_leaves_the_structural_check_alone() -> None:
    from gemeinwerk.connectors import virus_scan

    scanner = virus_scan.from_address("clamd:///nowhere/clamd.ctl")
    assert scanner.name == "structural+clamd"
    picture = b"\x89PNG\r\n\x1a\n"
    assert scanner.scan(picture, ("image/png",)).result != "clean"


def test_serving_without_a_word_is_production(monkeypatch: pytest.MonkeyPatch) -> None:
    from gemeinwerk.project.commands import serve
    from gemeinwerk.project.launcher import supervisor

    seen: list[str] = []

    class Asked:
        def __init__(self, found: environment.Environment, **rest: Callable[..., object]) -> None:
            seen.append(found.mode)

        def run(self) -> int:
            return 0

    monkeypatch.setattr(supervisor, "Supervisor", Asked)
    monkeypatch.delenv("GEMEINWERK_MODE")
    assert serve.run(serve_words()) == 0
    assert seen == ["production"]


def serve_words() -> Any:
    import argparse

    return argparse.Namespace(port=None, demo=False, workers=1)
