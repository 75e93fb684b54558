"""The studio in a browser without JavaScript: from the file to the published service."""

from __future__ import annotations

import html
import re
import time
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gemeinwerk.apps.catalogue import drafts, queries
from gemeinwerk.apps.library.models import Package as ShelvedPackage
from gemeinwerk.apps.library.models import StoredSchema
from gemeinwerk.apps.municipalities import actions as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import system
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from tests.offices import Browser
from tests.studio_files import PARKING, PARKING_KEY, files_of, parking_files

UPLOAD = "/werkstatt/schema/laden"
SERVICE = f"/werkstatt/leistung/{PARKING_KEY}"
FILLED = {
    "title": "Bewohnerparkausweis beantragen",
    "summary": "Parken, wo Sie wohnen.",
    "life_situation": "mobility",
    "keywords": "Anwohnerparken\nParkausweis",
    "usual_days": "10",
    "identity_level": "none",
    "identity_reason": "Ein Mensch prüft.",
    "legal_bases": "§ 45 Abs. 1b StVO",
    "fee": "fixed",
    "fee_amount": "30,70 €",
    "fee_norm": "§ 2 Gebührenordnung",
    "fee_from": "1.1.2026",
    "purpose": "Wir prüfen Ihren Antrag.",
    "privacy_basis": "Art. 6 Abs. 1 Buchst. e DSGVO",
    "data_categories": "Name\nKennzeichen",
    "recipients": "Verkehrsüberwachung",
    "retention_years": "3",
    "retention_reason": "Rückfragen nach Ablauf",
    "retention_norm": "",
}


def send(client: Any, files: list[tuple[str, bytes]]) -> Any:
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(UPLOAD, {"dateien": given})


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def office(towns: tuple[int, int]) -> UUID:
    with tenancy.town(towns[0]):
        return municipalities.add_unit(actor=system(towns[0], name="test"), name="Bürgerbüro").id


@pytest.fixture
def loaded(ina: Any) -> str:
    """The address of the report on the parking schema."""
    answer = send(ina, parking_files())
    assert answer.status_code == 302
    return str(answer.headers["Location"]).partition("?")[0]


@pytest.fixture
def begun(ina: Any, loaded: str) -> str:
    answer = ina.post(f"{loaded}/entwurf")
    assert answer.headers["Location"] == SERVICE
    return SERVICE


def save(ina: Any, office: UUID, towns: tuple[int, int], **changes: str) -> Any:
    with tenancy.town(towns[0]):
        draft = drafts.ServiceDraft.objects.filter(service_key=PARKING_KEY).first()
        revision = draft.revision if draft else 0
    form = {"unit": str(office), "revision": str(revision), **FILLED, **changes}
    return ina.post(SERVICE, form)


def test_from_the_file_to_the_portal(
    ina: Any, begun: str, office: UUID, towns: tuple[int, int], browser: Browser
) -> None:
    page = text_of(ina.get(begun))
    for words in ("Was fehlt noch", "Wählen Sie die Stelle", "Sagen Sie, wie lange es meist"):
        assert words in page
    refused = ina.post(f"{begun}/veroeffentlichen")
    assert refused.status_code == 422
    assert "Noch nicht veröffentlicht" in text_of(refused)
    assert save(ina, office, towns).status_code == 302
    page = text_of(ina.get(f"{begun}?gespeichert=1"))
    assert "Nichts. Die Leistung kann veröffentlicht werden." in page
    assert ina.post(f"{begun}/veroeffentlichen", {"regeln_offen": "true"}).status_code == 302
    assert "Bürgerbüro ansehen" in text_of(ina.get(begun))
    citizen = browser().get("/leistung/bewohnerparkausweis-beantragen")
    assert "30,70" in text_of(citizen)
    home = text_of(ina.get("/werkstatt/"))
    assert "veröffentlicht" in home and "S05000058" in home
    assert ina.post(f"{begun}/einstellen").status_code == 302
    assert browser().get("/leistung/bewohnerparkausweis-beantragen").status_code == 404
    assert "eingestellt" in text_of(ina.get("/werkstatt/"))


def test_the_report_tells_all_findings_in_german(ina: Any, loaded: str) -> None:
    page = text_of(ina.get(f"{loaded}?neu=1"))
    assert "Das wirkt noch nicht" in page
    assert "geladen" in page
    assert "ist in Worten geschrieben" in page


def test_the_preview_checks_and_stores_nothing(ina: Any, loaded: str) -> None:
    start = ina.get(f"{loaded}/vorschau")
    first = str(start.headers["Location"])
    page = ina.get(first)
    assert "Nichts wird gespeichert" in text_of(page)
    assert 'name="_answers"' in page.content.decode()
    empty = ina.post(first, {"_answers": "{}"})
    assert empty.status_code in (200, 422)
    hostile = ina.post(first, {"_answers": '["nicht", "gut"]'})
    assert hostile.status_code in (200, 422)
    assert ina.post(first, {"_answers": "[" * 100_000}).status_code in (200, 422)
    assert ina.get(f"{loaded}/vorschau/gibtesnicht").status_code == 404


