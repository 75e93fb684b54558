"""Every dossier route, for everybody but Anna: the same page, and nothing in it (S04, S10, S11)."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.urls import get_resolver

from tests.people import ClientOf, annas_case, client_of
from tests.web.portal.citizen import Citizen, text_of

__all__ = ["annas_case", "client_of"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


def dossier_routes() -> list[str]:
    """Return every route of the portal below a dossier."""
    from gemeinwerk.web.portal.routes import urlpatterns

    routes = [str(entry.pattern) for entry in urlpatterns]
    return [route for route in routes if "draft_id>" in route or "dossier_id>" in route]


def filled(route: str, dossier: UUID) -> str:
    route = re.sub(r"<uuid:(draft_id|dossier_id)>", str(dossier), route)
    route = re.sub(r"<uuid:\w+>", str(uuid4()), route)
    return "/" + re.sub(r"<\w+:\w+>", "person", route)


def test_the_routes_are_found() -> None:
    assert len(dossier_routes()) >= 18
    assert get_resolver() is not None


@pytest.mark.parametrize("who", ["Ben", "Petra", "Carla", "Ada", "Nobody"])
def test_strangers_see_the_same_as_for_nothing(
    client_of: ClientOf, annas_case: UUID, who: str
) -> None:
    client = client_of(who)
    for route in dossier_routes():
        if route.startswith("weiter/"):
            continue
        for method in (client.get, client.post):
            real, none = method(filled(route, annas_case)), method(filled(route, uuid4()))
            assert real.status_code == none.status_code == 404, route
            plain = [re.sub(r"csrf.*?>|[0-9a-f-]{36}", "", text_of(page)) for page in (real, none)]
            assert plain[0] == plain[1], route
            assert "Beispiel" not in plain[0]


def test_the_same_address_in_another_town_is_nothing(client_of: ClientOf, annas_case: UUID) -> None:
    elsewhere = Citizen("birkenfurt")
    elsewhere.client.cookies["__Host-session"] = client_of("Anna").cookies["__Host-session"].value
    assert client_of("Anna").get(f"/vorgang/{annas_case}").status_code == 200
    assert elsewhere.client.get(f"/vorgang/{annas_case}").status_code == 404
