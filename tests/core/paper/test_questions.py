"""Rows become questions with a guessed type, findings and proposals."""

from __future__ import annotations

import pytest

from gemeinwerk.core.paper import KnownBlock, ListRefusedError, propose, read_questions
from gemeinwerk.core.paper.guessing import guess, split_question
from tests.core.paper.sheets import ROWS


def codes(question) -> set[str]:
    return {finding.code for finding in question.findings}


def test_columns_in_any_order_with_titles_above_and_more_columns():
    rows = [
        ["Antrag auf Sondernutzung"],
        ["Legal basis", "Required", "Question", "Farbe", "ID"],
        ["§ 1", "yes", "Rufname des Hundes", "rot", "A"],
        ["", "maybe", "Rasse", "", "A"],
        ["", "", "", "blau"],
    ]
    first, second, third = read_questions(rows)
    assert (first.id, first.text, first.needed, first.why) == (
        "A",
        "Rufname des Hundes",
        True,
        "§ 1",
    )
    assert first.extra == {"Farbe": "rot"}
    assert not first.findings
    assert {"paper.id_doubled", "paper.unknown_needed", "paper.no_why"} <= codes(second)
    assert codes(third) == {"paper.no_text"}


@pytest.mark.parametrize(("rows", "code"), [
    ([], "paper.no_question_column"),
    ([["Farbe", "Form"], ["rot", "rund"]], "paper.no_question_column"),
    ([["Frage", "Typ"]], "paper.no_questions"),
])  # fmt: skip
def test_no_list_of_questions(rows: list[list[str]], code: str):
    with pytest.raises(ListRefusedError) as refused:
        read_questions(rows)
    assert refused.value.code == code


@pytest.mark.parametrize(("text", "kind"), [
    ("Geburtsdatum", "date"),
    ("Beginn der Maßnahme", "date"),
    ("Halten Sie einen zweiten Hund? (ja/nein)", "boolean"),
    ("Haben Sie Kinder?", "boolean"),
    ("Höhe der Miete in Euro", "money"),
    ("E-Mail-Adresse", "email"),
    ("IBAN", "iban"),
    ("PLZ", "postal_code"),
    ("Telefon tagsüber", "phone"),
    ("Anzahl der Personen", "integer"),
    ("Unterschrift", "signature"),
    ("Kopie des Mietvertrags", "evidence"),
    ("Anlage: Lageplan", "evidence"),
    ("Begründung", "long_text"),
    ("Fläche in m²", "decimal"),
    ("Rasse", "text"),
])  # fmt: skip
def test_the_words_tell_the_type(text: str, kind: str):
    assert guess(text, ()) == kind


@pytest.mark.parametrize(("text", "options"), [
    ("Art: Imbiss / Ausschank / Verkauf", ("Imbiss", "Ausschank", "Verkauf")),
    ("Anrede ☐ Frau ☐ Herr ☐ keine", ("Frau", "Herr", "keine")),
    ("Größe (klein | groß)", ("klein", "groß")),
    ("Straße / Hausnummer", ()),
    ("Rasse", ()),
])  # fmt: skip
def test_printed_answers_become_options(text: str, options: tuple[str, ...]):
    assert split_question(text)[1] == options


def test_questions_about_others_are_not_the_applicants():
    rows = [
        ["Frage"],
        ["Name des Vermieters"],
        ["Geburtsdatum des Kindes"],
        ["Name der Antragstellerin"],
    ]
    landlord, child, self_ = propose(read_questions(rows), lambda text: ())
    assert [one.proposals[0].verb for one in (landlord, child, self_)] == ["keep", "keep", "block"]


def test_each_question_of_a_list_has_its_proposal():
    made = propose(read_questions([list(row) for row in ROWS]), lambda text: ())
    verbs = [one.proposals[0].verb for one in made]
    assert verbs[:5] == ["block"] * 5
    assert verbs[5] == "register"
    assert [verbs[at] for at in (9, 14)] == ["drop", "drop"]
    assert (made[13].proposals[0].verb, made[13].proposals[0].target) == ("merge", "8")
    assert made[6].options == ("Imbiss", "Ausschank", "Verkauf")
    assert all(one.proposals[-1].verb == "keep" or one.proposals[0].verb == "keep" for one in made)


def test_blocks_of_the_library_for_one_question_and_for_neighbours():
    dog = KnownBlock("G05000001", "Hund", 4, parts=("Rasse", "Rufname", "Farbe"))
    breed = KnownBlock("F05000001", "Rasse des Hundes", 7)
    rows = [["Frage"], ["Rasse"], ["Rufname"], ["Hunderasse des Hundes"], ["Bemerkung"]]
    first, second, _, last = propose(read_questions(rows), lambda text: (dog, breed))
    assert (first.proposals[0].target, first.proposals[0].params["count"]) == ("fim:G05000001", 2)
    assert second.proposals[0].target == "fim:G05000001"
    assert [one.verb for one in last.proposals] == ["keep"]
