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

MEANS += [
    ("Wenn F99000101 = 001 bis 002, ist F99000109 Pflicht.",
     'required 109 F101 in ["001", "002"]'),
    ("Im Feld Wohnort sind nur die Werte 001 und 002 zulässig.",
     'validation 101 not is_given(F101) or F101 in ["001", "002"]'),
    ("Wenn F99000102 = Ja, muss F99000101 befüllt werden, wobei nur der Code 002 ausgewählt werden"
     " darf.",
     "required 101 F102 = true;"
     ' validation 101 not F102 = true or not is_given(F101) or F101 = "002"'),
    ("Es dürfen nur die Codes 001 und 003 im Feld F99000101 ausgewählt werden.",
     'validation 101 not is_given(F101) or F101 in ["001", "003"]'),
    ("Im Feld F99000110 sind nur folgende Codes zur Auswahl anzuzeigen: 110, 200-299.",
     'validation 110 not is_given(F110) or F110 = "110" or length(F110) = 3 and F110 >= "200"'
     ' and F110 <= "299"'),
    ("Mindestens eines der folgenden Felder ist auszufüllen:\n- F99000104 Telefon\n- F99000105",
     "validation 101 is_given(F104) or is_given(F105)"),
    ("Wenn F99000102 = Ja, sind folgende Felder Pflicht: F99000104, F99000105.",
     "required 104 F102 = true; required 105 F102 = true"),
    ("Wenn eine der folgenden Bedingungen erfüllt ist:\n- F99000101 = 001\n- F99000102 = Ja\ndann"
     " muss F99000109 befüllt werden.",
     'required 109 F101 = "001" or F102 = true'),
    ("Wenn (aktuelles Datum - F99000107) > 6 Jahre, ist F99000109 Pflicht.",
     "required 109 today > add_months(F107, 72)"),
    ("Wenn der Zeitraum zwischen F99000107 und F99000108 mindestens 14 Tage beträgt, ist F99000109"
     " Pflicht.",
     "required 109 days_between(F107, F108) >= 14"),
    ("Das Einzugsdatum muss innerhalb der letzten 6 Monate liegen.",
     "validation 107 F107 >= add_months(today, -6) and F107 <= today"),
    ("Das Einzugsdatum darf maximal 6 Monate in der Zukunft liegen.",
     "validation 107 F107 <= add_months(today, 6)"),
    ("Das Alter darf 120 nicht überschreiten.", "validation 106 F106 <= 120"),
    ("Wenn kein Eintrag im Feld F99000105 vorgenommen wurde, ist F99000104 Pflicht.",
     "required 104 not is_given(F105)"),
    ("Wenn im Feld F99000104 der Wert \"\" angegeben wurde, ist F99000105 Pflicht.",
     "required 105 not is_given(F104)"),
    ("Wenn F99000101 weder 001 noch 002 ist, zeige F99000109 an.",
     'show 109 F101 not in ["001", "002"]'),
    ("Das Feld F99000104 muss wahr sein, sonst kann der Antrag nicht abgeschickt werden.",
     'validation 104 F104 = "wahr"'),
    ("Es darf nur eines der Felder F99000104 und F99000105 befüllt werden.",
     "validation 101 not (is_given(F104) and is_given(F105))"),
    ("Wenn F99000102 = Ja, zeige F99000109 an, außer wenn F99000101 = 001.",
     'show 109 F102 = true and not F101 = "001"'),
    ("Nur wenn F99000102 = Ja, ist F99000104 Pflicht.",
     "required 104 F102 = true; optional 104 not F102 = true"),
    ("Für das Land NW gilt:\nF99000104 ist nur Pflicht, wenn F99000102 = Ja.",
     'required 104 param.land = "NW" and F102 = true;'
     ' optional 104 param.land = "NW" and not F102 = true'),
    ("Wenn G99000101->F99000102V1.1 = Ja, dann F99000109 anzeigen.", "show 109 F102 = true"),
    ("Wenn 99000102 \"Abfrage Vertretung\" = Ja, dann F99000109 anzeigen.",
     "show 109 F102 = true"),
    ("Es dürfen nicht alle der Felder F99000104, F99000105, F99000109 befüllt sein.",
     "validation 101 not (is_given(F104) and is_given(F105) and is_given(F109))"),
    ("Wenn F99000101 = 001 und F99000102 = Ja oder wenn F99000106 > 5, zeige F99000109 an.",
     'show 109 F101 = "001" and F102 = true or F106 > 5'),
    ("Wenn nicht mindestens eines der Felder F99000104, F99000105 befüllt ist, zeige F99000109 an.",
     "show 109 not (is_given(F104) or is_given(F105))"),
]  # fmt: skip

