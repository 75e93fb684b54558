"""The expression tree: frozen nodes that compare by meaning, not by their place in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Scalar = str | Decimal | bool | date | None

MAX_LENGTH = 4000
MAX_DEPTH = 40

_WRITABLE_NAME = re.compile(r"[^`\x00-\x1f]+")


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """A fixed value: text, number, true or false, date, or null."""

    value: Scalar
    position: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            raise ValueError("a number in an expression is finite")

    def __eq__(self, other: object) -> bool:
        # True == Decimal(1) in Python, but the two are different literals.
        if not isinstance(other, Literal):
            return NotImplemented
        return type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


@dataclass(frozen=True, slots=True)
class Name:
    """A value that the caller supplies: an answer path, `today`, `param.x`."""

    path: str
    position: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        if not _WRITABLE_NAME.fullmatch(self.path):
            raise ValueError(f"not a name that can be written: {self.path!r}")


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one type."""

    items: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not x`"""

    operand: Expr
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`"""

    operand: Expr
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Logic:
    """`a and b and c` or `a or b or c`; flat, so that long chains are not deep."""

    operator: str
    operands: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`a = b`, `a < b`, `a in [...]` and so on; comparisons do not chain."""

    operator: str
    left: Expr
    right: Expr
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`a + b - c` or `a * b / c`, worked off from left to right.

    `steps` pairs each operator with its operand; one node never mixes the two levels.
    """

    first: Expr
    steps: tuple[tuple[str, Expr], ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class If:
    """`if condition then x else y`; a missing condition takes the else branch."""

    condition: Expr
    then: Expr
    otherwise: Expr
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`function(a, b)`"""

    function: str
    arguments: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


Expr = Literal | Name | ListOf | Not | Negative | Logic | Compare | Arithmetic | If | Call

NULL = Literal(None)


def children(expr: Expr) -> tuple[Expr, ...]:
    """Return the direct parts of a node, from left to right."""
    match expr:
        case Literal() | Name():
            return ()
        case ListOf(items=parts) | Logic(operands=parts) | Call(arguments=parts):
            return parts
        case Not(operand=part) | Negative(operand=part):
            return (part,)
        case Compare(left=left, right=right):
            return (left, right)
        case Arithmetic(first=first, steps=steps):
            return (first, *(operand for _, operand in steps))
        case If(condition=condition, then=then, otherwise=otherwise):
            return (condition, then, otherwise)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield every node, the whole first."""
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def dependencies(expr: Expr) -> frozenset[str]:
    """Return all names that the expression reads."""
    return frozenset(node.path for node in walk(expr) if isinstance(node, Name))


def depth(expr: Expr) -> int:
    """Return how many levels of nodes lie above each other (a single value: 1)."""
    deepest = 0
    waiting = [(expr, 1)]
    while waiting:
        node, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in children(node))
    return deepest
