"""Sentences of rule prose in many wordings, and what they mean."""

from __future__ import annotations

import pytest

from tests.core.rules.world import CASES, told, translate


@pytest.mark.parametrize(("text", "effects"), CASES)
def test_a_sentence_means(text: str, effects: list[tuple[str, str, str]]) -> None:
    assert told(text) == effects


def test_a_sentence_outside_the_grammar_is_left_and_told() -> None:
    found = translate(
        "Das Feld Telefon muss befüllt werden. Die Sachbearbeitung ruft bei Bedarf zurück."
    )
    assert found.status == "partly"
    assert found.left == ("Die Sachbearbeitung ruft bei Bedarf zurück",)
    assert [e.action for e in found.effects] == ["required"]


def test_below_an_unread_heading_nothing_is_taken() -> None:
    found = translate(
        "Für Gemeinden mit Nachtzuschlag gilt:\nDas Feld Telefon muss befüllt werden."
    )
    assert found.status == "unclear"
    assert not found.effects
    assert len(found.left) == 2


def test_an_explanation_is_no_rule_and_is_told() -> None:
    found = translate("Das Feld Telefon muss befüllt werden. D.h. es wird sonst nachgefragt.")
    assert found.status == "translated"
    assert found.notes == ("Erläuterung, nicht übersetzt: D.h. es wird sonst nachgefragt",)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "Wenn F99000102 = Ja, dann zeige F99000109 an, bei <> Nein zeige F99000109 nicht an.",
            "F99000109 wäre bei F99000102 = Ja zugleich anzuzeigen und nicht anzuzeigen.",
        ),
        (
            "Wenn F99000101 = 017, dann muss F99000109 befüllt werden.",
            "Der Wert „017“ steht nicht in der Liste von F99000101.",
        ),
        (
            'Wenn F99000101 = 001 "unbekannt", dann muss F99000109 befüllt werden.',
            "Bei F99000101 heißt 001 nicht „unbekannt“; das ist 003.",
        ),
        (
            "Wenn F99000199 = 001, dann muss F99000109 befüllt werden.",
            "F99000199 gibt es in diesem Datenschema nicht.",
        ),
        (
            'Das Feld F99000104 "E-Mail" muss befüllt werden.',
            "F99000104 heißt nicht „E-Mail“; so heißt F99000105.",
        ),
        (
            "Wenn F99000103 = < 18 Jahre, dann muss F99000109 befüllt werden.",
            "„= <“ ist kein eindeutiger Vergleich.",
        ),
        (
            "Wenn F99000101 <> 001 ODER <> 002, dann muss F99000109 befüllt werden.",
            "„<> … ODER <> …“ trifft immer zu.",
        ),
        (
            "Wenn F99000109 > 5, dann muss F99000104 befüllt werden.",
            "F99000109 ist weder Zahl noch Datum; „>“ passt nicht.",
        ),
        (
            "Wenn F99000102 = vielleicht, dann muss F99000104 befüllt werden.",
            "Kein Satz der Regel war verständlich.",
        ),
    ],
)
def test_what_cannot_be_meant_is_unclear(text: str, why: str) -> None:
    found = translate(text)
    assert found.status == "unclear"
    assert found.effects == ()
    assert why in found.reasons


def test_an_id_means_the_place_nearest_to_the_owner() -> None:
    inside = translate("Das Feld F99000151 muss befüllt werden.", ("G99000103",))
    assert [e.target for e in inside.effects] == ["G99000103.G99000105.F99000151"]
    outside = translate("Das Feld F99000151 muss befüllt werden.", ())
    assert outside.status == "unclear"
    assert outside.reasons == ("F99000151 gibt es hier an mehreren Stellen.",)
    by_path = translate("Das Feld G99000101.G99000105.F99000151 muss befüllt werden.", ())
    assert [e.target for e in by_path.effects] == ["G99000101.G99000105.F99000151"]


def test_a_code_written_shorter_is_read_and_noted() -> None:
    found = translate("Wenn F99000101 = 01, dann muss F99000109 befüllt werden.")
    assert found.status == "translated"
    assert found.notes == ("Wert 01 von F99000101 gelesen als 001.",)
