"""Types of expressions: what fits together and where it does not."""

from __future__ import annotations

import pytest
from hypothesis import given

from gemeinwerk.core.expressions import (
    Expr,
    ExpressionError,
    Type,
    check,
    compile_expression,
    infer,
    parse,
    type_of,
)
from tests.core.expressions.trees import NAMES, trees, typed_trees, values

TYPES = {
    "t": Type.TEXT, "n": Type.NUMBER, "b": Type.BOOLEAN, "d": Type.DATE, "x": Type.ANY,
    "ts": Type.TEXT_LIST, "ns": Type.NUMBER_LIST, "ds": Type.DATE_LIST,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"a"', Type.TEXT),
        ("null", Type.NULL),
        ("[]", Type.LIST),
        ("[null, 1]", Type.NUMBER_LIST),
        ("[t]", Type.TEXT_LIST),
        ("n * 2 + 1", Type.NUMBER),
        ("-n", Type.NUMBER),
        ("not b or n > 1", Type.BOOLEAN),
        ('t < "99999"', Type.BOOLEAN),
        ("t in ts", Type.BOOLEAN),
        ("t in []", Type.BOOLEAN),
        ("ts = []", Type.BOOLEAN),
        ("if b then n else null", Type.NUMBER),
        ("if b then null else d", Type.DATE),
        ("coalesce(null, n, 0)", Type.NUMBER),
        ("sum(ns)", Type.NUMBER),
        ("sum(n, 1, x)", Type.NUMBER),
        ("min(d, today)", Type.DATE),
        ("max(ds)", Type.DATE),
        ("count(ts) > 1", Type.BOOLEAN),
        ("add_months(d, 3)", Type.DATE),
        ('lookup(t, ["a", "b"], [1, 2])', Type.NUMBER),
        ("lookup(t, ts, ds)", Type.DATE),
        ("x and b", Type.BOOLEAN),
        ("x", Type.ANY),
    ],
)
def test_infer(text: str, kind: Type) -> None:
    assert infer(parse(text), {**TYPES, "today": Type.DATE}) is kind


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("n + t", "expression.wrong_type", 4),
        ("n + 2 + true", "expression.wrong_type", 8),
        ("b and n", "expression.wrong_type", 6),
        ("not t", "expression.wrong_type", 4),
        ("-d", "expression.wrong_type", 1),
        ("t = 1", "expression.wrong_type", 4),
        ("b < true", "expression.wrong_type", 0),
        ("ts < ts", "expression.wrong_type", 0),
        ("d > 1", "expression.wrong_type", 4),
        ("n in ts", "expression.wrong_type", 0),
        ("t in t", "expression.wrong_type", 5),
        ("ts in ts", "expression.wrong_type", 0),
        ('[1, "a"]', "expression.wrong_type", 4),
        ("[[1]]", "expression.wrong_type", 1),
        ("if n then 1 else 2", "expression.wrong_type", 3),
        ('if b then 1 else "a"', "expression.wrong_type", 17),
        ("sum(t)", "expression.wrong_type", 4),
        ("sum(1, ns)", "expression.wrong_type", 7),
        ("min(b)", "expression.wrong_type", 4),
        ("min(n, d)", "expression.wrong_type", 7),
        ("year(t)", "expression.wrong_type", 5),
        ("lookup(n, ts, ns)", "expression.wrong_type", 7),
        ("lookup(t, t, ns)", "expression.wrong_type", 10),
        ("lookup(t, ts, n)", "expression.wrong_type", 14),
        ("coalesce(t, n)", "expression.wrong_type", 12),
        ("round()", "expression.argument_count", 0),
        ("round(1, 2, 3)", "expression.argument_count", 0),
        ("1 + evil(2)", "expression.unknown_function", 4),
        ("n + m", "expression.unknown_name", 4),
    ],
)
def test_wrong_use_is_told_with_its_place(text: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        infer(parse(text), TYPES)
    assert (refused.value.code, refused.value.position) == (code, position)


def test_check_asks_for_a_type() -> None:
    check(parse("n > 1"), TYPES, Type.BOOLEAN)
    check(parse("null"), TYPES, Type.BOOLEAN)
    with pytest.raises(ExpressionError) as refused:
        check(parse("n"), TYPES, Type.BOOLEAN)
    assert refused.value.params["found"] == "number"
    assert refused.value.params["expected"] == "boolean"


@given(typed_trees, values)
def test_the_value_has_the_type_that_was_inferred(tree: Expr, given: dict[str, object]) -> None:
    kind = infer(tree, NAMES)
    value = compile_expression(tree, NAMES)(given)
    assert type_of(value) in (kind, Type.NULL)  # type: ignore[arg-type]  # values are scalars


@given(trees)
def test_any_tree_has_a_type_or_is_refused(tree: Expr) -> None:
    try:
        assert infer(tree, NAMES) in Type
    except ExpressionError as refused:
        assert refused.code.startswith("expression.")
