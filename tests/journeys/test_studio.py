"""An author loads a real schema by upload and publishes it; a citizen finds it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.acts import be
from tests.studio_files import PARKING

pytestmark = pytest.mark.browser

FACTS = {
    "Übliche Dauer in Arbeitstagen": "5",
    "Warum genügt das?": "Die Anschrift prüft das Melderegister.",
    "Zweck der Verarbeitung": "Ausstellung des Ausweises",
    "Rechtsgrundlage der Verarbeitung": "Art. 6 Abs. 1 Buchst. e DSGVO",
    "Datenkategorien": "Name\nAnschrift",
    "Empfänger": "niemand",
    "Aufbewahrung in Jahren": "3",
    "Warum so lange?": "Verjährung von Gebühren",
}


def test_an_uploaded_schema_becomes_a_service(stage: Any, new_page: Any, sound: Any) -> None:
    page = new_page(768, color_scheme="dark")
    be(page, stage, "Katharina")
    page.wait_for_load_state()
    page.goto(stage.url("/werkstatt/schema/laden"))
    sound(page)
    page.locator("input[type=file]").set_input_files(sorted(PARKING.glob("*.xml")))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/werkstatt/schema/*neu=1")
    sound(page)
    page.get_by_text("Leistung vorbereiten").first.click()
    page.wait_for_url("**/werkstatt/leistung/*")
    page.get_by_label("Zuständige Stelle").select_option(label="Ordnungsamt")
    for label, text in FACTS.items():
        page.get_by_label(label, exact=False).first.fill(text)
    page.get_by_role("button", name="Speichern").last.click()
    page.wait_for_load_state()
    sound(page)
    page.get_by_role("link", name="Regeln").click()
    page.wait_for_load_state()
    sound(page)
    page.locator(".gw-inbox__title a").first.click()
    page.wait_for_load_state()
    sound(page)
    page.get_by_role("button", name="So bestätigen").click()
    page.wait_for_url("**neu=confirmed")
    page.get_by_role("link", name="Alle Regeln").click()
    page.get_by_role("button", name="Alle eindeutig übersetzten übernehmen").click()
    page.wait_for_url("**neu=1&rest=0")
    page.goto(page.url.partition("/regeln")[0])
    page.get_by_role("button", name="Veröffentlichen").click()
    page.wait_for_load_state()
    assert not page.get_by_text("Noch nicht veröffentlicht").count()
    page.goto(stage.url("/suche?q=Bewohnerparkausweis"))
    assert page.get_by_role("link", name="Antrag auf Erteilung").first.is_visible()
