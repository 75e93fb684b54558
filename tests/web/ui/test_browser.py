"""The gallery in a real browser: axe finds nothing, nothing overflows, nothing breaks the CSP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/demo/bausteine", "/demo/bausteine?teil=dienst", "/demo/bausteine?teil=fragen"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop lives in this thread; Django would take every test for async.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def axe_violations(page: Any) -> list[str]:
    """Run axe beside the page's own CSP: through the debugger, not as a script of the page."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_everyone_can_use_the_parts(chromium, address: str, path: str, scheme: str, width: int):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + path)
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert complaints == []
    context.close()


def test_at_320_pixels_nothing_needs_scrolling_sideways(chromium, address: str):
    context = chromium.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_a_form_is_sent_once_and_the_summary_has_the_focus(chromium, address: str):
    page = chromium.new_page()
    page.goto(address + "/demo/bausteine")
    assert page.evaluate("document.activeElement.id") == "fehler"
    page.route("**/demo/bausteine", lambda route: None)  # the answer never comes
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="Weiter", exact=True).evaluate(
        "button => { button.click(); button.click(); }"
    )
    page.wait_for_timeout(200)
    assert sent == ["POST"]
    page.close()


def test_keys_move_through_the_inbox_and_rest_while_typing(chromium, address: str):
    page = chromium.new_page()
    page.goto(address + "/demo/bausteine?teil=dienst")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert "Beschäftigungserlaubnis" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "Bewohnerparkausweis"
    page.keyboard.press("/")
    page.keyboard.type("jk?")
    assert page.input_value("input[type=search]") == "jk?"
    page.close()


def test_keys_can_be_switched_off(chromium, address: str):
    page = chromium.new_page()
    page.goto(address + "/demo/bausteine?teil=dienst")
    page.keyboard.press("?")
    page.get_by_label("Tasten verwenden").uncheck()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.close()


def test_without_scripts_everything_is_there(chromium, address: str):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/demo/bausteine")
    assert page.get_by_role("button", name="Weiter", exact=True).is_visible()
    page.get_by_text("Warum fragen wir das?").first.click()
    assert page.get_by_text("Rechtsgrundlage: § 9 der Satzung.").is_visible()
    context.close()
