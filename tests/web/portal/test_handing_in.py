"""The evidence page: what is wrong is told at once, with what is accepted (R11)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.parking import Office, photo
from tests.web.portal.citizen import Citizen, sample, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen().begin().fill()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "leer"),
        (b"%PDF-1.7 nothing more", "Datei"),
        (b"<html><script>alert(1)</script>", "SVG"),
        (b"MZ" + bytes(500), "Datei"),
        (b"PK\x03\x04" + bytes(100), "Datei"),
        (photo()[:60], "beschädigt"),
        (bytes(11_000_000), "zu groß"),
    ],
    ids=["empty", "broken", "markup", "program", "archive", "cut", "large"],
)
def test_a_wrong_file_is_told_with_its_name_and_the_formats(
    anna: Citizen, data: bytes, words: str
) -> None:
    response = anna.upload(data, "Schein <b>.png")
    page = text_of(response)
    assert response.status_code == 422
    assert "Schein &lt;b&gt;.png" in page
    assert words in page
    assert "Erlaubt sind PDF, JPG, PNG, HEIC bis 10 MB." in page
    assert "Der Nachweis" in text_of(anna.get("/pruefen")), "it does not count as handed in"


def test_a_body_above_the_limit_is_told_as_too_large(anna: Citizen) -> None:
    response = anna.upload(bytes(13_000_000))
    assert response.status_code in (413, 422)
    assert "zu groß" in text_of(response)


def test_without_a_file_she_is_asked_to_choose(anna: Citizen) -> None:
    response = anna.post("/nachweise/vehicle_papers/hochladen")
    assert response.status_code == 422
    assert "Wählen Sie zuerst eine Datei aus." in text_of(response)


def test_a_reload_of_the_answer_shows_the_evidence(anna: Citizen) -> None:
    for rest in ("hochladen", "spaeter"):
        answer = anna.get(f"/nachweise/vehicle_papers/{rest}")
        assert answer.headers["Location"] == anna.at("/nachweise")


def test_a_file_comes_goes_after_a_question_and_comes_again(anna: Citizen) -> None:
    anna.upload(name="Fahrzeugschein Łukasiewicz.png")
    page = text_of(anna.get("/nachweise"))
    assert "Fahrzeugschein Łukasiewicz.png" in page
    remove = re.search(r'action="([^"]+/entfernen)"', page)[1]  # type: ignore[index]
    asked = text_of(anna.client.post(remove))
    assert "Möchten Sie diese Datei entfernen?" in asked
    assert "Fahrzeugschein" in text_of(anna.get("/nachweise")), "asking removes nothing"
    anna.client.post(remove, {"sicher": "ja"})
    assert "Fahrzeugschein Łukasiewicz.png" not in text_of(anna.get("/nachweise"))
    assert anna.client.post(remove).status_code == 404
    anna.upload()
    assert "Schein.png" in text_of(anna.get("/pruefen"))


def test_several_files_at_once(anna: Citizen) -> None:
    files = [SimpleUploadedFile(f"Seite {n}.png", photo()) for n in (1, 2, 3)]
    anna.post("/nachweise/vehicle_papers/hochladen", {"datei": files})
    page = text_of(anna.get("/pruefen"))
    assert "Seite 1.png, Seite 2.png, Seite 3.png" in page


@pytest.fixture
def keeper(anna: Citizen) -> Citizen:
    """The car belongs to somebody else, whose permission may follow."""
    elsewhere = sample() | {"G99000031.F99000312": "false", "G99000031.F99000313": "Ben Muster"}
    for _ in range(2):
        anna.post("/seite/vehicle", elsewhere)
    return anna


def test_what_may_follow_has_a_day(keeper: Citizen) -> None:
    day = timezone.localdate() + timedelta(days=7)
    sent = keeper.post("/nachweise/keeper_permission/spaeter", {"bis": f"{day:%d.%m.%Y}"})
    assert sent.status_code == 302
    assert f"folgt bis {day.day}. " in text_of(keeper.get("/pruefen"))


@pytest.mark.parametrize("typed", ["", "bald", "1.1.2020", "31.12.9999", "00.00.0000", "٣"])
def test_a_day_that_cannot_be_is_told_at_the_day(keeper: Citizen, typed: str) -> None:
    response = keeper.post("/nachweise/keeper_permission/spaeter", {"bis": typed})
    assert response.status_code == 422
    assert 'href="#bis-keeper_permission"' in text_of(response)


def test_what_may_not_follow_cannot_be_put_off(anna: Citizen) -> None:
    day = timezone.localdate() + timedelta(days=7)
    sent = anna.post("/nachweise/vehicle_papers/spaeter", {"bis": day.isoformat()})
    assert sent.status_code == 422


def test_evidence_nobody_asked_for_is_refused(anna: Citizen) -> None:
    assert anna.upload(key="keeper_permission").status_code == 422
    assert anna.upload(key="../../etc/passwd").status_code == 404
    assert anna.upload(key="x" * 3000).status_code == 422
