"""Reads sentences that say what belongs to a set: "Die Mitgliedstaaten sind: 124 Belgien, ..."."""

from __future__ import annotations

from collections.abc import Sequence

from gemeinwerk.core.rules.comparisons import Said
from gemeinwerk.core.rules.lexicon import (
    AND,
    IF,
    OR,
    stem,
)
from gemeinwerk.core.rules.tokens import (
    Token,
    words_of,
)


def definition(tokens: Sequence[Token]) -> tuple[frozenset[str], list[Said]] | None:
    """Read a sentence that lists codes after a colon; its words say what they are."""
    colon = next((i for i, t in enumerate(tokens) if t.value == ":" and t.kind == "sign"), None)
    if colon is None or any(t.kind == "id" or t.value in IF for t in tokens):
        return None
    codes: list[Said] = []
    expects = True
    for token in tokens[colon + 1 :]:
        if token.value == "," or token.value in AND | OR:
            expects = True
        elif token.kind == "number" and expects:
            codes.append((token.value, ""))
            expects = False
        elif expects:
            return None
    if len(codes) < 2:
        return None
    head = {stem(w) for t in tokens[:colon] if t.kind == "word" for w in words_of(t.value)}
    return frozenset(head), codes
