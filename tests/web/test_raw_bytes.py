"""What a person wrote lies nowhere in the clear: database, WAL, files, temp, logs, backup (S71)."""

from __future__ import annotations

import io
import logging
import secrets
import string
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from gemeinwerk.project.environment import DatabaseAddress
from gemeinwerk.project.launcher import roles
from tests.offices import make_towns, plugged
from tests.parking import Outside, _press, open_office
from tests.web.portal.citizen import Citizen, sample

__all__ = ["plugged"]


def new_marker(word: str) -> str:
    """Return letters (so that they pass as a name) that no earlier run left in the shared WAL."""
    return f"Zebra{word}" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(10))


ANSWER, NAME, MESSAGE, NOTE, FILE, TITLE = map(
    new_marker, ("garten", "brecht", "nachricht", "vermerk", "inhalt", "datei")
)
MARKERS = (ANSWER, NAME, MESSAGE, NOTE, FILE, TITLE)


@dataclass
class Hall:
    """A town whose deeds are committed, and what it left behind."""

    office: Any
    address: DatabaseAddress
    server: Any
    data: Path
    log: io.StringIO


@pytest.fixture
def hall(
    committed_db: DatabaseAddress,
    plugged: None,
    test_server: Any,
    tmp_path: Path,
    as_owner: Callable[[], AbstractContextManager[None]],
    as_worker: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Hall]:
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.connectors.virus_scan import StructuralScanner
    from gemeinwerk.project import logs
    from gemeinwerk.web.ui.middleware.town import forget_towns

    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    outside = Outside()
    for port in (ports.mail_delivery, ports.residents_register, ports.addresses):
        monkeypatch.setattr(port, "_connector", outside)
    monkeypatch.setattr(ports.scanner, "_connector", StructuralScanner())
    monkeypatch.setattr(ports.typesetter, "_connector", _press())
    forget_towns()
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    stream = io.StringIO()
    logs.configure(stream)
    with as_owner():
        town_id, _ = make_towns()
    with tenancy.town(town_id):
        office = open_office(town_id, outside, as_worker)
    yield Hall(office, committed_db, test_server, tmp_path, stream)
    root.handlers[:], root.level = before[0], before[1]
    forget_towns()


def picture() -> bytes:
    """Return a sound picture with a marker in its bytes."""
    made, words = io.BytesIO(), PngImagePlugin.PngInfo()
    words.add_text("Comment", FILE)
    Image.new("RGB", (40, 30), (200, 210, 220)).save(made, "PNG", pnginfo=words)
    assert FILE.encode() in made.getvalue()
    return made.getvalue()


def live_through_it(hall: Hall) -> None:
    """A draft with faults, a submission, a message, a note, errors and refusals."""
    from django.utils import timezone

    from gemeinwerk.apps.cases import actions as cases
    from gemeinwerk.apps.municipalities import tenancy

    town = hall.office.town_id
    anna = Citizen(raise_request_exception=False)
    anna.begin()
    with tenancy.town(town):
        answers = sample(remark=ANSWER, family_name=NAME)
    for page in ("person", "vehicle", "period", "remark", "contact"):
        wrong = {name: f"{value} {ANSWER}" for name, value in answers.items()}
        anna.post(f"/seite/{page}", wrong)
        for _ in range(2):
            anna.post(f"/seite/{page}", answers)
    anna.post("/merken", {"email": f"{NAME}@{ANSWER}.example"})
    assert anna.upload(picture(), name=f"{TITLE}.png").status_code == 302
    assert anna.submit().status_code == 302
    now = timezone.now()
    hall.office.work(now)
    status = f"/vorgang/{anna.draft}"
    assert anna.client.post(f"{status}/nachricht", {"text": MESSAGE}).status_code == 302
    with tenancy.town(town):
        ben = hall.office.actor("Ben")
        cases.claim(actor=ben, case_id=anna.id, now=now)
        cases.note(actor=ben, case_id=anna.id, text=NOTE, now=now)
    hall.office.work(now)
    stranger = Citizen(raise_request_exception=False)
    stranger.client.get(f"{status}?q={ANSWER}")
    stranger.client.get(f"/suche?q={ANSWER}")
    stranger.client.post(f"/weiter/{anna.draft}", {"code": ANSWER})
    stranger.client.post("/amt/anmelden", {"email": f"{NAME}@x.example", "passwort": MESSAGE})
    stranger.client.post("/amt/anmelden", {"email": f"{NAME}\0", "passwort": MESSAGE})
    assert ANSWER in anna.client.get(status).content.decode()


def spellings(marker: str) -> tuple[bytes, ...]:
    """Return how a marker looks as text, in a dumped `bytea`, and in UTF-16."""
    return marker.encode(), marker.encode().hex().encode(), marker.encode("utf-16-le")


def found_in(data: bytes) -> set[str]:
    return {marker for marker in MARKERS if any(each in data for each in spellings(marker))}


def traces(folder: Path) -> dict[str, set[str]]:
    """Return the files below a folder that hold markers."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and (markers := found_in(path.read_bytes())):
            found[str(path)] = markers
    return found


def test_nothing_a_person_wrote_lies_in_the_clear(hall: Hall) -> None:
    from gemeinwerk.project import backups
    from gemeinwerk.project.backups import making

    live_through_it(hall)
    superuser = hall.server.cluster.superuser(hall.address.name)
    with roles.connect(superuser) as connection:
        connection.execute("CHECKPOINT")
        query = "SELECT oid FROM pg_database WHERE datname = current_database()"
        row = connection.execute(query).fetchone()
    assert row is not None
    cluster = hall.server.cluster.files
    assert (cluster / "base" / str(row[0])).is_dir()
    assert traces(cluster / "base" / str(row[0])) == {}
    assert traces(cluster / "pg_wal") == {}
    assert traces(hall.data) == {}  # files, keys, temp
    assert found_in(hall.log.getvalue().encode()) == set()
    assert found_in(hall.server.cluster.log.read_bytes()) == set()

    backups.make(hall.data, superuser, hall.data / "copy", with_town_keys=True)
    assert traces(hall.data / "copy") == traces(hall.data / "copy-keys") == {}
    plain = subprocess.run(
        [making.program("pg_restore"), "-f", "-", str(hall.data / "copy" / "database.dump")],
        capture_output=True,
        check=True,
    ).stdout
    assert b"applications_submission" in plain
    assert found_in(plain) == set()


def test_the_scan_would_find_it(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    leaked = new_marker("leck")
    monkeypatch.setattr(sys.modules[__name__], "MARKERS", (leaked,))
    with roles.connect(hall.server.cluster.superuser(hall.address.name)) as connection:
        connection.execute(f"CREATE TABLE leak AS SELECT '{leaked}' AS text")
        connection.execute("CHECKPOINT")
    assert leaked in set().union(*traces(hall.server.cluster.files / "pg_wal").values())
