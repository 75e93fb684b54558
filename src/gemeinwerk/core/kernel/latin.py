"""Characters a German authority must be able to take in: DIN 91379 (String.Latin+), datatypes A-E.

The character set below is our own compact form of "DIN-91379-Characters-and-Sequences" by
String-Latin, https://github.com/String-Latin/DIN-91379-Characters-and-Sequences, version 1.3
(DIN 91379:2022-08), licence CC BY 4.0; changed into code point ranges and letter lists.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_LETTERS = """
41-5A 61-7A C0-D6 D8-F6 F8-17E 187-188 18F 197 1A0-1A1 1AF-1B0 1B7 1CD-1DC 1DE-1DF 1E2-1F0
1F4-1F5 1F8-1FF 212-213 218-21B 21E-21F 227-233 259 268 292 1E02-1E03 1E06-1E07 1E0A-1E11 1E17
1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E
1EA0-1EF9
"""
_N1 = "20 27 2C-2E 60 7E A8 B4 B7 2B9-2BA 2BE-2BF 2C8 2CC 2019 2021"
_N2 = "21-26 28-2B 2F-40 5B-5F 7B-7D A1-A3 A5 A7 A9-AC AE-B3 B5-B6 B9-BB BF D7 F7 20AC"
_N3 = "A4 A6 B8 BC-BE"
_N4 = "9-A D A0"
_GREEK = "386 388-38A 38C 38E-3A1 3A3-3CE"
_CYRILLIC = "40D 410-42A 42C 42E-44A 44C 44E-44F 45D"
_E1 = """
192 2B0 2B3 2C6 2DC 2E2 1D48 1D57 2018 201A 201C-201E 2020 2026 2030 2032-2033 2039-203A 2070
2074-2079 207F-2089 2122 221E 2264-2265
"""
_GROUPS = {
    "A": (_LETTERS, _N1),
    "B": (_LETTERS, _N1, _N2),
    "C": (_LETTERS, _N1, _N2, _N3, _N4),
    "D": (_LETTERS, _N1, _N2, _N3, _GREEK, _E1),
    "E": (_LETTERS, _N1, _N2, _N3, _N4, _GREEK, _CYRILLIC, _E1),
}

# What may follow a letter (combining marks, for K also a letter) -> the letters it may follow.
_SEQUENCES = {
    "0300": "CFGKMPSTZcfgkmpstz",
    "0301": "JjÿĪī",
    "0302": "DKLMNdklmn",
    "0304": "CFHKNPSTZcfhknpstzÛûḲḳṢṣṬṭỤụ",
    "0306": "CMNRZcmnrzÇç",
    "0307": "KUku",
    "0308": "CTZczẠạỌọỤụ",
    "030B": "Aa",
    "030C": "J",
    "030D": "ēō",
    "0310": "Mm",
    "0315": "CKPTckptČč",
    "031B": "KTkt",
    "031B 0304": "Ss",
    "0323": "CPcpČč",
    "0325": "LRlr",
    "0325 0304": "LRlr",
    "0326": "CHKLNchklnŽž",
    "0327": "ZzŽž",
    "0328 0306": "Cc",
    "0331": "HSs",
    "035F 0048": "K",
    "035F 0068": "Kk",
}

# Search forms that do not follow from dropping marks or writing in capitals.
_SEARCH = {
    "Æ": "AE", "Ð": "D", "Ø": "OE", "Þ": "TH", "Đ": "D", "Ħ": "H", "Ĳ": "IJ", "ĸ": "K", "Ŀ": "L",
    "Ł": "L", "ŉ": "N", "Ŋ": "N", "Œ": "OE", "Ŧ": "T", "Ƈ": "C", "Ə": "E", "Ɨ": "I", "Ʒ": "Z",
    "Ǥ": "G", "ẞ": "SS",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offence:
    """A character (Zeichen) that the datatype does not allow.

    `character` can be shown as it is (code point notation where there is nothing to see),
    `position` counts code points of the normalised value from 0, `name` is the Unicode name.
    """

    character: str
    position: int
    name: str


def _characters(ranges: str) -> frozenset[str]:
    found: set[str] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(found)


def sequences() -> tuple[tuple[str, str], ...]:
    """Return what may follow a letter, and the letters it may follow, for every datatype."""
    found = []
    for following, letters in sorted(_SEQUENCES.items(), key=lambda entry: -len(entry[0])):
        found.append(("".join(chr(int(code, 16)) for code in following.split()), letters))
    return tuple(found)


def _sequence_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"[{letters}]{marks}" for marks, letters in sequences()))


_ALLOWED = {datatype: _characters(" ".join(groups)) for datatype, groups in _GROUPS.items()}
_ANY_SINGLE = _ALLOWED["E"]
_SEQUENCE = _sequence_pattern()
_LINE_END = re.compile(r"\r\n?")
_MARKS = "\u0300-\u036f"
_UMLAUT = re.compile(f"([AOUaou])([{_MARKS}]*?)\u0308")
_RING_A = re.compile(f"([Aa])([{_MARKS}]*?)\u030a")
_SEARCH_TABLE: dict[int, str | None] = {
    **{ord(letter): form for letter, form in _SEARCH.items()},
    **{ord(letter.lower()): form for letter, form in _SEARCH.items() if len(letter.lower()) == 1},
    **dict.fromkeys(range(0x300, 0x370), None),
}


def normalise(value: str) -> str:
    """Return `value` in NFC, without white space at its ends, lines ended by line feeds.

    This changes no letter a person sees; nothing else is ever repaired (S30).
    """
    if value.isascii():
        return _LINE_END.sub("\n", value).strip() if "\r" in value else value.strip()
    return _LINE_END.sub("\n", unicodedata.normalize("NFC", value)).strip()


def characters_of(datatype: str) -> frozenset[str]:
    """Return the single characters of a datatype ("A" to "E")."""
    return _ALLOWED[datatype]


def check_text(value: str, datatype: str) -> list[Offence]:
    """Return what `datatype` ("A" to "E") does not allow in `value`, in order; empty when sound.

    A is for names of natural persons, B for other names and streets, C for any normative text of
    one or more lines, D and E add Greek, Cyrillic and further signs. Takes a normalised value.
    """
    allowed = _ALLOWED[datatype]
    if allowed.issuperset(value):
        return []
    offences = []
    position, last = 0, len(value) - 1
    while position <= last:
        if value[position] in allowed and (position == last or value[position + 1] in allowed):
            position += 1  # no mark follows, so the letter stands for itself
            continue
        end, listed = _unit(value, position)
        unit = value[position:end]
        if not listed and unit not in allowed:
            offences.append(Offence(_shown(unit), position, _name(unit)))
        position = end
    return offences


@lru_cache(maxsize=256)
def allowed_line(datatype: str, least: int, most: int) -> Callable[[str], re.Match[str] | None]:
    """Return a quick test for texts of `least` to `most` letters that stand for themselves.

    A match means that `check_text` finds nothing and `visible_length` is within the limits; no
    match means nothing, for sequences of a letter with marks are left to those two.
    """
    letters = "".join(_char_class(sorted(map(ord, _ALLOWED[datatype]))))
    return re.compile(f"[{letters}]{{{least},{most}}}").fullmatch


def _char_class(codes: Sequence[int]) -> Iterator[str]:
    start = before = codes[0]
    for code in (*codes[1:], 0x110000):
        if code != before + 1:
            yield f"\\U{start:08x}-\\U{before:08x}"
            start = code
        before = code


def visible_length(value: str) -> int:
    """Count the units a person sees; a listed sequence such as K͟h is one unit."""
    if value.isascii() or _ANY_SINGLE.issuperset(value):
        return len(value)
    count = position = 0
    while position < len(value):
        position, _ = _unit(value, position)
        count += 1
    return count


def search_form(value: str) -> str:
    """Return the basic capital letters under which a name is sorted and found (Suchform).

    "Müller" gives "MUELLER", "Łukasz" "LUKASZ", "Weiß" "WEISS". Other signs stay as they are.
    """
    if value.isascii():
        return value.strip().upper()
    parts = unicodedata.normalize("NFD", value)
    parts = _RING_A.sub(r"aa\2", _UMLAUT.sub(r"\1e\2", parts))
    return parts.translate(_SEARCH_TABLE).upper().strip()


def _unit(value: str, position: int) -> tuple[int, bool]:
    """Return where the unit at `position` ends, and whether it is a listed sequence."""
    sequence = _SEQUENCE.match(value, position)
    core_end = sequence.end() if sequence else position + 1
    end = core_end
    while end < len(value) and unicodedata.category(value[end])[0] == "M":
        end += 1
    return end, sequence is not None and end == core_end


def _shown(unit: str) -> str:
    if not unit.isprintable():
        return " ".join(f"U+{ord(character):04X}" for character in unit)
    # A mark without a letter is shown on a dotted circle.
    return f"\u25cc{unit}" if unicodedata.category(unit[0])[0] == "M" else unit


def _name(unit: str) -> str:
    return " + ".join(unicodedata.name(character, f"U+{ord(character):04X}") for character in unit)
