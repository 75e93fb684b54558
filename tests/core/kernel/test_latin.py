"""DIN 91379 against the published list and the test vectors."""

from __future__ import annotations

import csv
import functools
import json
import re
import timeit
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.kernel.latin import (
    Offence,
    check_text,
    normalise,
    search_form,
    visible_length,
)
from tests.paths import STANDARDS

FOLDER = STANDARDS / "din-spec-91379"


@functools.cache
def standard() -> dict[str, Any]:
    return json.loads((FOLDER / "din-91379.json").read_text("utf-8"))


def entry_text(codepoints: list[str]) -> str:
    return "".join(chr(int(code, 16)) for code in codepoints)


def vectors() -> list[dict[str, str]]:
    with (FOLDER / "test-vectors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unescaped(value: str) -> str:
    return re.sub(r"\\u\{([0-9A-F]+)\}", lambda found: chr(int(found[1], 16)), value)


@pytest.mark.parametrize("datatype", "ABCDE")
def test_every_entry_of_the_standard_is_judged_as_its_group_says(datatype: str) -> None:
    groups = standard()["datatypes"][datatype]["groups"]
    wrong = [
        entry["name"]
        for entry in standard()["entries"]
        if (check_text(entry_text(entry["codepoints"]), datatype) == [])
        is not (entry["group"] in groups)
    ]
    assert wrong == []


@pytest.mark.parametrize("datatype", "ABCDE")
def test_nothing_beyond_the_standard_is_allowed(datatype: str) -> None:
    groups = standard()["datatypes"][datatype]["groups"]
    listed = {
        entry_text(entry["codepoints"])
        for entry in standard()["entries"]
        if entry["group"] in groups
    }
    singles = map(chr, range(0x11000))
    assert {single for single in singles if not check_text(single, datatype)} == {
        entry for entry in listed if len(entry) == 1
    }
    marks = [chr(code) for code in range(0x300, 0x370)]
    letters = [entry for entry in listed if len(entry) == 1]
    pairs = {letter + mark for letter in letters for mark in marks}
    assert {pair for pair in pairs if not check_text(pair, datatype)} == listed & pairs


@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["note"])
def test_test_vectors(vector: dict[str, str]) -> None:
    value = normalise(unescaped(vector["escaped"]))
    found = {datatype: not check_text(value, datatype) for datatype in "ABCDE"}
    assert found == {datatype: vector[datatype] == "yes" for datatype in "ABCDE"}


def test_search_forms_are_those_of_the_standard() -> None:
    wrong = {
        entry["name"]: search_form(entry_text(entry["codepoints"]))
        for entry in standard()["entries"]
        if "search_form" in entry
        and search_form(entry_text(entry["codepoints"])) != entry_text(entry["search_form"])
    }
    assert wrong == {}


def test_every_entry_is_one_unit() -> None:
    entries = [entry for entry in standard()["entries"] if entry["group"] != "dc"]
    assert [e for e in entries if visible_length(entry_text(e["codepoints"])) != 1] == []
    assert visible_length("".join(entry_text(e["codepoints"]) for e in entries)) == len(entries)


def test_an_offence_tells_character_place_and_name() -> None:
    assert check_text("Ann\u200ba 2", "A") == [
        Offence("U+200B", 3, "ZERO WIDTH SPACE"),
        Offence("2", 6, "DIGIT TWO"),
    ]
    assert check_text("Q\u0301", "A") == [
        Offence("Q\u0301", 0, "LATIN CAPITAL LETTER Q + COMBINING ACUTE ACCENT")
    ]
    assert check_text("\u0301a", "A")[0].character == "\u25cc\u0301"
    assert check_text("\ud800", "C") == [Offence("U+D800", 0, "U+D800")]


def test_a_further_mark_on_a_listed_sequence_is_an_offence() -> None:
    assert check_text("C\u0306\u0323elik", "A")[0].position == 0
    assert check_text("K\u035fh\u0301", "A")[0].character == "K\u035fh\u0301"


def test_normalise_composes_strips_and_unifies_line_ends() -> None:
    assert normalise(" Zoe\u0308\r\nMu\u0308ller\r ") == "Zoë\nMüller"
    assert normalise("a\r\nb") == "a\nb"


def test_search_form_of_names() -> None:
    assert search_form("Müller-Lüdenscheidt") == "MUELLER-LUEDENSCHEIDT"
    assert search_form("Đặng Thị Hồng") == "DANG THI HONG"
    assert search_form("Ångström") == "AANGSTROEM"
    assert search_form("K\u035fhālid") == "KHALID"
    assert search_form("Mu\u0308ller") == search_form("MÜLLER") == "MUELLER"


@given(st.text())
def test_any_text_is_judged_without_failing(value: str) -> None:
    offences = check_text(value, "C")
    assert all(offence.character.isprintable() for offence in offences)
    assert visible_length(value) <= len(value)
    if "\r" not in value:
        assert search_form(value) == search_form(normalise(value))
    assert normalise(normalise(value)) == normalise(value)


def test_usual_names_take_about_a_microsecond() -> None:
    names = ("Anna Schmidt", "Müller-Lüdenscheidt", "Đặng Thị Hồng")
    rounds = timeit.repeat(lambda: [check_text(name, "A") for name in names], number=1000, repeat=7)
    assert min(rounds) / 1000 / len(names) < 5e-6  # with room for a busy machine


def test_long_hostile_text_takes_linear_time() -> None:
    hostile = "A\u0301" * 20_000 + "\u0308" * 20_000
    taken = timeit.timeit(lambda: (check_text(hostile, "A"), search_form(hostile)), number=1)
    assert taken < 2
