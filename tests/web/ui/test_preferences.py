"""Language and appearance: changed by POST only, and the way back stays in the house."""

from __future__ import annotations

import pytest
from django.test import Client

from gemeinwerk.web.ui import preferences


@pytest.mark.parametrize("address", ["/sprache/en", "/darstellung/dunkel"])
def test_looking_changes_nothing(client: Client, address: str):
    assert client.get(address).status_code == 405
    assert not client.cookies


def test_the_language_is_remembered_and_leads_back(client: Client):
    answer = client.post("/sprache/en", {"zurueck": "/demo/bausteine"})
    assert answer["Location"] == "/demo/bausteine"
    cookie = answer.cookies[preferences.LANGUAGE_COOKIE]
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/"
    assert b'<html lang="en"' in client.get("/demo/bausteine").content


def test_the_appearance_is_remembered(client: Client):
    client.post("/darstellung/dunkel", {"zurueck": "/"})
    assert b'data-kern-theme="dark"' in client.get("/demo/bausteine").content


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil", "", "x"])
def test_the_way_back_never_leaves_the_house(client: Client, target: str):
    assert client.post("/sprache/en", {"zurueck": target})["Location"] == "/"


def test_unknown_languages_are_not_there(client: Client):
    assert client.post("/sprache/xx").status_code == 404
    assert client.post("/darstellung/bunt").status_code == 404
