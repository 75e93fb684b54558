"""Form pages: saved after each, nothing typed is lost, nothing comes in that was not asked."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from html import unescape
from typing import Any
from unicodedata import normalize

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gemeinwerk.apps.applications import queries
from tests.parking import Office, applicant
from tests.paths import STANDARDS
from tests.web.portal.citizen import SLUG, Citizen, sample, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen().begin()


def answers_of(anna: Citizen, office: Office) -> dict[str, str]:
    from django.utils import timezone

    actor = applicant(office.town_id, anna.id)
    return dict(queries.draft_for(actor, anna.id, today=timezone.localdate()).answers)


def test_all_faults_at_once_and_nothing_typed_is_lost(anna: Citizen) -> None:
    response = anna.post("/seite/person", sample(birth_date="31.02.1985", postal_code="1"))
    page = text_of(response)
    assert response.status_code == 422
    assert "2 Angaben brauchen noch Ihre Hilfe" in page
    assert 'value="31.02.1985"' in page
    assert "<title>Fehler:" in page
    again = text_of(anna.get("/seite/person"))
    assert 'value="31.02.1985"' in again, "a second visit still knows what was typed"


def test_a_wrong_optional_answer_cannot_be_left_out_in_silence(anna: Citizen) -> None:
    anna.fill()
    anna.upload()
    wrong = sample() | {_optional(anna): "x" * 400}
    assert anna.post("/seite/person", wrong).status_code == 422
    assert "Speichern Sie zuerst die Seite" in text_of(anna.get("/pruefen"))
    assert anna.submit("99").status_code == 422


def _optional(anna: Citizen) -> str:
    """Return the name of an input that may stay empty."""
    page = text_of(anna.get("/seite/person"))
    return re.search(r"freiwillig.*?name=\"([^\"]+)\"", page, re.S)[1]  # type: ignore[index]


def test_what_is_typed_is_kept_before_it_is_sent(anna: Citizen, office: Office) -> None:
    first = next(iter(sample()))
    response = anna.post("/seite/person", {first: "Halb fer"}, headers={"X-Autosave": "1"})
    assert response.status_code == 204
    assert 'value="Halb fer"' in text_of(anna.get("/seite/person"))
    assert answers_of(anna, office) == {}, "typing is not answering"


def test_a_changed_answer_first_asks_what_follows_then_returns(anna: Citizen) -> None:
    anna.fill()
    anna.upload()
    page = text_of(anna.get("/pruefen"))
    links = re.findall(r'href="([^"]+zurueck=pruefen#f-[^"]+)"', page)
    assert len(links) > 10
    same = anna.client.post(links[0].split("#")[0], sample())
    assert same.headers["Location"] == anna.at("/pruefen")
    elsewhere = sample() | {"G99000031.F99000312": "false"}
    asked = anna.post("/seite/vehicle?zurueck=pruefen", elsewhere)
    assert asked.status_code == 200, "the page shows the new question"
    assert "data-focus-on" in text_of(asked)
    done = anna.post(
        "/seite/vehicle?zurueck=pruefen", elsewhere | {"G99000031.F99000313": "Ben Muster"}
    )
    assert done.headers["Location"] == anna.at("/nachweise?zurueck=pruefen")


def test_answers_that_no_longer_apply_are_told(anna: Citizen) -> None:
    anna.fill()
    elsewhere = sample() | {
        "G99000031.F99000312": "false",
        "G99000031.F99000313": "Ben Muster",
    }
    anna.post("/seite/vehicle", elsewhere)
    anna.post("/seite/vehicle", elsewhere)
    assert "gelten nicht mehr" not in text_of(anna.get("/pruefen"))
    anna.post("/seite/vehicle", elsewhere | {"G99000031.F99000312": "true"})
    page = text_of(anna.get("/pruefen"))
    assert "Diese Angaben gelten nicht mehr" in page
    assert "Ben Muster" not in page


def test_only_what_a_page_asks_is_taken(anna: Citizen, office: Office) -> None:
    before = sample()
    anna.fill("person")
    foreign = {
        "fee": "0",
        "pages_done": "contact",
        "submitted_at": "2026-01-01",
        "G99000099.F99000999": "x",
        "__proto__": "x",
        "_add": "G99000031",
    }
    anna.post("/seite/person", before | foreign)
    kept = answers_of(anna, office)
    assert set(kept) <= set(before)
    vehicle = {name for name in before if name.startswith("G99000031")}
    assert not vehicle & set(kept), "another page's answers do not come with this page"


def test_calculated_answers_cannot_be_posted(anna: Citizen, office: Office) -> None:
    anna.fill()
    page = text_of(anna.get("/pruefen"))
    label = page.index("Letzter Tag")
    told = re.search(r"<dd>([^<]+)</dd>", page[label:])[1]  # type: ignore[index]
    path = re.search(r"#f-([\w-]+)\"", page[label:])[1].replace("-", ".")  # type: ignore[index]
    anna.post("/seite/period", sample() | {path: "2099-12-31"})
    page = text_of(anna.get("/pruefen"))
    assert told in page
    assert "2099" not in page


def names(datatype_a: str) -> list[str]:
    """Return the examples of the standard that are names (yes) or are not (no)."""
    path = STANDARDS / "din-spec-91379" / "test-vectors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["A"] == datatype_a]
    plain = (
        re.sub(r"\\u\{([0-9A-F]+)\}", lambda hit: chr(int(hit[1], 16)), row["escaped"])
        for row in rows
    )
    return [normalize("NFC", text) for text in plain if text.strip() and "\0" not in text]


def test_names_of_din_91379_pass_form_and_check_page(anna: Citizen) -> None:
    for name in names("yes"):
        posted = anna.post("/seite/person", sample(family_name=name))
        assert posted.status_code == 302, name
        page = unescape(text_of(anna.get("/pruefen")))
        assert " ".join(name.split()) in " ".join(page.split()), name


def test_what_is_no_name_is_refused_with_the_remedy(anna: Citizen) -> None:
    for name in names("no"):
        posted = anna.post("/seite/person", sample(family_name=name))
        assert posted.status_code == 422, name
        assert "Familienname" in text_of(posted)


def test_sql_statements_do_not_grow_with_the_fields(anna: Citizen) -> None:
    counts = set()
    for page in ("person", "vehicle", "contact"):
        anna.get(f"/seite/{page}")
        with CaptureQueriesContext(connection) as seen:
            anna.get(f"/seite/{page}")
        counts.add(len(seen))
    assert len(counts) == 1
    assert counts.pop() <= 9


def test_neither_titles_nor_addresses_name_people(anna: Citizen) -> None:
    anna.fill(family_name="Geheimrat")
    for rest in ("", "/seite/person", "/nachweise", "/pruefen", "/merken"):
        response = anna.client.get(anna.at(rest), follow=True)
        title = re.search(r"<title>(.*?)</title>", text_of(response), re.S)[1]  # type: ignore[index]
        assert "Geheimrat" not in title
        assert all(
            "Geheimrat" not in link for link in re.findall('href="(.*?)"', text_of(response))
        )


def test_a_discarded_draft_is_gone(anna: Citizen, office: Office) -> None:
    anna.fill("person")
    assert "gelöscht" in text_of(anna.post("/verwerfen"))
    assert anna.get("/seite/person").status_code == 404


def test_a_flood_of_new_applications_from_one_net_is_told_when_to_come_back(
    office: Office, settings: Any
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, drafts_per_net=2)
    for _ in range(2):
        Citizen().begin()
    refused = Citizen().client.post(f"/leistung/{SLUG}/beginnen")
    assert refused.status_code == 429
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
    assert "in 60 Minuten noch einmal" in text_of(refused)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, drafts_per_net=9)
    Citizen().begin()
