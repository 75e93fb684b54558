"""Dead branches are told when a form is compiled; what can be reached is never called dead."""

from __future__ import annotations

import pytest

from gemeinwerk.core.forms import Field, Group, Variable, compile_form
from tests.core.forms.form_samples import FAMILY, form_of, page_of
from tests.core.forms.form_strategies import _OPTIONS, TODAY, Maker

ASKED = (
    Field(id="A", label="A", kind="choice", options=_OPTIONS),
    Field(id="B", label="B", kind="boolean"),
    Field(id="N", label="N", kind="integer", min_value=0, max_value=10),
    Field(id="T", label="T"),
    Field(id="D", label="D", kind="date"),
    Field(id="L", label="L", locked=True, default="x"),
)


def notes_of(*nodes, **more):
    form = compile_form(form_of(page_of(*ASKED, *nodes), **more))
    return [(note.path, note.code) for note in form.notes]


def field(condition, key="X", **settings):
    return Field(id=key, label=key, visible_when=condition, **settings)


@pytest.mark.parametrize(
    "condition",
    [
        "false",
        'A = "a" and A = "b"',
        "B = true and not B",
        "N > 10",
        "N < 0",
        "N > 4 and N < 5",
        'T = "x" and T = "y"',
        'D > date("2026-01-01") and D < date("2026-01-01")',
        'L = "y"',
        "A = null and is_given(A)",
        "length(T) > 3 and not (length(T) > 3)",
        'if B then A = "a" and A = "b" else false',
    ],
)
def test_a_condition_that_is_never_true(condition):
    assert notes_of(field(condition)) == [("X", "form.never_shown")]


@pytest.mark.parametrize(
    "condition",
    [
        'A = "a"', "N > 9", "N >= 10", "not B", 'A in ["b"]', "N > 4 and N < 6", "is_given(T)",
        'T > "x" and T < "y"', "length(T) > 3 and not (length(T) > 4)", 'L = "x"', "N + 1 > 100",
        "years_between(D, today) < 0", 'D > date("9999-12-30")', "param.on and B",
    ],
)  # fmt: skip
def test_a_condition_that_can_be_true_is_left_alone(condition):
    variables = (Variable(name="param.on", kind="boolean"),)
    assert notes_of(field(condition), variables=variables) == []


def test_an_answer_that_is_never_offered_is_named():
    form = compile_form(form_of(page_of(*ASKED, field('A in ["a", "c"] or A = "d"'))))
    assert [(note.path, note.code, note.params) for note in form.notes] == [
        ("X", "form.value_never_offered", {"path": "A", "value": "d"}),
        ("X", "form.value_never_offered", {"path": "A", "value": "c"}),
    ]


def test_nested_conditions_that_contradict_each_other():
    inner = Group(id="I", label="I", visible_when="not B", nodes=(field("", "F"),))
    outer = Group(id="O", label="O", visible_when="B", nodes=(inner, field("", "E")))
    assert notes_of(outer) == [("O.I", "form.never_shown")]


def test_a_condition_on_a_question_that_is_hidden_then():
    first = field("B", "F", kind="boolean")
    assert notes_of(first, field("F and not B")) == [("X", "form.never_shown")]


def test_a_duty_that_never_comes():
    needed = Field(id="X", label="X", minimum=0, visible_when="B", required_when="not B")
    assert notes_of(needed) == [("X", "form.never_required")]


def test_live_branches_of_random_forms_are_never_called_dead():
    for seed in range(60):
        maker = Maker(seed)
        form = compile_form(maker.form())
        dead = {note.path for note in form.notes if note.code == "form.never_shown"}
        for _ in range(10 if dead else 0):
            live = form.evaluate(maker.answers(), today=TODAY).answers
            assert not any(
                name == path or name.startswith(path + ".") for name in live for path in dead
            )


def test_sound_forms_have_no_notes():
    assert compile_form(FAMILY).notes == ()
