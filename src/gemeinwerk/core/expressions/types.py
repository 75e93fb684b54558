"""Types of values and which type may stand in place of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from gemeinwerk.core.expressions.tree import Scalar


class Type(StrEnum):
    """Type of a value (Datentyp); the values of the enum may stand in documents."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TEXT_LIST = "text_list"
    NUMBER_LIST = "number_list"
    BOOLEAN_LIST = "boolean_list"
    DATE_LIST = "date_list"
    LIST = "list"
    """A list of which nothing more is known, such as `[]`."""
    NULL = "null"
    ANY = "any"
    """Not known before run time; fits everywhere."""


SCALARS = frozenset({Type.TEXT, Type.NUMBER, Type.BOOLEAN, Type.DATE})
_LIST_OF = {
    Type.TEXT: Type.TEXT_LIST,
    Type.NUMBER: Type.NUMBER_LIST,
    Type.BOOLEAN: Type.BOOLEAN_LIST,
    Type.DATE: Type.DATE_LIST,
}
_ITEM_OF = {list_type: item for item, list_type in _LIST_OF.items()} | {Type.LIST: Type.ANY}


def list_of(item: Type) -> Type:
    """Return the type of a list of such items."""
    return _LIST_OF.get(item, Type.LIST)


def item_of(kind: Type) -> Type | None:
    """Return what a list of this type holds, None when it is no list."""
    return Type.ANY if kind in (Type.ANY, Type.NULL) else _ITEM_OF.get(kind)


def is_list(kind: Type) -> bool:
    """Say whether values of this type are lists for sure."""
    return kind in _ITEM_OF


def fits(found: Type, wanted: Type) -> bool:
    """Say whether a value of type `found` may stand where `wanted` is asked for."""
    if found is wanted or found in (Type.NULL, Type.ANY) or wanted is Type.ANY:
        return True
    return Type.LIST in (found, wanted) and is_list(found) and is_list(wanted)


def unify(types: Sequence[Type]) -> Type | int:
    """Return the one type that all have in common, or the index of the first that differs."""
    common = Type.NULL
    for index, kind in enumerate(types):
        if not (fits(kind, common) or fits(common, kind)):
            return index
        if common is Type.NULL or (common in (Type.ANY, Type.LIST) and kind is not Type.NULL):
            common = kind
    return common


def type_of(value: Scalar | list[Scalar]) -> Type:
    """Return the type of a value at run time."""
    match value:
        case None:
            return Type.NULL
        case bool():
            return Type.BOOLEAN
        case str():
            return Type.TEXT
        case Decimal():
            return Type.NUMBER
        case date():
            return Type.DATE
        case _:
            common = unify([type_of(item) for item in value])
            return list_of(common) if isinstance(common, Type) else Type.LIST
