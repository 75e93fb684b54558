"""The block library: each group and field once, with uses, versions and differences."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from gemeinwerk.apps.library import actions, blocks, currency
from gemeinwerk.apps.library.models import BlockUse
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Role
from gemeinwerk.core.kernel import NotFoundError, RefusedError
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from gemeinwerk.project.commands import fim, library
from tests.studio_files import CHILD_CARE, NOW, author, files_of, parking_files

pytestmark = pytest.mark.usefixtures("blocks")


def load(town_id: int, files: list[tuple[str, bytes]]) -> None:
    actions.load_files(actor=author(town_id), files=files, limit=UPLOAD_LIMIT, now=NOW)


def test_loading_puts_each_group_and_field_on_the_shelf_once(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    count = BlockUse.objects.count()
    load(lindenau, parking_files(lists=False))
    assert BlockUse.objects.count() == count > 20
    rows = blocks.search(author(lindenau), limit=500)
    assert len({row.id for row in rows}) == len(rows)
    assert {row.kind for row in rows} == {"group", "field"}
    assert {row.kind for row in blocks.search(author(lindenau), kind="group")} == {"group"}


def test_blocks_are_found_by_what_words_mean(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    me = author(lindenau)
    names = [row.name for row in blocks.search(me, "Namen der Familie")]
    assert any("Familienname" in name for name in names)
    assert blocks.search(me, "strassen") and "traße" in blocks.search(me, "strassen")[0].name
    [row] = blocks.search(me, "g05000499")
    assert row.id == "G05000499"
    assert blocks.search(me, "xyzzyqqq") == []


def test_reuse_is_counted_over_schemas_not_places(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    load(lindenau, files_of(CHILD_CARE))
    page = blocks.block(author(lindenau), "G05000499")
    assert page.used_in == 1
    assert page.versions[0].uses[0].fim_id == "S05000058"


def test_a_newer_version_says_what_is_different(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    use = BlockUse.objects.filter(kind="field").first()
    assert use is not None
    content = {**use.content, "help": "Neu", "version": "9.10"}
    BlockUse.objects.create(
        schema=use.schema,
        fim_id=use.fim_id,
        version="9.10",
        kind="field",
        name=use.name,
        words=use.words,
        places=use.places,
        legal_basis=[["§ 1 Mustergesetz", ""]],
        content=content,
    )
    page = blocks.block(author(lindenau), use.fim_id)
    assert [one.version for one in page.versions] == ["9.10", use.version]
    assert [one.what for one in page.differences(use.version, "9.10")] == ["help"]
    assert page.versions[0].legal_basis == (("§ 1 Mustergesetz", ""),)
    with pytest.raises(NotFoundError):
        page.version("7")


def test_the_index_can_be_written_anew(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    count = BlockUse.objects.count()
    BlockUse.objects.all().delete()
    assert blocks.reindex(author(lindenau)) == 1
    assert BlockUse.objects.count() == count


def test_only_those_who_load_schemas_see_the_shelf(lindenau: int) -> None:
    with pytest.raises(RefusedError):
        blocks.search(author(lindenau, Role.CASEWORKER))
    with pytest.raises(NotFoundError):
        blocks.block(author(lindenau), "F99999999")


def test_towns_do_not_see_each_others_blocks(towns: tuple[int, int]) -> None:
    mine, theirs = towns
    with tenancy.town(mine):
        load(mine, parking_files(lists=False))
    with tenancy.town(theirs):
        assert blocks.search(author(theirs)) == []
        with pytest.raises(NotFoundError):
            blocks.block(author(theirs), "G05000499")


class Portal:
    """A FIM portal that knows one newer version."""

    def newest(self, ids: Any) -> list[Any]:
        return [SimpleNamespace(id=one, version="10.0", fetched_at=NOW) for one in ids]


def test_outdated_schemas_are_told_by_number(lindenau: int) -> None:
    load(lindenau, parking_files(lists=False))
    [told] = currency.outdated(author(lindenau), Portal())
    assert (told.id, told.newest) == ("S05000058", "10.0")


def test_the_commands_print_for_machines(lindenau: int, capsys: pytest.CaptureFixture[str]) -> None:
    load(lindenau, parking_files(lists=False))
    args = SimpleNamespace(json=True)
    assert fim.listed(args, lindenau, Portal()) == 0  # type: ignore[arg-type]  # as argparse makes
    assert json.loads(capsys.readouterr().out)["outdated"][0]["newest"] == "10.0"
    key = _key(lindenau)
    parser = SimpleNamespace(
        verb="search", words=["Familienname"], kind="", limit=5, json=True, municipality=key
    )
    assert library.in_town(parser) == 0  # type: ignore[arg-type]  # as argparse makes it
    found = json.loads(capsys.readouterr().out)["blocks"]
    assert found and found[0]["used_in"] == 1


def _key(town_id: int) -> str:
    from gemeinwerk.apps.municipalities.models import Municipality

    return str(Municipality.objects.get(pk=town_id).slug)
