"""Finding a service: home, search, life situations, the service page, what every town owes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.parking import Office
from tests.web.portal.citizen import SLUG, Citizen, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen()


def test_home_leads_to_the_service(anna: Citizen) -> None:
    page = text_of(anna.client.get("/"))
    assert "Was möchten Sie erledigen?" in page
    assert f'href="/leistung/{SLUG}"' in page
    assert 'href="/lebenslage/mobility"' in page
    assert "Meine Vorgänge" not in page


def test_home_knows_what_this_browser_has_open(anna: Citizen) -> None:
    anna.begin()
    assert "Meine Vorgänge" not in text_of(anna.client.get("/")), "an empty draft is no news"
    anna.fill("person")
    assert "Entwurf, gespeichert bis" in text_of(anna.client.get("/"))
    assert "Meine Vorgänge" not in text_of(Citizen().client.get("/"))


@pytest.mark.parametrize("words", ["parken", "PARKAUSWEIS", "bewohner"])
def test_search_finds_by_words(anna: Citizen, words: str) -> None:
    assert "1 Treffer" in text_of(anna.client.get("/suche", {"q": words}))


@pytest.mark.parametrize("words", ["", "   ", "xyzzy", "%", "' OR 1=1 --", "<script>", "ß" * 5000])
def test_search_without_hits_shows_all_services(anna: Citizen, words: str) -> None:
    response = anna.client.get("/suche", {"q": words})
    assert response.status_code == 200
    assert "Alle Leistungen" in text_of(response)
    assert "<script>" not in text_of(response).split("<main")[1]


def test_a_life_situation_lists_its_services(anna: Citizen) -> None:
    assert SLUG in text_of(anna.client.get("/lebenslage/mobility"))
    assert "noch keine Leistung" in text_of(anna.client.get("/lebenslage/family"))
    assert anna.client.get("/lebenslage/kochen").status_code == 404


def test_the_service_page_answers_the_four_questions(anna: Citizen) -> None:
    page = text_of(anna.client.get(f"/leistung/{SLUG}"))
    for question in ("Online möglich?", "Wie lange", "Was kostet es?", "Was brauche ich?"):
        assert question in page
    assert "{" not in page.split("<main")[1].split("</main>")[0], "every value of the town is in"


def test_the_service_page_says_which_documents_are_voluntary(anna: Citizen, office: Office) -> None:
    import msgspec

    from gemeinwerk.apps.catalogue import queries
    from gemeinwerk.web.portal import stages

    page = text_of(anna.client.get(f"/leistung/{SLUG}"))
    assert "(können Sie nachreichen)" in page
    package = queries.package_of(office.version_id)
    first, *others = package.form.evidence
    free = msgspec.structs.replace(first, required=False, required_when="")
    form = msgspec.structs.replace(package.form, evidence=(free, *others))
    rows = stages.facts_of(replace(package, form=form))["evidence"]
    assert rows[0]["voluntary"]


def test_the_page_speaks_english(anna: Citizen) -> None:
    anna.client.post("/sprache/en", {"zurueck": "/"})
    home = text_of(anna.client.get("/"))
    assert '<html lang="en"' in home
    assert "What would you like to do?" in home
    anna.begin()
    steps = text_of(anna.get())
    assert "Still open" in steps
    assert "Noch offen" not in steps
    page = text_of(anna.get("/seite/person"))
    assert "Who applies for the permit?" in page
    assert 'lang="de"' not in page.split("<main")[1].split("</main>")[0]


def test_the_language_can_change_in_the_middle(anna: Citizen) -> None:
    anna.begin().fill("person")
    anna.client.post("/sprache/en", {"zurueck": anna.at()})
    assert "Who applies for the permit?" in text_of(anna.get("/pruefen"))


@pytest.mark.parametrize(
    "path", ["/impressum", "/datenschutz", "/barrierefreiheit", "/barriere-melden"]
)
def test_every_town_has_its_legal_pages(anna: Citizen, path: str) -> None:
    assert anna.client.get(path).status_code == 200
    assert anna.client.head(path).status_code == 200


def test_a_barrier_report_needs_words_and_keeps_the_address(anna: Citizen) -> None:
    response = anna.client.post("/barriere-melden", {"text": " ", "email": "a@b.example"})
    assert response.status_code == 422
    assert "a@b.example" in text_of(response)


def test_an_unknown_page_is_told_in_german(anna: Citizen) -> None:
    response = anna.client.get("/gibt-es-nicht")
    assert response.status_code == 404
    assert "Das haben wir nicht gefunden" in text_of(response)
