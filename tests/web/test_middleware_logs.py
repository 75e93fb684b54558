"""Logs: one JSON line per event, with request and town, and nothing of a person (S81)."""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from gemeinwerk.apps import security
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.project import logs
from tests.offices import Browser, browser, plugged, signed_in, staff_pages, towns
from tests.paths import REPOSITORY

__all__ = ["browser", "plugged", "signed_in", "staff_pages", "towns"]

MARKER = "Zebrafink-Geheimnis"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything this process logs in the test, as in production."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    stream = io.StringIO()
    logs.configure(stream, unattended=True)
    yield stream
    root.handlers[:], root.level = before[0], before[1]
    sys.excepthook, threading.excepthook = before[2], before[3]


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line_with_id_town_route_and_status(
    towns: tuple[int, int], written: io.StringIO
) -> None:
    with override_settings(ROOT_URLCONF="tests.web.test_middleware"):
        Client(headers={"host": "lindenau.localhost"}).get(f"/echo/{MARKER}?q={MARKER}")
    [line] = lines(written)
    assert line["event"] == "web.request"
    assert line["town"] == towns[0]
    assert line["route"] == "echo/<str:word>"
    assert line["status"] == 200
    assert re.fullmatch(r"[0-9a-f-]{36}", line["request"])
    assert MARKER not in written.getvalue()


@pytest.mark.parametrize("url", ["/boom", "/away"])
def test_errors_are_told_by_kind_and_place_never_by_text(
    towns: tuple[int, int], written: io.StringIO, url: str
) -> None:
    with override_settings(ROOT_URLCONF="tests.web.test_middleware"):
        client = Client(headers={"host": "lindenau.localhost"}, raise_request_exception=False)
        client.post(f"{url}?q={MARKER}", {"name": MARKER}, headers={"user-agent": MARKER})
    found = lines(written)
    failure = next(line for line in found if line.get("kind"))
    assert failure["kind"].endswith(("ValueError", "OperationalError"))
    assert "test_middleware.py:" in failure["place"] or "middleware" in failure["place"]
    assert {line["request"] for line in found} == {found[0]["request"]}
    assert MARKER not in written.getvalue()


def test_line_ends_and_control_signs_are_escaped(written: io.StringIO) -> None:
    logging.getLogger("gemeinwerk.web").warning(
        "a.b", extra={"fact": 'x\n{"event": "forged"}\r\x1b[2J'}
    )
    assert len(written.getvalue().splitlines()) == 1
    assert "\x1b" not in written.getvalue()
    assert lines(written)[0]["fact"].startswith("x\n")


def test_texts_of_foreign_loggers_are_left_out(written: io.StringIO) -> None:
    logging.getLogger("django.request").error(
        "Not Found: %s", f"/{MARKER}", extra={"status_code": 500}
    )
    logging.getLogger("urllib3").warning(f"retrying {MARKER}")
    first, second = lines(written)
    assert (first["event"], first["status_code"]) == ("django.request", 500)
    assert second["event"] == "urllib3"
    assert MARKER not in written.getvalue()


def test_only_plain_facts_are_written(written: io.StringIO) -> None:
    logging.getLogger("gemeinwerk").warning(
        "a.b", extra={"row": {"name": MARKER}, "long": "x" * 999}
    )
    [line] = lines(written)
    assert "row" not in line
    assert len(line["long"]) == logs.LONGEST_FACT


def test_causes_are_named_by_kind(written: io.StringIO) -> None:
    try:
        try:
            raise KeyError(MARKER)
        except KeyError as cause:
            raise ValueError(MARKER) from cause
    except ValueError:
        logging.getLogger("gemeinwerk").exception("a.b")
    [line] = lines(written)
    assert (line["kind"], line["caused_by"]) == ("builtins.ValueError", ["builtins.KeyError"])
    assert MARKER not in written.getvalue()


def test_the_end_of_an_unattended_process_is_a_line_too(written: io.StringIO) -> None:
    error = RuntimeError(MARKER)
    sys.excepthook(RuntimeError, error, None)
    [line] = lines(written)
    assert (line["event"], line["level"]) == ("process.failed", "critical")
    assert MARKER not in written.getvalue()


def test_sign_in_failures_name_nobody(
    browser: Browser, signed_in: Browser, written: io.StringIO
) -> None:
    client = signed_in("Ben Arslan", "caseworker")
    stranger = browser()
    for _ in range(11):
        stranger.post("/amt/anmelden", {"email": f"{MARKER}@x.example", "passwort": MARKER})
    client.post("/amt/abmelden")
    events = [line["event"] for line in lines(written)]
    assert events.count(SecurityEvent.SIGN_IN_REFUSED) == 10
    assert SecurityEvent.LIMIT_REACHED in events
    assert SecurityEvent.SIGNED_OUT in events
    assert SecurityEvent.RIGHTS_CHANGED in events
    assert MARKER.casefold() not in written.getvalue().casefold()
    assert "Arslan" not in written.getvalue()


def test_security_events_have_stable_names_and_a_page(written: io.StringIO) -> None:
    page = (REPOSITORY / "docs" / "security-events.md").read_text()
    assert set(re.findall(r"^\| `(security\.[a-z_]+)`", page, re.MULTILINE)) == set(SecurityEvent)
    note(SecurityEvent.REFUSED, right="case.read")
    [line] = lines(written)
    assert (line["event"], line["level"]) == ("security.refused", "warning")


def test_every_security_event_is_written_somewhere() -> None:
    own = Path(security.__file__)
    source = "".join(
        path.read_text()
        for path in (REPOSITORY / "src" / "gemeinwerk").rglob("*.py")
        if path != own
    )
    assert [
        event.name for event in SecurityEvent if f"SecurityEvent.{event.name}" not in source
    ] == []
