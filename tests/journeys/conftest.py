"""One running demo and one Chromium for all journeys; what a page complains about fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.stage import Stage, axe_violations, launch

Open = Callable[..., Any]
EXPECTED = (
    "Failed to load resource: the server responded with a",
    "Clear-Site-Data header on",  # the browser tells what it cleared at the sign-out
)


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """The demo, seeded and served."""
    running = Stage()
    try:
        yield running.ready()
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop lives in this thread; Django would take every test for async.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = launch(play)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Any) -> Iterator[Open]:
    """Return a maker of fresh browsers: `new_page(360, java_script_enabled=False)`.

    CSP violations, errors of scripts and anything else on the console fail the test; only the
    browser's own notes about an answer with 4xx and a sign-out are expected.
    """
    complaints: list[str] = []
    contexts: list[Any] = []

    def hear(message: Any) -> None:
        if not message.text.startswith(EXPECTED):
            complaints.append(message.text)

    def open_one(width: int = 1280, **options: Any) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, locale="de-DE", **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def sound() -> Callable[[Any], None]:
    """Return a judge of pages: axe finds nothing, nothing runs out of the screen sideways."""

    def judge(page: Any) -> None:
        assert axe_violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    return judge
