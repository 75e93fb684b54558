"""Resident parking: decided by machine within seconds, by keyboard only, and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.journeys.acts import PARKING, fill_in, find, hand_in, photo, submit

pytestmark = pytest.mark.browser


def test_without_scripts_everything_works(stage: Any, new_page: Any) -> None:
    page = new_page(360, java_script_enabled=False)
    find(page, stage, "parken", "Bewohnerparkausweis beantragen")
    fill_in(page, PARKING)
    hand_in(page)
    submit(page)
    assert page.get_by_text("So geht es weiter").is_visible()


def test_the_keyboard_is_enough(stage: Any, new_page: Any) -> None:
    page = new_page(1280)
    page.goto(stage.url())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "gw-skip"
    _tab_to(page, "searchbox")
    page.keyboard.type("parken")
    _enter(page)
    _tab_to(page, "Bewohnerparkausweis beantragen")
    _enter(page)
    _tab_to(page, "Jetzt beginnen")
    _enter(page)
    if page.locator(".gw-tasks").count():
        _tab_to(page, "Wer beantragt den Ausweis?")
        _enter(page)
    for _ in range(12):
        if "/seite/" not in page.url:
            break
        _answer_by_keys(page)
    page.locator("input[type=file]").first.set_input_files(photo())  # the dialog is the system's
    _tab_to(page, "Hochladen")
    _enter(page)
    page.get_by_role("link", name="Fahrzeugschein.png").wait_for()
    _tab_to(page, "Weiter zur Prüfung")
    _enter(page)
    page.wait_for_url("**/pruefen")
    _tab_to(page, "Verbindlich absenden")
    _enter(page)
    page.wait_for_url("**/eingang")


def _enter(page: Any) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


NOW = """() => {
  const at = document.activeElement;
  const set = at.closest("fieldset.gw-field");
  const label = set ? set.querySelector("legend") : document.querySelector(`label[for="${at.id}"]`);
  return {type: at.type || at.localName, text: at.innerText || "", value: at.value || "",
          label: label ? label.innerText : "", seen: at.matches(":focus-visible")};
}"""


def _tab_to(page: Any, name: str) -> None:
    """Press Tab until the element has the focus; the focus can always be seen."""
    for _ in range(120):
        page.keyboard.press("Tab")
        now = page.evaluate(NOW)
        found = now["type"] == "search" if name == "searchbox" else name in now["text"]
        if found:
            assert now["seen"]
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def _answer_by_keys(page: Any) -> None:
    answers = PARKING
    page.keyboard.press("Tab")
    for _ in range(120):
        now = page.evaluate(NOW)
        wanted = answers.get(re.split(r"\(|\n", now["label"])[0].strip(), "")
        if now["type"] == "submit" and "Speichern" in now["text"]:
            _enter(page)
            page.wait_for_load_state()
            return
        if now["type"] == "radio" and wanted:
            _choose(page, wanted)
        elif now["type"] in ("text", "email") and wanted and not now["value"]:
            page.keyboard.type(wanted)
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach the button")


def _choose(page: Any, wanted: str) -> None:
    here = "document.querySelector(`label[for='${document.activeElement.id}']`).innerText"
    page.keyboard.press("Space")
    for _ in range(8):
        if page.evaluate(here) == wanted:
            return
        page.keyboard.press("ArrowDown")
