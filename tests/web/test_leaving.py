"""Citizens leave a shared device; opening a matter gives the browser a new session id (S23)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from gemeinwerk.apps.applications.errors import WrongCodeError
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.kernel import new_id
from tests.offices import plugged, towns

__all__ = ["plugged", "towns"]

COOKIE = "__Host-session"


@pytest.fixture
def anna(towns: tuple[int, int]) -> Iterator[Client]:
    """A browser with one matter open."""
    client = Client(headers={"host": "lindenau.localhost"})
    with tenancy.town(towns[0]):
        session, token = identity.begin_session(now=timezone.now())
        identity.remember_dossier(session, new_id())
    client.cookies[COOKIE] = token
    yield client


def sessions(town_id: int) -> int:
    with tenancy.town(town_id):
        return Session.objects.count()


def test_leaving_ends_the_session_and_clears_the_browser(
    anna: Client, towns: tuple[int, int]
) -> None:
    assert "Auf diesem Gerät beenden" in anna.get("/beendet").content.decode()
    token = anna.cookies[COOKIE].value
    answer = anna.post("/beenden")
    assert answer.headers["Location"] == "/beendet"
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert answer.cookies[COOKIE]["secure"]
    assert sessions(towns[0]) == 0
    anna.cookies[COOKIE] = token
    page = anna.get("/beendet").content.decode()
    assert "Auf diesem Gerät beendet" in page
    assert "Auf diesem Gerät beenden" not in page


def test_only_a_post_leaves(anna: Client, towns: tuple[int, int]) -> None:
    assert anna.get("/beenden").status_code == 405
    assert sessions(towns[0]) == 1
    strict = Client(headers={"host": "lindenau.localhost"}, enforce_csrf_checks=True)
    strict.cookies[COOKIE] = anna.cookies[COOKIE].value
    assert strict.post("/beenden").status_code == 403
    assert sessions(towns[0]) == 1


def test_a_session_of_another_town_is_not_touched(anna: Client, towns: tuple[int, int]) -> None:
    anna.post("/beenden", headers={"host": "birkenfurt.localhost"})
    assert sessions(towns[0]) == 1


def test_the_access_code_gives_a_new_session_id(
    anna: Client, towns: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from gemeinwerk.web.portal.views import keep

    dossier = new_id()
    before = anna.cookies[COOKIE].value

    def judged(*, code: str, **rest: object) -> None:
        if code != "right":
            raise WrongCodeError

    monkeypatch.setattr(keep.actions, "open_with_code", judged)
    assert anna.post(f"/weiter/{dossier}", {"code": "wrong"}).status_code == 422
    assert anna.cookies[COOKIE].value == before
    anna.post(f"/weiter/{dossier}", {"code": "right"})
    assert anna.cookies[COOKIE].value != before
    with tenancy.town(towns[0]):
        [row] = Session.objects.all()
    assert UUID(row.data["dossiers"][-1]) == dossier
    assert len(row.data["dossiers"]) == 2
    stale = Client(headers={"host": "lindenau.localhost"})
    stale.cookies[COOKIE] = before
    assert "Auf diesem Gerät beenden" not in stale.get("/beendet").content.decode()
