"""The fictitious register: all or nothing, spelled one way or the other."""

from dataclasses import replace
from pathlib import Path

import pytest

from gemeinwerk.connectors.residents_register import FictitiousRegister, Resident

KEY = "990000000001"
ANNA = Resident("Müller", "Anna Maria", "1985-03-27", "Lindenstraße", "12a", "99990", "Lindenau")
REGISTER = FictitiousRegister({KEY: [ANNA]})


def test_everything_matches():
    assert REGISTER.matches(KEY, ANNA)


@pytest.mark.parametrize(
    "spelled",
    [
        {"family_name": "MUELLER"},
        {"first_names": " anna-maria "},
        {"street": "Lindenstr."},
        {"street": "lindenstrasse"},
        {"house_number": "12 A"},
    ],
)
def test_spelling_does_not_matter(spelled):
    assert REGISTER.matches(KEY, replace(ANNA, **spelled))


@pytest.mark.parametrize(
    "wrong",
    [
        {"family_name": "Muller"},
        {"first_names": "Anna"},
        {"born_on": "1985-03-28"},
        {"street": "Lindenweg"},
        {"house_number": "12"},
        {"postcode": "99991"},
        {"city": "Birkenfurt"},
        {"house_number": ""},
        {"born_on": ""},
    ],
)
def test_one_difference_is_no_match(wrong):
    assert not REGISTER.matches(KEY, replace(ANNA, **wrong))


def test_another_town_knows_nobody():
    assert not REGISTER.matches("990000000002", ANNA)


def test_an_empty_person_in_the_register_matches_nobody():
    nobody = Resident("", "", "", "", "", "", "")
    assert not FictitiousRegister({KEY: [nobody]}).matches(KEY, nobody)


def test_it_reads_a_file(tmp_path: Path):
    path = tmp_path / "residents.json"
    path.write_text(
        '{"990000000001": [{"family_name": "Müller", "first_names": "Anna Maria", "born_on": '
        '"1985-03-27", "street": "Lindenstraße", "house_number": "12a", "postcode": "99990", '
        '"city": "Lindenau"}]}'
    )
    assert FictitiousRegister.read(path).matches(KEY, ANNA)
