"""What is added to a package made from a schema: complete and back, and what stays open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.packages import (
    Additions,
    additions_of,
    blocking_points,
    complete,
    content_hash,
    document,
    fee_for,
    missing_parameters,
    package_from_document,
    package_from_schema,
)
from gemeinwerk.core.schemas import read_schema
from tests.paths import STANDARDS
from tests.studio_files import ADDED, NOW

TODAY = NOW.date()
FILE = STANDARDS / "xdatenfelder/xdf3/S00000000364V1.0.0_xdf3.xml"


@pytest.fixture(scope="module")
def bare():
    return package_from_schema(read_schema(FILE.read_bytes()), {})


def test_everything_added_leaves_only_what_the_blocks_would_bring(bare):
    done = complete(bare, Additions(**ADDED))
    assert {one.code for one in blocking_points(done)} == {"package.no_delivery_consent"}
    assert {one.code for one in blocking_points(bare)} > {"package.no_delivery_consent"}


@pytest.mark.parametrize("fee", ["on_request", "none", "fixed"])
def test_additions_can_be_read_back_and_stored(bare, fee):
    given = Additions(**ADDED, title="Wohnung melden", keywords=("Umzug",), fee=fee)
    done = complete(bare, given)
    again = additions_of(package_from_document(document(done)))
    assert complete(bare, again) == done
    assert content_hash(document(complete(bare, again))) == content_hash(document(done))


def test_a_fixed_fee_is_a_value_of_the_town(bare):
    fixed = complete(bare, Additions(**ADDED, fee="fixed"))
    assert missing_parameters(fixed.parameters, {}, today=TODAY) == ("fee", "fee_norm")
    values = {"fee": "12.50", "fee_norm": "§ 2 Gebührensatzung"}
    statement = fee_for(fixed, {}, values, today=TODAY)
    assert statement is not None
    assert statement.total == Decimal("12.50")
    assert statement.lines[0].norm == "§ 2 Gebührensatzung"
    refused = fee_for(fixed, {}, values, today=TODAY, outcome=Outcome.REFUSE)
    assert refused is not None and refused.total == 0
    assert fee_for(fixed, {}, {}, today=TODAY) is None


def test_free_and_on_request_say_so_in_page_and_notice(bare):
    free = complete(bare, Additions(fee="none"))
    statement = fee_for(free, {}, {}, today=TODAY)
    assert statement is not None and statement.total == 0
    assert free.texts.cost == "Gebührenfrei"
    assert [block.id for block in free.notice.blocks if block.kind == "fee"] == ["free"]
    asked = complete(bare, Additions())
    assert fee_for(asked, {}, {}, today=TODAY) is None
    assert asked.notice == bare.notice
