"""Writes translations as lines for machines: one per effect, with the keys of the FIM portal.

`rule_id` is the group that owns the rule, as in the portal's translated rules; `rule` is the
number of the rule itself. `certain` is true when the whole rule was understood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gemeinwerk.core.expressions import (
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
    dependencies,
    to_text,
)
from gemeinwerk.core.rules.model import ALWAYS_LAND, Effect, Translation

_ACTIONS = {"show": "required", "hide": "forbidden"}
_COMPARE = {
    "=": "equal", "!=": "not_equal", "<": "less_than", "<=": "less_or_equal",
    ">": "greater_than", ">=": "greater_or_equal", "in": "in", "not in": "not_in",
}  # fmt: skip
_ARITHMETIC = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}


def lines_of(translation: Translation) -> Iterator[dict[str, Any]]:
    """Yield a line per effect; a rule without effects yields one line, too."""
    base = {
        "rule": translation.rule_id,
        "rule_version": translation.version,
        "status": translation.status,
        "rule_id": translation.owner.rpartition(".")[2] or None,
        "context": translation.owner.split(".") if translation.owner else [],
        "certain": translation.status == "translated",
        "left": list(translation.left),
        "reasons": list(translation.reasons),
        "notes": list(translation.notes),
    }
    if not translation.effects:
        yield {**base, "text": translation.text, **_NOTHING}
    for effect in translation.effects:
        yield {**base, "text": effect.source, **_effect(effect)}


_NOTHING: Mapping[str, Any] = {
    "source_id": None, "operator": None, "values": [], "actions": [], "effect": None,
    "target_id": None, "target_path": None, "condition": None, "tree": None, "scope": None,
    "value": None,
}  # fmt: skip


def _effect(effect: Effect) -> dict[str, Any]:
    source, operator, values = _simple(effect.condition)
    is_check = effect.action == "validation"
    return {
        "source_id": None if is_check else source,
        "operator": None if is_check else operator,
        "values": [] if is_check else values,
        "actions": [_ACTIONS.get(effect.action, effect.action)],
        "effect": effect.action,
        "target_id": effect.target.rpartition(".")[2] or None,
        "target_path": effect.target or None,
        "condition": as_json(effect.condition),
        "tree": to_text(effect.condition),
        "value": to_text(effect.value) if effect.value is not None else None,
        "scope": "Land" if ALWAYS_LAND in dependencies(effect.condition) else None,
    }


def _simple(condition: Expr) -> tuple[str | None, str | None, list[str]]:
    """Return source, operator and values of a condition on one element, else nothing."""
    match condition:
        case Compare(operator="=" | "!=" as sign, left=Name(path=path), right=Literal() as one):
            return _last(path), "=" if sign == "=" else "<>", [_said(one)]
        case Compare(
            operator="in" | "not in" as sign, left=Name(path=path), right=ListOf() as many
        ):
            values = [_said(item) for item in many.items if isinstance(item, Literal)]
            return _last(path), "=" if sign == "in" else "<>", values
        case Not(operand=Call(function="is_given", arguments=(Name(path=path),))):
            return _last(path), "leer", []
        case Call(function="is_given", arguments=(Name(path=path),)):
            return _last(path), "nicht leer", []
        case Not(operand=Compare(operator="=" | "!=" | "in" | "not in") as inner):
            source, operator, values = _simple(inner)
            return source, {"=": "<>", "<>": "="}.get(operator or ""), values
    return None, None, []


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _said(literal: Literal) -> str:
    if isinstance(literal.value, bool):
        return "wahr" if literal.value else "falsch"
    return "" if literal.value is None else str(literal.value)


def as_json(expr: Expr) -> Any:
    """Return an expression as JSON in the manner of the portal; identifiers are whole paths."""
    match expr:
        case Literal(value=value):
            return _plain(value)
        case Name(path=path):
            return {"identifier": path}
        case ListOf(items=items):
            return [as_json(item) for item in items]
        case Not(operand=Call(function="is_given", arguments=(part,))):
            return {"is_empty": as_json(part)}
        case Call(function="is_given", arguments=(part,)):
            return {"not": {"is_empty": as_json(part)}}
        case Not(operand=operand):
            return {"not": as_json(operand)}
        case Logic(operator=operator, operands=operands):
            return {operator: [as_json(part) for part in operands]}
        case Compare(operator=operator, left=left, right=right):
            return {_COMPARE[operator]: [as_json(left), as_json(right)]}
        case Negative(operand=operand):
            return {"negative": as_json(operand)}
        case If(condition=condition, then=then, otherwise=otherwise):
            return {"if": [as_json(condition), as_json(then), as_json(otherwise)]}
        case Call(function=function, arguments=arguments):
            return {function: [as_json(part) for part in arguments]}
        case Arithmetic(first=first, steps=steps):
            found = as_json(first)
            for sign, part in steps:
                found = {_ARITHMETIC[sign]: [found, as_json(part)]}
            return found


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value
