"""The desk by its keys, and the page of a decision in each of its modes, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journeys.acts import be

pytestmark = pytest.mark.browser


def test_cases_are_decided_without_a_mouse(stage: Any, new_page: Any, sound: Any) -> None:
    page = new_page(1280)
    be(page, stage, "Ben Aydın")
    page.wait_for_url("**/amt/")
    _help(page)
    for _ in range(2):
        _open_case(page, stage, "Entscheiden")
        _press(page, "d")
        sound(page)
        _tab_to(page, "Bescheid erlassen")
        _press(page, "Enter")
        assert page.get_by_text("Der Bescheid ist erlassen").is_visible(), page.url
        _press(page, "d")
        assert page.get_by_role("heading", level=1, name="Entscheidung").is_visible()


def test_what_can_be_undone_is_undone_by_a_key(stage: Any, new_page: Any) -> None:
    page = new_page(1280)
    be(page, stage, "Ben Aydın")
    page.wait_for_url("**/amt/")
    _open_case(page, stage, "Übernehmen")
    _press(page, "c")
    done = page.url
    _press(page, "z")
    assert page.get_by_text("Der Vorgang ist wieder frei.").is_visible()
    page.goto(done)  # the old address offers nothing any more that does not hold
    assert not page.get_by_role("button", name="Rückgängig").count()
    page.keyboard.press("v")
    page.keyboard.type("c wie Caesar")  # keys are silent while somebody types
    assert page.locator("textarea[name=vermerk]").input_value() == "c wie Caesar"
    page.get_by_role("heading", level=1).click()
    _press(page, "u")
    assert page.url.split("?")[0].endswith("/amt/")


def test_each_mode_of_a_decision_is_sound(stage: Any, new_page: Any, sound: Any) -> None:
    def sound_at_both(page: Any) -> None:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            sound(page)

    ben = new_page(1280)
    be(ben, stage, "Ben Aydın")
    ben.wait_for_url("**/amt/")
    _open_case(ben, stage, "Übernehmen")
    ben.get_by_role("button", name="Übernehmen", exact=True).click()
    address = ben.url.split("?")[0] + "/entscheiden"
    ben.goto(address)
    ben.get_by_label("Ablehnen", exact=True).check()
    ben.get_by_role("button", name="Speichern und Vorschau erneuern").click()
    sound_at_both(ben)  # a draft that lacks its hearing
    ben.get_by_label("Die Anhörung entfällt").check()
    ben.get_by_label("Vorschrift").fill("§ 28 Absatz 2 Nummer 3 VwVfG")
    ben.get_by_label("Grund", exact=False).last.fill("Es bleibt bei den Angaben.")
    ben.get_by_role("button", name="Zur zweiten Prüfung geben").click()
    assert not ben.locator("#fehler").count(), ben.locator("#fehler").inner_text()
    ben.goto(address)
    sound_at_both(ben)  # the own proposal
    petra = new_page(1280)
    be(petra, stage, "Petra Lorenz")
    petra.wait_for_url("**/amt/")
    petra.goto(address)
    sound_at_both(petra)  # a proposal to confirm
    petra.get_by_role("button", name="Bestätigen und erlassen").click()
    petra.goto(address)
    sound_at_both(petra)  # issued


def _help(page: Any) -> None:
    """Open and close the list of keys."""
    page.keyboard.press("?")
    assert page.get_by_text("übernehmen", exact=True).is_visible()
    page.keyboard.press("?")
    assert not page.get_by_text("übernehmen", exact=True).is_visible()


def _open_case(page: Any, stage: Any, main_step: str) -> None:
    """Walk down the open cases by j and Enter to the first with this next step."""
    for step in range(1, 30):
        page.goto(stage.url("/amt/?fach=open"))
        for _ in range(step):
            page.keyboard.press("j")
        _press(page, "Enter")
        if page.locator(".gw-toolbar .kern-btn--primary", has_text=main_step).count():
            return
    raise AssertionError(f"no case to {main_step!r}")


def _press(page: Any, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(key)


def _tab_to(page: Any, name: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")
