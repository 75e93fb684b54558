"""The studio in a real browser: axe finds nothing, nothing overflows, at 360 and 1280 px."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from gemeinwerk.apps.library.models import BlockUse
from gemeinwerk.apps.municipalities import actions as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import system
from gemeinwerk.core.kernel import new_id
from tests.core.paper.sheets import csv_bytes
from tests.offices import Browser
from tests.studio_files import parking_files
from tests.web.studio.test_paper_pages import send_list
from tests.web.studio.test_studio_pages import FILLED, SERVICE, UPLOAD, send

pytestmark = pytest.mark.browser

AXE = Path(__file__).parents[3] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOST = "http://lindenau.localhost"


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    # Playwright's loop lives in this thread, and so does the transaction of the test.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


def connect(page: Any, client: Any, shown: dict[str, bytes]) -> None:
    """Give the browser the pages that were fetched before, and files through the client.

    Playwright runs handlers in a context of their own, outside the transaction of the test.
    """

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(HOST)
        if path in shown:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=shown[path])
            return
        given = client.get(path)
        body = b"".join(given) if given.streaming else given.content
        connections.close_all()
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=body)

    page.route("**/*", answer)


def axe_violations(page: Any) -> list[str]:
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


@pytest.fixture
def pages(ina: Any, towns: tuple[int, int]) -> dict[str, str]:
    """Pages of the studio by name, with a service that still lacks a little."""
    with tenancy.town(towns[0]):
        unit: UUID = municipalities.add_unit(
            actor=system(towns[0], name="test"), name="Bürgerbüro"
        ).id
    report = str(send(ina, parking_files(lists=False)).headers["Location"]).partition("?")[0]
    with tenancy.town(towns[0]):
        _newer_block("F05001243")
    ina.post(f"{report}/entwurf")
    ina.post(SERVICE, {**FILLED, "unit": str(unit), "revision": "1", "recipients": ""})
    preview = str(ina.get(f"{report}/vorschau").headers["Location"])
    return {
        "start": "/werkstatt/",
        "bausteine": "/werkstatt/bausteine",
        "suche": "/werkstatt/bausteine?q=Anschrift&art=group",
        "nichts": "/werkstatt/bausteine?q=xyzzyqqq",
        "baustein": "/werkstatt/bausteine/G05000499",
        "unterschied": "/werkstatt/bausteine/F05001243",
        "laden": UPLOAD,
        **_paper_pages(ina),
        "bericht": report,
        "leistung": SERVICE,
        "vorschau": preview,
        "regeln": f"{SERVICE}/regeln",
        "regel": f"{SERVICE}/regeln/R05000281/-",
        "codelisten": f"{SERVICE}/codelisten",
        "qualitaet": f"{report}/qualitaet",
        "werte": f"{SERVICE}/werte",
        "wert": f"{SERVICE}/werte/fee",
    }


def _paper_pages(ina: Any) -> dict[str, str]:
    """Two forms on paper: one just read, one with every proposal taken."""
    begun = str(send_list(ina, csv_bytes()).headers["Location"])
    decided = str(send_list(ina, csv_bytes()).headers["Location"])
    ina.post(f"{decided}/vorschlaege")
    return {
        "papier": "/werkstatt/papier",
        "fragen": begun,
        "frage": f"{begun}/frage/10",
        "frage-suche": f"{begun}/frage/4?q=Anschrift",
        "ergebnis": decided,
    }


def _newer_block(number: str) -> None:
    """Put a newer version of a field on the shelf, so that there is something to compare."""
    use = BlockUse.objects.get(fim_id=number)
    use.content = {**use.content, "help": "Wie im Ausweis", "max_length": 120}
    use.id, use.version = new_id(), "1.10"
    use.save(force_insert=True)


@pytest.fixture
def shown(ina: Any, pages: dict[str, str]) -> dict[str, bytes]:
    """The HTML of the pages, fetched before the browser starts."""
    answers = {path: ina.get(path) for path in pages.values()}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {path: answer.content for path, answer in answers.items()}


def test_everyone_can_use_the_studio(
    shown: dict[str, bytes], chromium: Any, browser: Browser, pages: dict[str, str]
) -> None:
    folder = os.environ.get("STUDIO_PICTURES", "")
    faults: dict[str, object] = {}
    for width in (360, 1280):
        context = chromium.new_context(viewport={"width": width, "height": 900}, locale="de-DE")
        page = context.new_page()
        connect(page, browser(), shown)
        for name, path in pages.items():
            page.goto(HOST + path)
            found: list[object] = list(axe_violations(page))
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append("wider than the screen")
            if found:
                faults[f"{name} {width}"] = found
            if folder:
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        context.close()
    assert faults == {}
