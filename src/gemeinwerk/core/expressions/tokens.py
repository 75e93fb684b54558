"""Cuts the text of an expression into tokens with their positions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gemeinwerk.core.expressions.errors import TooLongError, UnreadableError
from gemeinwerk.core.expressions.tree import MAX_LENGTH

KEYWORDS = frozenset({"and", "or", "not", "in", "if", "then", "else", "true", "false", "null"})
MAX_DIGITS = 28  # what Decimal arithmetic keeps exactly

_ESCAPES = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}
_SHOWN = 20

# Every branch begins with another character and holds no nested repetition: linear time (S35).
_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<word>[^\W\d]\w*(?:\.\w+)*)
    |`(?P<quoted>[^`\x00-\x1f]+)`
    |"(?P<text>(?:[^"\\]|\\["\\nrt])*)"
    |(?P<sign><=|>=|!=|[=<>+\-*/(),\[\]])""",
    re.VERBOSE,
)
_BARE = re.compile(r"[^\W\d]\w*(?:\.\w+)*")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, name, text, sign (also keywords) or end; `value` is unescaped."""

    kind: str
    value: str
    position: int


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text`, closed by one of kind "end"; raise with the position."""
    if len(text) > MAX_LENGTH:
        raise TooLongError(limit=MAX_LENGTH, length=len(text))
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise UnreadableError(position=position, found=text[position : position + _SHOWN])
        if match.lastgroup != "space":
            tokens.append(_token(match, position))
        position = match.end()
    tokens.append(Token("end", "", position))
    return tokens


def _token(match: re.Match[str], position: int) -> Token:
    value = match[match.lastgroup or 0]
    match match.lastgroup:
        case "word":
            return Token("sign" if value in KEYWORDS else "name", value, position)
        case "quoted":
            return Token("name", value, position)
        case "text":
            value = _ESCAPED.sub(lambda found: _ESCAPES[found[1]], value)
            return Token("text", value, position)
        case "number":
            if len(value) > MAX_DIGITS + 1:
                raise UnreadableError(position=position, found=value[:_SHOWN])
            return Token("number", value, position)
        case _:
            return Token("sign", value, position)


def quote_text(value: str) -> str:
    """Write a text literal."""
    for plain, escape in (
        ("\\", "\\\\"),
        ('"', '\\"'),
        ("\n", "\\n"),
        ("\r", "\\r"),
        ("\t", "\\t"),
    ):
        value = value.replace(plain, escape)
    return f'"{value}"'


def quote_name(path: str) -> str:
    """Write a name, in backticks when it would be read as something else."""
    return path if _BARE.fullmatch(path) and path not in KEYWORDS else f"`{path}`"
