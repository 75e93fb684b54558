"""A citizen with a browser: begins, fills in page after page, hands in, submits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.parking import photo

SLUG = "bewohnerparkausweis-beantragen"
PAGES = ("person", "vehicle", "period", "remark", "contact")


def sample(**changed: str) -> dict[str, str]:
    """Return what Anna answers, by name of the input; `changed` by role of the field."""
    from gemeinwerk.apps.catalogue import queries as catalogue

    version_id = catalogue.live_version_id(catalogue.offer_by_slug(SLUG))
    package = catalogue.package_of(version_id)
    moved = {package.roles["valid_from"]: (timezone.localdate() + timedelta(3)).isoformat()}
    return package.tests[0].answers | moved | {package.roles[k]: v for k, v in changed.items()}


class Citizen:
    """One browser on the portal of a town."""

    def __init__(self, town: str = "lindenau", **options: Any) -> None:
        self.client = Client(headers={"host": f"{town}.localhost"}, **options)
        self.draft = ""

    @property
    def id(self) -> UUID:
        return UUID(self.draft)

    def begin(self) -> Citizen:
        """Press the button of the service page."""
        response = self.client.post(f"/leistung/{SLUG}/beginnen")
        assert response.status_code == 302
        self.draft = response.headers["Location"].split("/")[2]
        return self

    def at(self, rest: str = "") -> str:
        return f"/antrag/{self.draft}{rest}"

    def get(self, rest: str = "") -> Any:
        return self.client.get(self.at(rest))

    def post(self, rest: str, data: Any = None, **options: Any) -> Any:
        return self.client.post(self.at(rest), data or {}, **options)

    def fill(self, *pages: str, **changed: str) -> Citizen:
        """Fill the pages (all without a name) with Anna's answers."""
        answers = sample(**changed)
        for page in pages or PAGES:
            response = self.post(f"/seite/{page}", answers)
            assert response.status_code in (200, 302), response.content.decode()[:3000]
            if response.status_code == 200:  # a new question came up: sent once more
                assert self.post(f"/seite/{page}", answers).status_code == 302
        return self

    def upload(self, data: bytes | None = None, name: str = "Schein.png", key: str = "") -> Any:
        file = SimpleUploadedFile(name, photo() if data is None else data)
        rest = f"/nachweise/{key or 'vehicle_papers'}/hochladen"
        return self.post(rest, {"datei": file})

    def ready(self, **changed: str) -> Citizen:
        """Fill in everything and hand in the evidence."""
        self.begin().fill(**changed)
        assert self.upload().status_code == 302
        return self

    def revision(self) -> str:
        """Return the state that the check page shows."""
        page = self.get("/pruefen").content.decode()
        return page.split('name="stand" value="')[1].split('"')[0]

    def submit(self, revision: str = "") -> Any:
        return self.post("/absenden", {"stand": revision or self.revision()})


def text_of(response: Any) -> str:
    """Return the page; minijinja writes slashes as references, which nobody needs to see."""
    return str(response.content.decode().replace("&#x2f;", "/"))
