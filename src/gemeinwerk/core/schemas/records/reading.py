"""Reads an element into a record; what does not fit is carried along and told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from gemeinwerk.core.schemas.errors import EmptyFileError
from gemeinwerk.core.schemas.layout import around
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.records.model import (
    Kept,
    Plan,
    Record,
    Slot,
    Unknown,
    plan_of,
    usual_blanks,
)
from gemeinwerk.core.schemas.records.model import type_name as standard_name
from gemeinwerk.core.schemas.records.values import read_plain, write_plain
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.xml import instruction, line_of, parsed, utf8_of

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_MOST_FINDINGS = 500


class MisfitError(Exception):
    """The element is not what the class says; the caller keeps it word for word."""


@dataclass(slots=True)
class Source:
    """What reading needs to know of the file: its namespace, and what was noted so far."""

    namespace: str
    code: str  # of the findings, such as "schema.xzufi_kept"
    prefix: str = ""
    findings: list[Finding] = field(default_factory=list)

    def note(self, element: etree._Element, place: str) -> None:
        """Tell that an element is carried along unread."""
        if len(self.findings) < _MOST_FINDINGS:
            params: dict[str, str | int] = {
                "element": shown(etree.QName(element).localname),
                "line": line_of(element),
            }
            self.findings.append(Finding("warning", place, self.code, params))


def whole_tree(data: bytes, *, limit: int) -> tuple[etree._Element, tuple[str, str]]:
    """Return the root of a hostile file and what stands around it, read under the usual limits."""
    utf8 = utf8_of(data, limit=limit)
    root: etree._Element | None = None
    for name, element in parsed(utf8, limit=limit, longest=limit, everything=True):
        if root is None and name == "start":
            root = element
    if root is None:
        raise EmptyFileError
    return root, around(utf8)


def read_record(record: type[Record], element: etree._Element, source: Source, place: str) -> Any:
    """Return the record in an element, or raise MisfitError."""
    return _typed(record, element, source, place, expected=None)


class _Reading:
    """One element on its way into one record."""

    def __init__(
        self, record: type[Record], element: etree._Element, source: Source, place: str
    ) -> None:
        self.record, self.element, self.source, self.place = record, element, source, place
        self.plan: Plan = plan_of(record)
        self.values: dict[str, Any] = {}
        self.order: list[str] = []
        self.unknown: list[Unknown] = []
        self.attributes: list[tuple[str, str]] = []
        self.spelling: list[tuple[str, int, str]] = []

    def result(self) -> Record:
        self._attributes()
        self._text()
        for child in self.element:
            self._child(child)
        for slot in self.plan.slots:
            if slot.many:
                self.values[slot.name] = tuple(self.values.get(slot.name, ()))
            elif slot.name not in self.values:
                if not slot.optional:
                    raise MisfitError(slot.tag)
                self.values[slot.name] = None
        kept = Kept(
            unknown=tuple(self.unknown),
            attributes=tuple(self.attributes),
            order=self._odd_order(),
            spelling=tuple(self.spelling),
            blanks=self._odd_blanks(),
        )
        return self.record(**self.values, kept=kept)

    def _attributes(self) -> None:
        for raw_name, raw_value in self.element.attrib.items():
            name, value = str(raw_name), str(raw_value)
            slot = self.plan.by_attribute.get(name)
            if slot is None:
                if name != XSI_TYPE:
                    self.attributes.append((name, value))
                continue
            found = read_plain(value, slot.options)
            if found is None or write_plain(found) != value:
                raise MisfitError(name)
            self.values[slot.name] = found

    def _text(self) -> None:
        slot = self.plan.text
        text = self.element.text or ""
        if slot is None:
            stray = [text, *((child.tail or "") for child in self.element)]
            if any(part.strip() for part in stray):
                raise MisfitError("text")
            return
        if len(self.element):
            raise MisfitError("children")
        found = read_plain(text, slot.options)
        if found is None:
            raise MisfitError("value")
        if write_plain(found) != text:
            self.spelling.append((slot.name, 0, text))
        self.values[slot.name] = found

    def _child(self, child: etree._Element) -> None:
        if isinstance(child, etree._ProcessingInstruction):
            self.unknown.append(Unknown("?", instruction(child)))
            self.order.append("*")
            return
        slot, flipped = self._slot_of(child)
        try:
            twice = slot is not None and not slot.many and slot.name in self.values
            if slot is None or twice or _speaks_otherwise(child, self.source.prefix):
                raise MisfitError(child.tag)
            found = self._value(slot, child)
        except MisfitError:
            self._keep(child)
            return
        if slot.many:
            self.values.setdefault(slot.name, []).append(found)
        else:
            self.values[slot.name] = found
        self.order.append(slot.name + ("!" if flipped else ""))

    def _slot_of(self, child: etree._Element) -> tuple[Slot | None, bool]:
        name = etree.QName(child)
        bare = not name.namespace
        if not bare and name.namespace != self.source.namespace:
            return None, False
        slot = self.plan.by_tag.get((bare, name.localname))
        if slot is not None:
            return slot, False
        return self.plan.by_tag.get((not bare, name.localname)), True

    def _keep(self, child: etree._Element) -> None:
        self.source.note(child, self.place)
        text = etree.tostring(child, encoding="unicode", with_tail=False)
        self.unknown.append(Unknown(etree.QName(child).localname, text))
        self.order.append("*")

    def _value(self, slot: Slot, child: etree._Element) -> Any:
        if slot.leaf and str in slot.options and len(slot.options) > 1:
            return _text_or_record(slot, child, self.source)
        if slot.leaf:
            return self._plain(slot, child)
        place = f"{self.place}.{slot.tag}" if self.place else slot.tag
        if len(slot.options) == 1:
            return _typed(slot.options[0], child, self.source, place, expected=None)
        return _one_of(slot, child, self.source, place)

    def _plain(self, slot: Slot, child: etree._Element) -> Any:
        if len(child) or child.attrib:
            raise MisfitError(slot.tag)
        text = child.text or ""
        found = read_plain(text, slot.options)
        if found is None:
            raise MisfitError(slot.tag)
        if write_plain(found) != text:
            number = len(self.values.get(slot.name, ())) if slot.many else 0
            self.spelling.append((slot.name, number, text))
        return found

    def _odd_blanks(self) -> tuple[str, ...]:
        if self.plan.text is not None:
            return ()
        tails = [child.tail or "" for child in self.element]
        blanks = (self.element.text or "", *tails)
        level = sum(1 for _ in self.element.iterancestors())
        return blanks if blanks != usual_blanks(level, len(tails)) else ()

    def _odd_order(self) -> tuple[str, ...]:
        places = self.plan.place
        usual = sorted(self.order, key=lambda name: places.get(name, len(places)))
        flipped = any(name.endswith("!") for name in self.order)
        return tuple(self.order) if flipped or usual != self.order else ()


def _speaks_otherwise(child: etree._Element, prefix: str) -> bool:
    """Tell whether an element declares namespaces of its own or uses another prefix.

    Such an element is kept whole: written anew it would say the same, but not identically.
    """
    above = child.getparent()
    mine = {name: uri for name, uri in child.nsmap.items() if uri}
    theirs = {name: uri for name, uri in above.nsmap.items() if uri} if above is not None else mine
    if not etree.QName(child).namespace:  # xmlns="" belongs to it
        mine.pop(None, None)
        theirs.pop(None, None)
        return mine != theirs
    return mine != theirs or (child.prefix or "") != prefix


def _text_or_record(slot: Slot, child: etree._Element, source: Source) -> Any:
    """Read a value that is plain text, or a record made of text that has a sign of its own."""
    if len(child) or child.attrib:
        raise MisfitError(slot.tag)
    text = child.text or ""
    for option in slot.options:
        sign = getattr(option, "SIGN", "")
        if sign and text.startswith(sign):
            return _Reading(option, child, source, "").result()
    return text


def _one_of(slot: Slot, child: etree._Element, source: Source, place: str) -> Any:
    """Read what may be of several classes: xsi:type says which, else what fits best."""
    said = child.get(XSI_TYPE)
    if said is not None:
        local = said.rpartition(":")[2]
        for option in slot.options:
            if standard_name(option) == local:
                return _typed(option, child, source, place, expected=local)
    best: Any = None
    for option in slot.options:
        trial = Source(source.namespace, source.code, source.prefix)
        try:
            found = _typed(option, child, trial, place, expected="")
        except MisfitError:
            continue
        if best is None or len(trial.findings) < len(best[1].findings):
            best = (found, trial)
    if best is None:
        raise MisfitError(slot.tag)
    source.findings.extend(best[1].findings)
    return best[0]


def _typed(
    option: type, child: etree._Element, source: Source, place: str, *, expected: str | None
) -> Any:
    """Read a record and remember an xsi:type that the writer would not set by itself."""
    found = _Reading(option, child, source, place).result()
    said = child.get(XSI_TYPE)
    if expected is None and said is None:
        return found
    return _with_type(found, said or "")


def _with_type(record: Record, name: str) -> Record:
    return replace(record, kept=replace(record.kept, type_name=name))
