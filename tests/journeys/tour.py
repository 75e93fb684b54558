"""The tour: one walk through all pages, as small pictures with captions (docs/tour).

Run it with `scripts/tour`. The pictures show invented people of the demo only.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.urls import Resolver404, resolve
from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.journeys.acts import DOG, PARKING, answer, be, fill_in, find, hand_in, submit
from tests.journeys.stage import ROOT, Stage, launch
from tests.studio_files import PARKING as REAL_PARKING

FOLDER = ROOT / "docs" / "tour"
WIDTHS = {"phone": 360, "desk": 1280}
TALLEST = 1900  # pixels; what is longer is cut
QUALITY = 50
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})

ABOUT = """# Tour

Every page of Gemeinwerk with the invented town of Lindenbrück, as `scripts/tour` found it: on a
phone (360 pixels) and on a desk (1280 pixels). Made anew by that one command; people, places and
cases are invented.
"""


@dataclass
class Camera:
    """Takes pictures of one page in the width of its browser."""

    width: str
    folder: Path
    taken: dict[str, str] = field(default_factory=dict)

    def __call__(self, page: Any, caption: str) -> None:
        """Keep a picture of the page as it stands; the first one of a caption stays."""
        if caption in self.taken:
            return
        page.wait_for_load_state()
        words = caption.lower().translate(
            str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
        )
        name = f"{re.sub('[^a-z0-9]+', '-', words).strip('-')}-{self.width}.jpg"
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
        picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
        if self.width == "desk":
            picture = picture.resize((960, round(picture.height * 0.75)), Image.Resampling.LANCZOS)
        picture.save(self.folder / name, quality=QUALITY, optimize=True, progressive=True)
        self.taken[caption] = name


def rooms(page: Any, stage: Stage, start: str, shoot: Camera) -> None:
    """Follow the links of an audience; each of its routes is pictured once, under its heading."""
    audience = resolve(start).view_name.split(".")[0]
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        view = _view_of(path)
        if view in seen or not view.startswith(f"{audience}."):
            continue
        seen.add(view)
        if not _opens(page, stage.url(path)):
            continue
        shoot(page, page.locator("h1").first.inner_text())
        links = page.locator("main a[href], nav a[href]").evaluate_all(
            "all => all.map(a => a.href)"
        )
        here = urlsplit(page.url)
        for link in map(urlsplit, links):
            if link.netloc == here.netloc:
                waiting.append(link.path)


def _opens(page: Any, address: str) -> bool:
    """Go to a page; say no where the address is a file to download."""
    try:
        return "text/html" in page.goto(address).headers.get("content-type", "")
    except PlaywrightError:
        return False


def _view_of(path: str) -> str:
    try:
        return str(resolve(path).view_name)
    except Resolver404:
        return ""


def citizen(page: Any, stage: Stage, shoot: Camera) -> None:
    """The walk of a citizen."""
    plain = {
        "Startseite des Ortes": "/",
        "Suche": "/suche?q=hund",
        "Suche ohne Treffer": "/suche?q=Beschäftigungserlaubnis",
        "Lebenslage": "/lebenslage/mobility",
        "Eine Leistung": "/leistung/bewohnerparkausweis-beantragen",
    }
    page.goto(stage.url(town=""))
    shoot(page, "Startseite der Installation")
    for caption, path in plain.items():
        page.goto(stage.url(path))
        shoot(page, caption)
    find(page, stage, "hund", "Hundesteuer anmelden")
    page.get_by_role("button", name="Speichern und weiter").click()
    shoot(page, "Formularseite: alle Fehler auf einmal")
    answer(page, DOG)
    page.get_by_role("button", name="Speichern und weiter").click()
    shoot(page, "Formularseite")
    fill_in(page, DOG)
    page.goto(page.url.rsplit("/", 1)[0])
    shoot(page, "Schritte eines langen Formulars")
    find(page, stage, "parken", "Bewohnerparkausweis beantragen")
    fill_in(page, PARKING)
    shoot(page, "Nachweise")
    hand_in(page)
    shoot(page, "Prüfen und absenden")
    check = page.url
    page.goto(check.replace("pruefen", "merken"))
    shoot(page, "Später weitermachen")
    page.get_by_role("button", name="Nur den Code zeigen").click()
    shoot(page, "Zugangscode, einmal gezeigt")
    page.goto(check)
    dossier = submit(page)
    shoot(page, "Eingang")
    page.goto(stage.url(f"/vorgang/{dossier}"))
    shoot(page, "Stand des Antrags")
    page.context.clear_cookies()
    page.goto(stage.url(f"/vorgang/{dossier}"))
    shoot(page, "In einem anderen Browser: erst der Zugangscode")
    more = ("gibt-es-nicht", "impressum", "datenschutz", "barrierefreiheit", "barriere-melden")
    captions = ("Nicht gefunden", "Impressum", "Datenschutz", "Barrierefreiheit", "Barriere melden")
    for path, caption in zip(more, captions, strict=True):
        page.goto(stage.url(f"/{path}"))
        shoot(page, caption)


def town_hall(page: Any, stage: Stage, shoot: Camera) -> None:
    """The desks of the town hall, each page reached as its people reach it."""
    page.goto(stage.url("/demo"))
    shoot(page, "Vorführung: wer möchten Sie sein?")
    page.goto(stage.url("/demo/post"))
    shoot(page, "Vorführung: was das Rathaus verschickt")
    be(page, stage, "Ben Aydın")
    shoot(page, "Eingang der Sachbearbeitung")
    case = page.locator("main a[href*='/amt/vorgang/']").first
    case.click()
    shoot(page, "Ein Vorgang")
    address = urlsplit(page.url).path
    claim = page.get_by_role("button", name="Übernehmen", exact=True)
    if claim.count():
        claim.click()
    for step, caption in (
        ("unterlagen", "Unterlagen anfordern"),
        ("anhoerung", "Anhörung"),
        ("entscheiden", "Entscheiden"),
    ):
        page.goto(stage.url(f"{address}/{step}"))
        shoot(page, caption)
    page.goto(stage.url("/amt/druck"))
    shoot(page, "Briefe zum Drucken")


def offices(page: Any, stage: Stage, shoot: Camera) -> None:
    """Management and authors: every page their links lead to, with a real schema where one is."""
    be(page, stage, "Petra Lorenz")
    rooms(page, stage, "/leitung/", shoot)
    be(page, stage, "Katharina Großmann-Łukasiewicz")
    files = sorted(REAL_PARKING.glob("*.xml"))
    if files:
        page.goto(stage.url("/werkstatt/schema/laden"))
        page.locator("input[type=file]").set_input_files(files)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/werkstatt/schema/*")
        page.get_by_text("Leistung vorbereiten").first.click()
        page.wait_for_url("**/werkstatt/leistung/*")
        service = urlsplit(page.url).path
        shoot(page, "Eine Leistung aus einem Schema")
        page.goto(stage.url(f"{service}/regeln"))
        shoot(page, "Regeln eines Schemas")
        page.locator(f"main a[href*='{service}/regeln/']").first.click()
        shoot(page, "Eine Regel: Wortlaut, Bedeutung, Wirkung")
    rooms(page, stage, "/werkstatt/", shoot)


def write_index(cameras: list[Camera]) -> None:
    """Write the captions; pictures of both widths stand beside each other."""
    lines = [ABOUT]
    for caption in dict.fromkeys(caption for camera in cameras for caption in camera.taken):
        lines.append(f"## {caption}\n")
        for camera in cameras:
            shown = 320 if camera.width == "phone" else 480
            if name := camera.taken.get(caption):
                lines.append(f'<img src="{name}" alt="{caption}, {camera.width}" width="{shown}">')
        lines.append("")
    (FOLDER / "index.md").write_text("\n".join(lines), "utf-8")


def main() -> int:
    """Start a demo, walk through it twice, write pictures and captions."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    cameras = []
    stage = Stage()
    try:
        stage.ready()
        with sync_playwright() as play:
            browser = launch(play)
            for width, pixels in WIDTHS.items():
                camera = Camera(width, FOLDER)
                viewport = {"width": pixels, "height": 800}
                page = browser.new_context(viewport=viewport, locale="de-DE").new_page()
                citizen(page, stage, camera)
                town_hall(page, stage, camera)
                offices(page, stage, camera)
                cameras.append(camera)
            browser.close()
    finally:
        stage.stop()
    write_index(cameras)
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    sys.stdout.write(f"{sum(len(c.taken) for c in cameras)} pictures, {size / 1e6:.1f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
