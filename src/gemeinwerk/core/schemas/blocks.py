"""Groups and fields of schemas as blocks (Bausteine): each once, with places and differences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from gemeinwerk.core.schemas.model import Field, Group, LegalBasis, Occurrence, Schema

BlockKind = Literal["group", "field"]
# what differs between versions of the same content and means nothing to the people who use it
_SILENT = frozenset({"version", "children", "status"})


@dataclass(frozen=True, slots=True)
class Block:
    """One group or field of a schema (Baustein), with every place it stands at.

    `content` is a document of plain JSON values; children of a group are named by id, version
    and how often they stand there.
    """

    id: str
    version: str
    kind: BlockKind
    name: str
    datatype: str
    legal_basis: tuple[LegalBasis, ...]
    places: tuple[str, ...]
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one version says otherwise than another (Unterschied); "" is "not said"."""

    what: str
    before: str
    after: str


def blocks_of(schema: Schema) -> tuple[Block, ...]:
    """Return every group and field of a schema once, in the order they first stand there."""
    found: dict[tuple[str, str], tuple[Group | Field, list[str], list[LegalBasis]]] = {}
    for path, occurrence in _walk(schema.children, ""):
        element = occurrence.element
        _, places, basis = found.setdefault((element.id, element.version), (element, [], []))
        places.append(path)
        for each in (*element.legal_basis, *occurrence.legal_basis):
            if each not in basis:
                basis.append(each)
    return tuple(
        _block(element, tuple(places), tuple(basis)) for element, places, basis in found.values()
    )


def differences_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return what the second content says otherwise than the first, in the order of its fields."""
    names = [*before, *(name for name in after if name not in before)]
    found: list[Difference] = []
    for name in names:
        if name == "parts":
            found += _parts(before.get(name, {}), after.get(name, {}))
        elif name not in _SILENT and before.get(name) != after.get(name):
            found.append(Difference(name, _told(before.get(name)), _told(after.get(name))))
    return tuple(found)


def _walk(children: tuple[Occurrence, ...], above: str) -> Iterator[tuple[str, Occurrence]]:
    for occurrence in children:
        path = f"{above}.{occurrence.element.id}" if above else occurrence.element.id
        yield path, occurrence
        if isinstance(occurrence.element, Group):
            yield from _walk(occurrence.element.children, path)


def _block(element: Group | Field, places: tuple[str, ...], basis: tuple[LegalBasis, ...]) -> Block:
    if isinstance(element, Field):
        content: dict[str, Any] = msgspec.to_builtins(element)
        kind: BlockKind = "field"
    else:
        kind = "group"
        content = {
            name: msgspec.to_builtins(getattr(element, name))
            for name in Group.__dataclass_fields__
            if name != "children"
        }
        content["parts"] = {
            each.element.id: {
                "version": each.element.version,
                "name": each.element.name,
                "often": _often(each),
            }
            for each in element.children
        }
    name = element.name or element.label
    datatype = element.datatype if isinstance(element, Field) else ""
    return Block(element.id, element.version, kind, name, datatype, basis, places, content)


def _often(occurrence: Occurrence) -> str:
    most = "*" if occurrence.maximum is None else str(occurrence.maximum)
    return f"{occurrence.minimum}:{most}"


def _parts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for number in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(number), after.get(number)
        if old != new:
            yield Difference("part", _part(number, old), _part(number, new))


def _part(number: str, part: Mapping[str, str] | None) -> str:
    if part is None:
        return ""
    return f"{part['name']} ({number} {part['version']}, {part['often']})"


def _told(value: Any) -> str:
    """Return a value as a reader sees it: texts as they are, lists with their entries in rows."""
    if value is None or value in ((), [], {}):
        return ""
    if isinstance(value, list | tuple):
        return "\n".join(_told(item) for item in value)
    if isinstance(value, dict):
        said = [_told(item) for item in value.values() if item not in ("", None, (), [], {})]
        return " · ".join(said)
    return str(value)
