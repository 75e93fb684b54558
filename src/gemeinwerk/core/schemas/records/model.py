"""What a class must say so that XML and JSON can be read into it, and what is kept besides."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, Literal, Union, get_args, get_origin

Where = Literal["element", "attribute", "text"]

# A field of the standard whose place in XML differs from its name in the usual way:
# snake_case becomes camelCase, and these endings are written in capitals.
_CAPITALS = {
    "Id": "ID",
    "Uri": "URI",
    "Url": "URL",
    "Ea": "EA",
    "Sdg": "SDG",
    "Sdg1": "SDG1",
    "Sdg2": "SDG2",
    "Leika": "LeiKa",
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """An element the model does not know, or that does not fit it, word for word."""

    name: str
    xml: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What stood in the source beside the fields of a record; written again, never dropped.

    `order` names the fields in the order of their elements where it is not the usual one ("*": an
    unknown one, "name!": with the other namespace). `spelling` holds numbers and truth values as
    they were written ("007", "1"). `members` are names of JSON with their values as JSON text.
    `blanks` stand before, between and after the elements where that is not the usual indentation.
    """

    unknown: tuple[Unknown, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    spelling: tuple[tuple[str, int, str], ...] = ()
    type_name: str | None = None
    members: tuple[tuple[str, str], ...] = ()
    blanks: tuple[str, ...] = ()


NOTHING_KEPT = Kept()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Base of every class of a standard; the class tables say what differs from the rule.

    `NAMES`: field -> name in XML. `ATTRIBUTES`: fields written as attributes. `TEXT`: the field
    that is the text of the element. `BARE`: fields without namespace. `PLAIN`: coded fields of
    which JSON holds only the code, `NUMBERED` as a number. `JSON`: field -> name in JSON;
    `NEVER_NULL`: "" there instead of null. `SIGN`: how a text begins that is this record.
    `UNTYPED`: written without xsi:type.
    """

    NAMES: ClassVar[Mapping[str, str]] = {}
    ATTRIBUTES: ClassVar[frozenset[str]] = frozenset()
    TEXT: ClassVar[str] = ""
    BARE: ClassVar[frozenset[str]] = frozenset()
    PLAIN: ClassVar[frozenset[str]] = frozenset()
    NUMBERED: ClassVar[frozenset[str]] = frozenset()
    NEVER_NULL: ClassVar[frozenset[str]] = frozenset()
    JSON: ClassVar[Mapping[str, str]] = {}
    SIGN: ClassVar[str] = ""
    UNTYPED: ClassVar[bool] = False

    kept: Kept = NOTHING_KEPT


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one field of a record stands in XML and JSON, and what it may hold."""

    name: str
    tag: str
    where: Where
    bare: bool
    many: bool
    optional: bool
    options: tuple[type, ...]
    plain: bool
    numbered: bool
    never_null: bool
    json: str

    @property
    def leaf(self) -> bool:
        """Whether the field holds a plain value, perhaps beside a record made of text."""
        return any(option in (str, int, bool, Decimal) for option in self.options)


@dataclass(frozen=True, slots=True)
class Plan:
    """The slots of one class, by every way they are asked for."""

    slots: tuple[Slot, ...]
    by_tag: Mapping[tuple[bool, str], Slot]
    by_attribute: Mapping[str, Slot]
    by_json: Mapping[str, Slot]
    text: Slot | None
    place: Mapping[str, int]


def plan_of(record: type[Record]) -> Plan:
    """Return how the class is bound; worked out once."""
    key: Any = record
    return _plan(key)


@cache
def _plan(record: Any) -> Plan:
    hints = typing.get_type_hints(record)
    slots = tuple(
        _slot(record, item.name, hints[item.name]) for item in fields(record) if item.name != "kept"
    )
    elements = [slot for slot in slots if slot.where == "element"]
    return Plan(
        slots=slots,
        by_tag={(slot.bare, slot.tag): slot for slot in elements},
        by_attribute={slot.tag: slot for slot in slots if slot.where == "attribute"},
        by_json={slot.json: slot for slot in slots},
        text=next((slot for slot in slots if slot.where == "text"), None),
        place={slot.name: at for at, slot in enumerate(slots)},
    )


def camel(name: str) -> str:
    """Return the usual name in XML of a field: "list_version_id" is listVersionID."""
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(_CAPITALS.get(part.capitalize(), part.capitalize()) for part in rest)


def usual_blanks(level: int, children: int) -> tuple[str, ...]:
    """Return the blanks around the children of an element: lines, four more for each level.

    The exporters of the standards begin anew at the margin after eight levels.
    """
    if not children:
        return ("",)
    inner = "\n" + "    " * ((level + 1) % 8)
    return (*[inner] * children, "\n" + "    " * (level % 8))


def type_name(record: type[Record]) -> str:
    """Return the name of the class in the standard, without the version ours carries."""
    if record.UNTYPED:
        return ""
    return record.__name__.removesuffix("220").removesuffix("231")


def _slot(record: type[Record], name: str, hint: Any) -> Slot:
    options, many, optional = _options(hint)
    where: Where = "element"
    if name in record.ATTRIBUTES:
        where = "attribute"
    elif name == record.TEXT:
        where = "text"
    return Slot(
        name=name,
        tag=record.NAMES.get(name) or camel(name),
        where=where,
        bare=name in record.BARE,
        many=many,
        optional=optional,
        options=options,
        plain=name in record.PLAIN,
        numbered=name in record.NUMBERED,
        never_null=name in record.NEVER_NULL,
        json=record.JSON.get(name, name.rstrip("_")),
    )


def _options(hint: Any) -> tuple[tuple[type, ...], bool, bool]:
    if get_origin(hint) is tuple:
        inner, _, _ = _options(get_args(hint)[0])
        return inner, True, True
    if get_origin(hint) in (Union, types.UnionType):
        parts = get_args(hint)
        found = tuple(part for part in parts if part is not types.NoneType)
        return found, False, types.NoneType in parts
    return (hint,), False, False
