"""Reads XSD regular expressions (XML Schema part 2, appendix F) into a small tree.

Beyond the norm, and each reported as a note: a leading ^ and a trailing $ (wide-spread in real
schemas, read as anchors), groups written (?:...), and an escaped sign that needs no escape.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

CharTest = Callable[[str], bool]

ANY = "any"
"""Name of the set of a bare point; an escaped one is the sign itself."""
MAX_DEPTH = 40
MAX_REPEAT = 1000
MAX_SOURCE = 2000


class PatternError(ValueError):
    """The pattern cannot be used; the text says why (technical, for authors)."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set; `name` identifies the set."""

    name: str
    test: CharTest


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several branches."""

    branches: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` None is unbounded."""

    part: Part
    least: int
    most: int | None


Part = Chars | Sequence | Either | Repeat

BLOCKS = {
    "IsBasicLatin": (0x0000, 0x007F),
    "IsLatin-1Supplement": (0x0080, 0x00FF),
    "IsLatinExtended-A": (0x0100, 0x017F),
    "IsLatinExtended-B": (0x0180, 0x024F),
    "IsCombiningDiacriticalMarks": (0x0300, 0x036F),
    "IsGreek": (0x0370, 0x03FF),
    "IsCyrillic": (0x0400, 0x04FF),
    "IsLatinExtendedAdditional": (0x1E00, 0x1EFF),
    "IsGeneralPunctuation": (0x2000, 0x206F),
    "IsCurrencySymbols": (0x20A0, 0x20CF),
}
_CATEGORIES = {
    "L": "ultmo",
    "M": "nce",
    "N": "dlo",
    "P": "cdseifo",
    "Z": "slp",
    "S": "mcko",
    "C": "cfon",
}
"""General categories of Unicode: the first letter and which second letters it takes."""
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_SPACES = frozenset(" \t\n\r")


def _is_digit(char: str) -> bool:
    return unicodedata.category(char) == "Nd"


def _is_word(char: str) -> bool:
    return unicodedata.category(char)[0] not in "PZC"


def _is_name_start(char: str) -> bool:
    return char in "_:" or unicodedata.category(char)[0] == "L"


def _is_name(char: str) -> bool:
    return char in "_:-.·" or unicodedata.category(char)[0] in "LNM"


_CLASSES: dict[str, CharTest] = {
    "d": _is_digit,
    "s": _SPACES.__contains__,
    "w": _is_word,
    "i": _is_name_start,
    "c": _is_name,
}


def _not(test: CharTest) -> CharTest:
    return lambda char: not test(char)


