"""Forms on paper in the studio, without JavaScript: from the list to the published form."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gemeinwerk.apps.library.models import PaperImport, StoredSchema
from gemeinwerk.apps.municipalities import tenancy
from tests.core.paper.sheets import csv_bytes, workbook
from tests.offices import Browser
from tests.web.studio.test_studio_pages import text_of

PAPER = "/werkstatt/papier"

pytestmark = pytest.mark.usefixtures("staff_pages")


def send_list(client: Any, data: bytes, name: str = "Standgenehmigung") -> Any:
    return client.post(PAPER, {"name": name, "datei": SimpleUploadedFile("bogen.xlsx", data)})


def shown(answer: Any) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def paper(ina: Any) -> str:
    """The address of an import of fifteen questions."""
    return str(send_list(ina, workbook()).headers["Location"])


def test_question_by_question_to_a_service(ina: Any, paper: str) -> None:
    assert "0 von 15 Fragen" in text_of(ina.get(paper))
    first = text_of(ina.get(f"{paper}/frage/1"))
    assert "Frage 1 von 15" in first
    assert "§ 2 Mustersatzung" in first
    assert "Baustein „Familienname“" in first
    assert "seit 1987 auf dem Bogen" in text_of(ina.get(f"{paper}/frage/3"))
    answer = ina.post(f"{paper}/frage/1", {"was": "p0"})
    assert answer.headers["Location"] == f"{paper}/frage/2"
    choice = ina.get(f"{paper}/frage/8").content.decode()
    keep = re.search(r'value="(p\d)"[^>]*>\s*<label[^>]*>Fragen<', choice)
    assert keep is not None
    asked = {"was": keep[1], "text": "Wie groß ist Ihr Stand?", "art": "integer", "pflicht": "ja"}
    assert ina.post(f"{paper}/frage/8", asked).status_code == 302
    ina.post(f"{paper}/frage/9", {"was": "drop", "grund": "Das <b>liest</b> niemand."})
    ina.post(f"{paper}/vorschlaege")
    done = ina.get(paper)
    told = text_of(done)
    assert "15 von 15 Fragen" in told
    assert "Fragen auf dem Papier 15" in told
    assert "zusammengelegt 1" in told
    assert "Wie groß ist Ihr Stand?" in told
    assert "&lt;b&gt;liest" in done.content.decode()
    assert 'value="Wie groß ist Ihr Stand?"' in ina.get(f"{paper}/frage/8").content.decode()
    made = ina.post(f"{paper}/entwurf", {"name": "Marktstand"})
    assert made.headers["Location"] == "/werkstatt/leistung/s99000010000"
    service = ina.get(made.headers["Location"])
    assert "Marktstand" in text_of(service)
    start = ina.get("/werkstatt/leistung/s99000010000/vorschau")
    assert "Familienname" in text_of(ina.get(start.headers["Location"]))
    assert "Leistung vorbereitet" in text_of(ina.get(PAPER))


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ({}, "Wählen Sie, was aus der Frage wird."),
        ({"was": "p77"}, "Wählen Sie, was aus der Frage wird."),
        ({"was": "drop", "grund": " "}, "Schreiben Sie, warum die Frage entfällt."),
        ({"was": "merge", "mit": "4"}, "Wählen Sie eine andere Frage"),
        ({"was": "merge", "mit": "../1"}, "Wählen Sie eine andere Frage"),
        ({"was": "b:fim:F05999999"}, "Wählen Sie einen Baustein."),
        ({"was": "b:"}, "Wählen Sie einen Baustein."),
    ],
)
def test_what_cannot_be_decided_is_told(
    ina: Any, paper: str, posted: dict[str, str], told: str
) -> None:
    answer = ina.post(f"{paper}/frage/4", posted)
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert "0 von 15 Fragen" in text_of(ina.get(paper))


def test_a_decision_can_wait_or_be_taken_back(ina: Any, paper: str) -> None:
    assert f'href="{paper}/frage/5"' in shown(ina.get(f"{paper}/frage/4"))
    ina.post(f"{paper}/frage/4", {"was": "register"})
    assert "1 von 15" in text_of(ina.get(paper))
    ina.post(f"{paper}/frage/4/spaeter")
    assert "0 von 15" in text_of(ina.get(paper))
    refused = ina.post(f"{paper}/entwurf", {"name": "Marktstand"})
    assert refused.status_code == 422
    assert "Noch offen: 15 Fragen" in text_of(refused)


def test_merged_into_nothing_stands_against_the_draft(ina: Any, paper: str) -> None:
    ina.post(f"{paper}/frage/8", {"was": "drop", "grund": "Unnötig."})
    ina.post(f"{paper}/vorschlaege")
    refused = ina.post(f"{paper}/entwurf", {"name": ""})
    assert refused.status_code == 422
    assert "Frage 14 geht in Frage 8 auf" in text_of(refused)
    assert f'href="{paper}/frage/14"' in shown(refused)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "Bogen", "Wählen Sie die Datei|weder CSV|Keine Spalte"),
        (b"Farbe;Form\nrot;rund", "Bogen", "Keine Spalte enthält die Fragen"),
        (b"PK\x03\x04", "Bogen", "weder CSV noch XLSX"),
        (b"Frage\nWas?\n" * 2_000, "Bogen", "zu groß"),
        (csv_bytes(), " ", "Nennen Sie den Namen des Formulars"),
    ],
)
def test_a_list_that_is_none(ina: Any, data: bytes, name: str, told: str) -> None:
    answer = send_list(ina, data, name)
    assert answer.status_code == 422
    assert re.search(told, text_of(answer))


def test_the_other_town_finds_nothing(
    ina: Any, paper: str, signed_in: Browser, towns: tuple[int, int]
) -> None:
    carla = signed_in("Carla Rot", "author", town="birkenfurt")
    assert carla.get(paper).status_code == 404
    assert carla.get(f"{paper}/frage/1").status_code == 404
    for deed, posted in (
        ("/frage/1", {"was": "p0"}),
        ("/frage/1/spaeter", {}),
        ("/vorschlaege", {}),
        ("/entwurf", {"name": "Meins"}),
    ):
        assert carla.post(f"{paper}{deed}", posted).status_code == 404, deed
    assert "Standgenehmigung" not in text_of(carla.get(PAPER))
    with tenancy.town(towns[0]):
        assert PaperImport.objects.get().document["decisions"] == {}
        assert not StoredSchema.objects.exists()
    ben = signed_in("Ben Arslan", "caseworker")
    assert ben.get(paper).status_code == 404
    assert ben.post(f"{paper}/vorschlaege").status_code == 404
