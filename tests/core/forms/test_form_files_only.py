"""Groups that hold files and no question leave no page behind; their words go with the files."""

from __future__ import annotations

from datetime import date

import pytest

from gemeinwerk.core.forms import compile_form, form_from_schema
from gemeinwerk.core.schemas import Field, Group, Occurrence, Schema

DAY = date(2026, 11, 22)


def field(name: str, datatype: str = "file", art: str = "input", label: str = "") -> Occurrence:
    made = Field(name, "1", name, label or name, "", "", (), art, datatype)  # type: ignore[arg-type]
    return Occurrence(made, 1, 1)


def group(name: str, *children: Occurrence, most: int = 1) -> Occurrence:
    return Occurrence(Group(name, "1", name, name, "", "", (), False, children), 1, most)


def schema(*children: Occurrence) -> Schema:
    return Schema("S99000001", "1", "xdf3", "Probe", "Probe", "", (), children)


QUESTION = group("G9", field("F9", "text"))


@pytest.mark.parametrize(
    "files",
    [
        group("G1", field("F1")),
        group("G1", group("G2", field("F1"))),
        group("G1", field("F1"), most=3),
        group("G1", field("F0", "text", "label", "Legen Sie das bei"), field("F1")),
        group("G1", group("G2", field("F0", "text", "label", "Hinweis"), field("F1"))),
    ],
)
def test_no_page_without_a_question(files: Occurrence) -> None:
    form, _ = form_from_schema(schema(files, QUESTION), {})
    assert compile_form(form).route({}, today=DAY) == ("G9",)
    assert [spec.key.rpartition(".")[2] for spec in form.evidence] == ["F1"]


def test_the_words_of_the_group_are_not_lost() -> None:
    note = field("F0", "text", "label", "Legen Sie das bei")
    form, _ = form_from_schema(schema(group("G1", note, field("F1")), QUESTION), {})
    assert "Legen Sie das bei" in form.evidence[0].help
    assert form.evidence[0].required


def test_a_note_beside_a_question_stays_on_its_page() -> None:
    note = field("F0", "text", "label", "Gut zu wissen")
    form, _ = form_from_schema(schema(group("G1", note, field("F1"), field("F2", "text"))), {})
    assert [node.id for node in form.pages[0].nodes[0].nodes] == ["F0", "F2"]  # type: ignore[union-attr]
    assert form.evidence[0].help == ""


@pytest.mark.parametrize(("allowed", "taken"), [(20_000_000, 10_000_000), (2_000_000, 2_000_000)])
def test_no_file_is_promised_that_no_request_can_carry(allowed: int, taken: int) -> None:
    file = Field("F1", "1", "F1", "Plan", "", "", (), "input", "file", max_size=allowed)
    form, findings = form_from_schema(schema(Occurrence(file, 1, 1), QUESTION), {})
    assert form.evidence[0].max_size == taken
    told = [(one.severity, one.place) for one in findings if one.code == "form.smaller_files"]
    assert told == ([("info", "F1")] if allowed > taken else [])
