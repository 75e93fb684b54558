"""Reading and writing the text form of expressions."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.expressions import (
    Arithmetic,
    Call,
    Compare,
    Expr,
    ExpressionError,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    dependencies,
    parse,
    to_text,
)
from tests.core.expressions.trees import fragments, trees

ONE, TWO, A, B, C = Literal(Decimal(1)), Literal(Decimal(2)), Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("G1.F2", Name("G1.F2")),
        ("`G1[0].F 2`", Name("G1[0].F 2")),
        ('"say \\"hi\\"\\n"', Literal('say "hi"\n')),
        ("-5", Literal(Decimal(-5))),
        ("-(1)", Negative(ONE)),
        ('date("2026-01-31")', Literal(date(2026, 1, 31))),
        ('[1, null, "x"]', ListOf((ONE, Literal(None), Literal("x")))),
        ("a or b and c", Logic("or", (A, Logic("and", (B, C))))),
        ("a and b and c", Logic("and", (A, B, C))),
        ("not a = b", Not(Compare("=", A, B))),
        ("not a and b", Logic("and", (Not(A), B))),
        ("a not in [b]", Compare("not in", A, ListOf((B,)))),
        ("a + b * 2", Arithmetic(A, (("+", Arithmetic(B, (("*", TWO),))),))),
        ("a - b - c", Arithmetic(A, (("-", B), ("-", C)))),
        ("if a then 1 else if b then 2 else c", If(A, ONE, If(B, TWO, C))),
        ("round(a, 2)", Call("round", (A, TWO))),
        ("count", Name("count")),
        ("a.and", Name("a.and")),
        ("`and`", Name("and")),
        ("\n a\t=\r\n1 ", Compare("=", A, ONE)),
    ],
)
def test_parse(text: str, tree: Expr) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "expression.unexpected", 0),
        ("a = = b", "expression.unexpected", 4),
        ("a = b = c", "expression.unexpected", 6),
        ("a b", "expression.unexpected", 2),
        ("(a", "expression.unexpected", 2),
        ("if a then b", "expression.unexpected", 11),
        ("[1, ]", "expression.unexpected", 4),
        ("a # b", "expression.unreadable", 2),
        ('a = "open', "expression.unreadable", 4),
        ('"bad \\x escape"', "expression.unreadable", 0),
        ("1." + "1" * 40, "expression.unreadable", 0),
        ('date("2026-02-30")', "expression.unreadable", 5),
        ('date("20260230")', "expression.unreadable", 5),
        ("date(a)", "expression.unexpected", 5),
        ("1_000", "expression.unexpected", 1),
        ("a && b", "expression.unreadable", 2),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert (refused.value.code, refused.value.position) == (code, position)
    assert refused.value.params["position"] == position


@given(trees)
def test_what_is_written_is_read_again(tree: Expr) -> None:
    text = to_text(tree)
    again = parse(text)
    assert again == tree
    assert to_text(again) == text
    assert dependencies(again) == dependencies(tree)


def test_true_and_one_are_different_literals() -> None:
    assert parse("true") != parse("1")
    assert len({parse("true"), parse("1"), parse("1")}) == 2


def test_length_limit() -> None:
    parse("a" * 4000)
    with pytest.raises(ExpressionError) as refused:
        parse("a" * 4001)
    assert refused.value.code == "expression.too_long"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 1990 + "a" + ")" * 1990,
        "[" * 3999,
        "not " * 999 + "a",
        "-" * 3999 + "a",
        "f(" * 1500 + ")" * 900,
        "if a then 1 else " * 200 + "1",
        "(not " * 500 + "a" + ")" * 500,
    ],
)
def test_depth_limit(text: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.code == "expression.too_deep"


def test_long_chains_are_not_deep() -> None:
    assert isinstance(parse(" and ".join(["a"] * 600)), Logic)
    assert isinstance(parse("+".join(["a"] * 1999)), Arithmetic)


@given(st.one_of(st.text(max_size=80), fragments))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except ExpressionError as refused:
        assert 0 <= refused.position <= len(text)
        return
    assert parse(to_text(tree)) == tree


@pytest.mark.parametrize(
    "unit", ['"', "`", "\\", "(", "[", "a.", "1.", "not ", "-", '"\\"', "a,", "a=", "ä", "if "]
)
def test_hostile_text_is_answered_at_once(unit: str) -> None:
    text = (unit * 4000)[:4000]
    begun = time.perf_counter()
    with pytest.raises(ExpressionError):
        if unit == "ä":
            parse(text + unit)
        parse(text)
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("path", ["", "a`b", "a\nb", "\x00"])
def test_a_name_that_cannot_be_written_is_no_name(path: str) -> None:
    with pytest.raises(ValueError, match="name"):
        Name(path)
