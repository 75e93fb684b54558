"""Writes a message as XML, in the order of the XSD and in the layout it came with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gemeinwerk.core.schemas.layout import Layout, character, escaped, expected, usual_prefix
from gemeinwerk.core.schemas.relations import (
    AFTER_CODE,
    AFTER_ID,
    AFTER_ONE,
    Relation,
    Relations,
    Run,
)
from gemeinwerk.core.schemas.shapes import Shape, Slot, places, shape_of
from gemeinwerk.core.schemas.words import Part

_PIECE = 1 << 16
_MANY = 1000
_XML = "http://www.w3.org/XML/1998/namespace"
_ODD_VALUE = re.compile('[&<>"\r\n\t]')

Scope = Mapping[str, str]


def pieces(root: str, namespace: str, content: Part, layout: Layout) -> Iterator[bytes]:
    """Yield the file in pieces of about 64 KB, so that a large one never stands in memory whole.

    The marks of the layout belong to places; when the message has as many as the file had, they
    are kept, else only the general rules of the layout are.
    """
    if layout.places and places(shape_of(type(content), namespace), content) != layout.places:
        layout = Layout(
            declaration=layout.declaration,
            ending=layout.ending,
            prefixes=layout.prefixes,
            indent=layout.indent,
            closing=layout.closing,
            attributes={1: layout.attributes[1]} if 1 in layout.attributes else {},
            lists_qualified=layout.lists_qualified,
        )
    writer = _Writer(layout)
    yield layout.declaration.encode()
    for piece in writer.root(root, namespace, content):
        yield piece.encode()
    yield layout.ending.encode()


class _Writer:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._place = 0
        self._out: list[str] = []
        self._plain = layout.indent is None and not (layout.blanks or layout.strays)
        self._rows: dict[tuple[Any, ...], tuple[str, ...]] = {}

    def root(self, root: str, namespace: str, content: Part) -> Iterator[str]:
        """Yield the whole document."""
        shape = shape_of(type(content), namespace)
        declared = self._layout.prefixes
        if namespace not in dict(declared).values():
            declared = (*declared, (usual_prefix(namespace), namespace))
        scope = dict(declared)
        self._place += 1
        prefix = expected(namespace, "", scope)[0]
        tag = _tag(self._layout.prefixed.get(1, prefix), root)
        yield from self._element(tag, content, shape, scope, declared, 0)
        yield "".join(self._out)

    def _element(
        self,
        tag: str,
        value: Any,
        shape: Shape,
        scope: Scope,
        declared: tuple[tuple[str, str], ...],
        depth: int,
    ) -> Iterator[str]:
        """Write an element that holds others or has attributes."""
        start = f"<{tag}{_declarations(declared)}{self._attributes(value, shape, scope)}"
        if shape.text_field:
            text = getattr(value, shape.text_field)
            self._out.append(self._whole(tag, start, text))
            return
        self._out += (start, ">")
        empty = True
        for name, held in self._children(value, shape):
            empty = False
            yield from self._held(name, held, shape, scope, depth + 1)
            if len(self._out) > _MANY:
                yield from self._flush()
        self._place += 1
        blank = "" if self._plain else self._blank(depth)
        if empty and not blank:
            self._out[-1] = self._layout.closing or f"></{tag}>"
        else:
            self._out.append(f"{blank}</{tag}>")

    def _children(self, value: Any, shape: Shape) -> Iterator[tuple[str, Any]]:
        """Yield what an element holds by field, in the order of the XSD or of the file."""
        order = self._layout.orders.get(self._place) if self._layout.orders else None
        if order is None:
            for name in shape.order:
                held = getattr(value, name)
                if held is not None and held != ():
                    yield name, held
            return
        rows = {name: iter(held) for name in order if type(held := getattr(value, name)) is tuple}
        for name in order:
            yield name, (next(rows[name]),) if name in rows else getattr(value, name)

    def _flush(self) -> Iterator[str]:
        yield "".join(self._out)
        self._out.clear()

    def _held(self, name: str, held: Any, shape: Shape, scope: Scope, depth: int) -> Iterator[str]:
        slot = shape.single[name]
        if slot.relations:
            yield from self._relations(held, slot, scope, depth)
            return
        for one in held if slot.many else (held,):
            if slot.shape is None:
                self._leaf(one, slot, shape, scope, depth)
            else:
                kind = shape.by_class[(name, type(one))]
                tag, below, declared = self._named(kind, shape, scope, depth)
                if kind.shape is not None:
                    yield from self._element(tag, one, kind.shape, below, declared, depth)

    def _leaf(self, text: str, slot: Slot, shape: Shape, scope: Scope, depth: int) -> None:
        tag, _, declared = self._named(slot, shape, scope, depth)
        if slot.foreign:
            self._out.append(text)
            return
        odd = self._odd(scope)
        start = f"<{tag}{_declarations(declared)}{odd}"
        self._out.append(self._whole(tag, start, text))

    def _whole(self, tag: str, start: str, text: str) -> str:
        if text or not self._layout.closing:
            return f"{start}>{escaped(text)}</{tag}>"
        return f"{start}{self._layout.closing}"

    def _named(
        self, slot: Slot, above: Shape, scope: Scope, depth: int
    ) -> tuple[str, Scope, tuple[tuple[str, str], ...]]:
        """Begin a new place: write the blanks, return tag, namespaces in force and new ones."""
        self._place += 1
        if not self._plain:
            self._out.append(self._blank(depth))
        qualified = slot.qualified or (above.is_list and self._layout.lists_qualified)
        namespace = slot.namespace if qualified else ""
        prefix, declared = expected(namespace, usual_prefix(namespace), scope)
        layout = self._layout
        if layout.declared or layout.prefixed:
            prefix = layout.prefixed.get(self._place, prefix)
            declared = layout.declared.get(self._place, declared)
        below = {**scope, **dict(declared)} if declared else scope
        return _tag(prefix, slot.element), below, declared

    def _blank(self, depth: int) -> str:
        stray = self._layout.strays.get(self._place)
        if stray is not None:
            return stray
        found = self._layout.blanks.get(self._place)
        return self._layout.blank(depth) if found is None else escaped(found)

    def _attributes(self, value: Any, shape: Shape, scope: Scope) -> str:
        said = [
            f' {_attribute(name, scope)}="{_value(held)}"'
            for name, field in shape.attributes.items()
            if (held := getattr(value, field)) is not None
        ]
        return "".join(said) + self._odd(scope)

    def _odd(self, scope: Scope) -> str:
        if not self._layout.attributes:
            return ""
        odd = self._layout.attributes.get(self._place, ())
        return "".join(f' {_attribute(name, scope)}="{_value(text)}"' for name, text in odd)

    def _relations(
        self, relations: Relations, slot: Slot, scope: Scope, depth: int
    ) -> Iterator[str]:
        shape = slot.shape
        if shape is None:
            return
        for run in relations.runs:
            if self._special(run):
                yield from self._one_by_one(run, slot, shape, scope, depth)
                continue
            texts = self._texts(run, slot, shape, scope, depth)
            places = run.form.elements + run.form.containers
            for block in _blocks(run.text):
                yield from self._flush()
                yield _row(escaped(block), *texts)
                self._place += block.count(AFTER_ONE) * places

    def _special(self, run: Run) -> bool:
        """Tell whether something in this run is laid out in a way of its own."""
        layout = self._layout
        last = self._place + run.size * (run.form.elements + run.form.containers)
        marks = (layout.blanks, layout.strays, layout.attributes, layout.declared, layout.prefixed)
        return any(self._place < place <= last for each in marks for place in each)

    def _one_by_one(
        self, run: Run, slot: Slot, shape: Shape, scope: Scope, depth: int
    ) -> Iterator[str]:
        for relation in Relations((run,)):
            tag, below, declared = self._named(slot, shape, scope, depth)
            yield from self._element(tag, relation, shape, below, declared, depth)
            if len(self._out) > _MANY:
                yield from self._flush()

    def _texts(
        self, run: Run, slot: Slot, shape: Shape, scope: Scope, depth: int
    ) -> tuple[str, ...]:
        """Return what stands before, between and after the three values of a relation."""
        key = (run.form, depth)
        if key not in self._rows:
            probe = Run(run.form, f"\x02{AFTER_CODE}\x03{AFTER_ID}\x04{AFTER_ONE}")
            kept, place = self._out, self._place
            self._out = []
            list(self._one_by_one(probe, slot, shape, scope, depth))
            whole = "".join(self._out)
            self._out, self._place = kept, place
            self._rows[key] = tuple(_split(whole, run))
        return self._rows[key]


def _split(whole: str, run: Run) -> Iterator[str]:
    """Yield the texts around the marks \\x02, \\x03 and \\x04; a part that is missing has none."""
    rest = whole
    for mark in "\x02\x03\x04":
        before, found, after = rest.partition(mark)
        yield before if found else ""
        rest = after if found else rest
    yield rest


def _row(text: str, before: str, first: str, second: str, last: str) -> str:
    """Return relations written out; all work is done by the string itself."""
    written = (
        text.replace(AFTER_CODE, first).replace(AFTER_ID, second).replace(AFTER_ONE, last + before)
    )
    return before + written[: len(written) - len(before)]


def _blocks(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find(AFTER_ONE, start + (_PIECE >> 3))
        end = len(text) if end < 0 else end + 1
        yield text[start:end]
        start = end


def _tag(prefix: str, element: str) -> str:
    return f"{prefix}:{element}" if prefix else element


def _declarations(declared: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        f' xmlns{":" + prefix if prefix else ""}="{_value(uri)}"' for prefix, uri in declared
    )


def _attribute(name: str, scope: Scope) -> str:
    """Return the written name of an attribute, which may stand in a namespace."""
    if not name.startswith("{"):
        return name
    uri, _, local = name[1:].partition("}")
    if uri == _XML:
        return f"xml:{local}"
    prefix = next(each for each, known in scope.items() if known == uri and each)
    return f"{prefix}:{local}"


def _value(text: str) -> str:
    return _ODD_VALUE.sub(character, text) if _ODD_VALUE.search(text) else text


__all__ = ["Relation", "pieces"]
