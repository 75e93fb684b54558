"""Takes relations out of a file before it is parsed: regular text needs no XML parser.

The first relation of each row stays and is parsed; those that follow it and differ only in code,
id and version, blanks between the tags included, are packed straight from the bytes. What is true
of the first (prefix, namespaces, depth) is true of them, for they are its next siblings. Only what
fits one strict pattern of plain letters is taken, so nothing hostile can hide in it. Nothing at
all is taken from a file with a comment, an instruction or a CDATA section that holds a relation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gemeinwerk.core.schemas.relations import AFTER_CODE, AFTER_ID, AFTER_ONE

_AT_ONCE = 4096
_LONGEST_ROW = 50_000  # their line ends are kept in one tag, and long tags are refused
_MOST_HIDDEN = 1000
_MOST_BLANKS = 200
_CODE, _ID, _VERSION = rb"[\w.-]{1,20}", rb"[\w.-]{1,60}", rb"[\d.]{1,20}"
_ATTRIBUTES = rb'(?: [A-Za-z]{1,20}="[^"<&\r\n\t]{0,200}"){0,3}'
_BLANK = rb"[ \t\r\n]{0,%d}+" % _MOST_BLANKS
_ANY = re.compile(rb"<((?:[A-Za-z_][\w.-]{0,60}:)?)relation(?=[ \t\r\n/>])")
_BEFORE = re.compile(rb"(?<=>)[ \t\r\n]*\Z")
# a tag or value, and what a relation is made of, in order
_PLAN = (
    b"<{p}relation>", b"<{p}praedikat{a}>", b"<code{x}>", b"</code>", b"</{p}praedikat>",
    b"<{p}objekt>", b"<{p}id>", b"</{p}id>", b"<{p}version>", b"</{p}version>", b"</{p}objekt>",
    b"</{p}relation>",
)  # fmt: skip
_VALUES = {2: _CODE, 6: _ID, 8: _VERSION}  # which tag is followed by a value, not by a blank
_OF_VERSION = (8, 9)


@dataclass(slots=True)
class Cut:
    """What is left to parse, and what follows the n-th relation in it (counted from 1)."""

    rest: bytes
    after: Mapping[int, str] = field(default_factory=dict)


def cut_relations(data: bytes) -> Cut:
    """Take the relations out of a file in UTF-8, where that is safe."""
    if data.find(b"relation") < 0 or _hides(data):
        return Cut(data)
    kept: list[bytes] = []
    after: dict[int, str] = {}
    taken = place = number = 0
    while (found := _ANY.search(data, place)) is not None:
        number += 1
        first = _first(found[1]).match(data, found.start())
        if first is None:
            place = found.end()
            continue
        end = first.end()
        packed, place = _row(data, first)
        if packed:
            after[number] = packed
            # what was taken leaves its line ends inside the end tag, so that lines stay countable
            kept += (data[taken : end - 1], b"\n" * data.count(b"\n", end, place), b">")
            taken = place
    if not after:
        return Cut(data)
    kept.append(data[taken:])
    return Cut(b"".join(kept), after)


def _hides(data: bytes) -> bool:
    """Tell whether what looks like a relation may stand in a comment, a CDATA section and such."""
    for mark, ends in ((b"<!", (b"-->", b"]]>")), (b"<?", (b"?>",))):
        here = count = 0
        while (here := data.find(mark, here)) >= 0:
            kind = ends[-1] if data.startswith(b"<![", here) else ends[0]
            end = data.find(kind, here)
            count += 1
            if end < 0 or count > _MOST_HIDDEN or data.find(b"relation", here, end) >= 0:
                return True
            here = end
    return False


_firsts: dict[bytes, re.Pattern[bytes]] = {}


def _first(prefix: bytes) -> re.Pattern[bytes]:
    """Return the pattern of a relation with any blanks; its groups say what was there."""
    if prefix not in _firsts:
        if len(_firsts) > 100:
            _firsts.clear()  # prefixes come from files
        parts = []
        for number, tag in enumerate(_PLAN):
            said = _tag(tag, prefix, b"(" + _ATTRIBUTES + b")", b'( xmlns="")?')
            if number in _VALUES:
                said += _VALUES[number]
            elif number < len(_PLAN) - 1:
                said += b"(" + _BLANK + b")"
            parts.append(said)
        low, high = _OF_VERSION
        version = b"(?:" + b"".join(parts[low : high + 1]) + b")?"
        _firsts[prefix] = re.compile(b"".join((*parts[:low], version, *parts[high + 1 :])))
    return _firsts[prefix]


def _tag(tag: bytes, prefix: bytes, attributes: bytes, unbound: bytes) -> bytes:
    return (
        tag.replace(b"{p}", re.escape(prefix)).replace(b"{a}", attributes).replace(b"{x}", unbound)
    )


def _row(data: bytes, first: re.Match[bytes]) -> tuple[str, int]:
    """Return the relations that follow the first and look like it, packed, and where they end."""
    one, row, version = _alike(data, first)
    packed: list[str] = []
    place, size = first.end(), 0
    while size < _LONGEST_ROW:
        found = row.match(data, place)
        if found is None or found.end() == place:
            break
        each = one.findall(data, place, found.end())
        size += len(each)
        packed += [
            f"{code.decode()}{AFTER_CODE}{number.decode()}{AFTER_ID}"
            f"{rest[0].decode() if version else ''}{AFTER_ONE}"
            for code, number, *rest in each
        ]
        packed = ["".join(packed)]
        place = found.end()
    return "".join(packed), place


def _alike(
    data: bytes, first: re.Match[bytes]
) -> tuple[re.Pattern[bytes], re.Pattern[bytes], bool]:
    """Return two patterns, for one relation written like the first and for a row of them."""
    start = first.start()
    before = _BEFORE.search(data, max(0, start - _MOST_BLANKS), start)
    prefix = data[start + 1 : data.index(b"relation", start)]
    groups = iter(first.groups())
    version = first.group(0).find(b"version>") >= 0
    one, row = [], []
    for number, tag in enumerate(_PLAN):
        skipped = number in _OF_VERSION and not version
        attributes = next(groups) if b"{a}" in tag else b""
        unbound = next(groups) if b"{x}" in tag else b""
        literal = _tag(tag, prefix, re.escape(attributes or b""), re.escape(unbound or b""))
        blank = b""
        if number not in _VALUES and number < len(_PLAN) - 1:
            blank = next(groups) or b""
        if skipped:
            continue
        value = _VALUES.get(number)
        one.append(literal + (b"(" + value + b")" if value else re.escape(blank)))
        row.append(literal + (value or re.escape(blank)))
    lead = re.escape(before[0]) if before is not None else b"(?!)"
    text = lead + b"".join(row)
    return (
        re.compile(lead + b"".join(one)),
        re.compile(b"(?:" + text + b"){0,%d}+" % _AT_ONCE),
        version,
    )
