"""Confirmed rules in a form: they act as the prose says, or stay out as a whole with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gemeinwerk.core.forms import compile_form, form_from_schema
from gemeinwerk.core.packages import RuleDecision, RuledForm, rules_of, standing, stored, with_rules
from gemeinwerk.core.rules import Translation
from tests.core.rules.world import NAMES, SCHEMA, translate

TODAY = date(2026, 11, 22)
P = "G99000101"
FORM, _ = form_from_schema(SCHEMA, {})


def confirmed(translation: Translation, rule_id: str = "") -> RuleDecision:
    return RuleDecision(
        rule_id or translation.rule_id,
        translation.owner,
        translation.text,
        "confirmed",
        stored(translation.effects),
    )


def ruled(*texts: str, land: str = "", owner: tuple[str, ...] = (P,)) -> RuledForm:
    decisions = [
        confirmed(translate(text, owner), f"R{number}") for number, text in enumerate(texts)
    ]
    return with_rules(FORM, NAMES, decisions, land=land)


def faults(made: RuledForm, answers: dict[str, str]) -> dict[str, str]:
    ready = compile_form(made.form)
    return {fault.path: fault.code for fault in ready.faults(answers, today=TODAY)}


def asked(made: RuledForm, answers: dict[str, str]) -> set[str]:
    ready = compile_form(made.form)
    sections = ready.rows(answers, today=TODAY)
    return {row.path for section in sections for row in section.rows}


def test_an_answer_shows_and_requires_as_the_prose_says() -> None:
    made = ruled(
        "Wenn F99000101 = 001, dann muss F99000109 befüllt werden, sonst zeige es nicht an."
    )
    assert not made.misfits
    assert f"{P}.F99000109" not in asked(made, {f"{P}.F99000101": "002"})
    assert f"{P}.F99000109" in asked(made, {f"{P}.F99000101": "001"})
    assert faults(made, {f"{P}.F99000101": "001"}) == {f"{P}.F99000109": "answer.required"}
    assert faults(made, {f"{P}.F99000101": "001", f"{P}.F99000109": "ja"}) == {}


def test_a_rule_from_outside_asks_for_a_field_of_a_group_nobody_began() -> None:
    made = ruled("Wenn F99000102 = Ja, dann muss F99000121 befüllt werden.")
    answers = {f"{P}.F99000102": "true"}
    assert faults(made, answers) == {f"{P}.G99000102": "answer.check_failed"}
    answers[f"{P}.G99000102.F99000121"] = "Muster"
    assert faults(made, answers) == {}
    assert faults(made, {f"{P}.F99000102": "false", f"{P}.F99000104": "1"}) == {}


def test_a_check_waits_until_its_optional_group_is_begun() -> None:
    made = ruled("Es muss entweder das Feld Telefon oder das Feld E-Mail befüllt werden.")
    assert faults(made, {}) == {}
    assert set(faults(made, {f"{P}.F99000109": "da"}).values()) == {"answer.check_failed"}
    assert faults(made, {f"{P}.F99000109": "da", f"{P}.F99000104": "0431"}) == {}


def test_the_land_of_the_town_decides() -> None:
    text = "Für das Land NW gilt:\nDas Feld F99000109 muss befüllt werden."
    answers = {f"{P}.F99000104": "0431"}
    assert faults(ruled(text, land="NW"), answers) == {f"{P}.F99000109": "answer.required"}
    assert faults(ruled(text, land="SH"), answers) == {}


def test_prefilled_and_hidden_counts_although_nobody_sees_it() -> None:
    made = ruled(
        'Das Feld F99000101 ist mit 001 "in Deutschland" vorzubefüllen und auszublenden.',
        "Wenn F99000101 = 001, dann muss F99000109 befüllt werden.",
    )
    answers = {f"{P}.F99000104": "0431"}
    assert faults(made, answers) == {f"{P}.F99000109": "answer.required"}
    assert f"{P}.F99000101" not in asked(made, answers)
    ready = compile_form(made.form)
    assert ready.effective(answers, today=TODAY)[f"{P}.F99000101"] == "001"


CONDITIONAL = "Wenn F99000102 = Ja, dann ist F99000101 mit 001 vorbelegt."


def test_a_prefill_on_a_condition_is_told_and_stays_out() -> None:
    made = ruled(CONDITIONAL, "Wenn F99000102 = Ja, dann muss F99000109 befüllt werden.")
    assert made.acting == {("R1", P)}
    [(told,)] = made.misfits.values()
    assert (told.path, told.code) == (f"{P}.F99000101", "catalogue.rule_prefill")
    assert "nur bedingt" in str(told.params["why"])
    answers = {f"{P}.F99000102": "true", f"{P}.F99000109": "da"}
    assert f"{P}.F99000101" not in compile_form(made.form).effective(answers, today=TODAY)


def test_two_prefills_that_differ_both_stay_out() -> None:
    made = ruled(*(f"Das Feld F99000101 ist mit {code} vorzubelegen." for code in ("001", "002")))
    assert made.form == FORM
    assert {told.code for (told,) in made.misfits.values()} == {"catalogue.rule_prefill"}
    assert len(made.misfits) == 2


def test_a_prefill_of_a_field_never_shown_is_calculated() -> None:
    made = ruled(CONDITIONAL, "Das Feld F99000101 ist auszublenden.")
    assert not made.misfits
    ready = compile_form(made.form)
    for said, value in (("true", "001"), ("false", None)):
        answers = {f"{P}.F99000102": said}
        assert f"{P}.F99000101" not in asked(made, answers)
        assert ready.effective(answers, today=TODAY).get(f"{P}.F99000101") == value
        assert ready.faults(answers, today=TODAY) == ()


def test_a_prefill_without_the_rule_that_hides_is_told_again() -> None:
    hidden = confirmed(translate("Das Feld F99000101 ist auszublenden."), "R1")
    broken = replace(hidden, effects=(replace(hidden.effects[0], condition="G1. ="),))
    made = with_rules(FORM, NAMES, [confirmed(translate(CONDITIONAL), "R0"), broken])
    assert not made.acting
    assert made.misfits["R0", P][0].code == "catalogue.rule_prefill"


def test_a_document_is_asked_for_by_a_rule() -> None:
    made = ruled("Wenn F99000102 = Ja, dann muss F99000122 befüllt werden.")
    assert not made.misfits
    [spec] = made.form.evidence
    assert spec.required_when == f"({P}.F99000102 = true)"


def test_a_circle_leaves_all_of_its_rules_out_and_says_so() -> None:
    made = ruled(
        "Wenn F99000104 befüllt ist, dann zeige F99000105 an, sonst nicht.",
        "Wenn F99000105 befüllt ist, dann zeige F99000104 an, sonst nicht.",
        "Wenn F99000102 = Ja, dann muss F99000109 befüllt werden.",
    )
    assert made.acting == {("R2", P)}
    assert {found[0].code for found in made.misfits.values()} == {"form.circle"}
    assert "→" in str(made.misfits["R0", P][0].params["chain"])
    compile_form(made.form)


def test_a_type_or_an_element_that_does_not_fit_stays_out() -> None:
    base = confirmed(translate("Wenn F99000102 = Ja, dann muss F99000109 befüllt werden."))
    wrong = replace(base.effects[0], condition=f'{P}.F99000102 = "ja"')
    gone = replace(base.effects[0], target=f"{P}.F99000199")
    broken = replace(base.effects[0], condition="G1. =")
    for effect, code in (
        (wrong, "expression.wrong_type"),
        (gone, "catalogue.rule_not_in_form"),
        (broken, "expression.unreadable"),
    ):
        made = with_rules(FORM, NAMES, [replace(base, effects=(effect,))])
        assert made.form == FORM
        [found] = made.misfits.values()
        assert found[0].code in (code, "expression.unexpected")


def test_rejected_and_reworded_decisions() -> None:
    base = confirmed(translate("Wenn F99000102 = Ja, dann muss F99000109 befüllt werden."))
    assert with_rules(FORM, NAMES, [replace(base, verdict="rejected")]).form == FORM
    again = replace(base, verdict="corrected", wording="Anders gesagt.")
    assert with_rules(FORM, NAMES, [again]).acting == {base.key}


def test_a_decision_holds_while_prose_and_place_stay() -> None:
    from gemeinwerk.core.schemas import Rule

    rule = Rule("R1", "1.0.0", "", "Wenn F99000102 = Ja, dann muss F99000109 befüllt werden.")
    schema = replace(SCHEMA, rules=(rule,))
    decision = RuleDecision("R1", "", rule.text, "confirmed")
    assert standing(rules_of(schema), [decision]) == [decision]
    newer = replace(schema, rules=(replace(rule, version="2.0.0"),))
    assert standing(rules_of(newer), [decision]) == [decision]
    for other in (replace(rule, text="Anders."), replace(rule, id="R2")):
        assert standing(rules_of(replace(schema, rules=(other,))), [decision]) == []
    assert standing(rules_of(schema), [replace(decision, owner=P)]) == []