def test_rules_in_prose_stand_beside_the_page(ina: Any, loaded: str) -> None:
    first = str(ina.get(f"{loaded}/vorschau").headers["Location"])
    pages = re.findall(
        rf'href="({loaded}/vorschau/[^"]+)"', html.unescape(ina.get(first).content.decode())
    )
    assert pages
    told = [text_of(ina.get(page)) for page in dict.fromkeys(pages)]
    assert any("Regeln, die noch nicht wirken" in page for page in told)


def test_a_list_loaded_later_reaches_the_preview(ina: Any) -> None:
    report = str(send(ina, parking_files(lists=False)).headers["Location"]).partition("?")[0]
    before = text_of(ina.get(report)).count("Liste fehlt")
    assert send(ina, files_of(*PARKING.glob("C*.xml"))).headers["Location"].startswith("/werkstatt")
    assert "Codelisten sind geladen" in text_of(ina.get("/werkstatt/?geladen=1"))
    assert text_of(ina.get(report)).count("Liste fehlt") < before


BAD = {
    "empty": (b"", "Die Datei ist leer"),
    "words": (b"Guten Tag", "kein gültiges XML"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(90), "kein gültiges XML"),
    "entity": (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "DOCTYPE"),
    "foreign": (b'<a xmlns="urn:x"/>', "gehört nicht zu XDatenfelder"),
    "large": (b"<a>" + b" " * UPLOAD_LIMIT, "größer als 10 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_get_one_sentence_and_lose_nothing(
    ina: Any, loaded: str, towns: tuple[int, int], name: str
) -> None:
    data, words = BAD[name]
    began = time.perf_counter()
    answer = send(ina, [("kaputt.xml", data)])
    assert time.perf_counter() - began < 1.5
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page and "kaputt.xml" in page
    with tenancy.town(towns[0]):
        assert StoredSchema.objects.count() == 1
    assert ina.get(loaded).status_code == 200


def test_no_file_and_too_much_at_once(ina: Any) -> None:
    assert "Wählen Sie mindestens eine Datei" in text_of(ina.post(UPLOAD, {}))
    huge = [(f"{n}.xml", b" " * UPLOAD_LIMIT) for n in range(2)]
    answer = send(ina, huge)
    assert answer.status_code == 413
    assert "zu groß" in text_of(answer)


def test_wrong_answers_are_told_at_once_and_kept(
    ina: Any, begun: str, office: UUID, towns: tuple[int, int]
) -> None:
    wrong = {
        "usual_days": "viele",
        "retention_years": "999",
        "fee_amount": "umsonst",
        "fee_norm": "",
        "fee_from": "31.2.2026",
        "identity_level": "<script>",
        "title": "x" * 301,
        "unit": "00000000-0000-0000-0000-000000000001",
        "keywords": "\n".join(str(n) for n in range(99)),
        "purpose": "Zweck\x07 mit Steuerzeichen",
    }
    answer = save(ina, office, towns, **wrong)
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert "9 Angaben brauchen" in text_of(answer)
    for kept in ("viele", "umsonst", "31.2.2026", "Zweck mit Steuerzeichen", "x" * 301):
        assert kept in page
    assert b"<script>" not in answer.content


def test_another_tab_is_told_and_nothing_is_lost(
    ina: Any, begun: str, office: UUID, towns: tuple[int, int]
) -> None:
    assert save(ina, office, towns).status_code == 302
    answer = save(ina, office, towns, revision="1", purpose="Aus dem anderen Fenster")
    assert answer.status_code == 409
    assert "Aus dem anderen Fenster" in answer.content.decode()


@pytest.fixture
def shelf(as_owner: Any, towns: tuple[int, int]) -> None:
    from gemeinwerk.apps.library.actions import shelve
    from gemeinwerk.project import content
    from tests.studio_files import NOW

    with as_owner():
        for package in content.shipped_packages():
            shelve(package, now=NOW)


def test_a_shipped_package_is_taken_up_with_values_of_the_town(
    ina: Any, shelf: None, office: UUID, towns: tuple[int, int]
) -> None:
    here = "/werkstatt/leistung/resident-parking"
    assert "resident-parking" in text_of(ina.get("/werkstatt/"))
    taken = ina.post("/werkstatt/paket/resident-parking/uebernehmen")
    assert taken.headers["Location"] == here
    page = text_of(ina.get(here))
    assert "Der örtliche Wert „Gebühr für ein Jahr“ fehlt" in page
    assert ina.post(here, {"unit": str(office), "revision": "1"}).status_code == 302
    values = ina.get(f"{here}/werte")
    assert "fehlt" in text_of(values)
    fill_in(ina, here)
    assert "fehlt" not in text_of(ina.get(f"{here}/werte"))
    assert ina.post(f"{here}/veroeffentlichen").status_code == 302
    with tenancy.town(towns[0]):
        assert [offer.service_key for offer in queries.live_offers()] == ["resident-parking"]
        rows = queries.municipalities.settings_of("resident-parking")["zones"].entries[0].value
    assert rows == [{"street": "Am Markt", "from": "1", "to": "9.5", "side": "", "zone": "A"}]


def fill_in(client: Any, here: str) -> None:
    """Set every value the package leaves open, the way a person types."""
    samples = {"money": "12,50", "number": "2", "boolean": "true", "text": "§ 1 Satzung"}
    package = ShelvedPackage.objects.get(key="resident-parking").document
    for parameter in package["parameters"]:
        if parameter.get("default") or parameter.get("optional"):
            continue
        table = "Straße;Hausnummer von;Hausnummer bis;Seite;Zone\nAm Markt;1;9,5;;A\n"
        value = samples.get(parameter["kind"], table)
        answer = client.post(
            f"{here}/werte/{parameter['name']}",
            {"wert": value, "ab": "1.1.2026", "norm": "§ 1 Satzung"},
        )
        assert answer.status_code == 302, text_of(answer)


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("fee_one_year", "viel", "eine Zahl"),
        ("fee_one_year", "-5", "mindestens 0"),
        ("fee_one_year", "", "Geben Sie"),
        ("main_residence_required", "vielleicht", "Ja oder Nein"),
        ("zones", "", "nennt nicht alle Spalten"),
        ("zones", "Straße;Zone\nx;y", "nennt nicht alle Spalten"),
        (
            "zones",
            "Straße;Hausnummer von;Hausnummer bis;Seite;Zone\nA;1;2;links;Z\nB;x;2;;Z\n;1;2;;Z",
            "In Zeile 1",
        ),
        ("zones", "Straße;Hausnummer von;Hausnummer bis;Seite;Zone\nA;1", "Zeile 1 hat 2 Spalten"),
        (
            "zones",
            'Straße;Hausnummer von;Hausnummer bis;Seite;Zone\n"A;1;2;;Z',
            "Zeile 1 der Tabelle ist nicht lesbar",
        ),
    ],
)
def test_wrong_values_are_told_and_kept(
    ina: Any, shelf: None, name: str, typed: str, told: str
) -> None:
    here = "/werkstatt/leistung/resident-parking"
    ina.post("/werkstatt/paket/resident-parking/uebernehmen")
    answer = ina.post(f"{here}/werte/{name}", {"wert": typed, "ab": "irgendwann", "norm": ""})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Tag, Monat und Jahr" in page
    answer = ina.post(f"{here}/werte/{name}", {"wert": typed, "ab": "1.1.2026", "norm": "§ 1"})
    assert answer.status_code == 422
    assert told in text_of(answer)
    kept = html.unescape(answer.content.decode())
    assert typed.split("\n")[0] in kept or name == "main_residence_required"


