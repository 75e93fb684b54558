"""What people do in a browser: search, fill in, hand in, submit; be somebody of the town hall."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

from PIL import Image

from tests.journeys.stage import Stage

Answers = dict[str, str]
"""Label of a question -> what is typed or chosen."""


def day(ahead: int) -> str:
    """Return a day in the way people write it."""
    return f"{date.today() + timedelta(days=ahead):%d.%m.%Y}"  # noqa: DTZ011  # the day of the machine


def photo(name: str = "Fahrzeugschein.png") -> dict[str, Any]:
    """Return a small sound picture as an upload."""
    made = io.BytesIO()
    Image.new("RGB", (640, 400), (226, 232, 240)).save(made, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": made.getvalue()}


ANNA: Answers = {
    "Familienname": "Łukasiewicz-Großmann",
    "Vornamen": "Anna Maria",
    "Geburtsdatum": "27.3.1985",
    "Straße": "Lindenstraße",
    "Hausnummer": "12a",
    "Postleitzahl": "99920",
    "Ort": "Lindenbrück",
    "E-Mail-Adresse": "anna@example.org",
    "E-Mail-Adresse für die Nachricht": "anna@example.org",
}
PARKING: Answers = ANNA | {
    "Ist das Ihre Hauptwohnung?": "Ja",
    "Kennzeichen": "LB-AB 123",
    "Ist das Fahrzeug auf Sie zugelassen?": "Ja",
    "Haben Sie einen eigenen Stellplatz oder eine Garage?": "Nein",
    "Wie lange soll der Ausweis gelten?": "Ein Jahr",
    "Ab wann?": day(5),
    "Ich möchte den Bescheid online abrufen": "Ja",
}
DOG: Answers = ANNA | {
    "Halten Sie den Hund mit anderen Personen zusammen?": "Nein",
    "Name des Hundes": "Käthe",
    "Rasse": "Labrador-Pudel-Mischling",
    "Geburtsdatum des Hundes": "1.5.2022",
    "Gilt der Hund als gefährlich?": "Nein",
    "Seit wann halten Sie den Hund hier?": "1.6.2026",
    "Woher kommt der Hund?": "Ich bin mit dem Hund hergezogen",
    "Halten Sie noch weitere Hunde?": "Nein",
    "Gibt es einen Grund, weniger oder keine Steuer zu zahlen?": "Nein",
    "Wie möchten Sie zahlen?": "Viermal im Jahr",
    "Wir sollen die Steuer von Ihrem Konto einziehen": "Nein",
    "Ich möchte den Bescheid online abrufen": "Ja",
}


def find(page: Any, stage: Stage, words: str, title: str) -> None:
    """Search from the home page and begin the service."""
    page.goto(stage.url())
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name=title).click()
    page.get_by_role("button", name="Jetzt beginnen").click()
    if page.locator(".gw-tasks").count():
        page.locator(".gw-tasks a").first.click()


def answer(page: Any, answers: Answers) -> None:
    """Answer every question of the page that `answers` knows and that has no answer yet."""
    for field in page.locator(".gw-form .gw-field:not(.gw-tick)").all():
        label = field.locator("label.kern-label, legend").first.inner_text()
        text = answers.get(re.split(r"\(|\n", label)[0].strip())
        if text is None:
            continue
        if field.locator("input[type=radio]").count():
            field.get_by_label(text, exact=True).check()
        elif field.locator("select").count():
            field.locator("select").select_option(label=text)
        else:
            field.locator("input, textarea").first.fill(text)
    for tick in page.locator(".gw-form .gw-tick input").all():
        tick.check()


def fill_in(page: Any, answers: Answers, look: Any = lambda: None) -> None:
    """Go through the pages of the form; `look` sees each before it is sent."""
    for _ in range(25):
        if "/seite/" not in page.url:
            return
        answer(page, answers)
        look()
        with page.expect_navigation():
            page.locator(".gw-form button.kern-btn--primary").click()
        errors = page.locator("#fehler li")
        assert not errors.count(), errors.all_inner_texts()
    raise AssertionError("the form has no end")


def hand_in(page: Any) -> None:
    """Upload a picture for all that must be there."""
    for section in page.locator(".gw-evidence").all():
        if section.locator("h2 .kern-label__optional").count():
            continue
        section.locator("input[type=file]").set_input_files(photo())
        section.get_by_role("button", name="Hochladen").click()
        section.get_by_role("link", name="Fahrzeugschein.png").wait_for()
    page.get_by_role("link", name="Weiter zur Prüfung").click()


def submit(page: Any) -> str:
    """Submit and return the dossier's id."""
    page.get_by_role("button", name="Verbindlich absenden").click()
    page.wait_for_url("**/eingang")
    return str(page.url.split("/")[4])


def be(page: Any, stage: Stage, name: str) -> None:
    """Choose a role of the demo."""
    page.goto(stage.url("/demo"))
    page.get_by_role("button", name=name).click()
