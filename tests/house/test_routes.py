"""The reviewed table of routes (S11): every route, every method, every role, and what it answers.

The table is `routes.toml`. A route that is missing there fails here; so does an answer that is
not the one somebody wrote down. The same requests show that looking changes nothing but the
record of looking, that no change comes without its token (S52), and the headers (S50, S51).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, resolve, reverse

from gemeinwerk.project import content, start_urls, urls
from gemeinwerk.web.ui import render
from tests.house.world import ROLES, World, build
from tests.offices import lindenau, plugged, towns
from tests.parking import Office, office
from tests.people import ClientOf, annas_case, bens_case, client_of, strict_sentences
from tests.studio_files import blocks

__all__ = [
    "annas_case",
    "bens_case",
    "blocks",
    "client_of",
    "lindenau",
    "office",
    "plugged",
    "strict_sentences",
    "towns",
]

TABLE = tomllib.loads(Path(__file__).with_name("routes.toml").read_text())
HOUSES: dict[str, ModuleType] = {"town": urls, "start": start_urls}
FIXED = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NEVER = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
# Nothing of a person stands in these; browsers may keep them.
KEPT = {"ui.static", "ui.brand"}
# PDFs and pictures that the desk shows in a frame of its own pages; the viewer of the browser
# lays them out with a style of its own.
FRAMED = {"desk.preview", "desk.file", "desk.letter"}
# Open with an API key and never look at a cookie, so no page can send in somebody's name.
WITH_KEYS = {"api.submit"}
# An empty form of somebody out there: this machine itself may read the metrics.
FROM: dict[str, Any] = {
    "content_type": "application/x-www-form-urlencoded",
    "REMOTE_ADDR": "198.51.100.7",
}


class Route(NamedTuple):
    """One named route: of the town's host or of the bare address."""

    house: str
    name: str
    parameters: list[str]

    def entry(self) -> dict[str, Any]:
        found: dict[str, Any] = TABLE[self.house][self.name]
        return found

    def address(self, world: World) -> str:
        values = world.values(self.name, self.parameters)
        return reverse(self.name, urlconf=HOUSES[self.house].__name__, kwargs=values)


def routes() -> list[Route]:
    return [
        Route(house, str(one.name), sorted(one.pattern.converters))
        for house, module in HOUSES.items()
        for one in flat(module.urlpatterns)
    ]


