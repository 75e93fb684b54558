"""Who must not come in: wrong unit, wrong role, the citizen, Carla of another town, nobody."""

from __future__ import annotations

from uuid import UUID

import pytest

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.cases.models import Case, Note, Request
from gemeinwerk.apps.mailbox.models import Message
from gemeinwerk.apps.notices.models import Decision
from gemeinwerk.core.kernel import new_id
from gemeinwerk.web.desk.routes import urlpatterns

PAGES = (
    "",
    "/unterlagen",
    "/anhoerung",
    "/entscheiden",
    "/entscheiden/vorschau",
    f"/datei/{new_id()}",
)
DEEDS = (
    "/uebernehmen",
    "/zurueckgeben",
    "/zuteilen",
    "/vermerk",
    "/nachricht",
    "/anwesend",
    "/unterlagen",
    "/anhoerung",
    f"/anforderung/{new_id()}/zuruecknehmen",
    "/entscheiden",
    "/entscheiden/erlassen",
    "/entscheiden/bestaetigen",
    "/entscheiden/zurueck",
)
TYPED = {
    "trotzdem": "1",
    "vermerk": "x",
    "betreff": "x",
    "nachricht": "x",
    "text": "x",
    "weitere": "x",
    "frist": "1.2.2099",
    "ergebnis": "grant",
    "grund": "x",
}


def state() -> tuple[object, ...]:
    cases = list(Case.objects.values_list("state", "assignee_id", "unread", "changed", "due_on"))
    tables = (Note, Request, Message, Decision)
    return (*cases, *(table.objects.count() for table in tables))


@pytest.mark.parametrize("name", ["Oke", "Carla", "Ada", "Anna", "Nobody"])
def test_pages_are_not_there(client_of, bens_case: UUID, name: str):
    client = client_of(name)
    for page in PAGES:
        answer = client.get(f"/amt/vorgang/{bens_case}{page}")
        if name in ("Anna", "Nobody"):
            assert (answer.status_code, answer["Location"][:13]) == (302, "/amt/anmelden"), page
        else:
            assert answer.status_code == 404, page
    assert not Entry.objects.filter(verb__in=("case.read", "file.read")).exists()


@pytest.mark.parametrize("name", ["Oke", "Carla", "Ada", "Anna", "Nobody"])
def test_deeds_are_refused_and_change_nothing(client_of, office, bens_case: UUID, name: str):
    client, before = client_of(name), state()
    typed = {**TYPED, "person": str(office.staff["Ben"])}
    for deed in DEEDS:
        answer = client.post(f"/amt/vorgang/{bens_case}{deed}", typed)
        assert answer.status_code == 404, deed
    assert state() == before


@pytest.mark.parametrize("name", ["Ada", "Anna", "Nobody"])
def test_lists_are_not_there_for_others(client_of, name: str):
    client = client_of(name)
    expected = 404 if name == "Ada" else 302
    for page in ("/amt/", "/amt/suche", "/amt/druck"):
        assert client.get(page).status_code == expected, page
    assert client.post("/amt/suche", {"q": "Beispiel"}).status_code == 404


def test_carla_finds_nothing_of_ours(client_of, bens_case: UUID):
    client, number = client_of("Carla"), Case.objects.get(pk=bens_case).number
    for answer in (
        client.get("/amt/?fach=open"),
        client.post("/amt/suche", {"q": number}),
        client.post("/amt/suche", {"q": "Beispiel"}),
        client.get("/amt/druck"),
    ):
        assert answer.status_code == 200
        assert str(bens_case) not in answer.content.decode()


def test_looking_never_posts_and_deeds_never_get(client_of, bens_case: UUID):
    ben = client_of("Ben")
    for deed in (*DEEDS[:6], DEEDS[8], *DEEDS[10:]):
        assert ben.get(f"/amt/vorgang/{bens_case}{deed}").status_code == 405, deed
    for page in ("", "/entscheiden/vorschau", PAGES[-1]):
        assert ben.post(f"/amt/vorgang/{bens_case}{page}").status_code == 405, page


def test_every_route_of_a_case_is_tried_here():
    tried = {part.strip("/").split("/")[0] for part in (*PAGES, *DEEDS)}
    routes = {
        str(one.pattern).removeprefix("vorgang/<uuid:case_id>").strip("/").split("/")[0]
        for one in urlpatterns
        if str(one.pattern).startswith("vorgang/")
    }
    assert routes <= tried