def test_a_town_cannot_set_what_the_package_fixes(ina: Any, shelf: None) -> None:
    here = "/werkstatt/leistung/resident-parking"
    ina.post("/werkstatt/paket/resident-parking/uebernehmen")
    assert ina.get(f"{here}/werte/gibtesnicht").status_code == 404


GETS = ("", "schema/laden", "schema/{id}", "schema/{id}/vorschau", "schema/{id}/vorschau/x")
GETS_OF_SERVICE = ("", "/vorschau", "/vorschau/x", "/werte", "/werte/fee")
POSTS = (
    "schema/laden",
    "schema/{id}/entwurf",
    "schema/{id}/vorschau/x",
    f"leistung/{PARKING_KEY}",
    f"leistung/{PARKING_KEY}/veroeffentlichen",
    f"leistung/{PARKING_KEY}/einstellen",
    f"leistung/{PARKING_KEY}/vorschau/x",
    f"leistung/{PARKING_KEY}/werte/fee",
    "paket/resident-parking/uebernehmen",
)


def test_nobody_else_comes_in(
    ina: Any,
    begun: str,
    loaded: str,
    shelf: None,
    office: UUID,
    towns: tuple[int, int],
    browser: Browser,
    signed_in: Browser,
) -> None:
    save(ina, office, towns)
    key = loaded.rpartition("/")[2]
    gets = [f"/werkstatt/{path.format(id=key)}" for path in GETS]
    gets += [SERVICE + path for path in GETS_OF_SERVICE]
    posts = [f"/werkstatt/{path.format(id=key)}" for path in POSTS]
    ben = signed_in("Ben Arslan", "caseworker", "team_lead", "operator", "mayor")
    carla = signed_in("Carla Öz", "author", town="birkenfurt")
    for path in gets:
        assert browser().get(path).headers["Location"].startswith("/amt/anmelden"), path
        assert ben.get(path).status_code == 404, path
    for path in gets[2:]:
        assert carla.get(path).status_code == 404, path
    for path in posts:
        assert browser().post(path).status_code == 404, path
        assert ben.post(path).status_code == 404, path
    for path in posts[1:8]:
        assert carla.post(path, {"revision": "0"}).status_code == 404, path
    for path in posts:
        if "entwurf" in path or "einstellen" in path or "veroeff" in path or "uebern" in path:
            assert ina.get(path).status_code == 405, path
    with tenancy.town(towns[0]):
        assert queries.live_offers() == []
