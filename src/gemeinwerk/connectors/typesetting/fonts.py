"""The letter fonts (Schriften): where they lie and which characters they can show."""

import struct
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

FAMILY: Final = "Noto Sans"
# Three signs of DIN 91379 (extended) that Noto Sans lacks; typst's own fallback font has them.
_FROM_FALLBACK: Final = frozenset(map(ord, "∞≤≥"))


def font_directory() -> Path:
    """Return the folder with the fonts that come as a Python package.

    They are variable fonts; typst picks regular and bold from them and places every combining
    sequence of DIN 91379, so no static cuts have to be made at set-up.
    """
    spec = find_spec("fontpkg_noto_sans")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package fontpkg-noto-sans is not installed")
    return Path(spec.origin).parent / "files"


def showable(text: str, covered: frozenset[int]) -> str:
    """Return the text with each character the fonts lack written as "[U+1F600]".

    PDF/A refuses a page with a missing glyph. Nothing is dropped in silence: what a person has
    typed stays readable from its code. Line ends and tabs are kept, other controls are not text.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character, covered) for character in text.replace("\r\n", "\n"))


def _shown(character: str, covered: frozenset[int]) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    if ord(character) in covered and category not in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return character
    if character == "\u00ad":  # a soft hyphen only says where a word may break
        return character
    return f"[U+{ord(character):04X}]"


@lru_cache(maxsize=4)
def coverage(directory: Path) -> frozenset[int]:
    """Return the code points the upright text font in this folder has a glyph for."""
    for path in sorted(directory.glob("*.ttf")):
        if "Italic" not in path.name:
            return _FROM_FALLBACK | frozenset(_character_map(path.read_bytes()))
    raise FileNotFoundError(f"no TrueType font in {directory}")


def _character_map(font: bytes) -> set[int]:
    """Read the table "cmap", format 12 (OpenType specification); every Noto font has one."""
    (tables,) = struct.unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, at)
        if tag == b"cmap":
            return _subtable(font, start)
    raise ValueError("the font has no character map")


def _subtable(font: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">H", font, start + 2)
    for index in range(count):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * index)
        at = start + offset
        if struct.unpack_from(">H", font, at)[0] == 12:
            (groups,) = struct.unpack_from(">I", font, at + 12)
            found: set[int] = set()
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * group)
                found.update(range(first, last + 1))
            return found
    raise ValueError("the font has no character map of format 12")
