"""Which missing values stand behind a null."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from gemeinwerk.core.expressions import (
    Expr,
    ExpressionError,
    compile_expression,
    dependencies,
    missing_names,
    parse,
)
from tests.core.expressions.trees import trees, values

GIVEN = {"a": Decimal(1), "yes": True, "holes": [Decimal(1), None]}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("a + 1", set()),
        ("a + b * c", {"b", "c"}),
        ("if yes then b else c", {"b"}),
        ("if gone then b else c", {"c"}),
        ("coalesce(b, c)", {"b", "c"}),
        ("coalesce(b, a)", set()),
        ("yes and gone", {"gone"}),
        ("b = 1", set()),
        ("1 / 0", set()),
        ("max(holes)", {"holes"}),
        ("count(holes) + b", {"b"}),
        ("round(-b)", {"b"}),
    ],
)
def test_missing_names(text: str, missing: set[str]) -> None:
    assert missing_names(parse(text), GIVEN) == missing


@given(trees, values)
def test_only_names_without_a_value_are_blamed(tree: Expr, given: dict[str, object]) -> None:
    try:
        value = compile_expression(tree, None)(given)
        missing = missing_names(tree, given)
    except ExpressionError:
        return
    assert missing <= dependencies(tree)
    assert not missing or value is None
    for name in missing:
        found = given.get(name)
        assert found is None or (isinstance(found, list) and None in found)
