"""Turns schemas and code lists into JSON documents for the database, and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_type_hints

import msgspec

from gemeinwerk.core.schemas.errors import BrokenDocumentError
from gemeinwerk.core.schemas.model import (
    CodeList,
    CodeListRef,
    Field,
    Group,
    Occurrence,
    Schema,
)

_MOST_LEVELS = 100
_Holder = TypeVar("_Holder", Schema, Group)
_HINTS = {kind.__name__: get_type_hints(kind) for kind in (Schema, Group, Occurrence)}


def document(thing: Schema | CodeList) -> dict[str, Any]:
    """Return a document of plain JSON values."""
    made: dict[str, Any] = msgspec.to_builtins(thing)
    return made


def schema_from_document(stored: Mapping[str, Any]) -> Schema:
    """Return the schema of a document; fields added since then take their default.

    Raises `SchemaRefusedError` when the document was not made by `document`.
    """
    try:
        return _holder(stored, Schema, 0)
    except (msgspec.ValidationError, KeyError, TypeError, AttributeError):
        raise BrokenDocumentError() from None


def code_list_from_document(stored: Mapping[str, Any]) -> CodeList:
    """Return the code list of a document; raises `SchemaRefusedError`."""
    try:
        return msgspec.convert(dict(stored), CodeList)
    except msgspec.ValidationError:
        raise BrokenDocumentError() from None


def content_hash(stored: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a document in hex; findings do not count, they follow the reader."""
    content = {name: value for name, value in stored.items() if name != "findings"}
    return hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()


def gather_code_lists(schema: Schema) -> tuple[CodeListRef, ...]:
    """Return every code list the schema points to, each once, in order of first use."""
    found: dict[str, CodeListRef] = {}
    for each in fields_of(schema):
        if each.code_list is not None:
            found.setdefault(each.code_list.key, each.code_list)
    return tuple(found.values())


def fields_of(holder: Schema | Group) -> Iterator[Field]:
    """Yield the fields below a schema or group, in order, each as often as it stands there."""
    for occurrence in holder.children:
        if isinstance(occurrence.element, Field):
            yield occurrence.element
        else:
            yield from fields_of(occurrence.element)


def _holder(stored: Mapping[str, Any], kind: type[_Holder], level: int) -> _Holder:
    """Return a schema or group; msgspec cannot choose between two dataclasses, so this does."""
    if level > _MOST_LEVELS:
        raise BrokenDocumentError()
    hints = _HINTS[kind.__name__]
    values = {
        each.name: msgspec.convert(stored[each.name], hints[each.name])
        for each in fields(kind)
        if each.name in stored and each.name != "children"
    }
    children = tuple(_occurrence(each, level + 1) for each in stored["children"])
    return kind(children=children, **values)


def _occurrence(stored: Mapping[str, Any], level: int) -> Occurrence:
    element = stored["element"]
    hints = _HINTS[Occurrence.__name__]
    rest = {
        name: msgspec.convert(stored[name], hints[name])
        for name in ("minimum", "maximum", "legal_basis")
    }
    if "children" in element:
        return Occurrence(_holder(element, Group, level), **rest)
    return Occurrence(msgspec.convert(element, Field), **rest)
