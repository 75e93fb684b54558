"""Writes XSD regular expressions of fields anew: as ECMA-262 for JSON Schema, and as strict XSD.

What readers tolerated (a leading ^, a trailing $, (?:...), needless escapes) is left out on the
way; `pattern_notes` names it. The result says the same about every text as our own engine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from gemeinwerk.core.forms.pattern_syntax import (
    ANY,
    BLOCKS,
    Chars,
    Either,
    Part,
    PatternError,
    Reader,
    Repeat,
    Sequence,
)
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.kernel.latin import characters_of

Write = Callable[[Chars], str]

_NAMED = re.compile(r"\\[pPdDsSwWiIcC]|-\[")
"""Sets by name, and classes of which another one is taken away."""
_TURNED = re.compile(r"\\[PDSWiIcC]|-\[")
_MOVED = "ẞªº§¶"
"""Letters and signs that older Unicode tables (libxml2) sort elsewhere: named one by one."""
_LAST = chr(0x10FFFF)
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
# As members of a class, without its brackets; a negated escape is the rest of all characters.
_MEMBERS = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "s": r" \t\n\r",
    "S": "\0-\x08\x0b\x0c\x0e-\x1f!-" + _LAST,
    "w": r"\p{L}\p{M}\p{N}\p{S}",
    "W": r"\p{P}\p{Z}\p{C}",
    "i": r"\p{L}_:",
    "I": r"\P{L}",
    "c": r"\p{L}\p{N}\p{M}_:\-.·",
}


def ecma_pattern(source: str) -> str:
    """Return the pattern for the whole value as ECMA-262 with the flag u, anchored."""
    return f"^(?:{_written(Reader(source).read(), _ecma, '(?:')})$"


def portable_pattern(source: str) -> str:
    """Return the pattern so that engines without `\\p{L}` (Python's `re`) understand it, too.

    Named sets are written out as far as DIN 91379 goes; no other character passes anyway.
    """
    return f"^(?:{_written(Reader(source).read(), _portable, '(?:')})$"


def xsd_pattern(source: str) -> str:
    """Return the pattern as XML Schema part 2, appendix F, wants it: anchors left out."""
    return _written(Reader(source).read(), _xsd, "(")


def pattern_notes(source: str) -> tuple[str, ...]:
    """Return what was tolerated in a pattern: "leading_caret", "trailing_dollar" and so on."""
    return compile_pattern(source).notes


def _written(part: Part, write: Write, opening: str) -> str:
    if isinstance(part, Chars):
        return write(part)
    if isinstance(part, Sequence):
        return "".join(_bound(each, write, opening) for each in part.parts)
    if isinstance(part, Either):
        return "|".join(_written(each, write, opening) for each in part.branches)
    body = _written(part.part, write, opening)
    if not isinstance(part.part, Chars) or body.startswith("(?!"):
        body = f"{opening}{body})"
    return body + _quantity(part)


def _bound(part: Part, write: Write, opening: str) -> str:
    text = _written(part, write, opening)
    return f"{opening}{text})" if isinstance(part, Either | Sequence) else text


def _quantity(part: Repeat) -> str:
    short = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((part.least, part.most))
    if short is not None:
        return short
    if part.most == part.least:
        return f"{{{part.least}}}"
    return f"{{{part.least},{'' if part.most is None else part.most}}}"


def _xsd(part: Chars) -> str:
    name = part.name
    if name == ANY:
        return "."
    if len(name) == 1:
        return _escaped(name, _XSD_SPECIAL)
    if _NAMED.search(name) is None:
        return "".join(_xsd_class(name))
    more = "".join(char for char in _MOVED if part.test(char))
    if _TURNED.search(name) or name.startswith("[^"):
        return _portable(part) if more else "".join(_xsd_class(name))
    inner = "".join(_xsd_class(name[1:-1])) if name.startswith("[") else name
    return f"[{inner}{more}]" if more or name.startswith("[") else name


def _xsd_class(source: str) -> Iterator[str]:
    """Yield a class as it is, without escapes that XSD does not know."""
    at = 0
    while at < len(source):
        char = source[at]
        if char == "\\":
            sign = source[at + 1]
            known = sign.isalnum() or sign in "\\|.-^?*+{}()[]"
            yield char + sign if known else sign
            at += 2
        else:
            yield char
            at += 1


def _ecma(part: Chars) -> str:
    name = part.name
    if name == ANY:
        return r"[^\n\r]"
    if len(name) == 1:
        return _escaped(name, "\\|.^?*+{}()[]$/")
    if name.startswith("["):
        return _ecma_class(name)
    members = _members(name)
    single = name[1] in "pPdD" and not name[2:].startswith("{Is")
    return members if single else f"[{members}]"


def _portable(part: Chars) -> str:
    name = part.name
    if _NAMED.search(name) is None:
        return _ecma(part)
    return class_of(char for char in characters_of("C") if part.test(char)) or "(?!)"


def class_of(chars: Iterable[str]) -> str:
    """Return a class of these characters, "" for none."""
    found: list[tuple[int, int]] = []
    for code in sorted(map(ord, chars)):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    parts = []
    for low, high in found:
        # libxml2 reads no range that begins or ends with an escape.
        while low <= high and chr(low) in _NO_END:
            parts.append(_escaped(chr(low), _IN_CLASS))
            low += 1
        last = []
        while low <= high and chr(high) in _NO_END:
            last.append(_escaped(chr(high), _IN_CLASS))
            high -= 1
        if low <= high:
            parts.append(_range(low, high))
        parts += last
    return f"[{''.join(parts)}]" if parts else ""


def _ecma_class(source: str) -> str:
    """Return a class; one that is subtracted becomes a look-ahead in front."""
    inner, taken = source[1:-1], ""
    at = _subtraction(inner)
    if at >= 0:
        taken = f"(?!{_ecma_class(inner[at + 1 :])})"
        inner = inner[:at]
    negated = inner.startswith("^")
    return f"{taken}[{'^' if negated else ''}{''.join(_items(inner[negated:]))}]"


def _subtraction(inner: str) -> int:
    """Return where "-[" begins that takes a class away, or -1."""
    at = 0
    while at < len(inner):
        if inner[at] == "\\":
            at += 2
            continue
        if at and inner.startswith("-[", at):
            return at
        at += 1
    return -1


def _items(inner: str) -> Iterator[str]:
    at = 0
    while at < len(inner):
        item, at = _item(inner, at)
        dash = at + 1 < len(inner) and inner[at] == "-"
        if len(item) == 1 and dash:
            high, at = _item(inner, at + 1)
            yield f"{_escaped(item, _IN_CLASS)}-{_escaped(high, _IN_CLASS)}"
        else:
            yield _escaped(item, _IN_CLASS) if len(item) == 1 else _members(item)


_IN_CLASS = "\\]^-["
_NO_END = _IN_CLASS + "\n\r\t"


def _item(inner: str, at: int) -> tuple[str, int]:
    """Return one character or an escape with its name, and where the next item begins."""
    if inner[at] != "\\":
        return inner[at], at + 1
    sign = inner[at + 1]
    if sign in _SIGNS:
        return _SIGNS[sign], at + 2
    if sign in "pP":
        end = inner.index("}", at) + 1
        return inner[at:end], end
    return (f"\\{sign}" if sign.isalpha() else sign), at + 2


def _members(name: str) -> str:
    """Return a named set as members of a class."""
    if name[1] in "pP":
        block = BLOCKS.get(name[3:-1])
        return name if block is None else _block(*block, negated=name[1] == "P")
    if name == r"\C":
        raise PatternError(r"\C cannot be written as ECMA-262")
    if name == r"\I":
        raise PatternError(r"\I cannot be written as ECMA-262")
    return _MEMBERS[name[1]]


def _block(low: int, high: int, *, negated: bool) -> str:
    if not negated:
        return _range(low, high)
    return (_range(0, low - 1) if low else "") + _range(high + 1, 0x10FFFF)


def _range(low: int, high: int) -> str:
    if low == high:
        return _escaped(chr(low), _IN_CLASS)
    return f"{_escaped(chr(low), _IN_CLASS)}-{_escaped(chr(high), _IN_CLASS)}"


def _escaped(char: str, special: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    if char in special:
        return "\\" + char
    if ord(char) < 0x10000 and unicodedata.category(char)[0] in "CM":
        return f"\\u{ord(char):04x}" if special is not _XSD_SPECIAL else char
    return char


_XSD_SPECIAL = "\\|.-^?*+{}()[]$"
