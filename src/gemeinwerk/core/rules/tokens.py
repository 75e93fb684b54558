"""Cuts rule prose into tokens: ids and paths, quoted texts, numbers, dates, words, signs, stops."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

MAX_TEXT = 20_000
MAX_TOKENS = 4_000

Kind = Literal["id", "quote", "formula", "number", "date", "word", "sign", "stop", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `value` is normalised (lower-case words, inner text of quotes)."""

    kind: Kind
    value: str
    start: int
    end: int


_ID = r"[GFS]\d{5,14}(?:[vV]\d+(?:\.\d+){1,2})?"
_GROUP = r"[GS]\d{5,14}(?:[vV]\d+(?:\.\d+){1,2})?"
_BARE_ID = re.compile(r"[GFS]\d{5,14}")
_QUOTES = {'"': '"', "„": "“”\"‟", "“": "”“\"", "”": "”\"", "«": "»", "»": "«", "‚": "‘’'",
           "‘": "’'",
           "'": "'", "’": "’", "‹": "›", "›": "‹"}  # fmt: skip
_TOKEN = re.compile(
    rf"(?P<blank>[ \t\u00a0]+)|(?P<line>\s*\n\s*)"
    rf"|(?P<id>(?:{_GROUP}(?:[ ]?(?:->|→)[ ]?|/))*{_ID}(?:\.?{_ID})*)(?![\w])"
    r"|(?P<formula>`(?:[^`\n]|``){1,9000}`(?!`))"
    r"|(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4})(?!\w)"
    r"|(?P<number>(?:(?<![\w])[+-])?\d+(?:[.,]\d+)*)(?![\w])"
    r"|(?P<code>\d[\w-]*)"
    r"|(?P<short>(?i:d\.\s?h\.|z\.\s?b\.|u\.\s?a\.|ggf\.|bzw\.|inkl\.|ca\.|nr\.|abs\.|vgl\.|i\.d\.r\.))"
    r"|(?P<word>[^\W\d_](?:[\w]|[-/](?=\w))*-?)"
    r"|(?P<logic>&&|\|\|)"
    r"|(?P<sign>===|!==|=/=|==|<>|!=|<=|=<|>=|=>|[=<>≤≥≠])"
    r"|(?P<other>\S)"
)
_BREAKS_QUOTE = re.compile(rf"{_ID}|\n\s*\n|\b(?:DANN|WENN|dann)\b")
_SIGNED = re.compile(r"[=<>:;]")
_GLUED_ID = re.compile(r"(?<=[a-zäöüß])(?=[GF]\d{8})")
_BULLET = re.compile(r"^[ \t]*(?:[-–—•*·▪◦‣●○]|\d{1,2}[.)]|\(?[a-z]\))[ \t]+", re.MULTILINE)
BULLET = "•"
_LEADS_ON = frozenset({",", ":", ";", "und", "oder"})
_REPEATABLE = frozenset({"die", "der", "das", "den", "dem", "sie", "nicht", "kein", "keine"})


def normalise(text: str) -> str:
    """Return the text in one shape: NFC, plain line ends, no invisible signs."""
    text = unicodedata.normalize("NFC", text[:MAX_TEXT])
    text = re.sub("[\u200b\u200c\u200d\ufeff\u00ad]", "", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BULLET.sub(f"{BULLET} ", _GLUED_ID.sub(" ", text))


def tokenise(text: str) -> tuple[list[Token], list[str]]:
    """Cut a normalised text into tokens; also return notes about what was mended."""
    tokens: list[Token] = []
    notes: list[str] = []
    at = 0
    while at < len(text) and len(tokens) < MAX_TOKENS:
        quoted = _quoted(text, at)
        if quoted is not None:
            tokens.append(quoted)
            at = quoted.end
            continue
        found = _TOKEN.match(text, at)
        if found is None:  # pragma: no cover - `other` takes every sign
            break
        at = found.end()
        token = _token(found, text)
        if token is None:
            continue
        if token.kind == "sign" and token.value in _QUOTES:
            notes.append("Ein Anführungszeichen hat kein Gegenstück.")
            continue
        if token.value == BULLET:
            token = _bullet(token, tokens)
        elif tokens and _twice(token, tokens[-1]):
            notes.append(f"„{token.value}“ steht doppelt.")
            continue
        if token is not None:
            tokens.append(token)
    tokens.append(Token("end", "", len(text), len(text)))
    return tokens, notes


def _bullet(token: Token, before: list[Token]) -> Token | None:
    """Return the comma a bullet (Aufzählungszeichen) stands for; None where it says nothing."""
    if (
        not before
        or before[-1].kind == "stop"
        or before[-1].value in (",", ":", ";", "und", "oder")
    ):
        return None
    return Token("sign", ",", token.start, token.end)


def _twice(token: Token, before: Token) -> bool:
    """Tell whether a word was written twice by mistake ("erscheint erscheint")."""
    same = token.kind == before.kind == "word" and token.value == before.value
    return same and token.value not in _REPEATABLE


def _quoted(text: str, at: int) -> Token | None:
    closing = _QUOTES.get(text[at])
    if closing is None or (text[at] in "'’" and at and text[at - 1].isalnum()):
        return None
    found = _closed(text, at, closing)
    if found is None and text[at] == '"':
        found = _closed(text, at, "'")  # "Gesellschafter' is closed by the wrong mark
        if found is not None and _SIGNED.search(found.value):
            return None
    return found


def _closed(text: str, at: int, closing: str) -> Token | None:
    for end in range(at + 1, min(len(text), at + 400)):
        if text[end] in closing and not _apostrophe(text, end):
            inner = text[at + 1 : end]
            if not inner.strip():
                return _empty_quote(text, at, end)
            if _BREAKS_QUOTE.search(inner):
                return None
            return Token("quote", " ".join(inner.split()), at, end + 1)
    return None


def _empty_quote(text: str, at: int, end: int) -> Token | None:
    """Return the token of quotes with nothing in them; doubled quotes around a text are none."""
    following = text[end + 1 : end + 2]
    before = text[at - 1] if at else " "
    alone = (not following or not following.isalnum()) and not before.isalnum()
    return Token("quote", "", at, end + 1) if alone else None


def _apostrophe(text: str, at: int) -> bool:
    """Tell whether a single quote stands inside a word."""
    return (
        text[at] in "'’"
        and at + 1 < len(text)
        and text[at - 1].isalpha()
        and text[at + 1].isalpha()
    )


def _token(found: re.Match[str], text: str) -> Token | None:
    kind, start, end = found.lastgroup, found.start(), found.end()
    raw = found.group()
    match kind:
        case "blank":
            return None
        case "line":
            return Token("stop", "¶", start, end) if raw.count("\n") > 1 else None
        case "id":
            return Token("id", ".".join(_BARE_ID.findall(raw)), start, end)
        case "formula":
            return Token("formula", raw[1:-1].replace("``", "`"), start, end)
        case "date" | "number":
            return Token("date" if kind == "date" else "number", raw, start, end)
        case "code":
            return Token("number", raw, start, end)
        case "short":
            return Token("word", re.sub(r"\s", "", raw).lower().removesuffix("."), start, end)
        case "word":
            return Token("word", raw.lower(), start, end)
        case "logic":
            return Token("word", "und" if raw == "&&" else "oder", start, end)
        case "sign":
            return Token("sign", raw, start, end)
        case _:
            return Token("stop" if raw == "." else "sign", raw, start, end)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a label, in lower case, for comparing."""
    return tuple(re.findall(r"[^\W_]+(?:-[^\W_]+)*", unicodedata.normalize("NFC", text).lower()))
