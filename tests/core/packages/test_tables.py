"""Streets are found however people write them; nothing is guessed beyond spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.packages.tables import (
    house_number,
    matching_rows,
    one_value,
    rows_of_street,
    street_key,
)

ROWS = (
    {"street": "Lindenstraße", "zone": "A"},
    {"street": "Am Alten Markt", "from": "1", "to": "19", "side": "ungerade", "zone": "A"},
    {"street": "Am Alten Markt", "from": "2", "to": "20", "side": "gerade", "zone": "B"},
    {"street": "Straße des Friedens", "from": "10", "zone": "C"},
)


def zone(street: str, number: str) -> str | None:
    return one_value(rows_of_street(ROWS, street, number), "zone")


@pytest.mark.parametrize(
    "written", ["Lindenstraße", "lindenstrasse", "Lindenstr.", "Linden-Str.", "LINDENSTRASSE "]
)
def test_usual_spellings_are_one_street(written: str) -> None:
    assert zone(written, "12a") == "A"


@pytest.mark.parametrize(
    ("street", "number", "expected"),
    [
        ("Am Alten Markt", "7", "A"),
        ("Am Alten Markt", "8 b", "B"),
        ("Am Alten Markt", "21", None),
        ("Am Alten Markt", "", None),
        ("Str. des Friedens", "9", None),
        ("Straße des Friedens", "10", "C"),
        ("Lindenweg", "1", None),
        ("", "1", None),
    ],
)
def test_house_numbers_and_sides(street: str, number: str, expected: str | None) -> None:
    assert zone(street, number) == expected


def test_rows_that_disagree_give_nothing() -> None:
    rows = ({"street": "Weg", "zone": "A"}, {"street": "Weg", "zone": "B"})
    assert one_value(rows_of_street(rows, "Weg", "1"), "zone") is None


def test_missing_answer_matches_no_row() -> None:
    assert matching_rows(({"purpose": "", "rate": "1"},), {"purpose": None}) == ()


@given(st.text(max_size=60))
def test_any_text_is_a_street_of_itself_or_none(text: str) -> None:
    rows = ({"street": text, "zone": "A"},)
    found = rows_of_street(rows, f" {text} ", "1")
    assert found == (rows if street_key(text) else ())


@given(st.text(max_size=20))
def test_house_number_never_fails(text: str) -> None:
    number = house_number(text)
    assert number is None or number >= 0
