"""Sentences of rule prose in many wordings, and what they mean."""

from __future__ import annotations

import pytest

from tests.core.rules.world import told, translate

Case = tuple[str, list[tuple[str, str, str]]]

CASES: list[Case] = [
    (
        'Wenn das Feld F99000101 "Wohnort" = 001 "in Deutschland", dann muss die Feldgruppe'
        ' G99000105 "Anschrift" befüllt sein.',
        [("required", "105", 'F101 = "001"')],
    ),
    (
        "WENN F99000102 = JA, DANN zeige G99000102 Vertreter an, SONST zeige G99000102 nicht an.",
        [("show", "102", "F102 = true"), ("hide", "102", "not F102 = true")],
    ),
    (
        "Falls ‚Abfrage Vertretung‘ mit „Ja“ beantwortet wird, ist das Feld „Vollmacht“ Pflicht.",
        [("required", "122", "F102 = true")],
    ),
    (
        "Die Gruppe Vertreter ist nur anzuzeigen, wenn Abfrage Vertretung wahr ist.",
        [("show", "102", "F102 = true"), ("hide", "102", "not F102 = true")],
    ),
    (
        "Das Feld Telefon muss befüllt werden, außer wenn das Feld E-Mail befüllt ist.",
        [("required", "104", "not is_given(F105)")],
    ),
    (
        "Sofern F99000101 den Wert 002 oder 003 hat, darf das Feld F99000151 nicht befüllt werden.",
        [("forbidden", "151", 'F101 in ["002", "003"]')],
    ),
    (
        "Wenn F99000101 <> 001 UND <> 002, dann ist F99000109 auszublenden.",
        [("hide", "109", 'F101 not in ["001", "002"]')],
    ),
    (
        "Ist das Feld F99000101 = 003, dann ist das Feld Bemerkung ein Pflichtfeld.",
        [("required", "109", 'F101 = "003"')],
    ),
    (
        "Wenn F99000102 = wahr und (F99000101 = 001 oder F99000106 >= 18), dann zeige F99000109 an.",
        [("show", "109", 'F102 = true and (F101 = "001" or F106 >= 18)')],
    ),
    (
        "Es muss entweder das Feld Telefon oder das Feld E-Mail befüllt werden.",
        [
            (
                "validation",
                "101",
                "is_given(F104) and not is_given(F105) or not is_given(F104) and is_given(F105)",
            )
        ],
    ),
    (
        "Mindestens eines der Felder Telefon, E-Mail oder Bemerkung muss ausgefüllt sein.",
        [("validation", "101", "is_given(F104) or is_given(F105) or is_given(F109)")],
    ),
    (
        "Höchstens eines der Felder F99000104, F99000105 darf nicht leer sein.",
        [],
    ),
    (
        "Das Datum im Feld Einzugsdatum muss zeitlich vor dem Datum im Feld Auszugsdatum liegen.",
        [("validation", "107", "F107 < F108")],
    ),
    (
        "Das Geburtsdatum darf nicht in der Zukunft liegen.",
        [("validation", "103", "F103 <= today")],
    ),
    (
        "Das Feld F99000103 muss mindestens 18 Jahre zurück liegen.",
        [("validation", "103", "years_between(F103, today) >= 18")],
    ),
    (
        "Wenn Geburtsdatum < 18 Jahre, dann muss Vollmacht befüllt werden.",
        [("required", "122", "years_between(F103, today) < 18")],
    ),
    (
        'Das Feld F99000101 ist mit 001 "in Deutschland" vorzubelegen und auszublenden.',
        [("prefill", "101", "true"), ("hide", "101", "true")],
    ),
    (
        "Für die Länder NW und Bayern gilt:\nDas Feld F99000109 muss befüllt werden.\n\n"
        "Für alle anderen Länder gilt:\nDas Feld F99000109 darf nicht angezeigt werden.",
        [
            ("required", "109", 'param.land in ["NW", "BY"]'),
            ("hide", "109", 'not param.land in ["NW", "BY"]'),
        ],
    ),
    (
        "Das Feld Bemerkung muss in Thüringen befüllt werden.",
        [("required", "109", 'param.land = "TH"')],
    ),
    (
        "Wenn F99000102 == Ja, dann zeige F99000104 und F99000105 als Pflichtfelder an, sonst zeige"
        " die Felder nicht an.",
        [
            ("show", "104", "F102 = true"),
            ("show", "105", "F102 = true"),
            ("required", "104", "F102 = true"),
            ("required", "105", "F102 = true"),
            ("hide", "104", "not F102 = true"),
            ("hide", "105", "not F102 = true"),
        ],
    ),
    (
        "Wenn eines der Felder F99000104, F99000105 leer ist, ist F99000109 optional.",
        [("optional", "109", "not is_given(F104) or not is_given(F105)")],
    ),
    (
        "Wenn F99000101 V1.0.0 = 001",
        [],
    ),
    (
        "Blende das Feld Bemerkung aus, wenn F99000102 nicht ausgewählt ist.",
        [("hide", "109", "F102 != true")],
    ),
    (
        "Wenn in Feld F99000101 Auswahl = 001, erscheint F99000109 und muss ausgefüllt werden.",
        [("show", "109", 'F101 = "001"'), ("required", "109", 'F101 = "001"')],
    ),
]


@pytest.mark.parametrize(("text", "effects"), [case for case in CASES if case[1]])
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
