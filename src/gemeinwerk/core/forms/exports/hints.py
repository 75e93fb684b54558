"""Says a condition in plain German for paper: „Nur ausfüllen, wenn ...“.

What has no short sentence (sums, values of the town) gets a general one; online the form itself
decides, on paper the office does.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions import Call, Compare, Expr, ListOf, Literal, Logic, Name, Not
from gemeinwerk.core.forms.exports.outline import Outline
from gemeinwerk.core.forms.model import Field
from gemeinwerk.core.forms.values import german_date, german_number

Find = Callable[[str], Outline | None]

GENERAL = "Nur ausfüllen, wenn es auf Sie zutrifft."
_LONGEST = 300
_WORDS = {
    "<": "weniger als {} ist",
    "<=": "höchstens {} ist",
    ">": "mehr als {} ist",
    ">=": "mindestens {} ist",
}
_DAYS = {
    "<": "vor dem {} liegt",
    "<=": "nicht nach dem {} liegt",
    ">": "nach dem {} liegt",
    ">=": "nicht vor dem {} liegt",
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


class _NoWordsError(Exception):
    pass


def hint(conditions: list[Expr], find: Find) -> str:
    """Return the sentence for conditions that all have to hold, "" for none."""
    if not conditions:
        return ""
    try:
        words = " und ".join(_said(one, find, nested=len(conditions) > 1) for one in conditions)
    except _NoWordsError:
        return GENERAL
    return f"Nur ausfüllen, wenn {words}." if len(words) <= _LONGEST else GENERAL


def _said(expr: Expr, find: Find, *, nested: bool = False) -> str:
    match expr:
        case Name():
            return f"„{_label(expr, find)}“ mit Ja beantwortet ist"
        case Not(operand=Name() as name):
            return f"„{_label(name, find)}“ mit Nein beantwortet ist"
        case Logic(operator=word, operands=parts):
            inner = [_said(one, find, nested=True) for one in parts]
            if word == "or":
                return ("entweder " if nested else "") + " oder ".join(inner)
            return " und ".join(inner)
        case Call(function="is_given", arguments=(Name() as name,)):
            return f"„{_label(name, find)}“ ausgefüllt ist"
        case Compare():
            return _compared(expr, find)
    raise _NoWordsError


def _compared(expr: Compare, find: Find) -> str:
    word, left, right = expr.operator, expr.left, expr.right
    if isinstance(left, Literal) and isinstance(right, Name) and word in _MIRRORED:
        word, left, right = _MIRRORED[word], right, left
    if not isinstance(left, Name):
        raise _NoWordsError
    label, field = _label(left, find), _field(left, find)
    if isinstance(right, ListOf):
        values = " oder ".join(f"„{_value(item, field)}“" for item in right.items)
        return f"bei „{label}“ {'nicht ' if word == 'not in' else ''}{values} angegeben ist"
    if isinstance(right, Literal) and right.value is None:
        return f"„{label}“ {'nicht ' if word == '=' else ''}ausgefüllt ist"
    if isinstance(right, Literal) and isinstance(right.value, bool):
        yes = right.value == (word == "=")
        return f"„{label}“ mit {'Ja' if yes else 'Nein'} beantwortet ist"
    value = _value(right, field)
    if word in ("=", "!="):
        return f"bei „{label}“ {'nicht ' if word == '!=' else ''}„{value}“ angegeben ist"
    words = _DAYS if isinstance(right, Literal) and isinstance(right.value, date) else _WORDS
    if word not in words:
        raise _NoWordsError
    return f"„{label}“ {words[word].format(value)}"


def _value(expr: Expr, field: Field) -> str:
    if not isinstance(expr, Literal) or expr.value is None:
        raise _NoWordsError
    value = expr.value
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, Decimal):
        return german_number(f"{value:f}")
    if isinstance(value, date):
        return german_date(value)
    return next((one.label for one in field.options if one.code == value), value)


def _field(name: Name, find: Find) -> Field:
    one = find(name.path)
    if one is None or not isinstance(one.node, Field):
        raise _NoWordsError
    return one.node


def _label(name: Name, find: Find) -> str:
    one = find(name.path)
    if one is None:
        raise _NoWordsError
    return one.node.label
