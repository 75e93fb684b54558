"""Pages of the block library: search, one block, what a newer version says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from gemeinwerk.apps.library.models import BlockUse, StoredSchema
from gemeinwerk.apps.municipalities import tenancy
from tests.studio_files import parking_files
from tests.web.studio.test_studio_pages import send, text_of

SHELF = "/werkstatt/bausteine"

pytestmark = pytest.mark.usefixtures("staff_pages")


@pytest.fixture
def shelf(ina: Any, towns: tuple[int, int]) -> Any:
    """The browser of an author; one field has a newer version that is different."""
    send(ina, parking_files(lists=False))
    with tenancy.town(towns[0]):
        use = BlockUse.objects.get(fim_id="F05001243")
        changed = {"help": "<b>Wie im Ausweis</b>", "max_length": 120}
        BlockUse.objects.create(
            schema=use.schema,
            fim_id=use.fim_id,
            version="1.10",
            kind=use.kind,
            name=use.name,
            words=use.words,
            places=use.places,
            legal_basis=[["§ 5 PAuswG", ""]],
            content={**use.content, **changed},
        )
    return ina


def test_blocks_are_searched_and_filtered(shelf: Any) -> None:
    assert "Familienname" in text_of(shelf.get(SHELF))
    found = text_of(shelf.get(f"{SHELF}?q=familien&art=field"))
    assert "Familienname" in found
    assert "1.10, 1.0" in found
    assert "Angaben zur antragstellenden Person" not in found
    assert "Nichts gefunden" in text_of(shelf.get(f"{SHELF}?q=xyzzyqqq"))
    assert "<script>" not in shelf.get(f"{SHELF}?q=<script>&art=<script>").content.decode()


def test_a_newer_version_tells_what_is_different(shelf: Any) -> None:
    page = text_of(shelf.get(f"{SHELF}/F05001243"))
    assert "Fassung 1.10" in page
    assert "Das ist anders als in Fassung 1.0" in page
    assert "§ 5 PAuswG" in page
    assert "Hilfetext" in page
    assert "&lt;b&gt;Wie im Ausweis" in page
    old = text_of(shelf.get(f"{SHELF}/F05001243?neu=1.0"))
    assert "Das ist anders" not in old


@pytest.mark.parametrize("path", ["F99999999", "F05001243?neu=7", "F05001243?alt=7", "x"])
def test_what_is_not_there_is_not_there(shelf: Any, path: str) -> None:
    assert shelf.get(f"{SHELF}/{path}").status_code == 404


def test_the_start_leads_to_the_blocks(shelf: Any) -> None:
    assert "Bausteine suchen" in text_of(shelf.get("/werkstatt/"))


def test_the_services_made_from_its_schemas_are_named(shelf: Any, towns: tuple[int, int]) -> None:
    page = f"{SHELF}/F05001243"
    assert "Leistungen Ihrer Gemeinde" not in text_of(shelf.get(page))
    with tenancy.town(towns[0]):
        schema = StoredSchema.objects.get(fim_id="S05000058")
    shelf.post(f"/werkstatt/schema/{schema.id}/entwurf")
    assert "Leistungen Ihrer Gemeinde" in text_of(shelf.get(page))
