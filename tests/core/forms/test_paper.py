"""The form on paper: sections, hints in German, and codes that lead a scan back."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.forms import EvidenceSpec, Field, Group, Option, compile_form
from gemeinwerk.core.forms.exports import (
    PageCode,
    PageCodeError,
    page_code,
    paper_evidence,
    paper_sections,
    read_page_code,
)
from tests.core.forms.answering import answers_for
from tests.core.forms.form_samples import FAMILY, form_of, page_of

DRAFT = UUID("01890000-0000-7000-8000-000000000001")


def items_of(form, answers=None):
    return {item.id: item for part in paper_sections(form, answers) for item in part.items}


def test_sections_follow_the_form_and_leave_out_what_nobody_fills_in():
    sections = paper_sections(FAMILY)
    assert [part.title for part in sections] == [
        "Person",
        "Kind",
        "Erreichbarkeit",
        "Konto",
        "Seite",
    ]
    ids = [item.id for item in sections[0].items]
    assert "F8" not in ids  # hidden
    kinds = {item.id: item.kind for part in sections for item in part.items}
    assert kinds["F99000905"] == "ticks"
    assert [tick.label for tick in items_of(FAMILY)["F99000905"].ticks] == ["Klein", "Groß"]


def test_an_empty_form_has_room_for_one_more_and_a_filled_one_for_what_there_is():
    rooms = [item.label for item in paper_sections(FAMILY)[1].items if item.kind == "heading"]
    assert rooms == ["Kind 1", "Kind 2"]
    answers = {"G99000902[]": "3", "G99000902[2].F1": "Ida"}
    filled = paper_sections(FAMILY, answers)[1].items
    assert [item.label for item in filled if item.kind == "heading"] == [
        "Kind 1",
        "Kind 2",
        "Kind 3",
    ]
    assert "Ida" in [item.value for item in filled]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("A = true", "Nur ausfüllen, wenn „Hund?“ mit Ja beantwortet ist."),
        ("not A", "Nur ausfüllen, wenn „Hund?“ mit Nein beantwortet ist."),
        ('B = "x"', "Nur ausfüllen, wenn bei „Art“ „Groß“ angegeben ist."),
        ('B in ["x", "y"]', "Nur ausfüllen, wenn bei „Art“ „Groß“ oder „Klein“ angegeben ist."),
        ("C > 2 and A", "Nur ausfüllen, wenn „Zahl“ mehr als 2 ist und „Hund?“ mit Ja beantwortet"
         " ist."),
        ("is_given(C)", "Nur ausfüllen, wenn „Zahl“ ausgefüllt ist."),
        ('D >= date("2026-01-31")', "Nur ausfüllen, wenn „Tag“ nicht vor dem 31.01.2026 liegt."),
        ("years_between(D, today) > 3", "Nur ausfüllen, wenn es auf Sie zutrifft."),
    ],
)  # fmt: skip
def test_conditions_become_german(condition, said):
    options = (Option(code="x", label="Groß"), Option(code="y", label="Klein"))
    form = form_of(
        page_of(
            Field(id="A", label="Hund?", kind="boolean"),
            Field(id="B", label="Art", kind="choice", options=options),
            Field(id="C", label="Zahl", kind="integer"),
            Field(id="D", label="Tag", kind="date"),
            Field(id="E", label="Mehr", visible_when=condition),
        )
    )
    compile_form(form)
    assert items_of(form)["E"].hint == said


def test_filled_answers_are_ticked_and_written_in_german():
    answers = answers_for(compile_form(FAMILY), 4)
    found = items_of(FAMILY, answers)
    assert [tick.ticked for tick in found["F99000905"].ticks].count(True) == 1
    assert answers["G99000901.F2"][:4] in "".join(
        item.value for item in paper_sections(FAMILY, answers)[0].items
    )


def test_long_lists_get_a_line():
    options = tuple(Option(code=str(number), label=str(number)) for number in range(200))
    form = form_of(page_of(Field(id="A", label="Staat", kind="choice", options=options)))
    assert items_of(form)["A"].kind == "line"


def test_evidence_is_a_list_to_tick():
    specs = (
        EvidenceSpec(key="a", label="Ausweis"),
        EvidenceSpec(key="b", label="Foto", required=False),
    )
    assert [one.label for one in paper_evidence(specs)] == ["Ausweis", "Foto (falls vorhanden)"]


def test_a_nested_group_keeps_its_heading():
    inner = Group(id="G2", label="Bank", nodes=(Field(id="F1", label="IBAN", format="iban"),))
    form = form_of(page_of(Group(id="G1", label="Geld", nodes=(inner,))))
    (section,) = paper_sections(form)
    assert [(item.kind, item.label) for item in section.items] == [
        ("heading", "Bank"),
        ("iban", "IBAN"),
    ]


codes = st.builds(
    PageCode,
    service=st.from_regex(r"[a-z0-9][a-z0-9-]{0,60}", fullmatch=True),
    version=st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}", fullmatch=True),
    application=st.none() | st.uuids(),
    page=st.integers(1, 9),
    pages=st.integers(9, 999),
)


@given(codes)
def test_codes_are_read_as_they_were_written(code):
    assert read_page_code(page_code(code)) == code
    assert read_page_code(f" {page_code(code)}\n") == code


@pytest.mark.parametrize(
    "text",
    ["", "GW1", "https://example.org", "GW2/A/1/-/1/1", "GW1/A/1/-/2/1", "GW1/A/1/-/0/1",
     "GW1/../1/-/1/1", "GW1/A/1/" + "G" * 32 + "/1/1", "GW1/A/1/-/1/1/", "x" * 5000],
)  # fmt: skip
def test_other_codes_are_refused(text):
    with pytest.raises(PageCodeError):
        read_page_code(text)
