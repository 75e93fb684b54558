"""Writes an expression as straight-line code for a generated function (see ADR 21).

The meaning is that of `compiler` to the letter; here names are local variables, and what cannot
be null is not asked for it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache

from gemeinwerk.core.expressions.functions import FUNCTIONS
from gemeinwerk.core.expressions.tree import (
    NULL,
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
    walk,
)
from gemeinwerk.core.kernel.generated import (
    Block,
    Operand,
    Unit,
    attempt,
    both,
    call,
    choose,
    compare,
    compute,
    constant,
    either,
    given,
    items,
    local,
    missing,
    negative,
    no,
    put,
    when,
)

Names = Callable[[str], Operand]
"""From a name of the language to where its value stands."""

_WRONG = (TypeError, AttributeError, ArithmeticError, ValueError)


def emit_expression(expr: Expr, names: Names, unit: Unit, out: Block) -> Operand:
    """Write `expr` and return where its value stands; an error at run time gives null."""
    writer = _Writer(unit, names)
    inner: Block = []
    value = writer.write(expr, inner)
    if all(_harmless(node) for node in walk(expr)):
        out += inner
        return value
    name = unit.fresh()
    inner.append(put(name, value))
    out.append(attempt(inner, unit.use(_WRONG), [put(name, constant(None))]))
    return local(name)


def never_null(expr: Expr) -> bool:
    """Say whether a condition is always true or false."""
    match expr:
        case Compare():
            return True
        case Literal(value=value):
            return isinstance(value, bool)
        case Not(operand=operand):
            return never_null(operand)
        case Logic(operands=operands):
            return all(never_null(part) for part in operands)
        case Call(function=function):
            return function == "is_given"
        case _:
            return False


def _harmless(node: Expr) -> bool:
    """Say whether a node can raise nothing, whatever the values."""
    match node:
        case Compare(operator=operator, left=left, right=right):
            among = isinstance(left, Name) and isinstance(right, ListOf)
            return operator in ("=", "!=") or (operator in ("in", "not in") and among)
        case Literal() | Name() | Logic() | Not() | ListOf() | If():
            return True
        case Call(function=function):
            return function == "is_given"
        case _:
            return False


def _rounding_unit(expr: Call) -> Decimal | None:
    """Return what `round(x, 2)` rounds to, as it nearly always does; None for other calls."""
    if expr.function != "round" or len(expr.arguments) != 2:
        return None
    digits = expr.arguments[1]
    if isinstance(digits, Literal) and isinstance(digits.value, Decimal) and digits.value in _FEW:
        return Decimal(1).scaleb(-int(digits.value))
    return None


_FEW = (Decimal(0), Decimal(1), Decimal(2))
_OF_THE_DAY = frozenset(("add_days", "add_months", "year", "month", "day"))


def _only_today(expr: Call) -> bool:
    """Say whether a call depends on nothing but the day: its result is remembered."""
    return all(
        isinstance(argument, Literal) or (isinstance(argument, Name) and argument.path == "today")
        for argument in expr.arguments
    )


@cache
def _remembered(function: str) -> Callable[..., object]:
    return lru_cache(maxsize=64)(FUNCTIONS[function].apply)


class _Writer:
    """Writes the nodes of one expression."""

    def __init__(self, unit: Unit, names: Names) -> None:
        self.unit = unit
        self.names = names

    def write(self, expr: Expr, out: Block) -> Operand:
        """Write what has to be done first to `out` and return the value; it is used once."""
        match expr:
            case Literal(value=value):
                return self.unit.value(value)
            case Name(path=path):
                return self.names(path)
            case ListOf(items=parts):
                return items([self.write(part, out) for part in parts])
            case Not(operand=operand) if never_null(operand):
                return no(self.write(operand, out))
            case Not(operand=operand):
                return self._unless_missing(operand, no, out)
            case Negative(operand=operand):
                return self._unless_missing(operand, negative, out)
            case Logic():
                return self._logic(expr, out)
            case Compare():
                return self._compare(expr, out)
            case Arithmetic():
                return self._arithmetic(expr, out)
            case If():
                return self._if(expr, out)
            case Call():
                return self._call(expr, out)

    def _kept(self, expr: Expr, out: Block) -> Operand:
        """Write a part whose value is read more than once."""
        value = self.write(expr, out)
        if isinstance(value, ast.Name | ast.Constant):
            return value
        name = self.unit.fresh()
        out.append(put(name, value))
        return local(name)

    def _unless_missing(
        self, operand: Expr, change: Callable[[Operand], Operand], out: Block
    ) -> Operand:
        value = self._kept(operand, out)
        return choose(missing(value), constant(None), change(value))

    def _logic(self, expr: Logic, out: Block) -> Operand:
        decisive = expr.operator == "or"
        written: list[tuple[Block, Operand]] = []
        for part in expr.operands:
            first: Block = []
            written.append((first, self.write(part, first)))
        if never_null(expr) and not any(first for first, _ in written):
            return (either if decisive else both)(*(value for _, value in written))
        result = self.unit.fresh()
        out.append(put(result, constant(not decisive)))
        for number, (first, value) in enumerate(written):
            part_name = self.unit.fresh()
            steps: Block = [
                *first,
                put(part_name, value),
                when(
                    compare(local(part_name), "is", constant(decisive)),
                    [put(result, constant(decisive))],
                    [when(missing(local(part_name)), [put(result, constant(None))])],
                ),
            ]
            if number == 0:
                out += steps
            else:
                out.append(when(compare(local(result), "is not", constant(decisive)), steps))
        return local(result)

    def _compare(self, expr: Compare, out: Block) -> Operand:
        operator, left, right = expr.operator, expr.left, expr.right
        if operator in ("=", "!=") and NULL in (left, right):
            asked = self.write(left if right == NULL else right, out)
            return missing(asked) if operator == "=" else given(asked)
        if isinstance(right, Literal):
            if right.value is None:
                return constant(False)  # a value, not a switch
            if operator == "=":
                return compare(self.write(left, out), "=", self.unit.value(right.value))
        if isinstance(right, ListOf) and all(isinstance(item, Literal) for item in right.items):
            return self._among(expr, right, out)
        one = self._kept(left, out)
        if isinstance(right, Literal):
            return both(given(one), compare(one, operator, self.unit.value(right.value)))
        other = self._kept(right, out)
        return both(given(one), given(other), compare(one, operator, other))

    def _among(self, expr: Compare, right: ListOf, out: Block) -> Operand:
        values = frozenset(item.value for item in right.items if isinstance(item, Literal))
        if expr.operator not in ("in", "not in"):
            one = self._kept(expr.left, out)
            fixed = self.write(right, out)
            return both(given(one), compare(one, expr.operator, fixed))
        fixed = local(self.unit.use(values))
        if expr.operator == "in" and None not in values:
            return compare(self.write(expr.left, out), "in", fixed)
        one = self._kept(expr.left, out)
        return both(given(one), compare(one, expr.operator, fixed))

    def _arithmetic(self, expr: Arithmetic, out: Block) -> Operand:
        inner: Block = []
        result = self.unit.fresh()
        inner.append(put(result, self.write(expr.first, inner)))
        for sign, part in expr.steps:
            value = self._kept(part, inner)
            gaps = [missing(local(result))]
            if not isinstance(part, Literal) or part.value is None:
                gaps.append(missing(value))
            if sign == "/":
                gaps.append(no(value))
            done = compute(local(result), sign, value)
            inner.append(put(result, choose(either(*gaps), constant(None), done)))
        out.append(self._safely(inner, result))
        return local(result)

    def _safely(self, steps: Block, result: str) -> ast.stmt:
        return attempt(steps, self.unit.use(ArithmeticError), [put(result, constant(None))])

    def _if(self, expr: If, out: Block) -> Operand:
        asked = self.write(expr.condition, out)
        if not never_null(expr.condition):
            asked = compare(asked, "is", constant(True))
        then: Block = []
        otherwise: Block = []
        one, other = self.write(expr.then, then), self.write(expr.otherwise, otherwise)
        if not then and not otherwise:
            return choose(asked, one, other)
        result = self.unit.fresh()
        then.append(put(result, one))
        otherwise.append(put(result, other))
        out.append(when(asked, then, otherwise))
        return local(result)

    def _call(self, expr: Call, out: Block) -> Operand:
        function = FUNCTIONS[expr.function]
        of_the_day = expr.function in _OF_THE_DAY and _only_today(expr)
        apply = self.unit.use(_remembered(expr.function) if of_the_day else function.apply)
        if expr.function == "is_given":
            return call(apply, self.write(expr.arguments[0], out))
        inner: Block = []
        result = self.unit.fresh()
        values = [self._kept(argument, inner) for argument in expr.arguments]
        unit = _rounding_unit(expr)
        if unit is None:
            done = call(apply, *values)
        else:
            fixed = self.unit.value(unit), self.unit.value(ROUND_HALF_UP)
            done = call(self.unit.use(Decimal.quantize), values[0], *fixed)
        if function.strict:
            gaps = [missing(value) for value in values]
            done = choose(either(*gaps), constant(None), done)
        inner.append(put(result, done))
        out.append(self._safely(inner, result))
        return local(result)
