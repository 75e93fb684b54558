"""Formats with check digits, held against the vectors of the standards folder."""

from __future__ import annotations

import csv

import pytest

from gemeinwerk.core.forms import Field
from gemeinwerk.core.forms.check_digits import (
    identity_card,
    municipality_key,
    routing_id,
    vat_id,
)
from gemeinwerk.core.forms.fields import checker, parser
from gemeinwerk.core.forms.formats import FORMATS, iban, tax_id
from gemeinwerk.core.forms.values import Refusal
from tests.paths import STANDARDS

FOLDER = STANDARDS / "check-digits"
FILES = {
    "steuer-id": tax_id,
    "iban": iban,
    "ust-idnr": vat_id,
    "ags-ars": municipality_key,
    "leitweg-id": routing_id,
    "personalausweis-nr": identity_card,
}
VECTORS = [
    (name, row["value"], row["valid"], row["note"])
    for name in FILES
    for row in csv.DictReader((FOLDER / f"{name}.csv").read_text("utf-8").splitlines())
]


def test_there_are_vectors():
    assert len(VECTORS) > 150


@pytest.mark.parametrize(("name", "value", "valid", "note"), VECTORS)
def test_every_vector(name, value, valid, note):
    trimmed = "unless trimmed" in note
    found = FILES[name](value)
    if trimmed:  # blanks at the ends of what was typed are no mistake
        found = FILES[name](value.strip())
        valid = "yes"
    assert (found is not None) == (valid == "yes"), note


def test_printed_blanks_are_taken_away():
    assert vat_id(" de 126 967 921") == "DE126967921"
    assert routing_id("04011000-1234512345-06 ") == "04011000-1234512345-06"
    assert identity_card("t22000129 3") == "T220001293"


@pytest.mark.parametrize("name", ["vat_id", "municipality_key", "routing_id", "identity_card"])
def test_digits_of_other_scripts_never_count(name):
    assert FORMATS[name]("١٢٣٤٥٦٧٨") is None
    assert FORMATS[name]("DE١٢٦٩٦٧٩٢١") is None


def test_a_form_can_name_the_formats():
    field = Field(id="F1", label="USt-IdNr.", format="vat_id")
    assert parser(field)("DE 126967921") == "DE126967921"
    assert parser(field)("DE126967922") == Refusal("answer.vat_id")
    assert checker(field, "")("DE126967921") is None
    assert checker(field, "")("de126967921") == Refusal("answer.vat_id")
