"""Moves over the tokens of a rule and reads references to elements, alone or in lists."""

from __future__ import annotations

from dataclasses import dataclass

from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    DATE_NOUNS,
    FILLERS,
    IN,
    KINDS,
    OR,
    PREDICATES,
    PRONOUNS,
    STRUCTURE,
    stem,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.scope import Ids, Place, Scope, labels_of, stems_of
from gemeinwerk.core.rules.tokens import Token, words_of
from gemeinwerk.core.schemas import Group

MAX_STEPS = 60_000
_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Refs:
    """Elements named in one breath; `joined` says whether by "und" or by "oder"."""

    places: tuple[Place, ...]
    joined: str = "and"


class Reader:
    """Position in the tokens; grammar classes build on it."""

    def __init__(self, tokens: list[Token], scope: Scope) -> None:
        self.tokens = tokens
        self.scope = scope
        self.at = 0
        self.steps = 0
        self.notes: list[str] = []
        self.last: tuple[Place, ...] = ()
        self.of_condition = False
        """`last` was named in a condition: what is asked there is not what is acted on."""

    text = ""

    def peek(self, ahead: int = 0) -> Token:
        """Return a token without taking it; counts steps, so that no text runs for long."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise NotUnderstoodError
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def word(self, ahead: int = 0) -> str:
        """Return the word at a position, "" when there is none."""
        token = self.peek(ahead)
        return token.value if token.kind == "word" else ""

    def sign(self, ahead: int = 0) -> str:
        """Return the sign at a position, "" when there is none."""
        token = self.peek(ahead)
        return token.value if token.kind == "sign" else ""

    def skip(self, *words: str) -> bool:
        """Take the words in this order if they all stand here."""
        if any(self.word(index) != word for index, word in enumerate(words)):
            return False
        self.at += len(words)
        return True

    def skip_any(self, words: frozenset[str] | dict[str, str]) -> str:
        """Take one word of a set; return it or ""."""
        word = self.word()
        if word and word in words:
            self.at += 1
            return word
        return ""

    def skip_all(self, *sets: frozenset[str]) -> None:
        """Take words of these sets as long as they come."""
        while self.word() and any(self.word() in each for each in sets):
            self.at += 1

    def skip_sign(self, *signs: str) -> bool:
        """Take one of the signs."""
        if self.sign() and self.sign() in signs:
            self.at += 1
            return True
        return False

    def at_end(self) -> bool:
        """Tell whether the sentence ends here."""
        return self.peek().kind in ("stop", "end")

    # references

    def refs(self) -> Refs:
        """Read one element or several: "A, B und C", "A oder B"."""
        places = [self.ref()]
        said: set[str] = set()
        while True:
            mark = self.at
            word = self._joint()
            place = self.try_ref() if word is not None else None
            if place is None:
                self.at = mark
                break
            said.add("or" if word in OR else "and" if word in AND else "")
            places.append(place)
        if said >= {"and", "or"}:
            raise NotUnderstoodError  # "A oder B und C": which belong together?
        self.last = tuple(dict.fromkeys(places))
        self.of_condition = False
        return Refs(self.last, "or" if "or" in said else "and")

    def _joint(self) -> str | None:
        """Take what stands between two elements of a list; "" is a comma or nothing at all."""
        comma = self.skip_sign(",", ";", "/")
        word = self.skip_any(AND | OR)
        if word or comma or self.peek().kind == "id":
            return word
        return None

    def try_ref(self) -> Place | None:
        """Read an element if one stands here."""
        mark = self.at
        try:
            return self.ref()
        except NotUnderstoodError:
            self.at = mark
            return None

    def ref(self) -> Place:
        """Read one element: an id or path with or without label, or a label alone."""
        mark = self.at
        bare = self.bare_label()
        if bare is not None:
            return bare
        start = self.at
        self.skip_all(ARTICLES, KINDS, DATE_NOUNS, IN, FILLERS)
        within = any(token.value in IN for token in self.tokens[start : self.at])
        while self.skip_sign("(") and self._unclosed():
            self.skip_all(ARTICLES, KINDS, DATE_NOUNS, IN)
        token = self.peek()
        if token.kind == "id":
            return self._by_id(token, within=within)
        if token.kind == "number" and self.peek(1).kind == "quote":
            return self._without_letter(mark)
        if token.kind == "quote":
            place_or_none = self.scope.by_label(token.value)
            if place_or_none is not None:
                self.at += 1
                return place_or_none
        found = self.bare_label()
        if found is None:
            self.at = mark
            raise NotUnderstoodError
        return found

    def _without_letter(self, mark: int) -> Place:
        """Read 99000101 "Wohnort" as F99000101, if that is what the label says."""
        digits, label = self.peek().value, self.peek(1).value
        for letter in ("F", "G"):
            for place in self.scope.names.by_id.get(f"{letter}{digits}", ()):
                if stems_of(label) in labels_of(place.element):
                    self.at += 2
                    self.notes.append(f"{digits} gelesen als {letter}{digits}.")
                    return self.scope.find((place.element.id,))
        self.at = mark
        raise NotUnderstoodError

    def _by_id(self, token: Token, *, within: bool) -> Place:
        self.at += 1
        ids = tuple(token.value.split("."))
        try:
            place = self.scope.find(ids)
        except ContradictionError:
            label = self.peek().value if self.peek().kind == "quote" else ""
            meant = self.scope.by_label(label) if ids[-1] not in self.scope.names.by_id else None
            if meant is None:
                raise
            self.notes.append(f"{token.value} gibt es nicht; gelesen als {meant.element.id}.")
            place = meant
        self._label_of(place)
        leads = within or self.word() in ("in", "im")
        inner = self._inside(place) if leads and isinstance(place.element, Group) else None
        return place if inner is None else inner

    def _inside(self, group: Place) -> Place | None:
        """Read the field in "in der Gruppe G1 das Feld F2"."""
        mark = self.at
        self.skip_all(ARTICLES, KINDS, IN)
        token = self.peek()
        if token.kind != "id" or self.at == mark:
            self.at = mark
            return None
        self.at += 1
        place = Scope(self.scope.names, group.ids).find(tuple(token.value.split(".")))
        if place.ids[: len(group.ids)] != group.ids:
            raise ContradictionError(f"{token.value} steht nicht in {group.element.id}.")
        self._label_of(place)
        return place

    def _unclosed(self) -> bool:
        """Tell whether the bracket just taken never closes in this sentence."""
        level = 1
        for token in self.tokens[self.at :]:
            if token.kind in ("stop", "end"):
                break
            level += (token.value == "(") - (token.value == ")") if token.kind == "sign" else 0
            if level == 0:
                self.at -= 1
                raise NotUnderstoodError
        self.notes.append("Eine Klammer hat kein Gegenstück.")
        return True

    def _label_of(self, place: Place) -> None:
        """Take the label that follows an id, in quotes or bare, known to the schema or not."""
        token = self.peek()
        if token.kind == "quote":
            if not self.scope.is_value(place, token.value):
                self.at += 1
                self.scope.check_label(place, token.value)
            return
        for stems in sorted(labels_of(place.element), key=len, reverse=True):
            end = self.match(self.at, stems)
            if end is not None:
                self.at = end
                return
        start = self.at
        self.run()
        if self.at > start:
            text = " ".join(token.value for token in self.tokens[start : self.at])
            self.scope.check_label(place, text)

    def run(self) -> None:
        """Take a label the schema does not know: words up to one that belongs to the grammar."""
        token = self.peek()
        if not self.text[token.start : token.start + 1].isupper() and token.value != "(":
            return  # a label begins with a capital letter; other words have to be understood
        for _ in range(_LONGEST_LABEL):
            if self._leads_on():
                break
            if (self.word() and self.word() not in STRUCTURE) or self._inner():
                self.at += 1
            elif self.sign() == "(" and self._closing() is not None:
                self.at = self._closing() or self.at
            else:
                break

    def _leads_on(self) -> bool:
        """Tell whether words lead to another element or to a predicate: "das Feld F2"."""
        ahead = 0
        while self.word(ahead) and self.word(ahead) in ARTICLES | KINDS | IN:
            ahead += 1
        return bool(ahead) and (self.peek(ahead).kind == "id" or self.word(ahead) in PREDICATES)

    def _inner(self) -> bool:
        """Tell whether a number or colon stands inside a label: "der letzten 5 Jahre"."""
        inside = self.peek().kind == "number" or self.sign() in (":", "/", "&")
        return inside and bool(self.word(1)) and self.word(1) not in STRUCTURE

    def _closing(self) -> int | None:
        """Return the position behind the bracket that closes the one here."""
        level = 0
        for index in range(self.at, min(self.at + _LONGEST_LABEL, len(self.tokens))):
            token = self.tokens[index]
            if token.kind in ("stop", "end", "id"):
                return None
            level += (token.value == "(") - (token.value == ")")
            if level == 0:
                return index + 1
        return None

    def bare_label(self) -> Place | None:
        """Read the longest label of the schema that stands here without an id."""
        token = self.peek()
        if token.kind not in ("word", "number"):
            return None
        words = words_of(token.value)
        if not words:
            return None
        found: list[Place] = []
        longest = self.at
        for stems, place in self.scope.names.by_first.get(stem(words[0]), ()):
            end = self.match(self.at, stems)
            if end is None or end < longest:
                continue
            if end > longest:
                longest, found = end, []
            found.append(place)
        if found and longest == self.at + 1 and self._too_common(token):
            return None
        place_or_none = self.scope.pick(found)
        if place_or_none is not None:
            self.at = longest
        return place_or_none

    def _too_common(self, token: Token) -> bool:
        return token.value in STRUCTURE | ARTICLES | KINDS | DATE_NOUNS | IN | PRONOUNS

    def match(self, at: int, stems: Ids) -> int | None:
        """Return the position behind a label that starts at a token, None when it does not."""
        left = list(stems)
        opened = 0
        while left:
            token = self.tokens[at]
            if token.kind in ("id", "stop", "end", "formula"):
                return None
            words = words_of(token.value)
            if [stem(word) for word in words] != left[: len(words)]:
                return None
            del left[: len(words)]
            opened += (token.value == "(") - (token.value == ")")
            at += 1
        while opened > 0 and self.tokens[at].value == ")":
            at, opened = at + 1, opened - 1
        return at + 1 if self.tokens[at].value == "?" else at
