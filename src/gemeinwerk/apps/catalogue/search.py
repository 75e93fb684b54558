"""Words for the search: folded, stemmed a little, split at known compounds; no database needed."""

from __future__ import annotations

import re

from gemeinwerk.core.kernel.latin import search_form

_WORD = re.compile(r"\w+")
_ENDINGS = ("ungen", "erinnen", "innen", "ung", "ern", "est", "en", "er", "es", "em", "e", "n", "s")
# fmt: off
_STOP = frozenset((
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "und",
    "oder", "fuer", "mit", "in", "im", "am", "an", "auf", "zu", "zum", "zur", "von", "vom", "ich",
    "wir", "mein", "meine", "meinen", "meinem", "muss", "will", "wie", "wo", "kann", "bei", "the",
    "a", "of", "for", "to", "my",
))
# fmt: on


def words(text: str) -> list[str]:
    """Return the words of a text as stems in search form ("Parkausweise" -> "parkausweis")."""
    folded = search_form(text).lower()
    found = [stem(word) for word in _WORD.findall(folded) if word not in _STOP]
    return list(dict.fromkeys(found))


def stem(word: str) -> str:
    """Cut one German ending; leaves at least four letters."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def score(query: list[str], indexed: list[str]) -> float:
    """Return how well indexed stems answer the query, 0 to 1 per word; 0 when a word misses.

    A whole word counts most, then a part of a compound ("steuer" in "hundesteuer"), then a
    neighbour by one typing error.
    """
    total = 0.0
    for word in query:
        best = max((_likeness(word, other) for other in indexed), default=0.0)
        if best == 0.0:
            return 0.0
        total += best
    return total / len(query) if query else 0.0


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if len(word) >= 3 and word in other:
        return 0.6 + 0.3 * len(word) / len(other)
    if len(other) >= 4 and other in word:
        return 0.5 + 0.3 * len(other) / len(word)
    if len(word) >= 5 and abs(len(word) - len(other)) <= 1 and _one_edit(word, other):
        return 0.4
    return 0.0


def _one_edit(first: str, second: str) -> bool:
    """Tell whether one insertion, deletion, change or swap of neighbours makes them equal."""
    if len(first) > len(second):
        first, second = second, first
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if at is None:
        return len(second) - len(first) <= 1
    if len(first) == len(second):
        swapped = first[:at] + first[at + 1 : at + 2] + first[at : at + 1] + first[at + 2 :]
        return first[at + 1 :] == second[at + 1 :] or swapped == second
    return first[at:] == second[at + 1 :]
