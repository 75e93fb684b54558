"""A freshly loaded schema becomes a package that works and claims nothing."""

from datetime import date

import pytest

from gemeinwerk.core.decisions import (
    Addressee,
    AuthorityBlock,
    NoticeFacts,
    Outcome,
    compose,
    missing_parts,
    template_faults,
)
from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.packages import (
    Package,
    calculate,
    document,
    fee_for,
    notice_texts,
    open_points,
    package_from_document,
    package_from_schema,
    route_of,
)
from gemeinwerk.core.schemas import read_schema
from tests.core.packages.folders import blocks
from tests.paths import STANDARDS

TODAY = date(2026, 11, 22)
FILE = STANDARDS / "xdatenfelder/xdf2/bewohnerparken/S05000058V1.0_xdf2.xml"


@pytest.fixture(scope="module")
def package() -> Package:
    return package_from_schema(read_schema(FILE.read_bytes()), {}, blocks=blocks())


def test_fee_is_on_request_and_a_person_decides(package: Package) -> None:
    assert package.texts.cost == "Gebühr nach Auskunft"
    assert fee_for(package, {}, {}, today=TODAY) is None
    values = calculate(package, {}, {}, today=TODAY)
    assert not route_of(package, values, evidence_complete=True, checks={}).automatic


def test_it_asks_for_delivery_on_a_last_page(package: Package) -> None:
    assert package.form.pages[-1].id == "contact"
    assert package.delivery is not None
    pages = compile_form(package.form).route({}, today=TODAY)
    assert pages[-1] == "contact" and len(pages) > 1


def test_without_blocks_decisions_go_by_letter() -> None:
    bare = package_from_schema(read_schema(FILE.read_bytes()), {})
    assert bare.delivery is None and bare.form.pages[-1].id != "contact"


def test_open_points_name_what_a_schema_cannot_tell(package: Package) -> None:
    open_codes = {one.code for one in open_points(package)}
    assert {"package.no_retention", "package.privacy_incomplete"} <= open_codes
    assert "package.no_delivery_consent" not in open_codes


@pytest.mark.parametrize("outcome", list(Outcome))
def test_generic_notice_lacks_nothing_but_what_the_town_adds(
    package: Package, outcome: Outcome
) -> None:
    texts = notice_texts(package, calculate(package, {}, {}, today=TODAY))
    assert template_faults(package.notice, texts) == ()
    facts = NoticeFacts(
        authority=AuthorityBlock(name="Stadt Musterstadt"),
        addressee=Addressee(lines=("Anna Beispiel",)),
        written_on=TODAY,
        case_number="1",
        texts=texts,
        closing_name="Ben Muster",
    )
    assert missing_parts(compose(package.notice, outcome, facts)) == ("notice.remedy_missing",)


def test_document_round_trip(package: Package) -> None:
    assert package_from_document(document(package)) == package
