"""A form that cannot work is refused, with everything that is wrong."""

from __future__ import annotations

import msgspec
import pytest

from gemeinwerk.core.forms import EvidenceSpec, Field, Form, Group, Option, Variable, compile_form
from gemeinwerk.core.kernel import FaultsError
from tests.core.forms.form_samples import FAMILY, SIZE, TODAY, form_of, page_of


def faults_of(form):
    with pytest.raises(FaultsError) as refused:
        compile_form(form)
    return {(fault.path, fault.code) for fault in refused.value.faults}


def field(key="F1", **settings):
    return Field(id=key, label=key, **settings)


def test_a_form_survives_storage():
    stored = msgspec.json.encode(FAMILY)
    assert msgspec.json.decode(stored, type=Form) == FAMILY


def test_circles_are_named_with_their_path():
    form = form_of(
        page_of(
            field("F1", visible_when='F2 = "a"'),
            field("F2", visible_when='F3 = "a"'),
            field("F3", value="F1"),
            field("F4", visible_when='F4 = "a"'),
        )
    )
    with pytest.raises(FaultsError) as refused:
        compile_form(form)
    chains = [fault.params["chain"] for fault in refused.value.faults]
    assert chains == ["F1 → F2 → F3 → F1", "F4 → F4"]


def test_circles_through_groups_pages_and_variables_are_found():
    page = page_of(field("F1"), key="p1", visible_when="v")
    assert {code for _, code in faults_of(
        form_of(page, variables=(Variable(name="v", kind="boolean", value="is_given(F1)"),))
    )} == {"form.circle"}  # fmt: skip
    inside = Group(id="G1", label="G", nodes=(field("F1", visible_when="G1"),))
    assert {code for _, code in faults_of(form_of(page_of(inside)))} == {"form.circle"}


def test_a_long_chain_of_calculations_is_refused_not_run():
    chain = [field("F0")] + [field(f"F{i}", value=f"F{i - 1}") for i in range(1, 200)]
    assert "form.chain_too_long" in {code for _, code in faults_of(form_of(page_of(*chain)))}
    assert compile_form(form_of(page_of(*chain[:50]))).effective({"F0": "x"}, today=TODAY)[
        "F49"
    ] == "x"  # fmt: skip


def test_faults_of_the_layout_come_together():
    form = form_of(
        page_of(field("F1"), field("F1"), key="a"),
        page_of(
            field("1x"),
            field("F2", minimum=2),
            field("F3", kind="choice"),
            field("F4", kind="date", default="morgen"),
            field("F5", pattern="("),
            key="a",
        ),
    )
    assert faults_of(form) == {
        ("F1", "form.path_doubled"),
        ("a", "form.page_doubled"),
        ("1x", "form.bad_id"),
        ("F2", "form.bad_occurrence"),
        ("F3", "form.no_options"),
        ("F4", "form.bad_default"),
        ("F5", "form.pattern"),
    }


def test_faults_of_expressions_name_place_and_position():
    form = form_of(
        page_of(
            field("F1", visible_when="F9 = 1"),
            field("F2", required_when="1 +"),
            field("F3", kind="integer", value="F1"),
        ),
        evidence=(EvidenceSpec(key="e", label="E", within="G7"),),
    )
    found = faults_of(form)
    assert ("F1", "expression.unknown_name") in found
    assert ("F3", "expression.wrong_type") in found
    assert ("e", "form.unknown_path") in found
    assert len(found) == 4


def test_a_group_may_go_on_on_another_page_only_unchanged():
    one = Group(id="G1", label="G", minimum=0, nodes=(field("F1"),))
    two = Group(id="G1", label="G", minimum=0, nodes=(field("F2"),))
    form = compile_form(form_of(page_of(one, key="a"), page_of(two, key="b")))
    (fault,) = form.faults({"G1.F1": "x"}, today=TODAY)
    assert fault.path == "G1.F2"
    many = msgspec.structs.replace(two, maximum=3)
    assert ("G1", "form.group_doubled") in faults_of(
        form_of(page_of(one, key="a"), page_of(many, key="b"))
    )


def test_tolerated_patterns_are_noted():
    (note,) = compile_form(form_of(page_of(field(pattern="[a-z]+$")))).notes
    assert (note.path, note.code) == ("F1", "form.pattern_trailing_dollar")


def test_types_name_everything_expressions_may_use():
    form = compile_form(form_of(page_of(SIZE, Group(id="G", label="G", maximum=3, nodes=(
        field(kind="money"),)))))  # fmt: skip
    assert form.types == {"today": "date", "F99000905": "text", "G.F1": "number_list"}


def test_options_are_shown_by_label():
    option = Option(code="x", label="Ix")
    form = compile_form(form_of(page_of(field(kind="choice", options=(option,)))))
    assert form.rows({"F1": "x"}, today=TODAY)[0].rows[0].text == "Ix"
