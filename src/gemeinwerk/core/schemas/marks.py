"""Notes while reading how a file is laid out; the result is its `Layout`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gemeinwerk.core.schemas.layout import Layout, Scope, escaped, expected, indent_of, usual_prefix
from gemeinwerk.core.schemas.shapes import Shape, Slot
from gemeinwerk.core.schemas.xml import canonical_text, instruction, split_name

_DECLARES = re.compile(r' xmlns(?::[^=]*)?="[^"]*"')

Declared = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Marks:
    """Counts the places of a file and remembers what its general rules do not tell."""

    place: int = 0
    careful: bool = False
    layout: Layout = field(default_factory=Layout)
    lists_qualified: bool | None = None
    pending: str = ""
    blanks: dict[int, str] = field(default_factory=dict)
    strays: dict[int, str] = field(default_factory=dict)
    attributes: dict[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    declared: dict[int, Declared] = field(default_factory=dict)
    prefixed: dict[int, str] = field(default_factory=dict)
    orders: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def begin(self, root: etree._Element, declared: Declared, *, careful: bool) -> Scope:
        """Take in the first element; return the namespaces it puts in force."""
        self.place += 1
        self.layout = Layout(prefixes=declared)
        uris = [uri for _, uri in declared]
        # only where a namespace is declared inside or twice can a prefix be a surprise
        self.careful = careful or len(set(uris)) < len(uris)
        scope = dict(declared)
        if (root.prefix or "") != expected(split_name(root)[0], "", scope)[0]:
            self.prefixed[self.place] = root.prefix or ""
        return scope

    def blank(self, found: str | None, depth: int) -> None:
        """Take in what stands before a tag."""
        if self.pending:
            self.strays[self.place] = self.pending + escaped(found or "")
            self.pending = ""
            return
        if self.place == 2:
            self.layout = Layout(prefixes=self.layout.prefixes, indent=indent_of(found or ""))
        if found or self.layout.indent is not None:
            blank = found or ""
            if blank != self.layout.blank(depth):
                self.blanks[self.place] = blank

    def name(
        self, element: etree._Element, slot: Slot, above: Shape, scope: Scope, declared: Declared
    ) -> Scope:
        """Take in prefix and namespaces of an element; return the namespaces in force in it."""
        namespace = slot.namespace if slot.qualified else self._inside_list(element, above)
        if not self.careful and element.tag == (
            f"{{{namespace}}}{slot.element}" if namespace else slot.element
        ):
            return scope
        prefix, usual = expected(namespace, usual_prefix(namespace), scope)
        if (element.prefix or "") != prefix or split_name(element)[0] != namespace:
            self.prefixed[self.place] = element.prefix or ""
        if declared != usual:
            self.declared[self.place] = declared
        return {**scope, **dict(declared)} if declared else scope

    def stray(self, node: etree._Element) -> None:
        """Keep an instruction or an empty twin; it comes back before the next place."""
        self.pending += escaped(blank_before(node) or "") + _verbatim(node)

    def drop(self, first: int, node: etree._Element) -> None:
        """Take back the places since `first`: their element is an empty twin and only kept."""
        before = self._before(first, node)
        for marks in self._all():
            for place in range(first, self.place + 1):
                marks.pop(place, None)
        self.place = first - 1
        self.pending = before + _verbatim(node)

    def drop_earlier(self, first: int, size: int, node: etree._Element) -> None:
        """Take back `size` places from `first` on, where an empty twin stands."""
        before = self._before(first, node)
        behind = self.strays.get(first + size, escaped(node.tail or ""))
        for marks in self._all():
            for place in range(first, self.place + 1):
                said = marks.pop(place, None)
                if place >= first + size and said is not None:
                    marks[place - size] = said
        self.place -= size
        self.strays[first] = before + _verbatim(node) + behind

    def _before(self, place: int, node: etree._Element) -> str:
        return self.strays.get(place, escaped(blank_before(node) or ""))

    def _all(self) -> tuple[dict[int, Any], ...]:
        return (
            self.blanks, self.strays, self.attributes, self.declared, self.prefixed, self.orders
        )  # fmt: skip

    def repeat(self, first: int, times: int) -> None:
        """Mark what follows as the places since `first` are marked, many times over."""
        size = self.place - first + 1
        for marks in (self.blanks, self.attributes, self.declared, self.prefixed):
            _repeat(marks, range(first, self.place + 1), times)
        self.place += size * times

    def result(self, before: str, behind: str, closing: str) -> Layout:
        """Return the layout of the whole file."""
        return Layout(
            declaration=before,
            ending=behind,
            prefixes=self.layout.prefixes,
            indent=self.layout.indent,
            closing=closing,
            lists_qualified=bool(self.lists_qualified),
            places=self.place,
            blanks=self.blanks,
            strays=self.strays,
            attributes=self.attributes,
            declared=self.declared,
            prefixed=self.prefixed,
            orders=self.orders,
        )

    def _inside_list(self, element: etree._Element, above: Shape) -> str:
        """Return the namespace to expect inside a code list: that of its first inner element."""
        if not above.is_list:
            return ""
        if self.lists_qualified is None:
            self.lists_qualified = bool(split_name(element)[0])
        return above.namespace if self.lists_qualified else ""


def blank_before(element: etree._Element) -> str | None:
    """Return the text between an element and the tag before it."""
    before = element.getprevious()
    if before is not None:
        return before.tail
    parent = element.getparent()
    return parent.text if parent is not None else None


def whole_text(element: etree._Element) -> str:
    """Return the text of an element, also where instructions stand in it."""
    return "".join((element.text or "", *(each.tail or "" for each in element)))


def _verbatim(node: etree._Element) -> str:
    """Return a node as XML, without the namespaces that are in force around it."""
    if isinstance(node, etree._ProcessingInstruction):
        return instruction(node)
    text = canonical_text(node).decode()
    above = node.getparent()
    if above is not None and node.nsmap == above.nsmap:
        start, end, rest = text.partition(">")
        return _DECLARES.sub("", start) + end + rest
    return text


def _repeat(marks: dict[int, Any], places: range, times: int) -> None:
    for place in places:
        if place in marks:
            said = marks[place]
            for again in range(1, times + 1):
                marks[place + again * len(places)] = said
