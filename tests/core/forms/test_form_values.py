"""Single answers: German input, formats, limits, and the sentence code of each fault."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.forms import Field, compile_form
from tests.core.forms.form_samples import TODAY, form_of, page_of
from tests.paths import STANDARDS


def read(typed, **settings):
    """Return the canonical answer, or the code of the fault."""
    form = compile_form(form_of(page_of(Field(id="F1", label="Feld", **settings))))
    reading = form.read_page("page", {"F1": [typed]}, {}, today=TODAY)
    if reading.faults:
        assert "F1" not in reading.answers or "date" in reading.faults[0].code
        return reading.faults[0].code.removeprefix("answer.")
    assert form.faults(reading.answers, today=TODAY) == ()
    return reading.answers["F1"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.2.2026", "2026-02-01"),
        ("01.02.2026", "2026-02-01"),
        ("1. Februar 2026", "2026-02-01"),
        ("3. Mär 2026", "not_a_date"),
        ("2026-02-01", "2026-02-01"),
        ("29.2.2024", "2024-02-29"),
        ("29.2.2026", "no_such_day"),
        ("1.2.26", "date_short_year"),
        ("1.1.0000", "no_such_day"),
        ("١.٢.٢٠٢٦", "not_a_date"),
        ("gestern", "not_a_date"),
        ("9" * 500, "too_long"),
    ],
)
def test_days(typed, expected):
    assert read(typed, kind="date") == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.12.2026", "date_too_late"),
        ("23.11.2026", "2026-11-23"),
        ("21.11.2026", "date_in_past"),
    ],
)
def test_bounds_of_days_say_which_side(typed, expected):
    bounds = {"not_before": "today", "not_after": "add_days(today, 5)"}
    assert read(typed, kind="date", **bounds) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1.234,50", "1234.50"),
        ("12,5", "12.50"),
        ("12.50", "12.50"),
        ("1.234", "1234.00"),
        ("1 234,5 €", "1234.50"),
        ("7 EUR", "7.00"),
        ("−3,00", "-3.00"),
        ("1,234", "too_many_decimals"),
        ("1.23.4", "not_a_number"),
        ("zwölf", "not_a_number"),
        ("1e9", "not_a_number"),
        ("NaN", "not_a_number"),
        ("9" * 60, "number_too_long"),
    ],
)
def test_amounts(typed, expected):
    assert read(typed, kind="money") == expected


@pytest.mark.parametrize(
    ("typed", "settings", "expected"),
    [
        ("3", {"kind": "integer"}, "3"),
        ("007", {"kind": "integer"}, "7"),
        ("3,5", {"kind": "integer"}, "not_whole"),
        ("3", {"kind": "integer", "min_value": Decimal(4)}, "too_small"),
        ("9", {"kind": "integer", "max_value": Decimal(4)}, "too_large"),
        (
            "9",
            {"kind": "integer", "min_value": Decimal(1), "max_value": Decimal(4)},
            "out_of_range",
        ),
        ("2,50", {"kind": "decimal"}, "2.5"),
        ("vielleicht", {"kind": "boolean"}, "yes_or_no"),
        ("nein", {"kind": "boolean", "must_be_true": True}, "not_confirmed"),
        ("on", {"kind": "boolean", "must_be_true": True}, "true"),
        ("a b@c.de", {"kind": "email"}, "email_with_blank"),
        ("Anna.B@Beispiel.DE", {"kind": "email"}, "Anna.B@beispiel.de"),
        ("gö-ab 12e", {"format": "plate"}, "GÖ-AB 12E"),
        ("B1", {"format": "plate"}, "plate"),
        ("00123", {"format": "postal_code"}, "postal_code"),
        ("9.05 Uhr", {"format": "time"}, "09:05"),
        ("24:00", {"format": "time"}, "time"),
        ("1.2.2026 9:05", {"format": "datetime"}, "2026-02-01T09:05"),
        ("Anna#", {"text_type": "A"}, "character_not_allowed"),
        ("ab\ncd", {}, "one_line"),
        ("ab\r\ncd", {"kind": "long_text"}, "ab\ncd"),
        ("abcd", {"max_length": 3}, "too_long"),
        ("a", {"min_length": 3}, "too_short"),
        ("12a", {"pattern": "[0-9]{3}"}, "pattern"),
        ("12a", {"pattern": "[0-9]{3}", "pattern_help": "drei Ziffern"}, "pattern_explained"),
        ("123", {"pattern": "[0-9]{3}"}, "123"),
        ("X1", {"kind": "code_entry"}, "X1"),
        ("\ud800", {}, "character_not_allowed"),
    ],
)
def test_kinds_formats_and_limits(typed, settings, expected):
    assert read(typed, **settings) == expected


def test_a_sequence_counts_as_one_character():
    assert read("C\u0306C\u0306", max_length=2) == "C\u0306C\u0306"


@pytest.mark.parametrize(("name", "form"), [("iban", "iban"), ("steuer-id", "tax_id")])
def test_check_digits_agree_with_the_vectors(name, form):
    with (STANDARDS / "check-digits" / f"{name}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found = read(row["value"], format=form)
            refused = found.startswith(form) or found == "required"
            assert refused == (row["valid"] == "no"), row


@given(st.decimals(-(10**12), 10**12, places=2))
def test_an_amount_that_is_shown_reads_back_the_same(amount):
    form = compile_form(form_of(page_of(Field(id="F1", label="Feld", kind="money"))))
    answer = f"{amount:.2f}".replace("-0.00", "0.00")
    shown = form.page_view("page", {"F1": answer}, today=TODAY)["nodes"][0]["value"]
    assert form.read_page("page", {"F1": [shown]}, {}, today=TODAY).answers == {"F1": answer}