class Reader:
    """Reads one pattern; `notes` collects what was tolerated."""

    def __init__(self, source: str) -> None:
        if len(source) > MAX_SOURCE:
            raise PatternError(f"longer than {MAX_SOURCE} characters")
        self.source = source
        self.at = 0
        self.depth = 0
        self.notes: list[str] = []

    def read(self) -> Part:
        """Return the tree of the whole pattern, or raise `PatternError`."""
        if self.source.startswith("^"):
            self.source = self.source[1:]
            self.notes.append("leading_caret")
        if self._ends_with_dollar():
            self.source = self.source[:-1]
            self.notes.append("trailing_dollar")
        part = self._either()
        if self.at < len(self.source):
            raise PatternError(f"unexpected {self.source[self.at]!r} at {self.at + 1}")
        return part

    def _ends_with_dollar(self) -> bool:
        if not self.source.endswith("$"):
            return False
        before = self.source[:-1]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 0

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _next(self) -> str:
        if self.at >= len(self.source):
            raise PatternError("ends too early")
        char = self.source[self.at]
        self.at += 1
        return char

    def _either(self) -> Part:
        branches = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        sign = self._peek()
        if sign == "" or sign not in "?*+{":
            return part
        self.at += 1
        if sign == "{":
            least, most = self._counts()
        else:
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        if self._peek() != "" and self._peek() in "?*+{":
            raise PatternError(f"two quantifiers in a row at {self.at + 1}")
        return Repeat(part, least, most)

    def _counts(self) -> tuple[int, int | None]:
        end = self.source.find("}", self.at)
        inner = self.source[self.at : end] if end >= 0 else "?"
        self.at = end + 1
        first, comma, last = inner.partition(",")
        if not (first.isascii() and first.isdigit()) or (
            last and not (last.isascii() and last.isdigit())
        ):
            raise PatternError(f"cannot read the quantity {{{inner}}}")
        if len(first) > 4 or len(last) > 4:
            raise PatternError(f"more than {MAX_REPEAT} repetitions")
        least = int(first)
        most = (int(last) if last else None) if comma else least
        if max(least, most or 0) > MAX_REPEAT:
            raise PatternError(f"more than {MAX_REPEAT} repetitions")
        if most is not None and most < least:
            raise PatternError(f"the quantity {{{inner}}} runs backwards")
        return least, most

    def _atom(self) -> Part:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._char_class()
        if char == ".":
            return Chars(ANY, lambda c: c not in "\n\r")
        if char == "\\":
            return self._escape()
        # XSD reads ^ and $ as ordinary signs, authors never mean them so: refused, not guessed
        if char in "?*+{}]^$":
            raise PatternError(f"unexpected {char!r} at {self.at}")
        return _single(char)

    def _group(self) -> Part:
        if self.source.startswith("?:", self.at):
            self.at += 2
            self.notes.append("non_capturing_group")
        elif self._peek() == "?":
            raise PatternError("look-around and inline flags are not part of XSD patterns")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError("nested too deeply")
        part = self._either()
        if self._next() != ")":
            raise PatternError("a bracket is not closed")
        self.depth -= 1
        return part

    def _escape(self) -> Chars:
        char = self._next()
        if char in _SIGNS:
            return _single(_SIGNS[char])
        if char.lower() in _CLASSES:
            test = _CLASSES[char.lower()]
            return Chars("\\" + char, test if char.islower() else _not(test))
        if char in "pP":
            return self._property(negated=char == "P")
        if char.isalnum():
            raise PatternError(f"unknown escape \\{char}")
        if char not in "\\|.-^?*+{}()[]$":
            self.notes.append("needless_escape")
        return _single(char)

    def _property(self, *, negated: bool) -> Chars:
        if self._peek() != "{":
            raise PatternError("\\p needs a name in braces")
        end = self.source.find("}", self.at)
        name = self.source[self.at + 1 : end] if end >= 0 else ""
        self.at = end + 1
        if name[:1] in _CATEGORIES and name[1:] in ("", *_CATEGORIES[name[0]]):
            test = _category_test(name)
        elif name in BLOCKS:
            test = _block_test(*BLOCKS[name])
        else:
            raise PatternError(f"unknown property \\p{{{name}}}")
        return Chars(f"\\{'P' if negated else 'p'}{{{name}}}", _not(test) if negated else test)

    def _char_class(self) -> Chars:
        start = self.at - 1
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise PatternError("nested too deeply")
        negated = self._peek() == "^"
        if negated:
            self.at += 1
        tests: list[CharTest] = []
        taken: CharTest | None = None
        while self._peek() != "]" or not tests:
            if self._peek() == "-" and self.source.startswith("-[", self.at) and tests:
                self.at += 2
                taken = self._char_class().test
                break
            tests.append(self._class_item())
        if self._next() != "]":
            raise PatternError("a character class is not closed")
        self.depth -= 1
        return Chars(self.source[start : self.at], _class_test(tests, negated, taken))

    def _class_item(self) -> CharTest:
        char = self._next()
        if char == "[":
            raise PatternError("a [ inside a character class has to be written \\[")
        low = self._escape() if char == "\\" else _single(char)
        ranged = (
            self._peek() == "-"
            and self.at + 1 < len(self.source)
            and self.source[self.at + 1] not in "]["
        )
        if not ranged or len(low.name) != 1:
            return low.test
        self.at += 1
        char = self._next()
        high = self._escape() if char == "\\" else _single(char)
        if len(high.name) != 1 or high.name < low.name:
            raise PatternError(f"the range {low.name}-{high.name} runs backwards")
        first, last = low.name, high.name
        return lambda c: first <= c <= last


def _category_test(name: str) -> CharTest:
    return lambda char: unicodedata.category(char).startswith(name)


def _block_test(low: int, high: int) -> CharTest:
    return lambda char: low <= ord(char) <= high


def _single(char: str) -> Chars:
    return Chars(char, char.__eq__)


def _class_test(tests: list[CharTest], negated: bool, taken: CharTest | None) -> CharTest:
    def test(char: str) -> bool:
        found = any(each(char) for each in tests) != negated
        return found and not (taken is not None and taken(char))

    return test
