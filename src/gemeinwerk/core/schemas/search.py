"""Searches German texts by the meaning of words: umlauts, endings, compounds, misspellings.

Plain rules and the words of the texts themselves; no model, no network. A compound is split where
both parts are words of the corpus ("Hundesteuer" has "Hund" and "Steuer").
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

_WORD = re.compile(r"[a-z0-9]+")
_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o"})
# umlauts written out: "Haeuser", but not "Bauer", "neue", "Quelle"
_WRITTEN_OUT = re.compile(r"(?<![aeq])ue|ae|oe")
_ENDINGS = ("ungen", "innen", "ern", "heiten", "keiten", "ung", "en", "er", "es", "em", "e", "s")
_JOINTS = ("", "s", "n", "en", "es", "e", "er")
_SHORTEST_STEM, _SHORTEST_PART, _LONGEST_WORD = 3, 4, 40
_STOP = frozenset(
    (
        *("der", "die", "das", "des", "dem", "den", "ein", "eine", "einer", "eines", "einem"),
        *("einen", "und", "oder", "fur", "fuer", "von", "zu", "zum", "zur", "im", "in", "mit"),
        *("auf", "an", "am", "bei", "nach", "aus", "als", "ist", "sind", "wird", "werden"),
        *("sie", "ihr", "ihre", "nicht", "auch"),
    )
)
_EXACT, _SAME, _PART, _PREFIX, _WIDER, _NEAR = 1.0, 0.9, 0.7, 0.5, 0.4, 0.35
_SHORTEST_TAIL = 5
# what people say and what forms say
_SAYINGS = (
    ("geburtstag", "geburtsdatum"),
    ("nachname", "familienname", "zuname"),
    ("adresse", "anschrift"),
    ("handy", "mobilfunknummer", "mobiltelefon", "handynummer"),
    ("telefonnummer", "rufnummer", "telefon"),
    ("mail", "email"),
    ("firma", "unternehmen", "betrieb"),
    ("auto", "fahrzeug", "kraftfahrzeug", "kfz"),
    ("plz", "postleitzahl"),
    ("konto", "bankverbindung", "kontoverbindung", "iban"),
    ("nationalitaet", "staatsangehoerigkeit", "staatsbuergerschaft"),
    ("hochzeit", "eheschliessung", "trauung", "heirat"),
)
_ALIKE = 0.45


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded: small letters, ss for ß, no dots and accents."""
    folded = text.casefold().translate(_FOLDED)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign)
    )
    return tuple(w[:_LONGEST_WORD] for w in _WORD.findall(plain) if w not in _STOP)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the word without its ending: "Adressen", "Adresse" and "Adress" are one."""
    for ending in _ENDINGS:
        rest = len(word) - len(ending)
        if word.endswith(ending) and rest >= _SHORTEST_STEM + (ending == "s"):
            word = word[: -len(ending)]
            break
    return _WRITTEN_OUT.sub(lambda found: found.group()[0], word)


@dataclass(slots=True)
class WordIndex(Generic[K]):
    """An index of texts in memory; add all, then search."""

    _weights: dict[str, dict[K, float]] = field(default_factory=lambda: defaultdict(dict))
    _parts: dict[str, set[str]] = field(default_factory=dict)
    _built: bool = False

    def add(self, key: K, texts: Iterable[tuple[str, float]]) -> None:
        """Take in the texts of a thing, each with its weight."""
        for text, weight in texts:
            for word in words_of(text):
                row = self._weights[stem(word)]
                row[key] = max(row.get(key, 0.0), weight)
        self._built = False

    def search(self, text: str, *, limit: int = 50) -> list[tuple[K, float]]:
        """Return what fits the words, best first; a word may fit in part or nearly.

        Where nothing fits every word, what fits the most of them is returned.
        """
        self._build()
        wanted = {stem(word): len(word) >= _SHORTEST_PART for word in words_of(text)}
        if not wanted:
            return []
        each = [self._fits(word, long=long) for word, long in wanted.items()]
        most = max(Counter(key for fits in each for key in fits).values(), default=0)
        found: dict[K, float] = {}
        for key in {key for fits in each for key in fits}:
            scores = [fits[key] for fits in each if key in fits]
            if len(scores) == most:  # all words, or as many as any thing has
                found[key] = sum(scores)
        ranked = sorted(found.items(), key=lambda item: -item[1])
        return ranked[:limit]

    def _build(self) -> None:
        """Split the words of the corpus by the words of the corpus."""
        if self._built:
            return
        self._parts = defaultdict(set)
        for word in self._weights:
            for at in range(_SHORTEST_STEM, len(word) - _SHORTEST_PART + 1):
                if word[at:] in self._weights:
                    self._parts[word[at:]].add(word)
            for part in _split(word, self._weights):
                self._parts[part].add(word)
        self._built = True

    def _fits(self, word: str, *, long: bool) -> dict[K, float]:
        """Return the score of each thing for one word: as it is, as part, by beginning, nearly.

        A `long` word may stand within another; its stem may be shorter ("Name", "nam").
        """
        scores: dict[K, float] = {}
        self._take(scores, (word,), _EXACT)
        self._take(scores, _SAID.get(word, ()), _SAME)
        self._take(scores, self._parts.get(word, ()), _PART)
        if parts := _split(word, self._weights):
            self._together(scores, parts)
        self._take(scores, _tail(word, self._weights), _WIDER)
        if long:
            others = [one for one in self._weights if word in one and one != word]
            self._take(scores, (one for one in others if one.endswith(word)), _PART)
            self._take(scores, (one for one in others if one.startswith(word)), _PREFIX)
        if not scores and long:
            self._take(scores, self._alike(word), _NEAR)
        return scores

    def _take(self, scores: dict[K, float], words: Iterable[str], factor: float) -> None:
        for word in words:
            for key, weight in self._weights.get(word, {}).items():
                scores[key] = max(scores.get(key, 0.0), weight * factor)

    def _together(self, scores: dict[K, float], parts: tuple[str, ...]) -> None:
        """A compound that nobody wrote: things that have all of its parts."""
        each: list[dict[K, float]] = []
        for part in parts:
            fits: dict[K, float] = {}
            self._take(fits, (part, *self._parts.get(part, ())), _PART)
            each.append(fits)
        for key in set.intersection(*(set(fits) for fits in each)):
            scores[key] = sum(fits[key] for fits in each) / len(each)

    def _alike(self, word: str) -> list[str]:
        mine = _trigrams(word)
        found = []
        for other in self._weights:
            if abs(len(other) - len(word)) <= 3:
                theirs = _trigrams(other)
                if len(mine & theirs) / len(mine | theirs) >= _ALIKE:
                    found.append(other)
        return found


def _split(word: str, known: dict[str, dict[K, float]]) -> tuple[str, ...]:
    """Return the two parts of a compound that are words themselves, () when there are none."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        tail = word[at:]
        if tail not in known:
            continue
        head = word[:at]
        for joint in _JOINTS:
            begin = head.removesuffix(joint) if joint else head
            if len(begin) >= _SHORTEST_STEM and begin != word:
                for form in (begin, stem(begin)):
                    if form in known and form != word:
                        return form, tail
    return ()


def _tail(word: str, known: dict[str, dict[K, float]]) -> tuple[str, ...]:
    """Return the word a compound ends with and what else it is called.

    A Wohnanschrift is an Anschrift, and so is a Wohnadresse.
    """
    for at in range(_SHORTEST_STEM, len(word) - _SHORTEST_TAIL + 1):
        tail = word[at:]
        if tail in known or tail in _SAID:
            return (tail, *_SAID.get(tail, ()))
    return ()


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


_SAID = {
    stem(word): tuple(stem(other) for other in group if other != word)
    for group in _SAYINGS
    for word in group
}
