"""The rarer kinds of questions over HTTP: entries with pages of their own, what may be missing,
worded declarations, and answers that fall away and come back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from gemeinwerk.core.forms import Field
from tests.core.forms.form_samples import DECLARED, KINDS
from tests.parking import NOW, Office, operator
from tests.web.portal import citizen
from tests.web.portal.citizen import Citizen

SLUG = "arten-von-fragen"
GIVEN = {"F1": "3.1950", "F2": "32 691608 5334785", "F4": "true", "F5": "",
         "G1[0].F1": "1.5.2027", "G1[0].F2": "m"}  # fmt: skip


@pytest.fixture
def kinds(office: Office, monkeypatch: Any) -> Office:
    """Publish resident parking with one more page that has all the rarer kinds."""
    from gemeinwerk.apps.catalogue import actions as catalogue
    from gemeinwerk.apps.catalogue import queries
    from gemeinwerk.apps.municipalities import actions as municipalities

    package = queries.package_of(office.version_id)
    (page,) = KINDS.pages
    chain = Field(id="F6", label="Warum?", visible_when='F1 > date("1950-01-01")', minimum=0)
    deeper = Field(id="F7", label="Seit wann?", visible_when="is_given(F6)", minimum=0)
    page = msgspec.structs.replace(page, nodes=(*page.nodes, chain, deeper))
    form = msgspec.structs.replace(package.form, pages=(*package.form.pages, page))
    made = replace(package, key="kinds", name="Arten von Fragen", form=form)
    for name, value in package.tests[0].parameters.items():
        municipalities.set_parameter(
            actor=operator(office.town_id), service_key="kinds", name=name, value=value,
            valid_from=date(2026, 1, 1), norm="Test", now=NOW,
        )  # fmt: skip
    catalogue.publish(
        actor=operator(office.town_id), package=made, unit_id=office.unit_id, source="test",
        now=NOW, slug=SLUG,
    )  # fmt: skip
    monkeypatch.setattr(citizen, "SLUG", SLUG)
    return office


def location(response: Any) -> str:
    assert response.status_code == 302, response.content.decode()[:3000]
    return response.headers["Location"]


def test_entries_are_given_one_page_each_and_all_of_it_arrives(kinds: Office) -> None:
    anna = Citizen().ready()
    place = anna.at("/seite/kinds")
    opened = location(anna.post("/seite/kinds", {**GIVEN, "_add": "G2"}))
    assert opened == f"{place}?eintrag=G2%5B0%5D"
    page = anna.client.get(opened).content.decode()
    assert "Hund 1" in page and 'name="_entry" value="G2[0]"' in page and "G1[0]" not in page

    entry = {"_entry": "G2[0]", "G2[0].F1": "", "G2[0].F2": "Dackel"}
    refused = anna.client.post(opened, entry)
    assert (refused.status_code, "Füllen Sie „Rufname“ aus." in refused.content.decode()) == (
        422,
        True,
    )
    assert location(anna.client.post(opened, {**entry, "G2[0].F1": "Bello"})) == place
    second = location(anna.post("/seite/kinds", {**GIVEN, "_add": "G2"}))
    listed = anna.get("/seite/kinds").content.decode()
    assert "Bello, Dackel" in listed and "noch nicht ausgefüllt" in listed
    held = anna.post("/seite/kinds", GIVEN)
    assert (held.status_code, "Der 2. Eintrag bei „Hund“" in held.content.decode()) == (422, True)
    assert location(anna.post("/seite/kinds", {**GIVEN, "_open": "G2[1]"})) == second
    assert location(anna.post("/seite/kinds", {**GIVEN, "_remove": "G2[1]"})).startswith(place)
    assert location(anna.post("/seite/kinds", GIVEN)) == anna.at("/nachweise")

    check = anna.get("/pruefen").content.decode()
    for words in ("März 1950 (Tag nicht bekannt)", DECLARED, "48,137443° N", "Bello", "fehlt noch",
                  "eintrag=G2%5B0%5D"):  # fmt: skip
        assert words in check
    receipt = anna.client.get(
        location(anna.post("/absenden", {"stand": anna.revision()}))
    ).content.decode()
    assert "Diese Angaben fehlen noch: Flurstück." in receipt
    kept = submitted(anna)
    assert kept.answers["F2"] == "48.137443,11.575569"
    texts = {row.path: row for section in kept.sections for row in section.rows}
    assert texts["F4"].text == f"Ja: {DECLARED} (Fassung 2026-01)"
    assert texts["F5"].missing and not texts["F1"].missing


def submitted(anna: Citizen) -> Any:
    from gemeinwerk.apps.applications import queries
    from tests.parking import applicant

    return queries.submission_for(applicant(_town(), anna.id), anna.id).content


def _town() -> int:
    from gemeinwerk.apps.municipalities import tenancy

    return tenancy.current_id()


@pytest.mark.parametrize("seed", range(4))
def test_answers_fall_away_come_back_and_are_never_sent_meanwhile(kinds: Office, seed: int) -> None:
    """The chain F1 -> F6 -> F7 in any order: what is sent is what the last answers call for."""
    chance = random.Random(seed)
    anna = Citizen().ready()
    young, old = {**GIVEN, "F1": "1960"}, {**GIVEN, "F1": "1940"}
    full = {**young, "F6": "Darum", "F7": "2000"}
    for _ in range(3):  # each sending may open one more question
        anna.post("/seite/kinds", full)
    last = full
    for _ in range(4):
        last = chance.choice(
            (young | {"F6": "Darum", "F7": "2000"}, old, {**old, "F6": "Heimlich"})
        )
        for _ in range(3):
            shown = anna.get("/seite/kinds").content.decode()
            sent = {key: text for key, text in last.items() if f'name="{key}"' in shown}
            anna.post("/seite/kinds", sent)
    stands = last["F1"] == "1960"
    assert ("Darum" in anna.get("/pruefen").content.decode()) == stands
    location(anna.post("/absenden", {"stand": anna.revision()}))
    answers = submitted(anna).answers
    assert (answers.get("F6"), answers.get("F7")) == (("Darum", "2000") if stands else (None, None))
