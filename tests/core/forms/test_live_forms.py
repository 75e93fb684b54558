"""A changed answer changes what depends on it, and nothing else is looked at."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from gemeinwerk.core.forms import Field, Group, compile_form
from gemeinwerk.core.kernel import FaultsError
from tests.core.forms.form_samples import FAMILY, SOUND, TODAY, form_of, page_of
from tests.core.forms.form_strategies import _VALUES, Maker


def change_at_random(seeds):
    for seed in seeds:
        maker = Maker(seed)
        try:
            form = compile_form(maker.form(), {"param.limit": Decimal(4)})
        except FaultsError:
            continue
        chance = random.Random(seed)
        live = form.live(maker.answers(), today=TODAY)
        for _ in range(12):
            name = chance.choice(maker.names)
            live.change(name, chance.choice((None, "2", *_VALUES)))
            found, wanted = live.evaluation(), form.evaluate(live.answers, today=TODAY)
            assert found.answers == wanted.answers, (seed, name)
            assert found.faults == wanted.faults, (seed, name)


def test_one_change_after_the_other_is_the_whole_worked_out_anew():
    change_at_random(range(60))


@pytest.mark.long
def test_many_changes():
    change_at_random(range(5000, 8000))


def test_answers_that_no_longer_apply_are_set_aside_and_come_back():
    form = compile_form(
        form_of(
            page_of(
                Field(id="F1", label="Hund?", kind="boolean"),
                Group(
                    id="G1",
                    label="Hund",
                    visible_when="F1 = true",
                    nodes=(Field(id="F2", label="Rufname"),),
                ),
                Field(id="F3", label="Gruß", value='if is_given(G1.F2) then "wau" else "hallo"'),
            )
        )
    )
    live = form.live({"F1": "true", "G1.F2": "Bello"}, today=TODAY)
    change = live.change("F1", "false")
    assert change.answers == {"F1": "false", "G1.F2": "", "F3": "hallo"}
    assert live.answers["G1.F2"] == "Bello"
    assert "G1.F2" not in live.evaluation().answers
    assert live.change("F1", "true").answers == {"F1": "true", "G1.F2": "Bello", "F3": "wau"}
    change = live.change("G1.F2", None)
    assert [(fault.path, fault.code) for fault in change.raised] == [("G1.F2", "answer.required")]
    assert live.change("G1.F2", "Rex").solved == change.raised


def test_only_dependents_are_worked_out():
    form = compile_form(FAMILY)
    live = form.live(SOUND, today=TODAY)
    worked = []
    old = live._work_out
    live._work_out = lambda cell: worked.append(cell.path) or old(cell)
    live.change("G99000901.F5", "2.50")
    assert worked == ["G99000901.F5", "G99000901.F6", "G99000901"]
