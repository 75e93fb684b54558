"""Whatever is posted or stored: faults, never an exception, never a value that cannot be shown."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.forms import compile_form
from tests.core.forms.form_samples import FAMILY, TODAY

FORM = compile_form(FAMILY)
PATHS = [
    *(f"G99000901.F{n}" for n in range(1, 9)),
    *(f"G99000902[{i}].F{n}" for i in (0, 2, 9) for n in range(1, 4)),
    "G99000902[]", "G99000903.F1", "G99000903.F2", "G99000904.F1", "F99000905", "_add", "_remove",
    "G99000902", "G99000902[-1].F1", "G99000902[99999999999].F1", "G99000902[²].F1", "",
]  # fmt: skip
JUNK = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.sampled_from(
        ["\0", "\ud800", "9" * 5000, "-0", "1e999", "NaN", "Infinity", "99999999999", "1.1.9999",
         "9999-12-31", "true", "G99000902", "G99000902[0]", "G99000902[", "[0]", "％", "²",
         "a\u0301" * 99]
    ),
)  # fmt: skip
POSTED = st.dictionaries(st.sampled_from(PATHS), st.lists(JUNK, max_size=3), max_size=12)
STORED = st.dictionaries(st.sampled_from(PATHS), JUNK, max_size=12)
PAGE = st.sampled_from(["person", "children", "contact"])


@given(PAGE, POSTED, STORED)
def test_junk_gives_faults_and_a_page_that_can_be_shown(page, posted, stored):
    reading = FORM.read_page(page, posted, stored, today=TODAY)
    view = FORM.page_view(
        page, reading.answers, today=TODAY, raw=reading.raw, faults=reading.faults
    )
    kept = {key: value for key, value in reading.answers.items() if stored.get(key) != value}
    json.dumps([reading.raw, kept], ensure_ascii=False).encode()
    told = json.dumps([f.params for f in reading.faults], ensure_ascii=False)
    told.encode()
    assert view["id"] == page


@given(STORED)
def test_junk_that_is_stored_breaks_nothing(stored):
    FORM.faults(stored, today=TODAY)
    FORM.rows(stored, today=TODAY)
    FORM.route(stored, today=TODAY)
    FORM.set_aside(stored, today=TODAY)
    FORM.evidence(stored, today=TODAY)
    FORM.values(stored, today=TODAY)
    FORM.effective(stored, today=TODAY)


@given(PAGE, POSTED, STORED)
def test_what_is_kept_is_accepted_again(page, posted, stored):
    reading = FORM.read_page(page, posted, {}, today=TODAY)
    again = FORM.page_faults(page, reading.answers, today=TODAY)
    if not reading.faults and not reading.stay:
        assert again == ()


def test_odd_digits_in_counts_and_indexes_are_no_numbers():
    stored = {"G99000902[]": "²", "G99000902[²].F1": "x", "G99000902[٣].F1": "y"}
    assert "G99000902" not in {fault.path for fault in FORM.faults(stored, today=TODAY)}
    reading = FORM.read_page("children", {"_add": ["G99000902"]}, stored, today=TODAY)
    assert reading.answers["G99000902[]"] == "1"
    reading = FORM.read_page(
        "children", {"_remove": ["G99000902[0]"]}, reading.answers, today=TODAY
    )
    assert reading.answers["G99000902[]"] == "0"


def test_a_number_of_thousands_of_digits_is_shown_not_computed():
    answers = {"G99000901.F5": "0" * 4301}
    assert FORM.rows(answers, today=TODAY)
    assert FORM.faults(answers, today=TODAY)
