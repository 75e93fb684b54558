"""Makes the texts of a schema fit for display without changing what they say."""

from __future__ import annotations

import re
import unicodedata

# blanks of every kind but line ends, and the invisible characters that editors leave behind
_BLANKS = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]|[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_GAPS = re.compile(r"\n{3,}")
_SHOWN_LENGTH = 120


def one_line(raw: str | None) -> str:
    """Return names and labels: NFC, every run of blanks and line ends a single blank."""
    return " ".join(_cleaned(raw).split())


def paragraphs(raw: str | None) -> str:
    """Return help and description: NFC, line ends kept, at most one empty line in a row."""
    lines = [_BLANKS.sub(" ", line).strip() for line in _cleaned(raw).split("\n")]
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def verbatim(raw: str | None) -> str:
    """Return codes and patterns: only the blanks around them are taken away."""
    return (raw or "").strip()


def shown(raw: str | None) -> str:
    """Return a foreign text short and on one line, fit to be quoted in a message."""
    line = one_line((raw or "")[: 4 * _SHOWN_LENGTH])
    return line if len(line) <= _SHOWN_LENGTH else line[: _SHOWN_LENGTH - 1] + "…"


def _cleaned(raw: str | None) -> str:
    if not raw:
        return ""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", raw))
    return unicodedata.normalize("NFC", text)
