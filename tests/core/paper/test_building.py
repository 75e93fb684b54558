"""Decisions become a schema in the number range 99 and a form that asks only what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.packages import package_from_schema
from gemeinwerk.core.packages.shelf_blocks import shelf_fields
from gemeinwerk.core.paper import (
    Decision,
    Questionnaire,
    accept_rest,
    decision_faults,
    draft_faults,
    outcome_of,
    propose,
    read_questions,
    schema_of,
)
from gemeinwerk.core.schemas import CodeEntry, Field
from gemeinwerk.project import content
from tests.core.paper.sheets import ROWS


def paper() -> Questionnaire:
    rows = [list(row) for row in ROWS]
    return Questionnaire("Standgenehmigung", propose(read_questions(rows), lambda text: ()))


def decided(**decisions: Decision) -> Questionnaire:
    own = {name.removeprefix("q"): one for name, one in decisions.items()}
    return accept_rest(replace(paper(), decisions=own))


def package_of(form: Questionnaire):
    blocks = content.blocks()
    schema = schema_of(form, 7, shelf=shelf_fields(blocks), found=lambda number: None)
    return package_from_schema(schema, {}, blocks=blocks)


def test_all_proposals_make_a_form_with_blocks_roles_and_evidence():
    form = decided()
    outcome = outcome_of(form)
    assert (outcome.on_paper, outcome.asked, outcome.dropped) == (15, 11, 2)
    assert (outcome.from_register, outcome.merged, outcome.open) == (1, 1, 0)
    package = package_of(form)
    assert package.key == "s99000070000"
    assert package.roles["family_name"] == "G99000011.F99000101"
    assert "address_extra" not in package.roles
    assert [one.label for one in package.form.evidence] == ["Lageplan"]
    paths = compile_form(package.form)
    answers = {"G99000016.F99000162": "DE02120300000000202052"}
    faults = {fault.path: fault.code for fault in paths.faults(answers, today=date(2026, 11, 23))}
    assert faults["G99000016.F99000162"] == "answer.iban"
    assert faults["G99000070001.F99000070008"] == "answer.required"
    assert "G99000012.F99000113" not in faults


def test_the_author_rewords_and_reasons_of_merged_questions_stay():
    form = decided(
        q8=Decision("keep", text="Wie groß ist Ihr Stand?", needed=False),
        q9=Decision("merge", target="8"),
        q7=Decision("keep", kind="text"),
    )
    nodes = [node for page in package_of(form).form.pages for node in page.nodes]
    fields = {field.id: field for group in nodes for field in group.nodes}
    assert fields["F99000070008"].label == "Wie groß ist Ihr Stand?"
    assert fields["F99000070008"].minimum == 0
    assert fields["F99000070008"].why == "§ 6 Mustersatzung"
    assert fields["F99000070007"].kind == "text"
    assert "F99000070009" not in fields


def test_a_block_of_the_library_comes_as_it_is():
    colour = Field("F05000009", "2.0.0", "Farbe", "Farbe", "", "", (), "select", "text",
                   options=(CodeEntry("r", "rot"),))  # fmt: skip
    form = decided(q8=Decision("block", target="fim:F05000009"))
    schema = schema_of(form, 7, shelf={}, found={"F05000009": colour}.get)
    groups = [child.element for child in schema.children]
    assert colour in [one.element for group in groups for one in getattr(group, "children", ())]


def test_what_cannot_be_decided_or_drafted():
    form = paper()
    assert [f.code for f in decision_faults(form, 1, Decision("drop"))] == ["paper.reason_missing"]
    for target in ("1", "99", "x", "٣", ""):
        wrong = decision_faults(form, 1, Decision("merge", target=target))
        assert [fault.code for fault in wrong] == ["paper.merge_impossible"]
    assert [fault.code for fault in draft_faults(form)] == ["paper.still_open"]
    lost = decided(q8=Decision("drop", reason="Niemand liest das."))
    assert [fault.code for fault in draft_faults(lost)] == ["paper.merged_into_nothing"]
    drop = {str(one.number): Decision("drop", reason="x") for one in form.questions}
    assert [f.code for f in draft_faults(replace(form, decisions=drop))] == ["paper.nothing_asked"]
