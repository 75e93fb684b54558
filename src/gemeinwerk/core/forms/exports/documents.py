"""Answers as a nested JSON document and back; each fault of a document has a JSON pointer.

Flat answers name every value by its path ("G1[0].F2"); a document nests groups as objects and
repeated elements as lists ({"G1": [{"F2": ...}]}). Numbers are JSON numbers, days ISO texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gemeinwerk.core.forms.exports.evidence_schema import EVIDENCE
from gemeinwerk.core.forms.exports.outline import Outline, Outlined, outline
from gemeinwerk.core.forms.exports.plain_values import json_value, read_value
from gemeinwerk.core.forms.model import Field, Form
from gemeinwerk.core.forms.values import Refusal
from gemeinwerk.core.kernel import Fault

Json = dict[str, Any]
Leaf = Callable[[Field, str], object]

_STEP = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_STAND_IN = re.compile(r"[^A-Za-z0-9_-]")
MOST_UNKNOWN = 20
"""After so many unknown members the rest is not told."""


@dataclass(slots=True)
class DocumentReading:
    """What a document holds: `answers` that can be kept, faults by answer path.

    `left_out` are names of answers that nobody may send (locked, calculated); they are ignored.
    """

    answers: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    pointers: dict[str, str] = field(default_factory=dict)
    """Pointers of faults that are no answer paths, such as unknown members."""

    def pointer(self, path: str) -> str:
        """Return the place in the document a fault belongs to."""
        return self.pointers.get(path) or json_pointer(path)


def json_pointer(path: str) -> str:
    """Return the JSON pointer (RFC 6901) of an answer path: "G1[0].F2" gives "/G1/0/F2"."""
    steps = (index or name for index, name in _STEP.findall(path))
    return "".join(f"/{step}" for step in steps)


def escaped(member: str) -> str:
    """Return the name of a member as a step of a JSON pointer."""
    return member.replace("~", "~0").replace("/", "~1")


def to_document(form: Form, answers: Mapping[str, str]) -> Json:
    """Return the nested document of flat answers (effective ones, see `CompiledForm.effective`)."""
    return nested(outline(form), answers, json_value)


def nested(outlined: Outlined, answers: Mapping[str, str], leaf: Leaf) -> Json:
    """Return the nested document with each answer written by `leaf`."""
    return _members(outlined.roots, answers, "", leaf)


def _members(
    children: tuple[Outline, ...] | list[Outline],
    answers: Mapping[str, str],
    start: str,
    leaf: Leaf,
) -> Json:
    found: Json = {}
    for child in children:
        name = f"{start}{child.id}"
        if not child.repeated:
            value = _value(child, answers, name, leaf)
            if value is not None:
                found[child.id] = value
            continue
        items = [_value(child, answers, f"{name}[{at}]", leaf) for at in _places(answers, name)]
        if isinstance(child.node, Field):
            items = [item for item in items if item is not None]
        if items:
            found[child.id] = [{} if item is None else item for item in items]
    return found


def _value(one: Outline, answers: Mapping[str, str], name: str, leaf: Leaf) -> object:
    if isinstance(one.node, Field):
        answer = answers.get(name, "")
        return leaf(one.node, answer) if answer else None
    return _members(one.children, answers, f"{name}.", leaf) or None


def _places(answers: Mapping[str, str], name: str) -> range:
    """Return the numbers of the instances: as counted, or as far as there are answers."""
    stored = answers.get(f"{name}[]", "")
    if stored.isascii() and stored.isdigit() and len(stored) < 5:
        return range(int(stored))
    start = f"{name}["
    seen = [
        int(number)
        for key in answers
        if key.startswith(start)
        and (number := key[len(start) :].partition("]")[0]).isdigit()
        and len(number) < 5
    ]
    return range(max(seen, default=-1) + 1)


def from_document(form: Form, document: object) -> DocumentReading:
    """Read a nested document; never raises, whatever it holds."""
    reading = DocumentReading()
    _Reader(reading).members(outline(form).roots, document, "", "")
    return reading


class _Reader:
    def __init__(self, reading: DocumentReading) -> None:
        self.reading = reading
        self.unknown = 0

    def say(self, path: str, code: str, **params: str | int) -> None:
        self.reading.faults.append(Fault(path, code, params))

    def members(
        self,
        children: tuple[Outline, ...] | list[Outline],
        document: object,
        start: str,
        label: str,
    ) -> None:
        if not isinstance(document, dict):
            self.say(start.removesuffix("."), "answer.not_an_object", label=label)
            return
        known = {child.id: child for child in children}
        for member in document:
            if member not in known and (start or member != EVIDENCE):
                self._unknown(start, str(member))
        for child in children:
            if child.id in document:
                self._one(child, document[child.id], f"{start}{child.id}")

    def _unknown(self, start: str, member: str) -> None:
        self.unknown += 1
        if self.unknown > MOST_UNKNOWN:
            return
        path = start + _STAND_IN.sub("_", member)[:64]
        self.reading.pointers[path] = json_pointer(start) + "/" + escaped(member[:200])
        self.say(path, "answer.unknown_name", name=member[:64])

    def _one(self, one: Outline, value: object, name: str) -> None:
        label = one.node.label
        if not one.repeated:
            self._instance(one, value, name)
        elif not isinstance(value, list):
            self.say(name, "answer.not_a_list", label=label)
        elif len(value) > one.most:
            self.say(name, "answer.too_many", label=label, limit=one.most)
        else:
            if value and one.editable:
                self.reading.answers[f"{name}[]"] = str(len(value))
            for at, item in enumerate(value):
                self._instance(one, item, f"{name}[{at}]")

    def _instance(self, one: Outline, value: object, name: str) -> None:
        node = one.node
        if not isinstance(node, Field):
            self.members(one.children, value, f"{name}.", node.label)
        elif not one.editable:
            self.reading.left_out.append(name)
        else:
            answer = read_value(node, value)
            if isinstance(answer, Refusal):
                self.say(name, answer.code, **{"label": node.label, **answer.params})
            elif answer:
                self.reading.answers[name] = answer
