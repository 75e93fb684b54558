"""What translated rules give a form, and that the form's compiler takes it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from gemeinwerk.core.expressions import Type, check, compile_expression, parse
from gemeinwerk.core.forms import Check, Group, Node, Variable, compile_form, form_from_schema
from gemeinwerk.core.rules import FormRules, rules_for_form, translate_schema, types_of
from tests.core.rules.world import SCHEMA, short, translate
from tests.paths import STANDARDS

P = "G99000101"


def test_show_and_hide_become_visibility_and_required_requirement() -> None:
    rule = translate(
        "Wenn F99000102 = Ja, dann muss G99000102 befüllt werden."
        " Wenn F99000102 <> Ja, dann darf G99000102 nicht angezeigt werden."
    )
    form = rules_for_form(SCHEMA, [rule])
    assert {k: short(v) for k, v in form.visible_when.items()} == {f"{P}.G99000102": "F102 = true"}
    assert {k: short(v) for k, v in form.required_when.items()} == {f"{P}.G99000102": "F102 = true"}
    assert form.skipped == ()


def test_a_rule_that_only_hides_leaves_the_element_elsewhere() -> None:
    form = rules_for_form(SCHEMA, [translate("Wenn F99000101 = 003, dann blende F99000109 aus.")])
    assert short(form.visible_when[f"{P}.F99000109"]) == 'not F101 = "003"'


def test_two_rules_that_show_the_same_element_show_it_in_both_cases() -> None:
    rules = [
        translate("Wenn F99000102 = Ja, dann zeige F99000109 an, sonst nicht."),
        translate("Wenn F99000101 = 002, dann zeige F99000109 an, sonst nicht."),
    ]
    form = rules_for_form(SCHEMA, rules)
    assert short(form.visible_when[f"{P}.F99000109"]) == 'F102 = true or F101 = "002"'


def test_prefills_checks_and_outside_names() -> None:
    rules = [
        translate('Das Feld F99000101 ist mit 001 "in Deutschland" vorzubelegen.'),
        translate("Das Geburtsdatum darf nicht in der Zukunft liegen."),
        translate("Für das Land NW gilt:\nDas Feld F99000109 muss befüllt werden."),
    ]
    form = rules_for_form(SCHEMA, rules)
    assert form.defaults == {f"{P}.F99000101": "001"}
    [one] = form.checks
    assert one.path == f"{P}.F99000103"
    assert short(one.holds) == "not is_given(F103) or F103 <= today"
    assert one.message == "Das Geburtsdatum darf nicht in der Zukunft liegen"
    assert form.names == {"today", "param.land"}


def test_a_prefill_that_depends_on_answers_is_told_or_reckoned() -> None:
    one = translate("Wenn F99000102 = Ja, dann ist F99000101 mit 001 vorbelegt.")
    form = rules_for_form(SCHEMA, [one])
    assert form.defaults == {}
    assert [why for _, why in form.skipped] == [
        "F99000101 wird nur bedingt oder aus einem anderen Feld vorbelegt."
    ]
    hidden = translate("Das Feld F99000101 ist auszublenden.")
    form = rules_for_form(SCHEMA, [one, hidden])
    [value] = form.calculated.values()
    assert short(value) == 'if F102 = true then "001" else null'
    assert form.skipped == ()


def test_two_prefills_that_differ_are_told() -> None:
    rules = [translate(f"Das Feld F99000101 ist mit {code} vorzubelegen.") for code in (1, 2)]
    form = rules_for_form(SCHEMA, rules)
    assert form.defaults == {}
    assert form.skipped[0][1] == "Für F99000101 stehen mehrere Vorbelegungen in den Regeln."


def test_unclear_and_unconfirmed_rules_are_left_out_and_told() -> None:
    unclear = translate("Wenn F99000101 = 017, dann muss F99000109 befüllt werden.")
    partly = translate("Das Feld Telefon muss befüllt werden. Der Rest steht im Merkblatt.")
    form = rules_for_form(SCHEMA, [unclear, partly])
    assert form.required_when == {}
    assert [reason for _, reason in form.skipped] == [
        "Der Wert „017“ steht nicht in der Liste von F99000101.",
        "nur teilweise verstanden",
    ]
    confirmed = frozenset({("R99000101", P)})
    form = rules_for_form(SCHEMA, [unclear, partly], confirmed)
    assert list(form.required_when) == [f"{P}.F99000104"]
    assert rules_for_form(SCHEMA, [partly], frozenset()).skipped == (
        (("R99000101", P), "nicht bestätigt"),
    )


def test_a_valid_day_is_checked() -> None:
    rule = translate(
        "Wenn alle drei Felder F99000104, F99000105 und F99000109 befüllt sind, muss die Validität"
        " des sich ergebenden Kalenderdatums sichergestellt werden."
    )
    assert rule.status == "unclear"  # these are texts; a day is made of three numbers


@pytest.mark.long
def test_all_expressions_of_real_schemas_fit_their_schema() -> None:
    from benchmarks.rules import schemas

    assert STANDARDS.exists()
    for _, schema in schemas():
        translations = translate_schema(schema)
        form = rules_for_form(schema, translations)
        from gemeinwerk.core.rules import Names

        types = types_of(Names(schema))
        texts = [*form.visible_when.values(), *form.required_when.values()]
        for text in [*texts, *form.optional_when.values(), *(c.holds for c in form.checks)]:
            tree = parse(text)
            check(tree, types, Type.BOOLEAN)
            compile_expression(tree, types)


def test_a_partly_known_birth_date_must_be_a_day() -> None:
    from dataclasses import replace

    from gemeinwerk.core.rules import Names, translate_rule
    from gemeinwerk.core.schemas import Rule
    from tests.core.rules.world import field, group

    birth = group(
        7, "Geburtsdatum (teilbekannt)", field(71, "Tag", "num_int"),
        field(72, "Monat", "num_int"), field(73, "Jahr", "num_int"),
    )  # fmt: skip
    names = Names(replace(SCHEMA, children=(birth,)))
    text = (
        "Wenn alle drei Felder F99000171, F99000172 und F99000173 befüllt sind, muss die"
        " Gültigkeit des Kalenderdatums sichergestellt werden."
    )
    [effect] = translate_rule(Rule("R99000106", "1", "", text), names, ("G99000107",)).effects
    holds = compile_expression(effect.condition, types_of(names))

    def day(d: int, m: int, y: int) -> object:
        numbers = zip(("71", "72", "73"), (d, m, y), strict=True)
        return holds({f"G99000107.F990001{n}": Decimal(v) for n, v in numbers})

    assert day(29, 2, 2024) is True
    assert day(29, 2, 2023) is False
    assert day(29, 2, 2000) is True
    assert day(29, 2, 1900) is False
    assert day(31, 11, 1968) is False
    assert day(30, 11, 1968) is True
    assert day(1, 13, 1968) is False
    assert holds({"G99000107.F99000173": Decimal(1968)}) is True


def test_the_compiler_of_forms_takes_all_of_it() -> None:
    rules = [
        translate("Wenn F99000102 = Ja, dann zeige G99000102 als Pflicht an, sonst nicht."),
        translate("Wenn F99000103 < 18 Jahre, dann muss F99000121 befüllt werden."),
        translate("Für das Land NW gilt:\nDas Feld F99000109 muss befüllt werden."),
        translate("Es muss entweder das Feld Telefon oder das Feld E-Mail befüllt werden."),
    ]
    form, _ = form_from_schema(SCHEMA, {})
    found = rules_for_form(SCHEMA, rules)
    pages = tuple(
        msgspec.structs.replace(page, nodes=tuple(_with(node, (), found) for node in page.nodes))
        for page in form.pages
    )
    checks = tuple(
        Check(key=c.key, path=c.path, holds=c.holds, message=c.message) for c in found.checks
    )
    land = Variable(name="param.land", kind="text")
    ready = compile_form(
        msgspec.structs.replace(form, pages=pages, checks=checks, variables=(land,))
    )
    answers = {f"{P}.F99000102": "true", f"{P}.F99000103": "2020-01-01", f"{P}.F99000104": "1"}
    faults = {f.path: f.code for f in ready.faults(answers, today=date(2026, 11, 22))}
    assert f"{P}.G99000102" in faults
    answers[f"{P}.G99000102.F99000121"] = "Muster"
    assert ready.faults(answers, today=date(2026, 11, 22)) == ()
    answers[f"{P}.F99000102"] = "false"
    faults = {f.path: f.code for f in ready.faults(answers, today=date(2026, 11, 22))}
    assert faults == {}


def _with(node: Node, above: tuple[str, ...], found: FormRules) -> Node:
    """Put what the rules say into a node of the form."""
    path = ".".join((*above, node.id))
    visible = found.visible_when.get(path, "")
    if isinstance(node, Group):
        nodes = tuple(_with(each, (*above, node.id), found) for each in node.nodes)
        return msgspec.structs.replace(node, nodes=nodes, visible_when=visible)
    required = found.required_when.get(path, "")
    return msgspec.structs.replace(node, visible_when=visible, required_when=required)
