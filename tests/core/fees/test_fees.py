"""Fees as rules: rates by month, by area, weeks and zone, reductions, what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.expressions import Type
from gemeinwerk.core.fees import (
    FeeLine,
    FeeRule,
    compute,
    faults_of,
)
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.dated import Dated, Entry, values_on

DOG_TAX = FeeRule(
    (
        FeeLine(
            key="tax",
            label="Hundesteuer",
            amount=(
                "(if dangerous then param.rate_dangerous "
                "else if count(earlier_dogs) = 0 then param.rate_first else param.rate_second)"
                " / 12 * (13 - month(held_since))"
            ),
            norm="§ 4 Hundesteuersatzung",
        ),
        FeeLine(
            key="tag",
            label="Ersatzmarke",
            amount="param.tag",
            norm="§ 9 Hundesteuersatzung",
            condition='reason = "lost_tag"',
        ),
    )
)
RATES = {
    "rate_first": Dated(
        (
            Entry(date(2020, 1, 1), Decimal("84.00")),
            Entry(date(2026, 1, 1), Decimal("100.00")),
        )
    ),
    "rate_second": Dated((Entry(date(2020, 1, 1), Decimal("150.00")),)),
    "rate_dangerous": Dated((Entry(date(2020, 1, 1), Decimal("720.00")),)),
    "tag": Dated((Entry(date(2020, 1, 1), Decimal("4.00")),)),
}
DOG = {"dangerous": False, "earlier_dogs": [], "held_since": date(2026, 6, 15)}

SPECIAL_USE = FeeRule(
    (
        FeeLine(
            key="use",
            label="Sondernutzung",
            amount=(
                "max(param.minimum, lookup(zone, param.zones, param.rates) * area"
                " * ceil((days_between(first, last) + 1) / 7))"
            ),
            norm_from="param.norm",
        ),
    )
)
TOWN = {
    "zones": ["1", "2"],
    "rates": [Decimal("2.50"), Decimal("1.25")],
    "minimum": Decimal("30.00"),
    "norm": "Tarif 3 der Sondernutzungssatzung",
}
CONTAINER = {
    "zone": "1",
    "area": Decimal("12.5"),
    "first": date(2026, 5, 1),
    "last": date(2026, 5, 22),
}


def test_dog_tax_by_remaining_months() -> None:
    statement = compute(DOG_TAX, DOG, values_on(RATES, date(2026, 6, 20)))
    assert statement.total == Decimal("58.33")
    assert statement.explanation == (
        "Hundesteuer: 100,00 / 12 × (13 - 6) = 58,33 EUR (§ 4 Hundesteuersatzung)",
    )


def test_the_rate_of_the_day_counts() -> None:
    old = {**DOG, "held_since": date(2025, 1, 3)}
    assert compute(DOG_TAX, old, values_on(RATES, date(2025, 2, 1))).total == Decimal("84.00")


def test_a_second_and_a_dangerous_dog_cost_more() -> None:
    parameters = values_on(RATES, date(2026, 6, 20))
    second = compute(DOG_TAX, {**DOG, "earlier_dogs": ["Rex"]}, parameters)
    dangerous = compute(DOG_TAX, {**DOG, "dangerous": True}, parameters)
    assert (second.total, dangerous.total) == (Decimal("87.50"), Decimal("420.00"))


def test_a_line_applies_by_its_condition() -> None:
    statement = compute(DOG_TAX, {**DOG, "reason": "lost_tag"}, values_on(RATES, date(2026, 6, 20)))
    assert [(line.key, line.amount) for line in statement.lines] == [
        ("tax", Decimal("58.33")),
        ("tag", Decimal("4.00")),
    ]
    assert statement.total == Decimal("62.33")
    assert statement.explanation[1] == "Ersatzmarke: 4,00 EUR (§ 9 Hundesteuersatzung)"


def test_special_use_by_zone_area_and_weeks() -> None:
    statement = compute(SPECIAL_USE, CONTAINER, TOWN)
    assert statement.total == Decimal("125.00")  # 2.50 x 12.5 m2 x 4 begun weeks
    assert statement.lines[0].norm == "Tarif 3 der Sondernutzungssatzung"
    assert statement.lines[0].calculation == "größter Wert von (30,00; 2,50 × 12,5 × 4)"


def test_the_minimum_fee_holds() -> None:
    small = {**CONTAINER, "zone": "2", "area": Decimal(2), "last": date(2026, 5, 1)}
    assert compute(SPECIAL_USE, small, TOWN).total == Decimal("30.00")


@pytest.mark.parametrize(
    ("amount", "rounded"), [("10.005", "10.01"), ("10.004", "10.00"), ("1 / 3", "0.33")]
)
def test_amounts_are_rounded_half_up_to_the_cent(amount: str, rounded: str) -> None:
    rule = FeeRule((FeeLine("a", "A", amount, "§ 1"), FeeLine("b", "B", amount, "§ 1")))
    statement = compute(rule, {})
    assert [str(line.amount) for line in statement.lines] == [rounded, rounded]
    assert statement.total == 2 * Decimal(rounded)


def test_a_rule_without_lines_costs_nothing() -> None:
    statement = compute(FeeRule(note="gebührenfrei"), {})
    assert (statement.total, statement.lines, statement.explanation) == (Decimal(0), (), ())


def _one(amount: str, condition: str = "") -> FeeRule:
    return FeeRule((FeeLine("a", "Gebühr", amount, "§ 1", condition),))


@pytest.mark.parametrize(
    ("rule", "code", "missing"),
    [
        (_one("param.rate * months"), "fee.input_missing", "months, param.rate"),
        (_one("if x = 1 then a else b"), "fee.input_missing", "b"),
        (_one("sum(parts)"), "fee.input_missing", "parts"),
        (_one("round(max(5, years_between(born, day)), 2)"), "fee.input_missing", "born, day"),
        (_one("coalesce(own, param.rate)"), "fee.input_missing", "own, param.rate"),
        (_one("5", "needs_copy and seven > 6"), "fee.unknown_condition", "needs_copy"),
        (_one("5 / zero"), "fee.not_computable", None),
        (_one('lookup("z", ["a"], [1])'), "fee.not_computable", None),
        (_one("huge * 1"), "fee.not_computable", None),
        (_one("words"), "fee.not_computable", None),
        (_one("3 - 5"), "fee.negative_total", None),
        (_one("5 +"), "expression.unexpected", None),
        (_one("words * 2"), "expression.wrong_value", None),
    ],
)
def test_what_cannot_be_computed_is_refused(rule: FeeRule, code: str, missing: str | None) -> None:
    values = {
        "zero": Decimal(0), "seven": Decimal(7), "huge": Decimal("1E+40"), "words": "acht",
        "parts": [Decimal(1), None],
    }  # fmt: skip
    with pytest.raises(DomainError) as refused:
        compute(rule, values)
    assert refused.value.code == code
    assert refused.value.params.get("missing") == missing


def test_a_reduction_is_a_negative_line() -> None:
    rule = FeeRule(
        (
            FeeLine("fee", "Urkunde", "12", "Nr. 1"),
            FeeLine("less", "Ermäßigung", "-param.half * 12", "Nr. 2", "pupil"),
        )
    )
    statement = compute(rule, {"pupil": True}, {"half": Decimal("0.5")})
    assert statement.total == Decimal("6.00")
    assert statement.explanation[1] == "Ermäßigung: -0,5 × 12 = -6,00 EUR (Nr. 2)"


def test_faults_of_a_rule_come_together_with_their_places() -> None:
    rule = FeeRule(
        (
            FeeLine("a", "A", "param.rate * 2", "§ 1"),
            FeeLine("a", "B", '"five"', "§ 1", "param.rate"),
            FeeLine("c", "C", "1 +", norm_from="1"),
            FeeLine("d", "D", "gone"),
        )
    )
    faults = faults_of(rule, {"param.rate": Type.NUMBER})
    assert {(fault.path, fault.code) for fault in faults} == {
        ("lines[1].key", "fee.doubled_key"),
        ("lines[1].amount", "expression.wrong_type"),
        ("lines[1].condition", "expression.wrong_type"),
        ("lines[2].amount", "expression.unexpected"),
        ("lines[2].norm_from", "expression.wrong_type"),
        ("lines[3].norm", "fee.no_norm"),
        ("lines[3].amount", "expression.unknown_name"),
    }
    names = (
        "dangerous",
        "earlier_dogs",
        "held_since",
        "reason",
        *(f"param.{name}" for name in RATES),
    )
    assert faults_of(DOG_TAX, dict.fromkeys(names, Type.ANY)) == ()


def test_rule_and_statement_survive_as_documents() -> None:
    statement = compute(SPECIAL_USE, CONTAINER, TOWN)
    for document in (DOG_TAX, statement):
        kind = type(document)
        assert msgspec.json.decode(msgspec.json.encode(document), type=kind) == document


@given(st.integers(1, 12), st.decimals(0, 10_000, places=2))
def test_the_tax_of_a_part_is_never_above_that_of_the_year(month: int, rate: Decimal) -> None:
    dog = {**DOG, "held_since": date(2026, month, 1)}
    total = compute(DOG_TAX, dog, {"rate_first": rate}).total
    assert 0 <= total <= rate
    assert total == rate or month > 1 or rate == 0
