"""Hypothesis strategies: any tree the parser could make, and values of every type."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from gemeinwerk.core.expressions import (
    FUNCTIONS,
    Arithmetic,
    Call,
    Compare,
    Expr,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Negative,
    Not,
    Type,
)

NAMES = {
    "text": Type.TEXT,
    "G1.F2": Type.TEXT,
    "number": Type.NUMBER,
    "param.rate": Type.NUMBER,
    "yes": Type.BOOLEAN,
    "today": Type.DATE,
    "G1[0].F3": Type.DATE,
    "texts": Type.TEXT_LIST,
    "numbers": Type.NUMBER_LIST,
    "anything": Type.ANY,
    "and": Type.BOOLEAN,
}

numbers = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
scalars = st.one_of(
    st.none(), st.booleans(), st.text(max_size=6), st.dates(), numbers, st.just(Decimal("0"))
)
_OF_TYPE = {
    Type.TEXT: st.text(max_size=6),
    Type.NUMBER: numbers | st.integers(0, 3).map(Decimal),
    Type.BOOLEAN: st.booleans(),
    Type.DATE: st.dates(),
    Type.ANY: scalars,
}


def _values_of(kind: Type) -> st.SearchStrategy[object]:
    if kind is Type.TEXT_LIST:
        return st.lists(st.none() | st.text(max_size=3), max_size=3)
    if kind is Type.NUMBER_LIST:
        return st.lists(st.none() | numbers, max_size=3)
    return st.none() | _OF_TYPE[kind]


values = st.fixed_dictionaries({}, optional={n: _values_of(kind) for n, kind in NAMES.items()})

_leaves: st.SearchStrategy[Expr] = st.one_of(
    scalars.map(Literal), st.sampled_from(sorted(NAMES)).map(Name)
)


def _steps(children: st.SearchStrategy[Expr], signs: str) -> st.SearchStrategy[Expr]:
    step = st.tuples(st.sampled_from(signs), children)
    steps = st.lists(step, min_size=1, max_size=3).map(tuple)
    return st.builds(Arithmetic, children, steps)


def _nodes(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(children, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.lists(children, max_size=3).map(tuple).map(ListOf),
        children.map(Not),
        children.map(Negative),
        st.builds(Logic, st.sampled_from(["and", "or"]), several),
        st.builds(
            Compare,
            st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "in", "not in"]),
            children,
            children,
        ),
        _steps(children, "+-"),
        _steps(children, "*/"),
        st.builds(If, children, children, children),
        st.builds(
            Call, st.sampled_from(sorted(FUNCTIONS)), st.lists(children, max_size=3).map(tuple)
        ),
    )


trees: st.SearchStrategy[Expr] = st.recursive(_leaves, _nodes, max_leaves=12)
"""Any trees, most of them with faults of types."""


def _named(*kinds: Type) -> st.SearchStrategy[Expr]:
    return st.sampled_from([name for name, kind in NAMES.items() if kind in kinds]).map(Name)


def _call(function: str, *arguments: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.tuples(*arguments).map(lambda parts: Call(function, parts))


def _several(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[tuple[Expr, ...]]:
    return st.lists(children, min_size=2, max_size=3).map(tuple)


def _listed(children: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    return st.lists(children, max_size=3).map(tuple).map(ListOf)


_null = st.just(Literal(None))
number_trees: st.SearchStrategy[Expr] = st.deferred(
    lambda: st.one_of(
        _OF_TYPE[Type.NUMBER].map(Literal),
        _null,
        _named(Type.NUMBER),
        _steps(number_trees, "+-"),
        _steps(number_trees, "*/"),
        number_trees.map(Negative),
        st.builds(If, yes_no_trees, number_trees, number_trees),
        _call("sum", _named(Type.NUMBER_LIST) | _listed(number_trees)),
        st.builds(Call, st.sampled_from(["min", "max", "sum", "coalesce"]), _several(number_trees)),
        _call("round", number_trees, number_trees),
        _call("count", _named(Type.TEXT_LIST, Type.ANY)),
        _call("months_between", date_trees, date_trees),
        _call("lookup", text_trees, _named(Type.TEXT_LIST), _listed(number_trees)),
    )
)
date_trees: st.SearchStrategy[Expr] = st.deferred(
    lambda: st.one_of(
        st.dates().map(Literal),
        _named(Type.DATE),
        _call("add_months", date_trees, number_trees),
        st.builds(If, yes_no_trees, date_trees, _null),
    )
)
text_trees: st.SearchStrategy[Expr] = st.one_of(st.text(max_size=3).map(Literal), _named(Type.TEXT))
yes_no_trees: st.SearchStrategy[Expr] = st.deferred(
    lambda: st.one_of(
        st.booleans().map(Literal),
        _named(Type.BOOLEAN),
        yes_no_trees.map(Not),
        st.builds(Logic, st.sampled_from(["and", "or"]), _several(yes_no_trees)),
        st.builds(Compare, _ORDERS, number_trees, number_trees),
        st.builds(Compare, _ORDERS, date_trees, date_trees),
        st.builds(Compare, _ORDERS, text_trees, text_trees),
        st.builds(Compare, st.sampled_from(["=", "!="]), number_trees, _null),
        st.builds(Compare, _AMONG, number_trees, _listed(number_trees)),
        st.builds(Compare, _AMONG, text_trees, _named(Type.TEXT_LIST)),
        number_trees.map(lambda part: Call("is_given", (part,))),
    )
)
_ORDERS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
_AMONG = st.sampled_from(["in", "not in"])

typed_trees: st.SearchStrategy[Expr] = st.one_of(yes_no_trees, number_trees, date_trees)
"""Trees without a fault of types."""

fragments = st.lists(
    st.sampled_from(
        ["(", ")", "[", "]", ",", "not", "and", "or", "if", "then", "else", "in", "=", "<=", "-",
         "+", "*", "/", "1", "2.5", '"a"', "x", "`a b`", "date(", '"2026-02-30"', "null", "true",
         "sum(", "round(", "lookup(", "`", '"', "\\", "\x00", "ß"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip
