"""Writes records as XML: the usual order and indentation, and everything that was kept."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gemeinwerk.core.schemas.errors import NotXmlError
from gemeinwerk.core.schemas.layout import escaped
from gemeinwerk.core.schemas.records.model import (
    Kept,
    Plan,
    Record,
    Slot,
    plan_of,
    usual_blanks,
)
from gemeinwerk.core.schemas.records.model import type_name as standard_name
from gemeinwerk.core.schemas.records.values import read_plain, write_plain

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_XML = "http://www.w3.org/XML/1998/namespace"
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_QUOTES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
)


@dataclass(slots=True)
class Sink:
    """Where the text goes, and which prefix stands for which namespace."""

    namespace: str
    prefixes: Mapping[str, str]  # namespace -> prefix, "" is the default namespace
    parts: list[str] = field(default_factory=list)
    undeclared: str = ""  # the prefix of XMLSchema-instance, when it was used and nobody says it

    def name(self, local: str, *, bare: bool) -> str:
        """Return the name with its prefix."""
        prefix = "" if bare else self.prefixes.get(self.namespace, "")
        return f"{prefix}:{local}" if prefix else local

    def attribute(self, name: str, value: str) -> str:
        """Return one attribute, given in Clark notation."""
        qualified = etree.QName(name)
        prefix = ""
        if qualified.namespace:
            prefix = "xml" if qualified.namespace == _XML else self._prefix(qualified.namespace)
        shown = f"{prefix}:{qualified.localname}" if prefix else qualified.localname
        return f' {shown}="{value.translate(_IN_QUOTES)}"'

    def _prefix(self, namespace: str) -> str:
        if known := self.prefixes.get(namespace):
            return known
        # only this one is ever new: the reader keeps elements with other foreign attributes whole
        self.undeclared = "xsi" if "xsi" not in self.prefixes.values() else "xsi2"
        return self.undeclared

    def text(self) -> str:
        """Return all that was written; raises NotXmlError for signs that XML cannot hold."""
        text = "".join(self.parts)
        if found := _FORBIDDEN.search(text):
            raise NotXmlError(line=0, why=f"U+{ord(found.group()):04X}")
        return text


def write_record(
    record: Record,
    local: str,
    sink: Sink,
    *,
    level: int = 0,
    bare: bool = False,
    declare: str = "",
    union: bool = False,
) -> None:
    """Write one element; `declare` are namespace declarations to stand in its tag."""
    plan = plan_of(type(record))
    name = sink.name(local, bare=bare)
    head = [f"<{name}", _undeclare(sink, bare=bare), declare, _attributes(record, plan, sink)]
    head.append(_type_of(record, sink, union=union))
    sink.parts.extend(head)
    if plan.text is not None:
        sink.parts.append(f">{_text(record, plan.text, 0)}</{name}>")
        return
    children = list(_in_order(record, plan))
    blanks = record.kept.blanks
    if len(blanks) != len(children) + 1:
        blanks = usual_blanks(level, len(children))
    if not children and not blanks[0]:
        sink.parts.append("/>")
        return
    sink.parts.append(">" + escaped(blanks[0]))
    for child, behind in zip(children, blanks[1:], strict=True):
        child.write(record, sink, level + 1)
        sink.parts.append(escaped(behind))
    sink.parts.append(f"</{name}>")


@dataclass(slots=True)
class _Child:
    """One child element that waits to be written."""

    slot: Slot | None
    value: Any  # of a field, or the XML of an unknown element
    number: int = 0
    flipped: bool = False

    def write(self, record: Record, sink: Sink, level: int) -> None:
        slot = self.slot
        if slot is None:
            sink.parts.append(self.value)
            return
        bare = slot.bare != self.flipped
        if isinstance(self.value, Record):
            union = len(slot.options) > 1 and not slot.leaf
            write_record(self.value, slot.tag, sink, level=level, bare=bare, union=union)
            return
        name = sink.name(slot.tag, bare=bare)
        text = _spelt(record.kept, slot, self.number, self.value).translate(_ESCAPES)
        sink.parts.append(f"<{name}{_undeclare(sink, bare=bare)}>{text}</{name}>")


def _undeclare(sink: Sink, *, bare: bool) -> str:
    """Say that an element is in no namespace where names without prefix would be in one."""
    return ' xmlns=""' if bare and "" in sink.prefixes.values() else ""


def _attributes(record: Record, plan: Plan, sink: Sink) -> str:
    said = [
        sink.attribute(slot.tag, write_plain(getattr(record, slot.name)))
        for slot in plan.slots
        if slot.where == "attribute" and getattr(record, slot.name) is not None
    ]
    return "".join(said + [sink.attribute(*pair) for pair in record.kept.attributes])


def _type_of(record: Record, sink: Sink, *, union: bool) -> str:
    said = record.kept.type_name
    if said is None and union:
        said = sink.name(standard_name(type(record)), bare=False)
    return sink.attribute(f"{{{_XSI}}}type", said) if said else ""


def _text(record: Record, slot: Slot, number: int) -> str:
    value = getattr(record, slot.name)
    return "" if value is None else _spelt(record.kept, slot, number, value).translate(_ESCAPES)


def _spelt(kept: Kept, slot: Slot, number: int, value: Any) -> str:
    """Return a value as it was written in the source, unless it has another value by now."""
    for name, at, text in kept.spelling:
        if (name, at) == (slot.name, number) and read_plain(text, slot.options) == value:
            return text
    return write_plain(value)


def _in_order(record: Record, plan: Plan) -> Iterator[_Child]:
    """Yield the children as the source had them; what is new comes where it usually stands."""
    waiting: dict[str, list[_Child]] = defaultdict(list)
    for child in _usual(record, plan):
        waiting[child.slot.name if child.slot else "*"].append(child)
    if not record.kept.order:
        for children in waiting.values():
            yield from children
        return
    placed: list[_Child] = []
    for entry in record.kept.order:
        name, mark, _ = entry.partition("!")
        if waiting[name]:
            child = waiting[name].pop(0)
            child.flipped = bool(mark)
            placed.append(child)
    for child in (child for children in waiting.values() for child in children):
        placed.insert(_usual_place(child, placed, plan), child)
    yield from placed


def _usual(record: Record, plan: Plan) -> Iterator[_Child]:
    for slot in plan.slots:
        value = getattr(record, slot.name)
        if slot.where != "element" or value is None:
            continue
        for number, item in enumerate(value if slot.many else (value,)):
            yield _Child(slot, item, number)
    for unknown in record.kept.unknown:
        yield _Child(None, unknown.xml)


def _usual_place(child: _Child, placed: list[_Child], plan: Plan) -> int:
    if child.slot is None:
        return len(placed)
    mine = plan.place[child.slot.name]
    before = [
        at for at, other in enumerate(placed) if other.slot and plan.place[other.slot.name] <= mine
    ]
    return before[-1] + 1 if before else 0
