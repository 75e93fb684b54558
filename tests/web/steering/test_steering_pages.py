"""Pages of steering: each opens for its roles only, and does what it says."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import timezone

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.identity import recovery, sign_in
from gemeinwerk.apps.municipalities import queries, tenancy
from gemeinwerk.apps.outbox.events import Event
from gemeinwerk.apps.outbox.models import Job, Ticket
from gemeinwerk.core.kernel import new_id
from tests.offices import PASSWORD, Browser, hire

AsRole = Callable[[], AbstractContextManager[None]]

PAGES = {
    "/leitung/": {"operator", "team_lead", "mayor"},
    "/leitung/zahlen": {"team_lead", "author", "mayor"},
    "/leitung/protokoll": {"operator", "mayor"},
    "/leitung/personal": {"operator"},
    "/leitung/personal/neu": {"operator"},
    "/leitung/stellen": {"operator"},
    "/leitung/schluessel": {"operator"},
    "/leitung/wiederherstellung": {"operator", "team_lead", "mayor"},
}
ROLES = ("caseworker", "team_lead", "author", "operator", "mayor", "")


class StubScanner:
    """A scanner that answers, or does not."""

    name = "Prüfstand"

    def __init__(self, result: str = "clean") -> None:
        self.result = result

    def scan(self, data: bytes, accepts: tuple[str, ...]) -> ports.Verdict:
        if self.result == "broken":
            raise OSError
        return ports.Verdict(result=self.result)


@pytest.fixture(autouse=True)
def scanner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports.scanner, "_connector", StubScanner())


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_for_their_roles_only(signed_in: Browser, role: str) -> None:
    client = signed_in("Ben Arslan", *([role] if role else []))
    for path, allowed in PAGES.items():
        expected = 200 if role in allowed else 404
        assert client.get(path).status_code == expected, path


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_sent_to_the_sign_in(browser: Browser, path: str) -> None:
    assert browser().get(path).headers["Location"] == f"/amt/anmelden?weiter={path}"


def test_a_new_person_gets_a_code_once(signed_in: Browser, towns: tuple[int, int]) -> None:
    client = signed_in("Otto Berg", "operator")
    entry = {"name": "Nora Neumann", "email": "nora@rathaus.example", "rollen": ["caseworker"]}
    page = text(client.post("/leitung/personal/neu", entry))
    assert re.search(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", page)
    assert "Nora Neumann" in text(client.get("/leitung/personal"))
    again = client.post("/leitung/personal/neu", entry)
    assert again.status_code == 422
    assert "gibt es hier schon jemanden" in text(again)


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"name": "", "email": "a@b.example"},
        {"name": "A", "email": "nothing"},
        {"name": "A\u202e", "email": "a@b@c.example"},
    ],
)
def test_faulty_entries_are_said_and_kept(signed_in: Browser, entry: dict[str, str]) -> None:
    client = signed_in("Otto Berg", "operator")
    answer = client.post("/leitung/personal/neu", entry)
    assert answer.status_code == 422
    assert "Fehler:" in text(answer)


def test_roles_from_elsewhere_are_ignored(signed_in: Browser, towns: tuple[int, int]) -> None:
    client = signed_in("Otto Berg", "operator")
    with tenancy.town(towns[0]):
        other = hire(towns[0], "Ada Krause", "caseworker").id
    entry = {"rollen": ["author", "operator", "root", ""], "stellen": ["x"], "email": "x@y.example"}
    client.post(f"/leitung/personal/{other}", entry)
    with tenancy.town(towns[0]):
        [staff] = [one for one in queries.staff_members() if one.id == other]
        assert (staff.roles, staff.email) == (["author", "operator"], "ada@rathaus.example")


def test_units_open_and_close(signed_in: Browser, towns: tuple[int, int]) -> None:
    client = signed_in("Otto Berg", "operator")
    assert client.post("/leitung/stellen", {"name": " "}).status_code == 422
    client.post("/leitung/stellen", {"name": "Ordnungsamt"})
    with tenancy.town(towns[0]):
        (unit,) = queries.units()
    client.post(f"/leitung/stellen/{unit.id}", {"name": "Bürgeramt", "telefon": "07000 1"})
    assert "Bürgeramt" in text(client.get("/leitung/stellen"))
    worker = signed_in("Ben Arslan", "caseworker", units=(unit.id,))
    assert client.post(f"/leitung/stellen/{unit.id}/schliessen").status_code == 422
    client.post(f"/leitung/personal/{worker.person.id}/ausgeschieden")
    client.post(f"/leitung/stellen/{unit.id}/schliessen")
    assert "Bürgeramt" not in text(client.get("/leitung/stellen"))
    assert worker.get("/amt/zugang").status_code == 302


def test_a_second_person_releases(signed_in: Browser, towns: tuple[int, int]) -> None:
    ben = signed_in("Ben Arslan", "caseworker").person
    lead = signed_in("Tilda Engel", "team_lead")
    with tenancy.town(towns[0]):
        instant = timezone.now()
        half, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net="x", now=instant)
        recovery.ask(half, now=instant)
    page = text(lead.get("/leitung/wiederherstellung"))
    address = re.search(r"/leitung/wiederherstellung/[0-9a-f-]+/freigeben", page)
    assert address
    assert "Ben Arslan" in page
    assert re.search(r"([A-Z2-9]{4}-){3}[A-Z2-9]{4}", text(lead.post(address[0])))
    assert lead.post(address[0]).status_code == 409


def test_carla_reaches_nobody_of_ours(signed_in: Browser) -> None:
    ben = signed_in("Ben Arslan", "caseworker").person
    carla = signed_in("Carla Lang", "operator", town="birkenfurt")
    assert "Ben Arslan" not in text(carla.get("/leitung/personal"))
    assert carla.get(f"/leitung/personal/{ben.id}").status_code == 404
    for verb in ("", "/ausgeschieden", "/zugang"):
        assert carla.post(f"/leitung/personal/{ben.id}{verb}", {}).status_code == 404
    assert carla.get(f"/leitung/protokoll?person={ben.id}").status_code == 200


def test_jobs_set_aside_are_shown_and_tried_again(
    signed_in: Browser, towns: tuple[int, int]
) -> None:
    client = signed_in("Otto Berg", "operator")
    with tenancy.town(towns[0]):
        instant = timezone.now()
        job = Job.objects.create(
            handler="notices.decide",
            event=Event.__name__,
            payload={},
            created_at=instant,
            due_at=instant,
            attempts=8,
            set_aside_at=instant,
            error="TimeoutError",
        )
    page = text(client.get("/leitung/"))
    assert "notices.decide" in page
    assert "Hier muss jemand handeln" in page
    client.post(f"/leitung/auftrag/{job.id}/wiederholen")
    assert Ticket.objects.filter(id=job.id).exists()
    assert "notices.decide" not in text(client.get("/leitung/"))
    assert client.post(f"/leitung/auftrag/{new_id()}/wiederholen").status_code == 404


@pytest.mark.parametrize("result", ["unavailable", "broken"])
def test_a_silent_scanner_is_an_alarm(
    signed_in: Browser, monkeypatch: pytest.MonkeyPatch, result: str
) -> None:
    monkeypatch.setattr(ports.scanner, "_connector", StubScanner(result))
    assert "antwortet nicht" in text(signed_in("Otto Berg", "operator").get("/leitung/"))


def test_a_broken_chain_is_an_alarm(
    signed_in: Browser, towns: tuple[int, int], as_owner: AsRole, as_worker: AsRole
) -> None:
    from gemeinwerk.apps.audit import handlers

    client = signed_in("Otto Berg", "operator")
    assert "vollständig" in text(client.get("/leitung/"))
    with tenancy.town(towns[0]):
        with as_worker():
            handlers.link_all(timezone.now())
        with as_owner():
            Entry.objects.update(verb="forged")
    assert "unterbrochen" in text(client.get("/leitung/"))


def test_each_look_at_the_record_is_recorded(signed_in: Browser, towns: tuple[int, int]) -> None:
    client = signed_in("Otto Berg", "operator")
    for address in (
        "/leitung/protokoll",
        "/leitung/protokoll?was=staff.added&von=01.01.2026&bis=2026-12-31",
        "/leitung/protokoll?vorgang=x&person=%2500&von=99.99.9999&vor=1&bis=01.01.0001",
    ):
        assert client.get(address).status_code == 200
    with tenancy.town(towns[0]):
        assert Entry.objects.filter(verb="audit.listed").count() == 3
    shown = text(client.get("/leitung/protokoll?was=staff.added"))
    assert ">Person aufgenommen</td>" in shown
    assert ">staff.added<" not in shown
    assert "Otto Berg" in text(client.get("/leitung/protokoll"))


@pytest.mark.parametrize(
    "path",
    [
        "/leitung/auftrag/{id}/wiederholen",
        "/leitung/personal/{id}/ausgeschieden",
        "/leitung/personal/{id}/zugang",
        "/leitung/stellen/{id}/schliessen",
        "/leitung/wiederherstellung/{id}/freigeben",
    ],
)
def test_changes_are_posts(signed_in: Browser, path: str) -> None:
    client = signed_in("Otto Berg", "operator", "team_lead")
    assert client.get(path.format(id=new_id())).status_code == 405
    assert client.post(path.format(id=new_id())).status_code == 404


def test_an_api_key_is_shown_once_and_ends_at_once(
    signed_in: Browser, towns: tuple[int, int]
) -> None:
    otto = signed_in("Otto Berg", "operator")
    page = "/leitung/schluessel"
    made = otto.post(page, {"name": "Portal <Nord>", "leistungen": ["*"], "tage": "30"})
    key = re.search(r"gwk_[\w-]+", text(made))
    assert key is not None
    assert made["Cache-Control"] == "no-store"
    listed = text(otto.get(page))
    assert key[0] not in listed
    assert "Portal Nord" in listed
    place = re.search(r'action="(/leitung/schluessel/[^"]+/beenden)"', listed)
    assert place is not None
    assert signed_in("Ada Funk", "author").post(place[1]).status_code == 404
    carla = signed_in("Carla Rot", "operator", town="birkenfurt")
    assert carla.post(place[1]).status_code == 404
    assert "Portal Nord" not in text(carla.get(page))
    assert otto.post(place[1]).status_code == 302
    assert "beendet" in text(otto.get(page))
    assert otto.post(place[1]).status_code == 404
    with tenancy.town(towns[0]):
        verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"api_key.added", "api_key.revoked"} <= verbs


@pytest.mark.parametrize(
    "posted",
    [
        {"name": "", "leistungen": ["*"], "tage": "30"},
        {"name": "Portal", "leistungen": ["erfunden"], "tage": "30"},
        {"name": "Portal", "leistungen": ["*"], "tage": "731"},
        {"name": "Portal", "leistungen": ["*"], "tage": "-1"},
    ],
)
def test_a_key_that_cannot_be(signed_in: Browser, posted: dict[str, Any]) -> None:
    otto = signed_in("Otto Berg", "operator")
    answer = otto.post("/leitung/schluessel", posted)
    assert answer.status_code == 422
    assert "Ein API-Schlüssel braucht einen Namen" in text(answer)
