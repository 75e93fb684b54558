"""`gemeinwerk town add`: the example of the how-to becomes a town, faults are told together."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from pathlib import Path

import pytest

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities import queries, tenancy
from gemeinwerk.connectors.key_store import KeyStore
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.project import town_file
from gemeinwerk.project.commands import town

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-on-a-server.md"


def example() -> str:
    found = re.search(r"^```toml\n(.*?)^```", HOW_TO.read_text(), re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def key_store(tmp_path: Path):
    before = ports.key_store._connector
    store = KeyStore(tmp_path / "keys")
    ports.key_store.plug(store)
    yield store
    ports.key_store._connector = before


@pytest.mark.django_db
def test_the_example_of_the_how_to_becomes_a_town(as_owner, key_store, capsys):
    described = town_file.read(example().encode())
    with as_owner():
        assert town.add(Namespace(json=True), described) == 0
        made = queries.town_by_slug(described.slug)
        assert json.loads(capsys.readouterr().out)["id"] == made.id
        assert key_store.town_key(made.id)[0] == 1
        with tenancy.town(made.id):
            assert [unit.name for unit in queries.units()] == described.units
        assert town.add(Namespace(json=False), described) == 1
        assert "gibt es schon" in capsys.readouterr().err
        assert town.show(Namespace(json=False)) == 0
        assert described.key in capsys.readouterr().out


def test_all_that_is_missing_is_told_together():
    gaps = re.sub(r"^(phone|authority) = .*\n", "", example(), flags=re.MULTILINE)
    gaps = re.sub(r"^state = .*$", 'state = "XX"', gaps, flags=re.MULTILINE)
    with pytest.raises(FaultsError) as refused:
        town_file.read(gaps.encode())
    told = {fault.path for fault in refused.value.faults}
    assert told == {"contact.phone", "legal.authority", "state"}


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ('slug = "musterstadt"', 'slug = "Muster.Stadt"'),
        ('key = "999040004004"', 'key = "4711"'),
        ("population = 21500", "population = 0"),
        ('kind = "Stadt"', 'kind = "Stadt"\nsurprise = 1'),
        ('kind = "Stadt"', "kind = ]"),
    ],
)
def test_what_cannot_be_a_town_is_refused(line: str, other: str):
    assert line in example()
    with pytest.raises(FaultsError) as refused:
        town_file.read(example().replace(line, other).encode())
    assert [fault.code for fault in refused.value.faults] == ["town_file.unreadable"]


def test_the_command_says_what_is_missing_and_touches_nothing(tmp_path: Path, capsys):
    file = tmp_path / "town.toml"
    file.write_text(re.sub(r"^email = .*\n", "", example(), flags=re.MULTILINE))
    assert town.run(Namespace(verb="add", file=file, json=False)) == 1
    assert "contact.email: Das fehlt." in capsys.readouterr().err


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path, capsys):
    assert town.run(Namespace(verb="add", file=tmp_path / "none.toml", json=False)) == 2
    assert "none.toml" in capsys.readouterr().err
