"""How a file was written, beyond what it says: prefixes, indentation, odd blanks.

A message knows its layout, so that it is written back as it came. Layout never counts when
messages are compared. Places are numbered in document order: each start of an element is one,
and each end of an element that holds others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_ENCODING = re.compile(rb"""(<\?xml[^>]{0,400}?encoding\s*=\s*["'])([\w.-]+)""")
_UTF8 = (b"utf-8", b"utf8")
_MOST_AROUND = 1 << 16
_AROUND = re.compile(rb"(?:[ \t\r\n]++|<!--.*?-->|<\?.*?\?>)*+", re.DOTALL)
_NAME = re.compile(rb"<([^\s/>]{1,200})")
_CLOSING = re.compile(rb" ?/>")
_FULL = re.compile(rb"<([^\s<>/]+)></\1>")
_INDENT = re.compile(r"\n([ \t]*)")
DECLARATION = "<?xml version='1.0' encoding='utf-8'?>\n"


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """The layout of one file; what follows its own rules needs no entry in the mappings."""

    # what stands before the first element: the declaration, instructions and comments
    declaration: str = DECLARATION
    # what stands behind the last one
    ending: str = ""
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
    # as `blanks`, with instructions and empty twins among them, as they were written
    strays: Mapping[int, str] = {}
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


def around(data: bytes) -> tuple[str, str]:
    """Return what stands before the first and behind the last element of a file in UTF-8."""
    found = _AROUND.match(data, 0, _MOST_AROUND)
    start = found.end() if found else 0
    before = _ENCODING.sub(_honest, data[:start]) if data.startswith(b"<", start) else b""
    name = _NAME.match(data, start)
    end = data.rfind(b"</" + name[1], max(start, len(data) - _MOST_AROUND)) if name else -1
    end = data.find(b">", end) + 1 if end >= 0 else len(data)
    behind = data[end:]
    return before.decode(), behind.decode() if _AROUND.fullmatch(behind) else ""


def _honest(found: re.Match[bytes]) -> bytes:
    """Name the encoding that is written, whatever the file came in."""
    return found[0] if found[2].lower() in _UTF8 else found[1] + b"UTF-8"


def closing_of(data: bytes) -> str:
    """Return how the first empty element of a file ends."""
    found = _CLOSING.search(data)
    if found is not None:
        return found[0].decode()
    return "" if _FULL.search(data) is not None else "/>"


_ODD_TEXT = re.compile("[&<>\r]")
_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#9;",
}


def escaped(text: str) -> str:
    """Return a text as it stands in XML."""
    return _ODD_TEXT.sub(character, text) if _ODD_TEXT.search(text) else text


def character(found: re.Match[str]) -> str:
    """Return what stands in XML for a character that has another meaning there."""
    return _ESCAPES[found[0]]


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
