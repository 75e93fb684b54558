"""Every real schema: loaded, published, filled in page by page in the portal, and submitted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from gemeinwerk.apps.applications.models import Submission
from gemeinwerk.apps.catalogue import preparing, queries, ruling
from gemeinwerk.apps.library import actions as library
from gemeinwerk.apps.municipalities import actions as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import system
from gemeinwerk.core.forms import CompiledForm, Field, Form, Group, Node
from gemeinwerk.core.packages import Additions
from gemeinwerk.core.schemas import COMMAND_LIMIT
from tests.core.forms.form_samples import fields_of, typed_answer
from tests.offices import Browser
from tests.ruled_answering import answers_under_rules
from tests.studio_files import ADDED, CHILD_CARE, PARKING, REAL, author, files_of

pytestmark = pytest.mark.usefixtures("blocks")

ALL = sorted([*REAL.glob("xdf3/*.xml*"), *REAL.glob("xdf2/*/S*.xml")])
TRADE = REAL / "xdf2/gewerbeanmeldung/S00000009_xdatenfelder.xml"
USUAL = [*PARKING.glob("S*.xml"), CHILD_CARE, TRADE]
RULED = [*PARKING.glob("S*.xml"), *REAL.glob("xdf3/S07000000205*"), CHILD_CARE]
TYPED = {"phone": "0391 123456", "postal_code": "99999"}


class Citizen:
    """Fills in a form by HTTP as a person would, one answer of every choice group."""

    def __init__(
        self,
        client: Any,
        form: CompiledForm,
        today: date,
        answers: dict[str, str] | None = None,
    ) -> None:
        self.client, self.form, self.today = client, form, today
        self.fields = dict(placed(form.form))
        self.given = answers
        self.answers: dict[str, str] = dict(answers or {})
        self.pages: list[str] = []
        self.sent: dict[str, str] = {}

    def walk(self, slug: str) -> str:
        """Return the address of the receipt."""
        start = self._go(self.client.post(f"/leistung/{slug}/beginnen"))
        first = self.form.route({}, today=self.today)[0]
        overview = self.client.get(start)
        assert overview.status_code in (200, 302)
        place = overview.headers.get("Location", f"{start.partition('/seite/')[0]}/seite/{first}")
        if self.given is not None:
            place = self._all_pages(place)
        while "/seite/" in place:
            place = self._page(place)
        if place.endswith("/nachweise"):
            place = self._evidence(place)
        assert place.endswith("/pruefen"), place
        check = self.client.get(place).content.decode()
        stand = re.search(r'name="stand" value="(\d+)"', check)
        assert stand, check
        return self._go(
            self.client.post(place.replace("/pruefen", "/absenden"), {"stand": stand[1]})
        )

    def _all_pages(self, place: str) -> str:
        """Send every page of answers that were made before; what one asks may hang on another."""
        start = place.partition("/seite/")[0]
        for _ in range(4):
            wrong = []
            for page_id in self.form.route(self.answers, today=self.today):
                view = self.form.page_view(page_id, self.answers, today=self.today)
                posted = dict(shown_values(view["nodes"]))
                self._add_missing(f"{start}/seite/{page_id}", page_id, view, posted)
                answer = self.client.post(f"{start}/seite/{page_id}", posted)
                if answer.status_code != 302:
                    wrong.append((page_id, answer.status_code))
            if not wrong:
                self.pages = list(self.form.route(self.answers, today=self.today))
                return str(answer.headers["Location"])
        raise AssertionError(wrong)

    def _add_missing(self, place: str, page_id: str, view: Any, posted: Any) -> None:
        """Press "add" until the page has as many instances as the answers."""
        for name, wanted in repeated(view["nodes"]):
            for _ in range(wanted):
                seen = self.form.page_view(page_id, self.sent, today=self.today)
                if dict(repeated(seen["nodes"])).get(name, 0) >= wanted:
                    break
                pressed = posted | {"_add": [name]}
                self.client.post(place, pressed)
                reading = self.form.read_page(page_id, pressed, self.sent, today=self.today)
                self.sent = dict(reading.answers)
        reading = self.form.read_page(page_id, posted, self.sent, today=self.today)
        self.sent = dict(reading.answers)

    def _page(self, place: str) -> str:
        page_id = place.rpartition("/")[2]
        self.pages.append(page_id)
        assert self.client.get(place).status_code == 200
        # An answer may open further questions of the page: it is shown again, with them.
        for _ in range(3):
            view = self.form.page_view(page_id, self.answers, today=self.today)
            posted = self._typed(list(fields_of(view["nodes"])))
            reading = self.form.read_page(page_id, posted, self.answers, today=self.today)
            self.answers = dict(reading.answers)
            assert reading.faults == ()
            answer = self.client.post(place, posted)
            if answer.status_code != 200:
                break
        return self._go(answer)

    def _typed(self, nodes: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
        posted: dict[str, list[str]] = {}
        answered: set[str] = set()
        for node in nodes:
            field, choice = self.fields[re.sub(r"\[\d+\]", "", node["name"])]
            if node["kind"] in ("note", "hidden") or node["locked"] or choice in answered:
                continue
            answered |= {choice} if choice else set()
            known = TYPED.get(field.format)
            posted[node["name"]] = [known or typed_answer(node, field)]
        return posted

    def _evidence(self, place: str) -> str:
        assert self.client.get(place).status_code == 200
        for spec in self.form.evidence(self.answers, today=self.today):
            day = self.today + timedelta(days=spec.follow_days)
            self._go(self.client.post(f"{place}/{spec.key}/spaeter", {"bis": day.isoformat()}))
        return place.replace("/nachweise", "/pruefen")

    def _go(self, answer: Any) -> str:
        said = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
        assert answer.status_code == 302, said
        return str(answer.headers["Location"])


def repeated(nodes: Sequence[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Yield what is repeated on a page with the number of its instances, outer ones first."""
    for node in nodes:
        if "instances" in node:
            yield node["add"], len(node["instances"])
            for instance in node["instances"]:
                yield from repeated(instance.get("nodes", []))
        yield from repeated(node.get("nodes", ()))


