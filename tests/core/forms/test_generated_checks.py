"""Generated checks (ADR 21) say to the letter what the slow way says, and are made of little."""

from __future__ import annotations

import ast
import random
from datetime import date
from decimal import Decimal

import pytest

from gemeinwerk.core.expressions import ExpressionError, Type, compile_expression, parse
from gemeinwerk.core.expressions.emitting import emit_expression
from gemeinwerk.core.forms import Field, compile_form
from gemeinwerk.core.forms.checking import Inspection
from gemeinwerk.core.forms.outcome import collect
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.kernel.generated import RefusedTreeError, Unit, call, give, local
from tests.core.forms.form_samples import FAMILY, SOUND, TODAY, form_of, page_of
from tests.core.forms.form_strategies import Maker


def slow(form, answers, today=TODAY):
    """Work a form out node by node: the meaning that generated code has to keep."""
    state, found, faults = State(form._plan, answers, today), {}, []
    for page in form._plan.pages.values():
        faults += Inspection(state).page(page)
        if state.applies(page):
            for node in page.nodes:
                collect(state, node, (), found)
    return found, tuple(faults)


def compare_on_random_forms(seeds):
    made = 0
    for seed in seeds:
        maker = Maker(seed)
        try:
            form = compile_form(maker.form(), {"param.limit": Decimal(4)})
        except FaultsError:  # a circle; what is refused needs no check
            continue
        made += 1
        for _ in range(8):
            answers = maker.answers()
            evaluation = form.evaluate(answers, today=TODAY)
            assert (evaluation.answers, evaluation.faults) == slow(form, answers), seed
            for page in form._plan.pages:
                state = State(form._plan, answers, TODAY)
                wanted = Inspection(state).page(form._plan.pages[page])
                assert list(form.page_faults(page, answers, today=TODAY)) == wanted, seed
    return made


def test_generated_checks_agree_with_the_slow_way():
    assert compare_on_random_forms(range(120)) > 60


@pytest.mark.long
def test_generated_checks_agree_on_many_forms():
    compare_on_random_forms(range(1000, 6000))


def test_supplied_values_of_a_wrong_type_are_missing_both_ways():
    for supplied in ("text", True, date(2026, 1, 1), [], 4.5):
        maker = Maker(7)
        form = compile_form(maker.form(), {"param.limit": supplied})
        answers = maker.answers()
        evaluation = form.evaluate(answers, today=TODAY)
        assert (evaluation.answers, evaluation.faults) == slow(form, answers)


def test_a_page_read_gives_the_faults_of_the_slow_way():
    form = compile_form(FAMILY)
    posted = {"G99000901.F1": ["Ж"], "G99000901.F2": ["1.1.2040"], "G99000901.F3": ["vielleicht"]}
    reading = form.read_page("person", posted, {}, today=TODAY)
    assert [(fault.path, fault.code) for fault in reading.faults] == [
        ("G99000901.F1", "answer.character_not_allowed"),
        ("G99000901.F2", "answer.date_in_future"),
        ("G99000901.F3", "answer.yes_or_no"),
    ]
    assert form.evaluate(SOUND, today=TODAY).faults == ()


EXPRESSIONS = (
    "n * 2 + m", "n / m", "n / 0", "-n", "not t", "t and n > 3", "t or n > 3", "t and u and n = m",
    "t or u or n = m", "if t then n else m", "if n > 2 then n * m else null", "x = y", "x != y",
    'x in ["a", "b"]', 'x not in ["a"]', "x = null", "null != x", "x in xs", "x < y",
    "is_given(x)", "coalesce(x, y)", "round(n / 3, 2)", "years_between(d, e)", "d <= e",
    "count(xs) > 1", "min(n, m)", "length(x)", 'if t and u then "a" else coalesce(x, "z")',
    "add_months(d, n) > e", 'lookup(x, ["a"], [1, 2])', "(t or u) and not (t and u)", "t = u",
    "n in [1, 2, null]", "x = null and (n + m) > 2 or t",
    "if t then (if u then 1 else n / m) else 2",
)  # fmt: skip
TYPES = {
    "n": Type.NUMBER, "m": Type.NUMBER, "t": Type.BOOLEAN, "u": Type.BOOLEAN, "x": Type.TEXT,
    "y": Type.TEXT, "d": Type.DATE, "e": Type.DATE, "xs": Type.TEXT_LIST,
}  # fmt: skip
SETS = {
    Type.NUMBER: (None, Decimal(0), Decimal("2.5"), Decimal("1e999999")),
    Type.BOOLEAN: (None, True, False),
    Type.TEXT: (None, "a", "b"),
    Type.DATE: (None, date(2020, 2, 29), date(9999, 12, 31)),
    Type.TEXT_LIST: ([], ["a"], ["b", "a"]),
}


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_an_expression_as_code_is_the_expression_as_closures(text):
    expr = parse(text)
    closure, unit, body = compile_expression(expr, TYPES), Unit(), []
    order = list(TYPES)
    code = emit_expression(expr, lambda name: local(f"n{order.index(name)}"), unit, body)
    function = unit.function([f"n{index}" for index in range(len(order))], [*body, give(code)])
    chance = random.Random(text)
    for _ in range(60):
        values = {name: chance.choice(SETS[kind]) for name, kind in TYPES.items()}
        try:
            wanted = closure(values)
        except ExpressionError:
            wanted = None
        found = function(*values.values())
        assert (found, type(found)) == (wanted, type(wanted)), values


def test_texts_of_authors_are_constants_only():
    nasty = '"]; __import__("os").system("x") #'
    form = compile_form(
        form_of(
            page_of(
                Field(id="F1", label=nasty, default="x"),
                Field(id="F2", label="F2", visible_when='F1 = "\\"); raise SystemExit #"'),
            )
        )
    )
    assert form.evaluate({"F1": nasty}, today=TODAY).answers == {"F1": nasty}


@pytest.mark.parametrize(
    "source",
    ["n.real", "[i for i in n]", "(lambda: 1)()", "__import__('os')", "n()()", "1.5", "f'{n}'"],
)
def test_what_generated_code_may_not_hold_is_refused(source):
    tree = ast.parse(source, mode="eval").body
    with pytest.raises(RefusedTreeError):
        Unit().function(["n"], [give(tree)])


def test_generated_code_sees_no_builtins():
    function = Unit().function(["n"], [give(call("open", local("n")))])
    with pytest.raises(NameError):
        function("x")
