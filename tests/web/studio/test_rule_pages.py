"""Rules in the studio: prose, meaning and effect beside each other; the author decides."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID

import pytest

from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.municipalities import tenancy
from tests.offices import Browser
from tests.studio_files import PARKING_KEY, author
from tests.web.studio.test_studio_pages import SERVICE, begun, loaded, office, save, text_of

__all__ = ["begun", "loaded", "office"]

RULES = f"{SERVICE}/regeln"
HOLDER = f"{RULES}/R05000281/-"
RENEWAL = f"{RULES}/R05000334/G05000493"


def page(answer: Any) -> str:
    return html.unescape(text_of(answer))


def test_the_list_counts_and_filters(ina: Any, begun: str) -> None:
    shown = page(ina.get(RULES))
    assert "Offene Regeln: 2" in shown
    assert "Alle eindeutig übersetzten übernehmen (2)" in shown
    assert "R05000281" in page(ina.get(f"{RULES}?stand=offen"))
    assert "Keine Regeln mit diesem Stand" in page(ina.get(f"{RULES}?stand=unklar"))
    assert "2 offen" in page(ina.get(begun))
    done = ina.post(f"{RULES}/uebernehmen")
    assert done.status_code == 302
    shown = page(ina.get(done.headers["Location"]))
    assert "2 Regeln wirken jetzt" in shown and "Über alle Regeln ist entschieden" in shown
    assert "alle entschieden" in page(ina.get(begun))


def test_one_rule_shows_prose_meaning_and_effect(ina: Any, begun: str) -> None:
    shown = page(ina.get(HOLDER))
    assert "wird G05000499 zur Pflichtangabe" in shown
    assert "dann muss die Gruppe G05000499" in shown
    assert "Ohne die Regel" in shown and "Füllen Sie den Abschnitt" in shown
    answer = ina.post(HOLDER, {"tun": "confirm"})
    assert answer.headers["Location"] == f"{RENEWAL}?neu=confirmed"
    shown = page(ina.get(f"{HOLDER}?neu=confirmed"))
    assert "Bestätigt." in shown and "Ina Wolf" in shown
    assert ina.post(HOLDER, {"tun": "reopen"}).status_code == 302
    assert "offen" in page(ina.get(HOLDER))


def test_rejecting_needs_a_reason(ina: Any, begun: str) -> None:
    refused = ina.post(HOLDER, {"tun": "reject", "reason": " "})
    assert refused.status_code == 422
    assert "Sagen Sie, warum" in page(refused)
    assert ina.post(HOLDER, {"tun": "reject", "reason": "Prüft das Amt."}).status_code == 302
    assert "Grund: Prüft das Amt." in page(ina.get(HOLDER))


def test_correcting_in_words_is_read_at_once(ina: Any, begun: str) -> None:
    said = "Wenn F05001047 = 01, dann muss G05000499 befüllt werden."
    tried = ina.post(HOLDER, {"tun": "read", "wording": said})
    assert tried.status_code == 200
    assert "So ist Ihr Text verstanden" in page(tried)
    assert '= "01"' in page(tried)
    refused = ina.post(HOLDER, {"tun": "take", "wording": "Alles soll schön sein."})
    assert refused.status_code == 422
    assert "Nicht verstanden: „Alles soll schön sein" in page(refused)
    assert ina.post(HOLDER, {"tun": "take", "wording": said}).status_code == 302
    shown = page(ina.get(HOLDER))
    assert "berichtigt" in shown and said in shown


def test_an_expression_is_checked_with_its_place(ina: Any, begun: str) -> None:
    for lines, words in (
        ("required G05000499 wenn G05000477.F05001047 = ", "Zeile 1: An Zeichen"),
        ("required G05000499 wenn G1.F1 = 3", "Den Namen „G1.F1“ (Zeichen 25)"),
        ("required G05000499 wenn G05000477.F05001047 = 3", "gebraucht wird"),
        ("required G1 wenn true", "G1 gibt es in diesem Schema nicht"),
        ("mache etwas", "So steht eine Wirkung da"),
        ("", "So steht eine Wirkung da"),
    ):
        refused = ina.post(HOLDER, {"tun": "take_lines", "lines": lines})
        assert refused.status_code == 422, lines
        assert words in page(refused), (lines, page(refused)[:900])
    good = 'required G05000499 wenn G05000477.F05001047 = "02"'
    assert "Füllen Sie" in page(ina.post(HOLDER, {"tun": "read_lines", "lines": good}))
    assert ina.post(HOLDER, {"tun": "take_lines", "lines": good}).status_code == 302
    assert "berichtigt" in page(ina.get(HOLDER))


def test_publishing_asks_about_open_rules_and_the_office_sees_them(
    ina: Any, begun: str, office: UUID, towns: tuple[int, int], browser: Browser
) -> None:
    assert save(ina, office, towns).status_code == 302
    refused = ina.post(f"{begun}/veroeffentlichen")
    assert refused.status_code == 422
    assert "2 Regeln des Schemas sind noch nicht geprüft" in page(refused)
    assert ina.post(f"{begun}/veroeffentlichen", {"regeln_offen": "true"}).status_code == 302
    with tenancy.town(towns[0]):
        view = drafts.service(author(towns[0]), PARKING_KEY)
    assert len(view.package.unchecked_rules) == 2 and not view.changed


@pytest.mark.parametrize("path", [f"{RULES}/R0/-", f"{RULES}/R05000281/G1"])
def test_unknown_rules_are_not_there(ina: Any, begun: str, path: str) -> None:
    assert ina.get(path).status_code == 404
    assert ina.post(path, {"tun": "confirm"}).status_code == 404
    assert ina.post(HOLDER, {"tun": "x" * 99}).status_code == 200


def test_a_missing_list_is_loaded_beside_the_draft(ina: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.studio_files import PARKING, files_of, parking_files
    from tests.web.studio.test_studio_pages import send

    report = str(send(ina, parking_files(lists=False)).headers["Location"]).partition("?")[0]
    assert ina.post(f"{report}/entwurf").status_code == 302
    here = f"{SERVICE}/codelisten"
    shown = page(ina.get(here))
    assert "Liste fehlt" in shown and "Codelisten fehlen" in shown
    assert "fehlen" in page(ina.get(SERVICE))

    def post(files: list[tuple[str, bytes]]) -> Any:
        return ina.post(here, {"dateien": [SimpleUploadedFile(name, data) for name, data in files]})

    for files, words in (
        ([], "Wählen Sie mindestens eine Datei"),
        (parking_files(lists=False), "Hier laden Sie nur Codelisten"),
        ([("x.xml", b"Guten Tag")], "x.xml"),
    ):
        refused = post(files)
        assert refused.status_code == 422
        assert words in page(refused)
    name, data = files_of(*sorted(PARKING.glob("C*.xml")))[0]
    version = re.search(rb"<Version>([^<]+)</Version>", data)
    assert version
    other = data.replace(version[1], b"2001-01-01")
    assert post([(name, other)]).status_code == 302
    assert "andere Fassung" in page(ina.get(here))
    done = post(files_of(*PARKING.glob("C*.xml")))
    shown = page(ina.get(done.headers["Location"]))
    assert "Codelisten sind geladen" in shown and "Codelisten fehlen" not in shown
    assert "fehlen" not in page(ina.get(SERVICE)).split("Angaben zur Leistung")[0]


def test_the_quality_report_tells_severity_and_place(ina: Any, loaded: str) -> None:
    shown = page(ina.get(f"{loaded}/qualitaet"))
    for words in ("Fehler", "Warnungen", "Hinweise", "G05000499"):
        assert words in shown
    assert "Qualitätsbericht" in page(ina.get(loaded))
