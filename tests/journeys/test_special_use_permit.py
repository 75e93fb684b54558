"""Special use of a street, from the home page to the permit: a person decides, with conditions."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.acts import ANNA, day, fill_in, find, photo, submit
from tests.journeys.test_town_hall import _claim, _retrieve, _until

pytestmark = pytest.mark.browser

SCAFFOLD = ANNA | {
    "Für wen stellen Sie den Antrag?": "Für eine Firma oder einen Verein",
    "Name der Firma oder des Vereins": "Malermeisterbetrieb Großmann-Łukasiewicz & Söhne GmbH",
    "Was möchten Sie aufstellen?": "Gerüst",
    "Beschreiben Sie Ihr Vorhaben": "Gerüst für den Anstrich der Fassade",
    "Straße oder Platz": "Alter Markt",
    "Wo genau?": "Auf dem Gehweg vor dem Eingang, rechts neben der Laterne",
    "Auf welcher Fläche?": "Gehweg",
    "Wie groß ist die Fläche?": "12,5",
    "Erster Tag": day(30),
    "Letzter Tag": day(44),
    "Was ändert sich für den Verkehr?": "Der Gehweg wird enger",
    "Wie breit bleibt der Gehweg?": "1,60",
    "Steht etwas in einer Feuerwehrzufahrt oder vor einem Hydranten?": "Nein",
    "Sind Sie selbst an der Stelle verantwortlich?": "Ja",
    "Ihre Telefonnummer für Notfälle": "0151 23456789",
    "Ich möchte den Bescheid online abrufen": "Ja",
}


def test_a_scaffold_is_permitted(stage: Any, new_page: Any, sound: Any) -> None:
    anna = new_page(360)
    find(anna, stage, "gerüst", "Sondernutzung einer Straße beantragen")
    fill_in(anna, SCAFFOLD, lambda: sound(anna))
    sound(anna)
    _hand_in(anna)
    sound(anna)
    dossier = submit(anna)
    number = anna.locator(".gw-reference__value").inner_text()
    anna.goto(stage.url(f"/vorgang/{dossier}"))
    assert anna.get_by_role("heading", name="Ihre Fristen").is_visible()
    sound(anna)
    ben = new_page(1280)
    _claim(ben, stage, number, dossier)
    _permit(ben, stage.url(f"/amt/vorgang/{dossier}/entscheiden"), sound)
    _until(anna, stage.url(f"/vorgang/{dossier}"), "Bescheid abrufen")
    sound(anna)
    _retrieve(anna)
    assert anna.get_by_text("Ihr Antrag ist bewilligt.").is_visible()
    assert anna.get_by_role("heading", name="Woran Sie sich halten").is_visible()
    sound(anna)


def _hand_in(page: Any) -> None:
    """The sketch is there; the insurance follows."""
    sketch = page.locator(".gw-evidence", has_text="Lageskizze")
    sketch.locator("input[type=file]").set_input_files(photo("Skizze.png"))
    sketch.get_by_role("button", name="Hochladen").click()
    page.get_by_role("link", name="Skizze.png").wait_for()
    insurance = page.locator(".gw-evidence", has_text="Haftpflichtversicherung")
    insurance.get_by_text("Ich reiche das nach").click()
    insurance.get_by_label("Bis wann?").fill(day(7))
    insurance.get_by_role("button", name="So vormerken").click()
    page.get_by_role("link", name="Weiter zur Prüfung").click()


def _permit(page: Any, address: str, sound: Any) -> None:
    page.goto(address)
    page.get_by_label("Bewilligen", exact=True).check()
    page.get_by_role("button", name="Speichern und Vorschau erneuern").click()
    sound(page)
    page.get_by_role("button", name="Bescheid erlassen").click()
    assert not page.locator("#fehler").count(), page.locator("#fehler").inner_text()