def flat(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from flat(one.url_patterns)
        else:
            yield one


@pytest.fixture
def world(
    office: Office,
    client_of: ClientOf,
    bens_case: UUID,
    blocks: None,
    monkeypatch: pytest.MonkeyPatch,
) -> World:
    # The demonstration has routes under test, too; its pages come with its mode.
    folders = [*render.TEMPLATE_FOLDERS, content.DEMO_TEMPLATES]
    monkeypatch.setattr(render, "TEMPLATE_FOLDERS", folders)
    return build(office, client_of, bens_case)


@contextmanager
def undone() -> Iterator[None]:
    """Run something and take back what it stored, so that each request finds the same town."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def writes() -> dict[str, int]:
    """Return how many rows each table has inserted, changed or deleted in this transaction.

    PostgreSQL counts those that are taken back or changed to the same as well.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def ask(
    world: World, route: Route, role: str, method: str, *, browser: Client | None = None
) -> tuple[Any, set[str]]:
    """Send one request; return the answer and the tables that it wrote to."""
    client = browser or world.browsers[role]
    cookies = {key: one.value for key, one in client.cookies.items()}
    host = {"host": "localhost"} if route.house == "start" else {}
    before = writes()
    with undone():
        answer = client.generic(method, route.address(world), headers=host, **FROM)
        b"".join(answer)  # some answers are made while they are read
    written = {name for name, count in writes().items() if count != before.get(name, 0)}
    client.cookies.clear()
    client.cookies.load(cookies)
    return answer, written


def said(answer: HttpResponse) -> str:
    """Return the class of an answer: its status, and where a redirect leads."""
    if answer.status_code not in (301, 302, 303, 307):
        return str(answer.status_code)
    path = answer["Location"].split("?")[0].split("#")[0]
    try:
        return f"{answer.status_code} {resolve(path).url_name}"
    except Resolver404:
        return f"{answer.status_code} {path}"


def expected(route: Route, method: str) -> dict[str, str]:
    """Return what the table says for each role."""
    groups: dict[str, str] = route.entry()[method.lower()]
    return {role: said for said, roles in groups.items() for role in named(roles)}


def named(roles: str) -> list[str]:
    return list(ROLES) if roles == "all" else roles.split()


def test_the_table_holds_every_route_and_no_other() -> None:
    for house in HOUSES:
        known = [route.name for route in routes() if route.house == house]
        assert len(known) == len(set(known)), "two routes of one name"
        assert all("." in name or name == "start" for name in known)
        assert set(known) == set(TABLE[house])


def test_the_table_names_every_role_once() -> None:
    for route in routes():
        entry = route.entry()
        assert set(entry) <= {"methods", "get", "post", "records"}, route.name
        for method in ("get", "post"):
            found = sorted(role for roles in entry[method].values() for role in named(roles))
            assert found == sorted(ROLES), (route.name, method)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_everybody_gets_what_the_table_says(world: World, method: str) -> None:
    wrong = []
    for route in routes():
        reviewed, records = expected(route, method), set(route.entry().get("records", []))
        for role in ROLES:
            answer, written = ask(world, route, role, method)
            place = f"{route.house} {route.name} {method} {role}"
            if said(answer) != reviewed[role]:
                wrong.append(f"{place}: {said(answer)}, not {reviewed[role]}")
            if method == "GET" and written - records:
                wrong.append(f"{place}: wrote to {sorted(written - records)}")
            wrong += [f"{place}: {fault}" for fault in faults_of_headers(route, answer)]
    assert not wrong, "\n".join(wrong)


def faults_of_headers(route: Route, answer: HttpResponse) -> list[str]:
    """Return what is wrong with the headers of an answer (S50, S51, S23)."""
    wrong = [name for name, value in FIXED.items() if answer.get(name) != value]
    wrong += [name for name in NEVER if name in answer.headers]
    kept = route.name in KEPT and answer.status_code == 200
    if not kept and answer.get("Cache-Control") != "no-store":
        wrong.append("Cache-Control")
    policy = {
        words[0]: words[1:]
        for words in (part.split() for part in answer["Content-Security-Policy"].split(";"))
        if words
    }
    shown = route.name in FRAMED and answer.status_code == 200
    framed = "'self'" if shown else "'none'"
    closed = {"object-src": "'none'", "base-uri": "'none'", "frame-ancestors": framed}
    wrong += [name for name, value in closed.items() if policy.get(name) != [value]]
    if policy.get("default-src") not in (["'none'"], ["'self'"]):
        wrong.append("default-src")
    for name, sources in policy.items():
        more = {"img-src": {"data:"}}
        if set(sources) - {"'none'", "'self'"} - more.get(name, set()):
            wrong.append(f"{name} {sources}")
    return wrong + [
        f"cookie {name}" for name, one in answer.cookies.items() if not sound(name, one)
    ]


def sound(name: str, cookie: Any) -> bool:
    """Tell whether a cookie is of this host alone and no script reads it; or is taken away."""
    closed = cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
    kept = cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict")
    return bool(name.startswith("__Host-") and closed and (kept or not cookie.value))


def test_no_change_comes_without_its_token(world: World) -> None:
    strict = {role: _strict(client) for role, client in world.browsers.items()}
    for route in routes():
        for role in ("anna", "ben", "ada", "otto"):
            answer, written = ask(world, route, role, "POST", browser=strict[role])
            refused = 401 if route.name in WITH_KEYS else 403
            assert answer.status_code == refused, (route.name, role, answer.status_code)
            assert not written - {"identity_session"}, (route.name, role, written)


def _strict(client: Client) -> Client:
    """Return the same browser, as far as Django's check of tokens is concerned a real one."""
    same: dict[str, Any] = client.defaults
    made = Client(enforce_csrf_checks=True, raise_request_exception=False, **same)
    made.cookies.load({key: one.value for key, one in client.cookies.items()})
    return made


def test_other_methods_are_refused(world: World) -> None:
    for route in routes():
        methods, allowed = route.entry()["methods"], set()
        for role in ("anna", "ben"):
            for method in ("PUT", "DELETE"):
                answer, written = ask(world, route, role, method)
                place = (route.house, route.name, role, method, answer.status_code)
                assert answer.status_code in (404, 405), place
                assert not written - {"identity_session"}, place
                allowed |= {answer["Allow"]} if answer.status_code == 405 else set()
        assert allowed == {", ".join(methods)}, (route.house, route.name)
