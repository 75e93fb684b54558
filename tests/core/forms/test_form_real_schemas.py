"""Every real schema becomes a form that can be filled in and accepted, page by page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from gemeinwerk.core.forms import Form, compile_form, form_from_schema
from gemeinwerk.core.schemas import (
    COMMAND_LIMIT,
    CodeEntry,
    CodeList,
    Field,
    Group,
    Occurrence,
    Schema,
    gather_code_lists,
    read_code_list,
    read_schema,
    unpack,
)
from tests.core.forms.form_samples import TODAY, fields_of, typed_answer
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xdatenfelder"
REAL = sorted([*FOLDER.glob("xdf3/*.xml*"), *FOLDER.glob("xdf2/*/S*.xml")])
PARKING = FOLDER / "xdf2" / "bewohnerparken"


@cache
def schema_of(path: Path) -> Schema:
    return read_schema(unpack(path.read_bytes(), COMMAND_LIMIT), name=path.name)


def element(key, **settings):
    defaults = {"version": "1.0.0", "name": key, "label": key, "help": "", "description": ""}
    return Field(
        **{"id": key, **defaults, "legal_basis": (), "art": "input", "datatype": "text", **settings}
    )


def group(key, *children, choice=False):
    return Group(key, "1.0.0", key, key, "", "", (), choice, tuple(children))


def schema(*children):
    return Schema("S99000901", "1.0.0", "xdf3", "Probe", "Probe", "", (), tuple(children))


def fill(form: Form, *, skip: str = "") -> tuple[dict[str, str], list[str]]:
    """Fill in every page as a person would; return the answers and what was still refused."""
    compiled = compile_form(form)
    answers: dict[str, str] = {}
    refused = []
    for page in form.pages:
        posted: dict[str, list[str]] = {}
        seen_choices: set[str] = set()
        for node in fields_of(compiled.page_view(page.id, answers, today=TODAY)["nodes"]):
            path = re.sub(r"\[\d+\]", "", node["name"])
            field = FIELDS[form.key][path]
            around = CHOICES[form.key].get(path, "")
            if node["kind"] == "note" or node["locked"] or node["name"] == skip:
                continue
            if around and around in seen_choices:
                continue
            seen_choices.add(around)
            posted[node["name"]] = [typed_answer(node, field)]
        reading = compiled.read_page(page.id, posted, answers, today=TODAY)
        answers = reading.answers
        refused += [f"{fault.path}: {fault.code}" for fault in reading.faults]
    refused += [f"{fault.path}: {fault.code}" for fault in compiled.faults(answers, today=TODAY)]
    return answers, refused


FIELDS: dict[str, dict] = {}
CHOICES: dict[str, dict[str, str]] = {}


def learn(form: Form) -> None:
    """Remember the fields of a form by path, and which of several ways each belongs to."""
    FIELDS[form.key], CHOICES[form.key] = {}, {}

    def walk(nodes, around, choice):
        for node in nodes:
            path = f"{around}.{node.id}" if around else node.id
            if hasattr(node, "nodes"):
                for child in node.nodes:
                    inner = f"{path}" if node.choice else choice
                    walk((child,), path, inner)
            else:
                FIELDS[form.key][path] = node
                CHOICES[form.key][path] = choice

    for page in form.pages:
        walk(page.nodes, "", "")


def test_there_are_real_schemas():
    assert len(REAL) >= 63


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name.split("_")[0])
def test_a_real_schema_can_be_filled_in(path):
    form, findings = form_from_schema(schema_of(path), {})
    assert form.pages
    assert [finding for finding in findings if finding.severity == "error"] == []
    missing = {f.place for f in findings if f.code == "form.code_list_missing"}
    learn(form)
    assert missing == {p for p, f in FIELDS[form.key].items() if f.kind == "code_entry"}
    answers, refused = fill(form)
    assert refused == []
    compiled = compile_form(form)
    assert compiled.set_aside(answers, today=TODAY) == ()
    effective = compiled.effective(answers, today=TODAY)
    assert effective.items() >= {k: v for k, v in answers.items() if v}.items()
    for section in compiled.rows(answers, today=TODAY):
        assert section.rows


@pytest.mark.parametrize("path", REAL[::8], ids=lambda path: path.name.split("_")[0])
def test_each_required_answer_is_missed_at_its_path(path):
    form, _ = form_from_schema(schema_of(path), {})
    compiled = compile_form(form)
    learn(form)
    answers, _ = fill(form)
    for name in answers:
        path = re.sub(r"\[\d+\]", "", name)
        field = FIELDS[form.key].get(path)
        if field is None or field.minimum == 0 or CHOICES[form.key][path]:
            continue
        left = {key: value for key, value in answers.items() if key != name}
        faults = compiled.faults(left, today=TODAY)
        alone = not any(key.startswith(name.rpartition(".")[0]) for key in left)
        assert alone or name in {fault.path for fault in faults}


def test_code_lists_become_options_and_pages_keep_a_sensible_size():
    parking = schema_of(next(PARKING.glob("S*.xml")))
    read = [read_code_list(path.read_bytes()) for path in PARKING.glob("C*.xml")]
    lists = {each.key: each for each in read}
    form, findings = form_from_schema(parking, lists)
    wanted = gather_code_lists(parking)
    found = [ref for ref in wanted if ref.pick(lists)]
    assert found
    gaps = {f.params["uri"] for f in findings if f.code == "form.code_list_missing"}
    assert gaps == {ref.key for ref in wanted} - {ref.key for ref in found}
    learn(form)
    assert sum(f.kind == "choice" for f in FIELDS[form.key].values()) >= len(found)


def test_what_a_schema_says_arrives_in_the_form():
    colours = CodeList("urn:x:colour", "1", "Farben", (CodeEntry("1", "Rot"),))
    form, findings = form_from_schema(
        schema(
            Occurrence(element("F99000911", datatype="bool"), 1, 1),
            Occurrence(
                group(
                    "G99000912",
                    Occurrence(element("F1", art="label", default="Gut zu wissen"), 1, 1),
                    Occurrence(element("F2", art="locked", default="Amt"), 1, 1),
                    Occurrence(element("F3", art="hidden", default="7", datatype="num"), 1, 1),
                    Occurrence(element("F4", pattern="^[a-z]+$", max_length=9), 0, 1),
                    Occurrence(element("F5", pattern="(?=x)"), 0, 1),
                    Occurrence(element("F6", art="select", options=colours.entries), 1, 1),
                    Occurrence(element("F7", datatype="file"), 1, 1),
                    Occurrence(element("F8"), 0, 0),
                    Occurrence(element("F9", datatype="num_currency", default="viel"), 1, 1),
                ),
                0,
                None,
            ),
            Occurrence(group("G99000913", Occurrence(element("F1", datatype="file"), 1, 1)), 1, 1),
        ),
        {},
    )
    assert [(page.id, page.title) for page in form.pages] == [
        ("allgemein", "Allgemeine Angaben"),
        ("G99000912", "G99000912"),
    ]
    learn(form)
    fields = FIELDS[form.key]
    assert fields["G99000912.F1"].help == "Gut zu wissen"
    assert fields["G99000912.F2"].locked and fields["G99000912.F3"].hidden
    assert fields["G99000912.F5"].pattern == ""
    assert [option.label for option in fields["G99000912.F6"].options] == ["Rot"]
    assert [(e.key, e.within, e.required) for e in form.evidence] == [
        ("G99000912.F7", "G99000912", True),
        ("G99000913.F1", "", True),
    ]
    assert {finding.code for finding in findings} == {
        "form.pattern_leading_caret",
        "form.pattern_trailing_dollar",
        "form.pattern",
        "form.never_asked",
        "form.bad_default",
    }


def test_a_long_group_goes_on_over_several_pages():
    parts = [
        Occurrence(group(f"G{n}", *(Occurrence(element(f"F{i}"), 1, 1) for i in range(12))), 1, 1)
        for n in range(4)
    ]
    form, _ = form_from_schema(schema(Occurrence(group("G99000914", *parts), 1, 1)), {})
    assert [page.title for page in form.pages] == ["G0", "G1", "G2", "G3"]
    learn(form)
    answers, refused = fill(form)
    assert refused == [] and len(answers) == 48
