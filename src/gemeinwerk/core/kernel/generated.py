"""Makes functions from syntax trees of our own: the only place of the product that runs made code.

Others build a tree from `ast` nodes (never from text) with the small constructors below and hand
it to `Unit.function`. What a tree may hold is checked once more before it is compiled: a listed
set of nodes, no attribute, no import, no loop, no name but numbered locals and entries of the
table of the unit. See docs/adr/0021-generated-checks.md.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Any

MOST_NODES = 400_000
"""A larger function is refused; the largest real form needs about a twentieth."""

Operand = ast.expr
Block = list[ast.stmt]

_LOCAL = re.compile(r"[a-z]{1,8}[0-9]{0,6}")
_AT: dict[str, Any] = {"lineno": 1, "col_offset": 0}
_ALLOWED = (
    ast.Module, ast.FunctionDef, ast.arguments, ast.arg, ast.Return, ast.Assign, ast.Expr, ast.If,
    ast.Try, ast.ExceptHandler, ast.Pass, ast.Name, ast.Constant, ast.Call, ast.Compare,
    ast.BoolOp, ast.UnaryOp, ast.BinOp, ast.IfExp, ast.List, ast.Tuple, ast.Subscript, ast.Slice,
    ast.expr_context, ast.operator, ast.boolop, ast.unaryop, ast.cmpop,
)  # fmt: skip
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "=": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
    "in": ast.In, "not in": ast.NotIn, "is": ast.Is, "is not": ast.IsNot,
}  # fmt: skip
_OPERATIONS: dict[str, type[ast.operator]] = {
    "+": ast.Add, "-": ast.Sub, "*": ast.Mult, "/": ast.Div,
}  # fmt: skip


class RefusedTreeError(Exception):
    """A tree holds what generated code may not hold: a mistake of ours, never of an input."""


def local(name: str) -> ast.Name:
    """Read a local variable, an argument or an entry of the table."""
    return ast.Name(name, ast.Load(), **_AT)


def constant(value: str | int | bool | None) -> ast.Constant:
    """Write a fixed value; everything that is no plain constant goes through the table."""
    return ast.Constant(value, **_AT)


def compare(left: Operand, operator: str, right: Operand) -> ast.expr:
    """Compare with the operators of the language, `is` and `is not`."""
    if operator.startswith("is") and isinstance(left, ast.Constant):
        # Python warns about `1 is None`; the answer is known now.
        same = isinstance(right, ast.Constant) and left.value is right.value
        return constant(same is (operator == "is"))
    return ast.Compare(left, [_COMPARISONS[operator]()], [right], **_AT)


def between(low: Operand, value: Operand, high: Operand) -> ast.expr:
    """`low <= value <= high`"""
    return ast.Compare(low, [ast.LtE(), ast.LtE()], [value, high], **_AT)


def missing(value: Operand) -> ast.expr:
    """`value is None`"""
    return compare(value, "is", constant(None))


def given(value: Operand) -> ast.expr:
    """`value is not None`"""
    return compare(value, "is not", constant(None))


def both(*parts: Operand) -> ast.expr:
    """`a and b and c`"""
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.And(), list(parts), **_AT)


def either(*parts: Operand) -> ast.expr:
    """`a or b or c`"""
    return parts[0] if len(parts) == 1 else ast.BoolOp(ast.Or(), list(parts), **_AT)


def no(value: Operand) -> ast.expr:
    """`not value`"""
    return ast.UnaryOp(ast.Not(), value, **_AT)


def negative(value: Operand) -> ast.expr:
    """`-value`"""
    return ast.UnaryOp(ast.USub(), value, **_AT)


def compute(left: Operand, sign: str, right: Operand) -> ast.expr:
    """`left + right` and so on"""
    return ast.BinOp(left, _OPERATIONS[sign](), right, **_AT)


def choose(condition: Operand, then: Operand, otherwise: Operand) -> ast.expr:
    """`then if condition else otherwise`"""
    return ast.IfExp(condition, then, otherwise, **_AT)


def call(function: str, *arguments: Operand) -> ast.expr:
    """Call an argument or an entry of the table."""
    return ast.Call(local(function), list(arguments), [], **_AT)


def items(values: Sequence[Operand]) -> ast.expr:
    """A new list."""
    return ast.List(list(values), ast.Load(), **_AT)


def pair(values: Sequence[Operand]) -> ast.expr:
    """A tuple."""
    return ast.Tuple(list(values), ast.Load(), **_AT)


def entry(holder: str, index: str | int) -> ast.expr:
    """`holder[index]`"""
    return ast.Subscript(local(holder), constant(index), ast.Load(), **_AT)


def put(name: str, value: Operand) -> ast.stmt:
    """`name = value`"""
    return ast.Assign([ast.Name(name, ast.Store(), **_AT)], value, **_AT)


def store(holder: str, key: str, value: Operand) -> ast.stmt:
    """`holder[key] = value`"""
    place = ast.Subscript(local(holder), constant(key), ast.Store(), **_AT)
    return ast.Assign([place], value, **_AT)


def do(value: Operand) -> ast.stmt:
    """A call as a statement."""
    return ast.Expr(value, **_AT)


def when(condition: Operand, then: Block, otherwise: Block | None = None) -> ast.stmt:
    """`if condition: ... else: ...`"""
    return ast.If(condition, then, otherwise or [], **_AT)


def attempt(body: Block, errors: str, otherwise: Block) -> ast.stmt:
    """`try: ... except errors: ...`; `errors` is an entry of the table."""
    handler = ast.ExceptHandler(local(errors), None, otherwise, **_AT)
    return ast.Try(body, [handler], [], [], **_AT)


def give(value: Operand) -> ast.stmt:
    """`return value`"""
    return ast.Return(value, **_AT)


class Unit:
    """One function in the making, with the table of everything it may use."""

    def __init__(self) -> None:
        self._table: dict[str, object] = {}
        self._names: dict[int, str] = {}
        self._count = 0

    def use(self, thing: object) -> str:
        """Put a function or a value into the table and return its name there."""
        name = self._names.get(id(thing))
        if name is None:
            name = self._names[id(thing)] = f"k{len(self._table)}"
            self._table[name] = thing
        return name

    def value(self, thing: object) -> ast.expr:
        """Read a fixed value: plain ones stand in the code, others in the table."""
        if thing is None or type(thing) in (str, int, bool):
            return constant(thing)  # type: ignore[arg-type]  # just tested
        return local(self.use(thing))

    def fresh(self) -> str:
        """Return the name of a new local variable."""
        self._count += 1
        return f"t{self._count}"

    def function(self, arguments: Sequence[str], body: Block) -> Callable[..., Any]:
        """Check, compile and return the function."""
        given_names = [ast.arg(name, None, **_AT) for name in arguments]
        signature = ast.arguments([], given_names, None, [], [], None, [])
        made = ast.FunctionDef("made", signature, body or [ast.Pass(**_AT)], [], None, **_AT)
        tree = ast.Module([made], [])
        _inspect(tree)
        namespace: dict[str, Any] = {"__builtins__": {}, **self._table}
        exec(compile(tree, "<generated check>", "exec"), namespace)  # noqa: S102  # ADR 21
        function: Callable[..., Any] = namespace["made"]
        return function


def _inspect(tree: ast.AST) -> None:
    waiting: list[ast.AST] = [tree]
    count = 0
    while waiting:
        node = waiting.pop()
        count += 1
        if isinstance(node, ast.Name):
            if not _LOCAL.fullmatch(node.id):
                raise RefusedTreeError(node.id)
            continue
        if isinstance(node, ast.Constant):
            if type(node.value) not in _CONSTANTS:
                raise RefusedTreeError(type(node.value).__name__)
            continue
        if not isinstance(node, _ALLOWED):
            raise RefusedTreeError(type(node).__name__)
        if isinstance(node, ast.Call) and not isinstance(node.func, ast.Name):
            raise RefusedTreeError("call of a value")
        waiting += ast.iter_child_nodes(node)
    if count > MOST_NODES:
        raise RefusedTreeError(f"{count} nodes")


_CONSTANTS = (str, int, bool, type(None))
