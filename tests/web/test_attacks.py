"""Tries of an attacker that once worked, or nearly did; each stays closed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from gemeinwerk.apps.identity import limits, office, passkeys
from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.apps.identity.errors import PasskeyError
from gemeinwerk.core.access import Actor, Role
from gemeinwerk.core.kernel import new_id
from tests.offices import hire, lindenau, plugged, towns

__all__ = ["lindenau", "plugged", "towns"]

HOST = {"host": "lindenau.localhost"}


def operator(town_id: int, staff_id: Any) -> Actor:
    roles = frozenset({Role.OPERATOR})
    return Actor(kind="staff", municipality_id=town_id, staff_id=staff_id, roles=roles)


def test_nobody_gives_herself_roles_or_units(lindenau: int) -> None:
    person = hire(lindenau, "Olga Otto", "operator")
    for roles, units in (([Role.OPERATOR, Role.CASEWORKER], []), ([Role.OPERATOR], [new_id()])):
        with pytest.raises(office.OwnAccessError):
            office.change_person(
                actor=operator(lindenau, person.id),
                staff_id=person.id,
                roles=roles,
                unit_ids=units,
                now=timezone.now(),
            )


def test_bottomless_json_of_a_passkey_is_a_refusal() -> None:
    with pytest.raises(PasskeyError):
        passkeys._parsed("[" * 19_000)
    with pytest.raises((PasskeyError, json.JSONDecodeError)):
        passkeys._parsed('{"a":')


def test_nobody_is_flooded_with_links(lindenau: int) -> None:
    now = timezone.now()
    for _ in range(limits.LINKS):
        limits.reserve_link(new_id(), "Opfer@x.example", net="a", now=now)
    with pytest.raises(TooManyTriesError):
        limits.reserve_link(new_id(), "opfer@X.example", net="b", now=now)
    limits.reserve_link(new_id(), "opfer@x.example", net="b", now=now + limits.HOUR)


def test_reports_of_barriers_are_limited(towns: tuple[int, int]) -> None:
    client = Client(headers=HOST)
    answers = [
        client.post("/barriere-melden", {"text": "Das Feld ist nicht zu lesen"}).status_code
        for _ in range(limits.REPORTS_PER_NET + 1)
    ]
    assert answers == [200] * limits.REPORTS_PER_NET + [429]


@pytest.mark.parametrize(
    "path",
    [
        "/static/x/" + "a" * 300 + ".css",
        "/static/x/" + "a/" * 2500 + "b.css",
        "/static/x/..%2f..%2f..%2fsettings.css",
        "/static/x/..%5c..%5csettings.css",
        "/static/x/%00.css",
        "/static/x/%ed%a0%80.css",
        "/static/x//etc/passwd",
        "/lebenslage/" + "a" * 5000,
        "/leistung/%ed%a0%80",
        "/suche?q=" + "%ed%a0%80" * 50,
        "/suche?q=" + "a" * 20_000,
        "/suche?q=%25_%27%22%5c()%26!:*",
        "/antrag/00000000-0000-0000-0000-000000000000/seite/%ed%a0%80",
        "/vorgang/ffffffff-ffff-ffff-ffff-ffffffffffff",
        "/amt/anmelden?weiter=//evil.example",
        "/amt/anmelden?weiter=%09//evil.example",
        "/gesundheit?x[]=1",
    ],
)
def test_no_address_brings_a_page_down(towns: tuple[int, int], path: str) -> None:
    answer = Client(headers=HOST, raise_request_exception=False).get(path)
    assert answer.status_code < 500
    assert b"evil.example" not in answer.content
    if path.startswith("/static/"):
        assert answer.status_code in (400, 404)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "\\\\evil"],
)
def test_the_way_back_never_leaves_the_host(towns: tuple[int, int], target: str) -> None:
    answer = Client(headers=HOST).post("/sprache/de", {"zurueck": target})
    assert answer.headers["Location"] == "/"


def test_every_changing_route_wants_the_token(towns: tuple[int, int]) -> None:
    from gemeinwerk.project.urls import urlpatterns

    strict = Client(headers=HOST, enforce_csrf_checks=True)
    checked = 0
    for route in _routes(urlpatterns, ""):
        answer = strict.post(f"/{route}", {"a": "b"})
        # The interface for machines looks at a key instead, never at a cookie.
        refused = 401 if route.endswith("/applications") else 403
        assert answer.status_code in (refused, 405), route
        checked += 1
    assert checked > 60


def _routes(patterns: Any, before: str) -> list[str]:
    found = []
    for each in patterns:
        here = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            found += _routes(each.url_patterns, here)
        else:
            found.append(_filled(here))
    return found


def _filled(route: str) -> str:
    samples = {"uuid": str(new_id()), "slug": "hund", "str": "x", "path": "x", "int": "1"}
    return re.sub(r"<(\w+):\w+>", lambda match: samples[match[1]], route)
