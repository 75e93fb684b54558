"""Notes while reading how a file is laid out; the result is its `Layout`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from gemeinwerk.core.schemas.layout import Layout, Scope, expected, indent_of, usual_prefix
from gemeinwerk.core.schemas.shapes import Shape, Slot
from gemeinwerk.core.schemas.xml import split_name

Declared = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Marks:
    """Counts the places of a file and remembers what its general rules do not tell."""

    place: int = 0
    careful: bool = False
    layout: Layout = field(default_factory=Layout)
    lists_qualified: bool | None = None
    blanks: dict[int, str] = field(default_factory=dict)
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

    def repeat(self, first: int, times: int) -> None:
        """Mark what follows as the places since `first` are marked, many times over."""
        size = self.place - first + 1
        for marks in (self.blanks, self.attributes, self.declared, self.prefixed):
            _repeat(marks, range(first, self.place + 1), times)
        self.place += size * times

    def result(self, declaration: str, closing: str) -> Layout:
        """Return the layout of the whole file."""
        return Layout(
            declaration=declaration,
            prefixes=self.layout.prefixes,
            indent=self.layout.indent,
            closing=closing,
            lists_qualified=bool(self.lists_qualified),
            places=self.place,
            blanks=self.blanks,
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


def _repeat(marks: dict[int, Any], places: range, times: int) -> None:
    for place in places:
        if place in marks:
            said = marks[place]
            for again in range(1, times + 1):
                marks[place + again * len(places)] = said
