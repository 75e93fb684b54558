"""Real schemas of the FIM portal, published with their rules, filled in on a small screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.acts import hand_in, submit
from tests.journeys.publishing import TOWN
from tests.journeys.stage import ROOT, Stage
from tests.studio_files import PARKING, REAL

pytestmark = pytest.mark.browser

SCHEMAS = [
    *PARKING.glob("S05000058*"),
    *REAL.glob("xdf3/S07000000224*"),
    *REAL.glob("xdf3/S05000001323*"),
]
MOST_PAGES = 40


@pytest.fixture(scope="module")
def services(stage: Stage) -> dict[str, Any]:
    """The schemas as services of the running demo: address and what to type, by file name."""
    command = [sys.executable, "-m", "tests.journeys.publishing", str(stage.data)]
    done = subprocess.run(
        [*command, *map(str, SCHEMAS)],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if not k.startswith(("GEMEINWERK_", "DJANGO_"))},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return {path.name: one for path, one in zip(SCHEMAS, told, strict=True)}


def type_in(page: Any, typed: dict[str, str]) -> None:
    """Answer what the page asks for, also what an answer or a button brings."""
    done: set[str] = set()
    for _ in range(8):
        fresh = [name for name in names(page) if name in typed and name not in done]
        for name in fresh:
            put(page, name, typed[name])
            done.add(name)
        if not fresh and not add(page, typed):
            return
    raise AssertionError("the page goes on asking")


def names(page: Any) -> list[str]:
    """Return the names of the inputs that are seen, each once."""
    found = page.locator(".gw-form [name]:is(input:not([type=hidden]), select, textarea)")
    seen: list[str] = found.evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.name)"
    )
    return list(dict.fromkeys(seen))


def put(page: Any, name: str, text: str) -> None:
    """Type or choose one answer."""
    inputs = page.locator(f'.gw-form [name="{name}"]:not([type=hidden])')
    kind = inputs.first.evaluate("one => one.type")
    if kind == "radio":
        inputs.locator(f'xpath=self::*[@value="{text}"]').check()
    elif kind == "checkbox":
        inputs.first.set_checked(text == "true")
    elif kind.startswith("select"):
        inputs.first.select_option(value=text)
    else:
        inputs.first.fill(text)


def add(page: Any, typed: dict[str, str]) -> bool:
    """Press "add" for a part that has fewer instances than the answers; tell whether it was."""
    for button in page.locator(".gw-form button[name=_add]").all():
        path = button.get_attribute("value")
        wanted = {name.partition("]")[0] for name in typed if name.startswith(f"{path}[")}
        there = {name.partition("]")[0] for name in names(page) if name.startswith(f"{path}[")}
        if len(there) < len(wanted):
            button.click()
            page.wait_for_load_state()
            return True
    return False


def fill_in(page: Any, typed: dict[str, str], look: Callable[[], None]) -> None:
    """Go through the pages; `look` sees the first one filled in."""
    for number in range(MOST_PAGES):
        if "/seite/" not in page.url:
            return
        type_in(page, typed)
        if number == 0:
            look()
        send(page)
        errors = page.locator("#fehler li")
        if errors.count():  # a part that an answer opened is asked for on the next look
            type_in(page, typed)
            send(page)
        assert not errors.count(), (page.url, errors.all_inner_texts())
    raise AssertionError("the form has no end")


def send(page: Any) -> None:
    """Go on to the next page."""
    with page.expect_navigation():
        page.locator(".gw-form button.kern-btn--primary").last.click()


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name.split("V")[0].split("_")[0])
def test_a_real_schema_is_filled_in_on_a_small_screen(
    stage: Stage, services: dict[str, Any], new_page: Any, sound: Any, path: Path
) -> None:
    service = services[path.name]
    page = new_page(360)
    page.goto(stage.url(f"/leistung/{service['slug']}", TOWN))
    page.get_by_role("button", name="Jetzt beginnen").click()
    if page.locator(".gw-tasks").count():
        page.locator(".gw-tasks a").first.click()
    fill_in(page, service["typed"], lambda: sound(page))
    if page.url.endswith("/nachweise"):
        hand_in(page)
    page.wait_for_url("**/pruefen")
    submit(page)
    sound(page)
