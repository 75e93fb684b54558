"""The characters of DIN 91379 as classes of regular expressions, for JSON Schema and XSD.

One unit is a listed sequence (a letter with its marks) or a single character of the datatype.
"""

from __future__ import annotations

from functools import cache

from gemeinwerk.core.forms.exports.regex import class_of
from gemeinwerk.core.kernel.latin import characters_of, sequences


@cache
def ecma_latin(datatype: str, *, lines: bool) -> str:
    """Return the ECMA-262 pattern (flag u) of a whole trimmed text."""
    unit = _unit(datatype, lines=lines, opening="(?:")
    return rf"^(?!\s)(?![\s\S]*\s$){unit}+$"


@cache
def xsd_latin(datatype: str, *, lines: bool) -> str:
    """Return the pattern of a whole text for XML Schema."""
    return _unit(datatype, lines=lines, opening="(") + "+"


def _unit(datatype: str, *, lines: bool, opening: str) -> str:
    left_out = {"\r"} if lines else {"\r", "\n"}
    ways = [class_of(characters_of(datatype) - left_out)]
    ways += [class_of(letters) + marks for marks, letters in sequences()]
    return f"{opening}{'|'.join(ways)})"
