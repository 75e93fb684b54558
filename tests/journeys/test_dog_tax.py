"""Dog tax, the long form: at phone and desk width, each page looked at by axe."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.acts import DOG, fill_in, find, hand_in, submit

pytestmark = pytest.mark.browser

CHANGE = re.compile(r"Ändern.*Woher kommt der Hund")


@pytest.mark.parametrize("width", [360, 1280])
def test_anna_registers_her_dog(stage: Any, new_page: Any, sound: Any, width: int) -> None:
    page = new_page(width, color_scheme="dark" if width == 360 else "light")
    find(page, stage, "hund", "Hundesteuer anmelden")
    page.get_by_role("button", name="Speichern und weiter").click()
    # The summary gets the focus once the page's script has run.
    page.wait_for_function("document.activeElement.id === 'fehler'", timeout=5000)
    sound(page)
    fill_in(page, DOG, lambda: sound(page))
    sound(page)
    hand_in(page)
    sound(page)
    _change_on_the_way(page, sound)
    dossier = submit(page)
    sound(page)
    page.reload()
    assert page.get_by_text("So geht es weiter").count()
    page.goto(stage.url(f"/vorgang/{dossier}"))
    sound(page)
    page.goto(stage.url())
    assert page.get_by_text("Meine Vorgänge in diesem Browser").is_visible()


def _change_on_the_way(page: Any, sound: Any) -> None:
    """A change opens a follow-up question first, then leads straight back."""
    page.get_by_role("link", name=CHANGE).click()
    page.get_by_label("Aus einem Tierheim", exact=True).check()
    page.get_by_role("button", name="Speichern und zurück zur Prüfung").click()
    assert page.get_by_role("heading", level=1, name="Wer hatte den Hund vorher?").is_visible()
    sound(page)
    page.get_by_label("Name der Person oder des Tierheims").fill("Tierheim Auenburg")
    page.get_by_role("button", name="Speichern und zurück zur Prüfung").click()
    assert page.get_by_text("Tierheim Auenburg").is_visible()
    page.get_by_role("link", name=CHANGE).click()
    page.get_by_label("Er ist bei mir geboren", exact=True).check()
    page.get_by_role("button", name="Speichern und zurück zur Prüfung").click()
    assert page.get_by_text("Diese Angaben gelten nicht mehr").is_visible()
    sound(page)


def test_without_a_connection_the_page_stays(stage: Any, new_page: Any, sound: Any) -> None:
    page = new_page(360)
    find(page, stage, "hund", "Hundesteuer anmelden")
    before, go_on = page.url, page.get_by_role("button", name="Speichern und weiter")
    typed = page.get_by_label("Familienname")
    typed.fill("Łukasiewicz")
    page.context.set_offline(True)
    go_on.click()
    told = page.get_by_role("alert").filter(has_text="nicht mit dem Internet verbunden")
    told.wait_for()
    sound(page)
    assert (page.url, typed.input_value()) == (before, "Łukasiewicz")
    page.context.set_offline(False)
    told.wait_for(state="detached")
    go_on.click()
    page.wait_for_function("document.activeElement.id === 'fehler'", timeout=5000)
    assert typed.input_value() == "Łukasiewicz"
