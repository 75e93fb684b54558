"""Every code that core.forms can say has a sentence which says what is wrong and what to do."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.core import forms
from gemeinwerk.core.forms import Field, Form, Group, Page, compile_form
from gemeinwerk.core.forms.formats import FORMATS
from gemeinwerk.web.ui import language, wording
from tests.core.forms.form_samples import TODAY

HERE = Path(forms.__file__).parent
FROM_DOCUMENTS = {"answer.unknown_name", "answer.not_an_object", "answer.not_a_list",
                  "answer.not_text", "answer.too_many", "answer.check_failed",
                  "answer.entry_incomplete", "answer.unfinished"}  # fmt: skip

EXAMPLES: list[tuple[str, dict[str, Any], str, str]] = [
    ("answer.required", {}, "", "Füllen Sie „Feld“ aus."),
    ("answer.required_choice", {"kind": "boolean"}, "", "Wählen Sie bei „Feld“"),
    ("answer.not_confirmed", {"kind": "boolean", "must_be_true": True}, "nein", "Bestätigen Sie"),
    ("answer.yes_or_no", {"kind": "boolean"}, "jein", "mit Ja oder Nein"),
    ("answer.unknown_option", {"kind": "choice", "options": "a"}, "z", "nicht zur Wahl"),
    ("answer.too_long", {"max_length": 3}, "abcd", "hat 4 Zeichen. Erlaubt sind höchstens 3."),
    ("answer.too_short", {"min_length": 3}, "a", "hat 1 Zeichen. Nötig sind mindestens 3."),
    ("answer.one_line", {}, "a\nb", "in eine Zeile"),
    ("answer.character_not_allowed", {}, "Лajka", "Л (kyrillischer Buchstabe)"),
    ("answer.character_not_allowed", {"text_type": "A"}, "Anna#", "# (Rautezeichen)"),
    ("answer.character_not_allowed", {}, "schön 🙂", "das Zeichen 🙂"),
    ("answer.pattern", {"pattern": "[0-9]{3}"}, "12a", "nicht die erwartete Form"),
    ("answer.pattern_explained", {"pattern": "[0-9]{3}", "pattern_help": "drei Ziffern"}, "1",
     "Erwartet wird: drei Ziffern."),
    ("answer.not_a_date", {"kind": "date"}, "gestern", "ist kein Datum"),
    ("answer.date_short_year", {"kind": "date"}, "1.2.26", "mit vier Ziffern"),
    ("answer.no_such_day", {"kind": "date"}, "31.2.2026", "Diesen Tag gibt es im Kalender nicht"),
    ("answer.date_in_future", {"kind": "date", "not_after": "today", "label": "Das Geburtsdatum"},
     "1.1.2030", "„Das Geburtsdatum“ liegt in der Zukunft."),
    ("answer.date_in_past", {"kind": "date", "not_before": "today"}, "1.1.2020", "Vergangenheit"),
    ("answer.date_too_early", {"kind": "date", "not_before": 'date("2027-01-01")'}, "1.1.2026",
     "ab dem 01.01.2027"),
    ("answer.date_too_late", {"kind": "date", "not_after": 'date("2027-01-01")'}, "1.1.2028",
     "bis zum 01.01.2027"),
    ("answer.not_a_partial_date", {"kind": "partial_date"}, "früher", "14.3.1950, 3.1950"),
    ("answer.no_such_month", {"kind": "partial_date"}, "13.1950", "von 1 bis 12"),
    ("answer.not_a_number", {"kind": "integer"}, "zwei", "ist keine Zahl"),
    ("answer.number_too_long", {"kind": "decimal"}, "1" * 30, "höchstens 24"),
    ("answer.not_whole", {"kind": "integer"}, "1,5", "keine ganze Zahl"),
    ("answer.too_many_decimals", {"kind": "money"}, "1,555", "höchstens 2"),
    ("answer.too_small", {"kind": "integer", "min_value": 3}, "1", "Der kleinste Wert ist 3."),
    ("answer.too_large", {"kind": "integer", "max_value": 3}, "9", "Der größte Wert ist 3."),
    ("answer.out_of_range", {"kind": "integer", "min_value": 1, "max_value": 3}, "9",
     "von 1 bis 3"),
    ("answer.email", {"kind": "email"}, "anna@", "ist keine E-Mail-Adresse"),
    ("answer.email_without_at", {"kind": "email"}, "anna.example.org", "fehlt das @-Zeichen"),
    ("answer.email_with_blank", {"kind": "email"}, "anna @example.org", "ein Leerzeichen"),
    ("answer.iban", {"format": "iban"}, "DE00370400440532013000", "Prüfziffern passen nicht"),
    ("answer.iban_length", {"format": "iban"}, "DE8937040044053201300",
     "Die IBAN hat 21 Zeichen, deutsche haben 22."),
    ("answer.iban_length_abroad", {"format": "iban"}, "AT6119043002345732",
     "mit AT am Anfang hat sie 20"),
    ("answer.iban_character", {"format": "iban"}, "DE89 3704 0044 0532 0130 0!", "kein !"),
    ("answer.iban_country", {"format": "iban"}, "XX89370400440532013000", "beginnt mit XX"),
    ("answer.bic", {"format": "bic"}, "X", "8 oder 11 Zeichen"),
    ("answer.plate", {"format": "plate"}, "B1", "wie auf dem Schild"),
    ("answer.postal_code", {"format": "postal_code"}, "0012A", "ist keine Postleitzahl"),
    ("answer.postal_code_length", {"format": "postal_code"}, "1234", "hat 4 Ziffern"),
    ("answer.phone", {"format": "phone"}, "x", "ist keine Telefonnummer"),
    ("answer.tax_id", {"format": "tax_id"}, "62508941033", "Die letzte Ziffer passt nicht"),
    ("answer.tax_id_length", {"format": "tax_id"}, "6250894103", "hat 10 Ziffern, nötig sind 11"),
    ("answer.vat_id", {"format": "vat_id"}, "DE1", "neun Ziffern"),
    ("answer.municipality_key", {"format": "municipality_key"}, "99", "8 Ziffern (AGS)"),
    ("answer.routing_id", {"format": "routing_id"}, "1", "zwei Prüfziffern"),
    ("answer.identity_card", {"format": "identity_card"}, "1", "neun Zeichen"),
    ("answer.time", {"format": "time"}, "25 Uhr", "ist keine Uhrzeit"),
    ("answer.datetime", {"format": "datetime"}, "heute", "kein Tag mit Uhrzeit"),
    ("answer.point", {"format": "point"}, "dort", "Breite und Länge"),
    ("answer.area", {"format": "area"}, "dort", "mindestens drei Ecken"),
]  # fmt: skip
"""Code, settings of the field, what is typed, and what the sentence says."""

GROUPS = {
    "answer.choice_group_none": ({}, "eine der Angaben"),
    "answer.choice_group_one": ({"G1.F1": "a", "G1.F2": "b"}, "nur eine der Angaben"),
}


def said(spoken: language.Language, code: str, params: dict[str, Any]) -> str:
    with language.spoken(spoken):
        return wording.sentence(code, params)


def field(**settings: Any) -> Field:
    if settings.get("options"):
        from gemeinwerk.core.forms import Option

        settings["options"] = (Option(code="a", label="A"),)
    return Field(**{"id": "F1", "label": "Feld", **settings})


def form_with(*nodes: Any) -> Any:
    page = Page(id="p", title="Seite", nodes=nodes)
    return compile_form(Form(key="x", version="1", title="X", pages=(page,)))


@pytest.mark.parametrize(("code", "settings", "typed", "words"), EXAMPLES)
def test_a_fault_says_what_is_wrong_in_both_languages(code, settings, typed, words):
    form = form_with(field(**settings))
    (fault,) = form.read_page("p", {"F1": [typed]}, {}, today=TODAY).faults
    assert fault.code == code
    german, english = said("de", code, fault.params), said("en", code, fault.params)
    assert words in german
    assert german != english
    for sentence in (german, english):
        assert sentence.endswith((".", "?"))
        assert "{" not in sentence and "…" not in sentence


@pytest.mark.parametrize("code", GROUPS)
def test_a_choice_says_how_many_of_its_parts_are_wanted(code):
    answers, words = GROUPS[code]
    nodes = (Field(id="F1", label="A"), Field(id="F2", label="B"))
    form = form_with(Group(id="G1", label="Wahl", choice=True, nodes=nodes))
    (fault,) = form.faults(answers, today=TODAY)
    assert (fault.code, words in said("de", code, fault.params)) == (code, True)


def test_no_code_of_a_form_is_left_out():
    shown = {code for code, *_ in EXAMPLES} | set(GROUPS) | FROM_DOCUMENTS
    assert codes_in_the_source() <= shown
    assert {f"answer.{name}" for name in FORMATS} <= shown
    for spoken in language.LANGUAGES:
        assert all(wording.has_sentence(code, spoken) for code in codes_in_the_source())


def codes_in_the_source() -> set[str]:
    found = set()
    for file in HERE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                head, _, tail = node.value.partition(".")
                if head == "answer" and tail.isidentifier():
                    found.add(node.value)
    return found
