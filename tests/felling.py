"""Lindenau with tree felling: Anna applies, Olga owns the land, Emil knows trees."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.offices import operator
from tests.parking import NOW, Office, applicant
from tests.paths import CONTENT

SLUG = "baum-faellen-ausnahme-beantragen"
OWN = ("person", "tree", "reason", "contact")
CONSENT, REMARK = "G99000053.F99000531", "G99000053.F99000532"
LAND, GIRTH, WHY = "G99000051.F99000514", "G99000051.F99000513", "G99000052.F99000521"
KIND = "G99000051.F99000511"
OLGA = {CONSENT: "true", REMARK: "Der Baum war ein Geschenk."}
EMIL = {
    "G99000054.F99000541": "2026-11-10",
    "G99000054.F99000542": "no",
    "G99000054.F99000543": "Der Stamm ist hohl.",
}


@pytest.fixture
def grove(office: Office) -> Office:
    """The office that also decides on trees; mails are in `office.outside.mails`."""
    publish(office)
    return office


def publish(office: Office) -> None:
    """Offer tree felling in the current town."""
    from gemeinwerk.apps.catalogue import actions as catalogue
    from gemeinwerk.apps.municipalities import actions as municipalities
    from gemeinwerk.core.packages import load_package

    folder = CONTENT / "packages" / "tree-felling"
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    files |= {f"blocks/{p.name}": p.read_bytes() for p in (CONTENT / "blocks").glob("*.toml")}
    package, actor = load_package(files), operator(office.town_id)
    for name, value in package.tests[0].parameters.items():
        municipalities.set_parameter(
            actor=actor,
            service_key=package.key,
            name=name,
            value=value,
            valid_from=date(2026, 1, 1),
            norm="Test",
            now=NOW,
        )
    catalogue.publish(actor=actor, package=package, unit_id=office.unit_id, source="test", now=NOW)


def sample(**changed: str) -> dict[str, str]:
    """Return Anna's answers: land of somebody else unless `own`, a danger only if `why` says so."""
    from gemeinwerk.apps.catalogue import queries as catalogue

    package = catalogue.package_of(catalogue.live_version_id(catalogue.offer_by_slug(SLUG)))
    paths = {"own": LAND, "girth": GIRTH, "why": WHY, "kind": KIND}
    answers = package.tests[0].answers | {LAND: "false"}
    return answers | {paths[name]: value for name, value in changed.items()}


def invited(office: Office) -> tuple[UUID, UUID]:
    """Return a draft of Anna, all filled in, and the part of Olga, who was invited; by actions."""
    from django.utils import timezone

    from gemeinwerk.apps.applications import actions
    from gemeinwerk.apps.applications.models import Participation
    from gemeinwerk.apps.catalogue import queries as catalogue

    now = timezone.now()
    version_id = catalogue.live_version_id(catalogue.offer_by_slug(SLUG))
    draft_id = actions.start(offer_version_id=version_id, language="de", now=now).id
    actor = applicant(office.town_id, draft_id)
    posted = {path: [value] for path, value in sample().items()}
    for page in OWN:
        actions.save_page(actor=actor, draft_id=draft_id, page_id=page, posted=posted, now=now)
    actions.invite(
        actor=actor,
        draft_id=draft_id,
        role="owner",
        name="Olga Ostermann",
        email="olga@example.org",
        language="de",
        now=now,
    )
    return draft_id, Participation.objects.get(dossier=draft_id).id


class Anna:
    """The browser of who applies."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "lindenau.localhost"})
        started = self.client.post(f"/leistung/{SLUG}/beginnen")
        assert started.status_code == 302, started.status_code
        self.draft = started.headers["Location"].split("/")[2]

    def get(self, rest: str = "") -> Any:
        return self.client.get(f"/antrag/{self.draft}{rest}")

    def post(self, rest: str, data: Any = None, **options: Any) -> Any:
        return self.client.post(f"/antrag/{self.draft}{rest}", data or {}, **options)

    def fill(self, *pages: str, **changed: str) -> Anna:
        """Fill in her pages (all without a name)."""
        for page in pages or OWN:
            answer = self.post(f"/seite/{page}", sample(**changed))
            assert answer.status_code == 302, (page, answer.status_code)
        return self

    def invite(
        self, role: str = "owner", name: str = "Olga Ostermann", *, replace: bool = False
    ) -> str:
        """Invite somebody and return the code that the page shows."""
        email = f"{name.split()[0].lower()}@example.org"
        data = {"name": name, "email": email, "sprache": "de"}
        answer = self.post(f"/person/{role}", data | ({"ersetzt": "ja"} if replace else {}))
        assert answer.status_code == 200, answer.content.decode()[:2000]
        return code_on(answer)

    def submit(self) -> Any:
        page = self.get("/pruefen").content.decode()
        stand = page.split('name="stand" value="')[1].split('"')[0]
        return self.post("/absenden", {"stand": stand})


class Guest:
    """The browser of somebody who was invited."""

    def __init__(self, link: str, code: str = "", town: str = "lindenau") -> None:
        self.client = Client(headers={"host": f"{town}.localhost"})
        self.id = link.rsplit("/", 1)[1]
        if code:
            assert self.open(code).status_code == 302

    def open(self, code: str) -> Any:
        return self.client.post(f"/mitmachen/{self.id}", {"code": code})

    def get(self, rest: str = "") -> Any:
        return self.client.get(f"/teil/{self.id}{rest}")

    def post(self, rest: str, data: Any = None, **options: Any) -> Any:
        return self.client.post(f"/teil/{self.id}{rest}", data or {}, **options)

    def finish(self, page: str = "owner", answers: dict[str, str] | None = None) -> Any:
        """Fill in her page and declare."""
        saved = self.post(f"/seite/{page}", OLGA if answers is None else answers)
        assert saved.status_code == 302, saved.content.decode()[:2000]
        return self.post("/abschliessen", {"stand": self.stand()})

    def stand(self) -> str:
        shown = self.get("/pruefen").content.decode()
        return str(shown.split('name="stand" value="')[1].split('"')[0])


def code_on(answer: Any) -> str:
    """Return the access code that stands on a page."""
    text = answer.content.decode()
    found = re.search(r"\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\b", text)
    assert found is not None, text[-3000:]
    return found[1]


def links(office: Office, work: Callable[[], int]) -> list[str]:
    """Run the jobs and return the links to parts in the mails that left, oldest first."""
    work()
    texts = [str(mail) for mail in office.outside.mails]
    return [hit for text in texts for hit in re.findall(r"http\S+/mitmachen/[0-9a-f-]{36}", text)]
