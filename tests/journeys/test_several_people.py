"""Several people fill in one form: Anna on a phone, the owner without any script; axe sees all."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.acts import ANNA, fill_in, find

pytestmark = pytest.mark.browser

TREE = ANNA | {
    "Welche Baumart?": "Linde",
    "Wo steht der Baum?": "Lindenstraße 12a, hinten am Zaun",
    "Wie groß ist der Umfang des Stamms?": "120",
    "Gehört Ihnen das Grundstück?": "Nein",
    "Warum soll der Baum weg?": "Er nimmt sehr viel Licht",
    "Ich möchte den Bescheid online abrufen": "Nein",
}
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}")


def test_the_owner_agrees_before_anna_submits(stage: Any, new_page: Any, sound: Any) -> None:
    anna = new_page(360)
    find(anna, stage, "baum", "Baum fällen: Ausnahme beantragen")
    fill_in(anna, TREE)
    anna.goto(re.sub(r"/nachweise.*", "", anna.url))
    draft = anna.url
    sound(anna)
    anna.goto(f"{draft}/pruefen")
    sound(anna)
    anna.get_by_role("button", name="Verbindlich absenden").click()
    assert anna.get_by_text("Laden Sie noch ein").first.is_visible()
    code = _invite(anna, draft, sound)
    olga = new_page(360, java_script_enabled=False)
    _answer(olga, _link(new_page(360), stage), code)
    anna.goto(f"{draft}/pruefen")
    assert anna.get_by_text("Abgeschlossen am").is_visible()
    assert not anna.get_by_text("Nur an das Amt").count()
    anna.get_by_role("button", name="Verbindlich absenden").click()
    anna.wait_for_url("**/eingang")
    olga.reload()
    assert olga.get_by_role("heading", name="Der Antrag ist abgesendet").is_visible()


def _invite(page: Any, draft: str, sound: Any) -> str:
    page.goto(draft)
    page.get_by_role("link", name="Eigentümerin oder Eigentümer").click()
    page.get_by_role("button", name="Einladen und Code zeigen").click()
    sound(page)
    page.get_by_label("Name", exact=True).fill("Olga Ostermann")
    page.get_by_label("E-Mail-Adresse").fill("olga@example.org")
    page.get_by_role("button", name="Einladen und Code zeigen").click()
    found = CODE.search(page.locator(".gw-reference").inner_text())
    assert found is not None
    sound(page)
    page.get_by_role("link", name="Zu allen Schritten").click()
    assert page.get_by_text("antwortet bis").is_visible()
    sound(page)
    return found[0]


def _link(page: Any, stage: Any) -> str:
    """Wait for the mail in the demo's letter box and return the link in it."""
    for _ in range(40):
        page.goto(stage.url("/demo/post"))
        found = re.search(r"http\S+/mitmachen/[0-9a-f-]{36}", page.locator("main").inner_text())
        if found:
            return found[0]
        page.wait_for_timeout(500)
    raise AssertionError("no invitation left")


def _answer(page: Any, link: str, code: str) -> None:
    """Fill in the part with plain HTML only, and look at its pages for what runs sideways."""
    page.goto(link)
    page.get_by_label("Zugangscode").fill(code.lower())
    page.get_by_role("button", name="Öffnen").click()
    assert page.get_by_text("Anna Maria Łukasiewicz-Großmann").is_visible()
    assert not page.get_by_text("27.").count()
    page.get_by_role("link", name="Beginnen").click()
    page.get_by_role("button", name="Speichern und weiter").click()
    assert page.get_by_text("Wählen Sie").first.is_visible()
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Möchten Sie uns etwas dazu sagen?").fill("Nur an das Amt")
    page.get_by_role("button", name="Speichern und weiter").click()
    page.get_by_role("button", name="Verbindlich abschließen").click()
    assert page.get_by_role("heading", name="Ihr Teil ist fertig").is_visible()
    assert page.get_by_text("Nur an das Amt").is_visible()


def test_the_pages_of_the_owner_are_sound(stage: Any, new_page: Any, sound: Any) -> None:
    anna = new_page(360)
    find(anna, stage, "baum", "Baum fällen: Ausnahme beantragen")
    fill_in(anna, TREE)
    draft = re.sub(r"/nachweise.*", "", anna.url)
    code = _invite(anna, draft, sound)
    page = new_page(360, color_scheme="dark")
    page.goto(_link(new_page(360), stage))
    sound(page)
    page.get_by_label("Zugangscode").fill("FALSCH")
    page.get_by_role("button", name="Öffnen").click()
    sound(page)
    page.get_by_label("Zugangscode").fill(code)
    page.get_by_role("button", name="Öffnen").click()
    sound(page)
    page.get_by_role("link", name="Beginnen").click()
    sound(page)
    page.get_by_label("Nein", exact=True).check()
    page.get_by_role("button", name="Speichern und weiter").click()
    sound(page)
    page.get_by_role("button", name="Verbindlich abschließen").click()
    sound(page)
