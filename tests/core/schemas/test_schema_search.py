"""Search by the meaning of German words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.schemas.search import WordIndex, words_of

TEXTS = {
    "hund": "Hundesteuer",
    "steuer": "Steuernummer des Unternehmens",
    "dog": "Rasse des Hundes",
    "haus": "Häuser und Gebäude",
    "strasse": "Straße und Hausnummer",
    "geburt": "Geburtsdatum",
    "datum": "Datum der Ausstellung",
    "iban": "IBAN",
    "anschrift": "Anschrift",
}


@pytest.fixture(scope="module")
def index() -> WordIndex[str]:
    made: WordIndex[str] = WordIndex()
    for key, text in TEXTS.items():
        made.add(key, [(text, 1.0)])
    return made


@pytest.mark.parametrize(
    ("words", "first", "also"),
    [
        ("hund", "dog", {"hund"}),
        ("Hunde", "dog", {"hund"}),
        ("STEUER", "hund", {"steuer"}),
        ("haus", "haus", {"strasse"}),
        ("Haeuser", "haus", set()),
        ("strasse", "strasse", set()),
        ("Strassen", "strasse", set()),
        ("Geburtsdaten", "geburt", set()),
        ("datum", "datum", {"geburt"}),
        ("Hundesteur", "hund", set()),
        ("iban", "iban", set()),
        ("steuer hund", "hund", set()),
        ("Geburtstag", "geburt", set()),
        ("Kontoverbindung", "iban", set()),
        ("Ausfertigungsdatum", "datum", set()),
        ("Wohnadresse", "anschrift", set()),
        ("Geburtsdatum der Mutter", "geburt", set()),
    ],
)
def test_words_find_what_they_mean(
    index: WordIndex[str], words: str, first: str, also: set[str]
) -> None:
    found = [key for key, _ in index.search(words)]
    assert first in found[:2]
    assert also <= set(found)


def test_nothing_is_found_for_nothing(index: WordIndex[str]) -> None:
    assert index.search("") == []
    assert index.search("der die das") == []
    assert index.search("xyzzyqqq") == []


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    made: WordIndex[int] = WordIndex()
    made.add(1, [(text, 1.0)])
    if words_of(text):
        assert made.search(text)[0][0] == 1
