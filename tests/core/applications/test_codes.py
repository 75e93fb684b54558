"""Codes are readable, forgive what people mistake, and find typing mistakes."""

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.applications import (
    ALPHABET,
    AccessCodeError,
    CaseNumberError,
    new_access_code,
    new_case_number,
    normalise_access_code,
    normalise_case_number,
)

_SEEDS = st.integers(0, 2**32)


def test_the_shape_of_a_case_number() -> None:
    number = new_case_number(2026, lambda below: 7)
    assert number.startswith("2026-7777-7777-")
    assert len(number) == 16


@given(_SEEDS)
def test_what_is_made_is_understood(seed: int) -> None:
    below = random.Random(seed).randrange
    number, code = new_case_number(2026, below), new_access_code(below)
    assert normalise_case_number(number) == number
    assert normalise_access_code(code) == code
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert normalise_access_code(f" {typed} ") == code
    assert normalise_case_number(number.replace("-", "\u2013").replace("1", "i")) == number


@given(_SEEDS, st.integers(0, 12), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(seed: int, place: int, wrong: str) -> None:
    plain = new_case_number(2026, random.Random(seed).randrange).replace("-", "")
    if plain[place] != wrong:
        with pytest.raises(CaseNumberError):
            normalise_case_number(plain[:place] + wrong + plain[place + 1 :])


@given(_SEEDS)
def test_two_swapped_characters_are_found(seed: int) -> None:
    plain = new_access_code(random.Random(seed).randrange).replace("-", "")
    for first, second in combinations(range(15), 2):
        swapped = list(plain)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        if plain[first] != plain[second]:
            with pytest.raises(AccessCodeError):
                normalise_access_code("".join(swapped))


@given(st.text())
def test_any_other_text_is_refused_in_peace(typed: str) -> None:
    with pytest.raises(CaseNumberError):
        normalise_case_number(typed)
    with pytest.raises(AccessCodeError):
        normalise_access_code(typed)


def test_a_year_has_digits_only() -> None:
    with pytest.raises(CaseNumberError):
        normalise_case_number("2O2X-7777-7777-7")
