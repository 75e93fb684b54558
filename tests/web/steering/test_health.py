"""Health and metrics: they tell machines what they need and strangers nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from gemeinwerk.apps import ports
from tests.offices import Browser


class DeadKeys:
    """A key store that is gone."""

    def town_key(self, municipality_id: int) -> object:
        raise OSError(f"secret path of {municipality_id}")


def test_all_is_well(towns: tuple[int, int]) -> None:
    answer = Client(headers={"host": "localhost"}).get("/gesundheit")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "keys": "ok"}


def test_a_dead_key_store_is_seen_without_details(
    towns: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports.key_store, "_connector", DeadKeys())
    answer = Client(headers={"host": "localhost"}).get("/gesundheit")
    assert answer.status_code == 503
    assert answer.json() == {"status": "failed", "database": "ok", "keys": "failed"}
    assert "secret" not in answer.content.decode()


def test_metrics_for_the_own_machine(towns: tuple[int, int]) -> None:
    text = Client(headers={"host": "127.0.0.1"}).get("/metriken").content.decode()
    assert 'gemeinwerk_reading{town="lindenau",key="jobs_set_aside"} 0' in text
    assert 'gemeinwerk_alarm{town="birkenfurt",key="files_unchecked"} 0' in text


def test_a_visitor_through_the_proxy_is_not_local(
    towns: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = dataclasses.replace(settings.ENVIRONMENT, proxy="127.0.0.1")
    monkeypatch.setattr(settings, "ENVIRONMENT", environment)
    client = Client(headers={"host": "localhost", "X-Forwarded-For": "127.0.0.1, 192.0.2.7"})
    assert client.get("/metriken").status_code == 404


def test_strangers_see_no_metrics(towns: tuple[int, int], browser: Browser) -> None:
    stranger = Client(headers={"host": "localhost"}, REMOTE_ADDR="192.0.2.7")
    assert stranger.get("/metriken").status_code == 404
    assert browser().get("/metriken").status_code == 404


def test_a_token_opens_from_afar(
    towns: tuple[int, int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from gemeinwerk.web.steering import health

    monkeypatch.setattr(health, "_token", lambda: "long secret")
    for token, status in (("long secret", 200), ("long", 404), ("", 404)):
        client = Client(headers={"host": "localhost", "Authorization": f"Bearer {token}"})
        assert client.get("/metriken", REMOTE_ADDR="192.0.2.7").status_code == status
