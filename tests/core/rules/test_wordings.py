"""More wordings, written without a model from the real schemas: right, or left, but never wrong."""

from __future__ import annotations

import pytest

from tests.core.rules.world import told, translate

MEANS = [
    ("Keines der Felder Telefon und E-Mail darf leer sein.",
     "required 104 true; required 105 true"),
    ("Weder Telefon noch E-Mail dürfen befüllt werden.", "forbidden 104 true; forbidden 105 true"),
    ("Telefon ist nur Pflicht, wenn F99000102 wahr ist.",
     "required 104 F102 = true; optional 104 not F102 = true"),
    ("Es darf höchstens eines der Felder Telefon oder E-Mail befüllt sein.",
     "validation 101 not (is_given(F104) and is_given(F105))"),
    ("Telefon und E-Mail schließen sich gegenseitig aus.",
     "validation 101 not (is_given(F104) and is_given(F105))"),
    ("Das Alter muss zwischen 18 und 99 liegen.", "validation 106 F106 >= 18 and F106 <= 99"),
    ("Bei Auswahl von „in Deutschland“ im Feld Wohnort ist die Anschrift anzuzeigen.",
     'show 105 F101 = "001"'),
    ("Wenn als Wohnort ‚in Deutschland‘ ausgewählt wurde, wird die Anschrift eingeblendet.",
     'show 105 F101 = "001"'),
    ("Falls der Wohnort außerhalb von Deutschland ist, muss der Staat angegeben werden.",
     'required 110 F101 = "002"'),
    ("Das Feld Telefon ist ein Pflichtfeld, sofern die Abfrage Vertretung mit Nein beantwortet"
     " wurde, andernfalls ist es optional.",
     "required 104 F102 = false; optional 104 not F102 = false"),
    ("WENN (F99000101 = 001 && F99000102 = WAHR) || F99000106 < 18 DANN F99000109 ANZEIGEN",
     'show 109 F101 = "001" and F102 = true or F106 < 18'),
    ("WENN F99000101 = 001 DANN F99000104 = Pflichtfeld SONST F99000104 = optional",
     'required 104 F101 = "001"; optional 104 not F101 = "001"'),
    ("Das Feld Bemerkung wird mit dem Wert aus Telefon vorbelegt.", "prefill 109 true"),
    ("Das Feld F99000104 ist auszublenden, es sei denn, F99000102 = Ja.",
     "hide 104 not F102 = true"),
    ("Das Feld F99000109 darf maximal 20 Zeichen enthalten.", "validation 109 length(F109) <= 20"),
    ("In NW und SL ist F99000109 Pflicht, in Bayern ist F99000109 nicht anzuzeigen.",
     'required 109 param.land in ["NW", "SL"]; hide 109 param.land = "BY"'),
    ("Wenn das Land NW ist, ist F99000109 Pflicht.", 'required 109 param.land = "NW"'),
    ("Wenn F99000106 >= 18 und <= 65, dann ist F99000109 Pflicht.",
     "required 109 F106 >= 18 and F106 <= 65"),
    ("Wenn F99000101 in (001, 002), dann ist F99000109 Pflicht.",
     'required 109 F101 in ["001", "002"]'),
    ("Ist die Abfrage Vertretung wahr, muss die Gruppe Vertreter befüllt werden.",
     "required 102 F102 = true"),
    ("Das Auszugsdatum darf nicht vor dem Einzugsdatum liegen.", "validation 108 F108 >= F107"),
    ("Wenn F99000107 angegeben ist, muss F99000108 > F99000107 sein.",
     "validation 108 not is_given(F107) or F108 > F107"),
    ("Mindestens ein Feld der Gruppe muss den Wert „wahr“ haben.", "validation 102 F102 = true"),
]  # fmt: skip

LEFT = [
    "Wenn F99000101 = 001, dann zeige F99000109 an, wenn F99000102 = Ja.",
    "Wenn F99000102 = Ja dann muss F99000104 oder F99000105 und F99000109 befüllt werden.",
    "Wenn F99000102 = Ja, zeige F99000104 an und blende F99000105 aus, sonst blende sie aus.",
    "Wenn F99000102 = Ja, zeige F99000104 an und blende F99000105 aus, sonst umgekehrt.",
    "F99000109 keinesfalls anzeigen",
    "Das Feld F99000104 unter Umständen anzeigen.",
    "Das Feld F99000104 muss nicht nur angezeigt, sondern auch befüllt werden.",
    "Das Feld F99000106 darf größer als 5 sein.",
    "Alle Felder müssen befüllt werden, wenn F99000102 = Ja.",
    "Wenn F99000102 = Nein, dann zeige beide nicht an.",
    "Für alle anderen Länder gilt: Das Feld F99000104 muss befüllt werden.",
]


@pytest.mark.parametrize(("text", "meaning"), MEANS)
def test_a_wording_means(text: str, meaning: str) -> None:
    assert "; ".join(" ".join(effect) for effect in told(text)) == meaning


@pytest.mark.parametrize("text", LEFT)
def test_what_is_not_understood_is_never_half_read(text: str) -> None:
    found = translate(text)
    assert found.status == "unclear"
    assert found.effects == ()
    assert found.left


def test_a_missing_list_does_not_turn_a_value_into_a_label() -> None:
    found = translate(
        'Wenn bei F99000110 "02 Anderer Staat" angegeben wird, ist F99000109 Pflicht.'
    )
    [effect] = found.effects
    from gemeinwerk.core.expressions import to_text

    assert to_text(effect.condition) == 'G99000101.F99000110 = "02"'


def test_a_rule_that_is_too_long_is_told() -> None:
    found = translate("Das Feld Telefon muss befüllt werden. " * 1_000)
    assert found.status == "unclear"
    assert found.reasons == ("Der Text der Regel ist zu lang.",)