OF_A_FIELD = [
    ("Anzeigen, wenn F99000102 = Ja.", "show 109 F102 = true"),
    ("Pflichtfeld, wenn F99000102 = Ja", "required 109 F102 = true"),
    ("Wenn F99000102 = Ja, dann Pflichtfeld.", "required 109 F102 = true"),
    ("Dieses Feld ist nur anzuzeigen, wenn F99000102 = Ja.",
     "show 109 F102 = true; hide 109 not F102 = true"),
    ("Entfällt, wenn F99000102 = Nein.", "hide 109 F102 = false"),
    ("Das Feld darf maximal 50 Zeichen lang sein.", "validation 109 length(F109) <= 50"),
    ("Das Feld muss mindestens 3 Zeichen enthalten.", "validation 109 length(F109) >= 3"),
]  # fmt: skip

TRAPS = [
    "Das Feld F99000104 ist nicht nur dann Pflicht, wenn F99000102 = Ja.",
    "Wenn nicht nur F99000104, sondern auch F99000105 befüllt ist, zeige F99000109 an.",
    "Das Feld F99000104 ist Pflicht, außer bei F99000102 = Ja.",
    "Alle Felder außer F99000104 sind Pflicht.",
    "Es darf nicht nur F99000104 befüllt sein.",
    "Wenn F99000101 = 001 oder F99000101 = 002 und F99000102 = Ja, dann zeige F99000109 an.",
    "Wenn F99000101 nicht = 001 und 002 ist, zeige F99000109 an.",
    "Wenn F99000102 = Ja, dann zeige F99000104 an und F99000105 nicht.",
    "Wenn F99000104 oder F99000105 befüllt ist, ist letzteres anzuzeigen.",
    "Wenn F99000104 und F99000105 befüllt sind, ist dieses Feld auszublenden.",
    "Wenn F99000102 = Ja, dann Pflichtfeld.",
    "Wenn F99000102 = Ja, ist nur F99000104 anzuzeigen.",
    "Wenn F99000102 = Ja, wird nicht F99000104, sondern F99000105 angezeigt.",
    "Es muss nur eines der Felder F99000104 oder F99000105 befüllt werden.",
    "Wenn F99000102 = Ja und/oder F99000106 > 3, zeige F99000109 an.",
    "Das Einzugsdatum muss nicht in der Zukunft liegen.",
    "Es müssen nicht alle Felder F99000104, F99000105 befüllt werden.",
    "Im Feld F99000101 dürfen nicht nur die Werte 001 und 002 ausgewählt werden.",
    "Das Feld F99000104 ist kein Pflichtfeld, wenn F99000102 = Ja, ansonsten schon.",
    "Wenn F99000102 = Ja, dann muss F99000104 befüllt werden, wenn nicht, dann F99000105.",
    "Wenn F99000101 = 001, sind alle anderen Felder auszublenden.",
    "Abhängig von F99000101 ist F99000110 anzuzeigen.",
    "Die antragstellende Person muss volljährig sein.",
]

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


@pytest.mark.parametrize(("text", "meaning"), OF_A_FIELD)
def test_a_rule_of_a_field_speaks_of_the_field(text: str, meaning: str) -> None:
    owner = ("G99000101", "F99000109")
    assert "; ".join(" ".join(effect) for effect in told(text, owner)) == meaning


def test_the_land_in_a_line_holds_for_one_sentence() -> None:
    found = translate("Für NW gilt: F99000104 ist Pflicht. F99000105 ist optional.")
    assert found.status == "partly"
    assert found.left == ("F99000105 ist optional",)


@pytest.mark.parametrize("text", [*LEFT, *TRAPS])
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
