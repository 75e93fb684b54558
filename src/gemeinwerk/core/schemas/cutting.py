"""Takes relations out of a file before it is parsed: regular text needs no XML parser.

The first relation of each row stays and is parsed; those that follow it and differ only in code,
id and version are packed straight from the bytes. Only what fits one strict pattern of plain
letters is taken, so nothing hostile can hide in it. Nothing at all is taken from a file with
namespaces declared inside, or with a comment or CDATA section that holds a relation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gemeinwerk.core.schemas.relations import AFTER_CODE, AFTER_ID, AFTER_ONE

_ROOT = re.compile(rb'<([A-Za-z_][\w.-]*):xdatenfelder\.[^>"]*(?:"[^"]*"[^>"]*)*>')
_AT_ONCE = 4096
_MOST_HIDDEN = 1000
_MOST_PROLOG = 1 << 16
_CODE, _ID, _VERSION = rb"[\w.-]{1,20}", rb"[\w.-]{1,60}", rb"[\d.]{1,20}"
_ATTRIBUTES = rb'(?: [A-Za-z]{1,20}="[^"<&\r\n\t]{0,200}"){0,3}'


@dataclass(slots=True)
class Cut:
    """What is left to parse, and what follows the n-th relation in it (counted from 1)."""

    rest: bytes
    after: Mapping[int, str] = field(default_factory=dict)


def cut_relations(data: bytes) -> Cut:
    """Take the relations out of a file in UTF-8, where that is safe."""
    root = _ROOT.search(data, 0, _MOST_PROLOG)
    if root is None or root[0].count(b"xmlns:" + root[1] + b"=") != 1 or b"xmlns=" in root[0]:
        return Cut(data)
    inside = root.end()
    patterns = _Patterns(root[1])
    if data.find(b"xmlns", inside) >= 0 or _hides(data, inside, patterns.start):
        return Cut(data)
    return _cut(data, inside, patterns)


def _hides(data: bytes, place: int, start: bytes) -> bool:
    """Tell whether what looks like a relation may stand in a comment, a CDATA section and such."""
    for mark, ends in ((b"<!", (b"-->", b"]]>")), (b"<?", (b"?>",))):
        here, count = place, 0
        while (here := data.find(mark, here)) >= 0:
            kind = ends[-1] if data.startswith(b"<![", here) else ends[0]
            end = data.find(kind, here)
            count += 1
            if end < 0 or count > _MOST_HIDDEN or data.find(start, here, end) >= 0:
                return True
            here = end
    return False


class _Patterns:
    """The patterns of a relation for one prefix."""

    def __init__(self, prefix: bytes) -> None:
        self.start = b"<" + prefix + b":relation>"
        names = (b"relation", b"praedikat", b"objekt", b"id", b"version")
        self._tags = {name: re.escape(prefix + b":" + name) for name in names}
        self.first = re.compile(self._text(b"(" + _ATTRIBUTES + b")", b"(", b")", optional=True))
        self._known: dict[tuple[bytes, bool], tuple[re.Pattern[bytes], re.Pattern[bytes]]] = {}

    def alike(self, attributes: bytes, *, version: bool) -> tuple[re.Pattern[bytes], ...]:
        """Return two patterns: for one relation with these attributes, and for a row of them."""
        key = attributes, version
        if key not in self._known:
            said = re.escape(attributes)
            one = self._text(said, b"(", b")", version=version)
            row = self._text(said, b"(?:", b")", version=version)
            self._known[key] = (
                re.compile(one),
                re.compile(b"(?:" + row + b"){0,%d}+" % _AT_ONCE),
            )
        return self._known[key]

    def _text(
        self,
        attributes: bytes,
        begin: bytes,
        end: bytes,
        *,
        version: bool = True,
        optional: bool = False,
    ) -> bytes:
        tag = self._tags
        said = b"<%b>" % tag[b"version"] + begin + _VERSION + end + b"</%b>" % tag[b"version"]
        if optional:
            said = b"(?:" + said + b")?"
        return b"".join(
            (
                b"<%b><%b" % (tag[b"relation"], tag[b"praedikat"]),
                attributes + b"><code>" + begin + _CODE + end + b"</code>",
                b"</%b><%b>" % (tag[b"praedikat"], tag[b"objekt"]),
                b"<%b>" % tag[b"id"] + begin + _ID + end + b"</%b>" % tag[b"id"],
                said if version else b"",
                b"</%b></%b>" % (tag[b"objekt"], tag[b"relation"]),
            )
        )


def _cut(data: bytes, place: int, patterns: _Patterns) -> Cut:
    kept: list[bytes] = []
    after: dict[int, str] = {}
    taken = number = 0
    while (place := data.find(patterns.start, place)) >= 0:
        number += 1
        first = patterns.first.match(data, place)
        if first is None:
            place += 1
            continue
        end = first.end()
        one, row = patterns.alike(first[1], version=first[4] is not None)
        packed, place = _row(data, end, one, row, version=first[4] is not None)
        if packed:
            after[number] = packed
            kept.append(data[taken:end])
            taken = place
    if not after:
        return Cut(data)
    kept.append(data[taken:])
    return Cut(b"".join(kept), after)


def _row(
    data: bytes,
    place: int,
    one: re.Pattern[bytes],
    row: re.Pattern[bytes],
    *,
    version: bool,
) -> tuple[str, int]:
    """Return the relations that stand at a place, packed, and where they end."""
    packed: list[str] = []
    while True:
        found = row.match(data, place)
        if found is None or found.end() == place:
            return "".join(packed), place
        for parts in one.findall(data, place, found.end()):
            code, number, *rest = parts
            packed.append(
                f"{code.decode()}{AFTER_CODE}{number.decode()}{AFTER_ID}"
                f"{rest[0].decode() if version else ''}{AFTER_ONE}"
            )
        packed = ["".join(packed)]
        place = found.end()
