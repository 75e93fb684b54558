"""The packages that are shipped load, agree with their test cases and leave nothing open."""

import json
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.packages import (
    Package,
    content_hash,
    default_parameters,
    document,
    fee_for,
    filled_texts,
    load_package,
    open_points,
    package_from_document,
    replay,
    translate,
    translation_gaps,
)
from tests.core.packages.folders import SHIPPED, folder

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module", params=SHIPPED)
def package(request: pytest.FixtureRequest) -> Package:
    return load_package(folder(request.param))


def test_every_test_case_is_green(package: Package) -> None:
    red = [one for one in replay(package) if not one.passed]
    assert red == []
    assert len(package.tests) >= 8


def test_cases_play_every_outcome_or_route(package: Package) -> None:
    decided = {one.decided for one in package.tests} - {None}
    routes = {one.expect.route for one in package.tests}
    assert Outcome.REFUSE in decided and (Outcome.GRANT in decided or "automatic" in routes)


def test_nothing_is_open(package: Package) -> None:
    assert open_points(package) == ()


def test_every_portal_text_is_translated(package: Package) -> None:
    assert translation_gaps(package, "en") == ()


def test_translation_changes_words_only(package: Package) -> None:
    english = translate(package, "en")
    assert english.form.title != package.form.title
    assert english.notice == package.notice
    assert [page.id for page in english.form.pages] == [page.id for page in package.form.pages]
    assert translate(package, "fr").form == package.form


def test_document_round_trip_keeps_package_and_hash(package: Package) -> None:
    stored = json.loads(json.dumps(document(package)))
    assert package_from_document(stored) == package
    assert content_hash(stored) == content_hash(document(package))
    changed = document(replace(package, name="Anders"))
    assert content_hash(changed) != content_hash(stored)


def test_no_amount_of_a_town_is_built_in(package: Package) -> None:
    for one in package.parameters:
        assert one.kind not in ("money", "table") or one.default == ()


def test_blocks_are_included_not_copied(package: Package) -> None:
    own = folder(package.key)["fields.toml"].decode()
    assert "F99000101" not in own.replace("G99000011.F99000101", "")
    assert package.roles["family_name"] == "G99000011.F99000101"
    assert package.delivery is not None


def test_every_question_of_its_own_or_its_group_says_why_or_explains_itself(
    package: Package,
) -> None:
    """Quality gate in small: at least half of the questions name their reason."""
    fields = [
        node
        for page in package.form.pages
        for top in page.nodes
        for node in (getattr(top, "nodes", None) or (top,))
    ]
    assert sum(bool(one.why) for one in fields) * 2 >= len(fields)


def test_town_without_parameters_sees_a_gap_not_an_error(package: Package) -> None:
    plain = default_parameters(package, on=TODAY)
    assert "{" not in filled_texts(package, plain).cost
    fee = fee_for(package, {}, plain, today=TODAY)
    assert fee is None or fee.total == Decimal("0.00")


def test_a_hundred_replays_take_less_than_a_second(package: Package) -> None:
    tests = (package.tests * 13)[:100]
    began = time.process_time()
    replay(replace(package, tests=tests))
    assert time.process_time() - began < 1
