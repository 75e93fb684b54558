"""From the application to the notice: by machine within seconds, and by two people of the town."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.journeys.acts import PARKING, be, fill_in, find, hand_in, photo, submit

pytestmark = pytest.mark.browser


def test_a_clear_case_is_decided_within_seconds(stage: Any, new_page: Any, sound: Any) -> None:
    page = new_page(360)
    find(page, stage, "parken", "Bewohnerparkausweis beantragen")
    # A car of her own: a second permit for the same one would be a case for a human.
    fill_in(page, PARKING | {"Familienname": "Beispiel", "Kennzeichen": "LB-EB 77"})
    hand_in(page)
    dossier = submit(page)
    _until(page, stage.url(f"/vorgang/{dossier}"), "Bescheid abrufen")
    sound(page)
    assert page.get_by_text("automatische Einrichtung").is_visible()
    _retrieve(page)
    sound(page)
    assert page.get_by_text("Was Sie dagegen tun können und bis wann").is_visible()


def test_a_doubtful_case_passes_two_people(stage: Any, new_page: Any, sound: Any) -> None:
    anna = new_page(360)
    find(anna, stage, "parken", "Bewohnerparkausweis beantragen")
    fill_in(anna, PARKING)
    hand_in(anna)
    number = anna.locator(".gw-reference__value").first.inner_text() if submit(anna) else ""
    dossier = anna.url.split("/")[4]
    ben = new_page(1280)
    _claim(ben, stage, number, dossier)
    sound(ben)
    _ask(ben, sound)
    _answer(anna, stage.url(f"/vorgang/{dossier}"), sound)
    _refuse(ben, stage.url(f"/amt/vorgang/{dossier}"), sound)
    petra = new_page(1280)
    be(petra, stage, "Petra Lorenz")
    petra.goto(stage.url(f"/amt/vorgang/{dossier}/entscheiden"))
    sound(petra)
    petra.get_by_role("button", name="Bestätigen und erlassen").click()
    _until(anna, stage.url(f"/vorgang/{dossier}"), "Bescheid abrufen")
    _retrieve(anna)
    assert anna.get_by_text("Warum wir so entschieden haben").is_visible()


def _until(page: Any, url: str, text: str) -> None:
    """Load the page until the worker has done its part."""
    for _ in range(60):
        page.goto(url)
        if page.get_by_text(text).count():
            return
        time.sleep(0.5)
    raise AssertionError(f"no {text!r} after half a minute")


def _retrieve(page: Any) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Bescheid abrufen").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.reload()


def _claim(page: Any, stage: Any, number: str, dossier: str) -> None:
    be(page, stage, "Ben Aydın")
    _until(page, stage.url("/amt/"), number)
    page.locator(f"main a[href*='{dossier}']").first.click()
    page.get_by_role("button", name="Übernehmen", exact=True).click()


def _ask(page: Any, sound: Any) -> None:
    page.get_by_role("link", name="Unterlagen anfordern").first.click()
    page.get_by_label("Weitere Unterlagen").fill("Mietvertrag")
    sound(page)
    page.get_by_role("button", name="Anforderung senden").click()
    assert not page.locator("#fehler").count(), page.locator("#fehler").inner_text()


def _answer(page: Any, url: str, sound: Any) -> None:
    page.goto(url)
    assert page.get_by_role("heading", name="Sie müssen etwas tun").is_visible()
    sound(page)
    page.locator("form[action$=nachreichen] input[type=file]").first.set_input_files(photo())
    page.get_by_label("Ihre Antwort").fill("Hier ist der Vertrag.")
    page.get_by_role("button", name="Antwort absenden").click()
    page.goto(url)
    assert not page.get_by_role("heading", name="Sie müssen etwas tun").count()


def _refuse(page: Any, url: str, sound: Any) -> None:
    page.goto(url)
    assert page.get_by_text("Hier ist der Vertrag.").is_visible()
    page.goto(f"{url}/entscheiden")
    page.get_by_label("Ablehnen", exact=True).check()
    page.get_by_role("button", name="Speichern und Vorschau erneuern").click()
    page.get_by_label("Die Anhörung entfällt").check()
    page.get_by_label("Vorschrift").fill("§ 28 Absatz 2 Nummer 3 VwVfG")
    page.get_by_label("Grund", exact=False).last.fill("Es bleibt bei den Angaben im Antrag.")
    sound(page)
    page.get_by_role("button", name="Zur zweiten Prüfung geben").click()
    assert not page.locator("#fehler").count(), page.locator("#fehler").inner_text()
