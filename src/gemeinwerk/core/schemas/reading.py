"""The one reader of XML: turns the events of a file into a message, checking as it runs by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from gemeinwerk.core.schemas.cutting import Cut, cut_relations
from gemeinwerk.core.schemas.errors import (
    CodeListColumnsError,
    ElementTwiceError,
    TooManyElementsError,
    UnknownElementError,
)
from gemeinwerk.core.schemas.frames import Frame, says_something
from gemeinwerk.core.schemas.genericode_model import Row
from gemeinwerk.core.schemas.layout import Layout, around, closing_of
from gemeinwerk.core.schemas.marks import Declared, Marks, blank_before, whole_text
from gemeinwerk.core.schemas.relations import Packer, Run, pack
from gemeinwerk.core.schemas.shapes import Shape, Slot, places, shape_of
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.words import Foreign, Part
from gemeinwerk.core.schemas.xml import (
    canonical_text,
    forget,
    forget_in_a_row,
    line_of,
    parsed,
    split_name,
    utf8_of,
)

MOST_CHILDREN = 50_000  # of one element; relations with an aim are counted by their bytes
_MOST_EMPTY = 1000

Root = Callable[[etree._Element], type[Part]]


@dataclass(slots=True)
class Trace:
    """What a message does not hold: the line of each part, odd attributes, empty twins."""

    lines: dict[int, int] = field(default_factory=dict)
    child_lines: dict[int, int] = field(default_factory=dict)
    attributes: dict[int, Mapping[str, str]] = field(default_factory=dict)
    twins: dict[int, list[str]] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def line(self, part: object) -> int:
        """Return the line of a part, 0 when unknown."""
        return self.lines.get(id(part), 0)

    def line_inside(self, part: object) -> int:
        """Return the line of the first child of a part, else that of the part."""
        return self.child_lines.get(id(part)) or self.line(part)


@dataclass(slots=True)
class Reading:
    """A message with the layout it was written in and what was seen beside it."""

    root: str
    namespace: str
    content: Any
    layout: Layout
    trace: Trace


def read(data: bytes, root: Root, *, limit: int) -> Reading:
    """Read a file; `root` says what the first element is or refuses it."""
    utf8 = utf8_of(data, limit=limit)
    cut = cut_relations(utf8)
    reader = _events_read(root, cut, limit)
    if reader.lost:  # relations in an element that is kept whole
        reader = _events_read(root, Cut(utf8), limit)
    return reader.result(*around(utf8), closing_of(cut.rest))


def _events_read(root: Root, cut: Cut, limit: int) -> _Reader:
    careful = cut.rest.find(b"xmlns", _end_of_root(cut.rest)) >= 0
    reader = _Reader(root, cut)
    pending: list[tuple[str, str]] = []
    for event, element in parsed(cut.rest, limit=limit, everything=True):
        if event == "start":
            reader.start(element, tuple(pending), careful=careful)
            pending.clear()
        elif event == "end":
            reader.end(element)
        elif event == "pi":
            reader.instruction(element)
        else:
            prefix, uri = element
            pending.append((prefix or "", uri or ""))
    return reader


def _end_of_root(data: bytes) -> int:
    """Return a place behind the first tag, or before it when that is not sure."""
    place = 0
    while data.startswith((b"<?", b"<!"), place := _next(data, place)):
        place += 2
    return data.find(b">", place) + 1


def _next(data: bytes, place: int) -> int:
    found = data.find(b"<", place)
    return found if found >= 0 else len(data)


class _Reader:
    """Follows the file with a stack of frames; places are numbered as `Layout` says."""

    def __init__(self, root: Root, cut: Cut) -> None:
        self._root = root
        self._after = cut.after
        self._frames: list[Frame] = []
        self._relations = 0
        self._empty = 0
        self.lost = False
        self._within = 0  # levels inside an element that the standard leaves open
        self._marks = Marks()
        self._tag = ("", "")
        self._content: Any = None
        self._trace = Trace()

    def start(self, element: etree._Element, declared: Declared, *, careful: bool) -> None:
        """Check that the element may stand here."""
        if not self._frames:
            self._begin(element, declared, careful=careful)
            return
        above = self._frames[-1]
        slot = above.shape.by_tag.get(element.tag) if above.shape is not None else None
        if slot is None or above.shape is None:
            if above.slot is not None and above.slot.foreign:
                self._within += 1
                self._count_relation(element)
                return
            raise UnknownElementError(
                line=line_of(element),
                element=shown(split_name(element)[1]),
                parent=_name(above),
            )
        if slot.relations:
            self._relations += 1
        self._marks.place += 1
        self._marks.blank(blank_before(element), len(self._frames))
        above.count += not _counts_by_bytes(slot)
        if above.count > MOST_CHILDREN:
            raise TooManyElementsError(line=line_of(element), limit=MOST_CHILDREN)
        frame = Frame(slot, slot.shape, line_of(element), self._marks.place)
        above.child_line = above.child_line or frame.line
        if not slot.relations or above.names[-1:] != [slot.name]:
            above.names.append(slot.name)
        above.disorder = above.disorder or slot.rank < above.rank
        above.rank = slot.rank
        frame.scope = self._marks.name(element, slot, above.shape, above.scope, declared)
        self._frames.append(frame)

    def end(self, element: etree._Element) -> None:
        """Take in an element that is whole."""
        if self._within:
            self._within -= 1
            return
        frame = self._frames.pop()
        shape, slot = frame.shape, frame.slot
        if shape is None:
            self._odd(frame, _attributes(element))
            value: Any = _foreign(element) if slot and slot.foreign else whole_text(element)
        else:
            value = self._built(frame, shape, element)
        if slot is None:
            self._content = value
            return
        above = self._frames[-1]
        if slot.relations:
            self._relation(above, value, element, frame.place)
        elif slot.many:
            above.values.setdefault(slot.name, []).append(value)
        elif slot.name in above.values:
            self._twin(above, value, frame, element)
        else:
            above.values[slot.name] = value
            if not frame.values and (shape is not None or not value.strip()):
                above.empty[slot.name] = frame.place
        if shape is not None and not slot.relations:
            forget(element)

    def instruction(self, node: etree._Element) -> None:
        """Keep an instruction between elements."""
        above = self._frames[-1] if self._frames else None
        if above is not None and above.shape is not None and not self._within:
            self._marks.stray(node)

    def result(self, before: str, behind: str, closing: str) -> Reading:
        """Return what was read."""
        namespace, root = self._tag
        layout = self._marks.result(before, behind, closing)
        return Reading(root, namespace, self._content, layout, self._trace)

    def _begin(self, root: etree._Element, declared: Declared, *, careful: bool) -> None:
        made = self._root(root)
        self._tag = split_name(root)
        scope = self._marks.begin(root, declared, careful=careful)
        frame = Frame(None, shape_of(made, self._tag[0]), line_of(root), self._marks.place)
        frame.scope = scope
        self._frames.append(frame)

    def _built(self, frame: Frame, shape: Shape, element: etree._Element) -> Part:
        values = frame.values
        if shape.text_field:
            values[shape.text_field] = whole_text(element)
        else:
            self._marks.place += 1
            last = element[-1].tail if len(element) else element.text
            self._marks.blank(last, len(self._frames))
            for name, value in values.items():
                if type(value) is list:
                    values[name] = tuple(value)
            once = len(set(frame.names)) == len(frame.names) or not frame.twins
            if frame.disorder and once and frame.names.count("relations") < 2:
                self._marks.orders[frame.place] = tuple(frame.names)
        if frame.runs is not None:
            values["relations"] = frame.runs.relations()
        odd = []
        for name, value in _attributes(element):
            known = shape.attributes.get(name)
            if known is None:
                odd.append((name, value))
            else:
                values[known] = value
        self._odd(frame, odd)
        part = shape.made(**values)
        if not values:
            self._emptied(part, frame)
        self._traced(frame, part)
        return part

    def _emptied(self, part: Part, frame: Frame) -> None:
        self._empty += 1
        if self._empty > _MOST_EMPTY and frame.slot is not None and frame.slot.many:
            if isinstance(part, Row):
                raise CodeListColumnsError(line=frame.line)
            raise TooManyElementsError(line=frame.line, limit=_MOST_EMPTY)

    def _odd(self, frame: Frame, odd: list[tuple[str, str]]) -> None:
        if odd:
            self._marks.attributes[frame.place] = tuple(odd)
            frame.attributes = dict(odd)

    def _traced(self, frame: Frame, part: Part) -> None:
        near = (frame, *self._frames[-1:])
        if any(each.slot is not None and each.slot.relations for each in near):
            return  # thousands of them, and nobody asks for their lines
        if frame.shape is not None and frame.shape.is_list and not isinstance(part, Row):
            return
        trace = self._trace
        trace.lines[id(part)] = frame.line
        trace.child_lines[id(part)] = frame.child_line
        trace.parts.append(part)  # an id counts only while the part lives
        if frame.attributes:
            trace.attributes[id(part)] = frame.attributes
        if frame.twins:
            trace.twins[id(part)] = frame.twins

    def _count_relation(self, element: etree._Element) -> None:
        """Count what the cutter counts; relations are kept whole with what holds them."""
        if split_name(element)[1] == "relation":
            self._relations += 1
            self.lost = self.lost or self._relations in self._after

    def _relation(self, above: Frame, value: Any, element: etree._Element, place: int) -> None:
        run = pack(value)
        if above.runs is None:
            above.runs = Packer()
        above.runs.add(run)
        more = self._after.get(self._relations)
        if more is not None:
            row = Run(run.form, more)
            above.runs.add(row)
            self._marks.repeat(place, row.size)
        above.count += not run.form.has_id
        if above.count > MOST_CHILDREN:
            raise TooManyElementsError(line=line_of(element), limit=MOST_CHILDREN)
        forget_in_a_row(element)

    def _twin(self, above: Frame, value: Any, frame: Frame, element: etree._Element) -> None:
        """Keep the one of two that says something; editors leave empty twins behind."""
        slot = frame.slot
        if slot is None:
            return
        known = above.values[slot.name]
        if not says_something(value):
            self._marks.drop(frame.place, element)
            above.names.pop()
        elif says_something(known):
            raise ElementTwiceError(line=frame.line, element=slot.element, parent=_name(above))
        else:
            above.values[slot.name] = value
            place = above.empty.pop(slot.name, 0)
            twin = next(element.itersiblings(str(element.tag), preceding=True), None)
            if place and twin is not None:
                size = places(slot.shape, known) if slot.shape is not None else 1
                self._marks.drop_earlier(place, size, twin)
                above.names.remove(slot.name)
        if slot.element not in above.twins:
            above.twins.append(slot.element)


def _counts_by_bytes(slot: Slot) -> bool:
    return slot.relations or (slot.shape is not None and slot.shape.is_list)


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", element.items())  # the stubs think of bytes, too


def _name(frame: Frame) -> str:
    return frame.slot.element if frame.slot is not None else "xdatenfelder"


def _foreign(element: etree._Element) -> Foreign:
    return Foreign(canonical_text(element).decode())
