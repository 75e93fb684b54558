"""Says a condition of a form as JSON Schema, where JSON Schema can say it.

What is said: comparisons of an answer with fixed values, lists, yes and no, given or not, and
their connection by and, or, not. What is left unsaid (sums, ages, today, values of the town,
lists of instances) is annotated by the caller; our own check decides it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from gemeinwerk.core.expressions import Call, Compare, Expr, ListOf, Literal, Logic, Name, Not
from gemeinwerk.core.forms.exports.outline import Outline
from gemeinwerk.core.forms.model import Field
from gemeinwerk.core.forms.values import to_boolean, to_date, to_number

Json = dict[str, Any]
Find = Callable[[str], Outline | None]

_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class UnsaidError(Exception):
    """JSON Schema has no words for this condition."""


def say(expr: Expr, find: Find, within: Outline | None) -> Json:
    """Return a schema for the object `within` (None: the document) that holds when `expr` does."""
    return _Speaker(find, within).true(expr)


def plain_value(value: object) -> object:
    """Return a fixed value as it stands in a document."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


class _Speaker:
    def __init__(self, find: Find, within: Outline | None) -> None:
        self.find = find
        self.within = within

    def true(self, expr: Expr) -> Json:
        """Return the schema of "is true"; a missing value makes neither true nor false."""
        match expr:
            case Literal(value=bool() as fixed):
                return {} if fixed else {"not": {}}
            case Name():
                return self._leaf(expr, {"const": True}, lambda value: value is True)
            case Not(operand=inner):
                return self.false(inner)
            case Logic(operator=word, operands=parts):
                return {"allOf" if word == "and" else "anyOf": [self.true(one) for one in parts]}
            case Compare():
                return self._compare(expr)
            case Call(function="is_given", arguments=(Name() as name,)):
                return self._given(name)
        raise UnsaidError

    def false(self, expr: Expr) -> Json:
        """Return the schema of "is false"."""
        match expr:
            case Literal(value=bool() as fixed):
                return {"not": {}} if fixed else {}
            case Name():
                return self._leaf(expr, {"const": False}, lambda value: value is False)
            case Not(operand=inner):
                return self.true(inner)
            case Logic(operator=word, operands=parts):
                return {"anyOf" if word == "and" else "allOf": [self.false(one) for one in parts]}
            case Compare() | Call(function="is_given"):
                return {"not": self.true(expr)}  # these two always know
        raise UnsaidError

    def _compare(self, expr: Compare) -> Json:
        word, left, right = expr.operator, expr.left, expr.right
        if isinstance(right, Name) and isinstance(left, Literal) and word in _MIRRORED:
            word, left, right = _MIRRORED[word], right, left
        if not isinstance(left, Name):
            raise UnsaidError
        if isinstance(right, Literal) and right.value is None:
            given = self._given(left)
            return given if word == "!=" else {"not": given}
        if isinstance(right, ListOf) and word in ("in", "not in"):
            values = [_fixed(item) for item in right.items]
            listed = {"enum": [plain_value(value) for value in values]}
            if word == "in":
                return self._leaf(left, listed, values.__contains__)
            return self._leaf(left, {"not": listed}, lambda value: value not in values)
        return self._fixed(left, word, _fixed(right))

    def _fixed(self, name: Name, word: str, value: object) -> Json:
        same = {"const": plain_value(value)}
        if word == "=":
            return self._leaf(name, same, lambda own: own == value)
        if word == "!=":
            return self._leaf(name, {"not": same}, lambda own: own != value)
        if word in _BOUNDS and isinstance(value, Decimal):
            test = {_BOUNDS[word]: plain_value(value)}
            holds = {
                "<": lambda own: own < value,
                "<=": lambda own: own <= value,
                ">": lambda own: own > value,
                ">=": lambda own: own >= value,
            }[word]
            return self._leaf(name, test, holds)
        raise UnsaidError

    def _leaf(self, name: Name, test: Json, holds: Callable[[Any], bool]) -> Json:
        """Return "this answer is like that"; a default that is like that needs no answer."""
        one = self._known(name)
        if not isinstance(one.node, Field) or one.repeated:
            raise UnsaidError
        default = _default(one.node)
        silent = default is not None and one.editable and holds(default)
        if silent and any(above.optional for above in _above(one, self.within)):
            raise UnsaidError  # the default of an optional group counts once it was begun
        return self._nested(one, test, asked=not silent)

    def _given(self, name: Name) -> Json:
        one = self._known(name)
        if not isinstance(one.node, Field) or one.node.default:
            raise UnsaidError
        test: Json = {"minItems": 1} if one.repeated else {}
        return self._nested(one, test, asked=True)

    def _known(self, name: Name) -> Outline:
        """Return the node, if it stands below our object with no list in between."""
        one = self.find(name.path)
        if one is None or not isinstance(one.node, Field) or one.node.value:
            raise UnsaidError
        here = _lists_around(self.within)
        start = f"{self.within.path}." if self.within else ""
        if one.chain != here or not one.path.startswith(start):
            raise UnsaidError
        return one

    def _nested(self, one: Outline, test: Json, *, asked: bool) -> Json:
        schema = test
        for step in (one, *_above(one, self.within)):
            schema = {"properties": {step.id: schema}}
            if asked:
                schema["required"] = [step.id]
        return schema


def _lists_around(within: Outline | None) -> tuple[str, ...]:
    """Return the repeated groups around the members of an object."""
    if within is None:
        return ()
    return (*within.chain, within.path) if within.repeated else within.chain


def _above(one: Outline, within: Outline | None) -> list[Outline]:
    """Return the groups between a node and the object, from the inside."""
    found = []
    above = one.parent
    while above is not None and above is not within:
        found.append(above)
        above = above.parent
    return found


def _fixed(expr: Expr) -> object:
    if isinstance(expr, Literal) and expr.value is not None:
        return expr.value
    raise UnsaidError


def _default(field: Field) -> object:
    if not field.default:
        return None
    if field.kind in ("integer", "decimal", "money"):
        return to_number(field.default)
    if field.kind == "date":
        return to_date(field.default)
    if field.kind == "partial_date":  # its text does not compare like the day it stands for
        raise UnsaidError
    return to_boolean(field.default) if field.kind == "boolean" else field.default
