"""How a file was written, beyond what it says: prefixes, indentation, odd blanks.

A message knows its layout, so that it is written back as it came. Layout never counts when
messages are compared. Places are numbered in document order: each start of an element is one,
and each end of an element that holds others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_CLOSING = re.compile(rb" ?/>")
_FULL = re.compile(rb"<([^\s<>/]+)></\1>")
_INDENT = re.compile(r"\n([ \t]*)")
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The layout of one file; what follows its own rules needs no entry in the mappings."""

    # what stands before the first element when it is nothing but the declaration
    declaration: str = DECLARATION
    # declared at the first element: (prefix or "", namespace)
    prefixes: tuple[tuple[str, str], ...] = ()
    # None: no blanks between elements
    indent: str | None = None
    # how an empty element ends; "": with an end tag of its own
    closing: str = "/>"
    # code lists of the portal put their inner elements into the namespace, against the XSD
    lists_qualified: bool = False
    # how many places the message had; the mappings count only while it still has as many
    places: int = 0
    blanks: Mapping[int, str] = {}
    attributes: Mapping[int, tuple[tuple[str, str], ...]] = {}
    declared: Mapping[int, tuple[tuple[str, str], ...]] = {}
    prefixed: Mapping[int, str] = {}
    # fields of an element in the order of the file, where the XSD wants another
    orders: Mapping[int, tuple[str, ...]] = {}

    def blank(self, depth: int) -> str:
        """Return what stands before a tag of this depth unless `blanks` says otherwise."""
        return "" if self.indent is None else "\n" + self.indent * depth


def indent_of(blank: str) -> str | None:
    """Return the indentation of a file, by what stands before its second tag."""
    found = _INDENT.fullmatch(blank)
    return found[1] if found else None


_USUAL = {
    "urn:xoev-de:fim:standard:xdatenfelder_2": "xdf",
    "urn:xoev-de:fim:standard:xdatenfelder_3.0.0": "xdf3",
    "http://docs.oasis-open.org/codelist/ns/genericode/1.0/": "gc",
}


def usual_prefix(namespace: str) -> str:
    """Return the prefix that everybody uses for a namespace."""
    return _USUAL.get(namespace, "ns")


def closing_of(data: bytes) -> str:
    """Return how the first empty element of a file ends."""
    found = _CLOSING.search(data)
    if found is not None:
        return found[0].decode()
    return "" if _FULL.search(data) is not None else "/>"


Scope = Mapping[str, str]
NO_NAMESPACE: tuple[tuple[str, str], ...] = (("", ""),)


def expected(namespace: str, usual: str, scope: Scope) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return prefix and declarations of an element when nothing odd is done.

    `usual` is the prefix to declare when the namespace has none yet.
    """
    if not namespace:
        return "", NO_NAMESPACE if scope.get("") else ()
    for prefix, known in scope.items():
        if known == namespace:
            return prefix, ()
    return usual, ((usual, namespace),)