def shown_values(nodes: Sequence[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands in the inputs of a page, by name."""
    for node in nodes:
        for instance in node.get("instances", ()):
            yield from shown_values(instance.get("nodes", [instance]))
        yield from shown_values(node.get("nodes", ()))
        asked = node["type"] == "field" and not node.get("instances") and not node["locked"]
        if asked and node["kind"] not in ("note", "hidden"):
            yield node["name"], [node["value"]]


def placed(form: Form) -> Iterator[tuple[str, tuple[Field, str]]]:
    """Yield every field by path, with the path of the choice group around it."""

    def walk(
        nodes: Sequence[Node], around: str, choice: str
    ) -> Iterator[tuple[str, tuple[Field, str]]]:
        for node in nodes:
            path = f"{around}.{node.id}" if around else node.id
            if isinstance(node, Group):
                yield from walk(node.nodes, path, path if node.choice else choice)
            else:
                yield path, (node, choice)

    for page in form.pages:
        yield from walk(page.nodes, "", "")


def publish(town_id: int, path: Path, *, rules: bool = False) -> tuple[str, CompiledForm]:
    """Load and publish one schema, perhaps with its rules; return address and form."""
    now, ina = timezone.now(), author(town_id)
    lists = sorted(path.parent.glob("C*.xml")) if path.parent.parent.name == "xdf2" else []
    with tenancy.town(town_id):
        unit: UUID = municipalities.add_unit(
            actor=system(town_id, name="test"), name="Bürgerbüro"
        ).id
        report = library.load_schema(
            actor=ina, files=files_of(path, *lists), limit=COMMAND_LIMIT, now=now
        )
        assert report.usable
        key = preparing.begin_from_schema(actor=ina, schema_id=report.schema_id, now=now)
        if rules:
            ruling.confirm_clear(actor=ina, key=key, now=now)
        preparing.save_draft(
            actor=ina,
            key=key,
            additions=Additions(**ADDED),  # type: ignore[arg-type]  # samples of mixed types
            unit_id=unit,
            revision=1,
            fee=None,
            now=now,
        )
        version = preparing.publish_draft(actor=ina, key=key, now=now, rules_left_open=True)
        today = timezone.localdate()
        form = queries.compiled_form(version.id, language="de", today=today)
        return version.offer.slug, form


def play(towns: tuple[int, int], browser: Browser, path: Path) -> None:
    slug, form = publish(towns[0], path)
    citizen = Citizen(browser(), form, timezone.localdate())
    assert slug in citizen.client.get("/").content.decode().replace("&#x2f;", "/")
    receipt = citizen.walk(slug)
    assert receipt.endswith("/eingang")
    assert citizen.pages == list(form.route(citizen.answers, today=citizen.today))
    with tenancy.town(towns[0]):
        assert Submission.objects.count() == 1
    shown = citizen.client.get(receipt)
    assert shown.status_code == 200


def play_with_rules(towns: tuple[int, int], browser: Browser, path: Path) -> None:
    """Fill a form in whose rules act, with answers they allow; without one of them it stays."""
    slug, form = publish(towns[0], path, rules=True)
    answers = answers_under_rules(form, 1)
    citizen = Citizen(browser(), form, timezone.localdate(), answers)
    receipt = citizen.walk(slug)
    assert receipt.endswith("/eingang")
    assert citizen.client.get(receipt).status_code == 200
    with tenancy.town(towns[0]):
        assert Submission.objects.count() == 1


@pytest.mark.parametrize("path", RULED, ids=lambda path: path.name.split("_")[0])
def test_a_real_schema_is_filled_in_under_its_rules(
    towns: tuple[int, int], browser: Browser, path: Path
) -> None:
    play_with_rules(towns, browser, path)


HOLDER = "G05000477.F05001047"
WHO = "G07000002570.G07000002571.F07000001236"
SWITCHES = [
    # schema, page, the answer that a rule asks for, name that then stands on the page, and not
    (CHILD_CARE, "G05000011684-2", ("G05000011684.G05000013144.F05000017637", "001", "002"),
     "G05000011684.G05000013144.G05000011743", "G05000011684.G05000013144.G60000000087"),
    (*REAL.glob("xdf3/S07000000205*"), "G07000000831", (WHO, "002", "001"),
     "G07000000831[0].G07000002573", "G07000000831[0].G07000000832"),
]  # fmt: skip


@pytest.mark.parametrize("switch", SWITCHES, ids=lambda switch: switch[0].name.split("V")[0])
def test_an_answer_shows_and_hides_as_the_prose_says(
    towns: tuple[int, int], browser: Browser, switch: Any
) -> None:
    path, page_id, (asked, code, other), shown, hidden = switch
    slug, form = publish(towns[0], path, rules=True)
    client = browser()
    start = client.post(f"/leistung/{slug}/beginnen").headers["Location"].partition("/seite/")[0]
    today = timezone.localdate()
    for answer, there, gone in ((code, shown, hidden), (other, hidden, shown)):
        answers = answers_under_rules(form, 1) | {asked: answer}
        for page in form.route(answers, today=today):
            view = form.page_view(page, answers, today=today)
            client.post(f"{start}/seite/{page}", dict(shown_values(view["nodes"])))
        body = client.get(f"{start}/seite/{page_id}").content.decode()
        assert f'name="{there}.' in body, answer
        assert f'name="{gone}.' not in body, answer


def test_an_answer_requires_as_the_prose_says(towns: tuple[int, int], browser: Browser) -> None:
    [path] = PARKING.glob("S*.xml")
    slug, form = publish(towns[0], path, rules=True)
    answers = answers_under_rules(form, 1)
    left = {k: v for k, v in answers.items() if not k.startswith("G05000499.")} | {HOLDER: "02"}
    told = [fault.path for fault in form.faults(left, today=timezone.localdate())]
    assert told == ["G05000499"]
    citizen = Citizen(browser(), form, timezone.localdate(), left)
    with pytest.raises(AssertionError) as refused:
        citizen.walk(slug)
    assert refused.value.args == ([("G05000499", 422)],)
    citizen.answers[HOLDER] = "01"
    with tenancy.town(towns[0]):
        assert Submission.objects.count() == 0
    free = Citizen(browser(), form, timezone.localdate(), left | {HOLDER: "01"})
    assert free.walk(slug).endswith("/eingang")


@pytest.mark.long
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.split("_")[0])
def test_every_real_schema_is_filled_in_under_its_rules(
    towns: tuple[int, int], browser: Browser, path: Path
) -> None:
    play_with_rules(towns, browser, path)


@pytest.mark.parametrize("path", USUAL, ids=lambda path: path.name.split("_")[0])
def test_a_real_schema_is_walked_to_the_receipt(
    towns: tuple[int, int], browser: Browser, path: Path
) -> None:
    play(towns, browser, path)


@pytest.mark.long
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.split("_")[0])
def test_every_real_schema_is_walked_to_the_receipt(
    towns: tuple[int, int], browser: Browser, path: Path
) -> None:
    play(towns, browser, path)
