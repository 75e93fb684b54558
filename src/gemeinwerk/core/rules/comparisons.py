"""The grammar of values: codes, labels, yes and no, one or several, and what they compare with."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gemeinwerk.core.expressions import Compare, Expr, ListOf, Literal, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    AUXILIARIES,
    CHOSEN,
    FALSE_WORDS,
    IN,
    NOT,
    OR,
    OTHERS,
    SIGNS,
    STRUCTURE,
    TRUE_WORDS,
    stem,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.reader import Reader
from gemeinwerk.core.rules.scope import Place, stems_of
from gemeinwerk.core.rules.tokens import words_of
from gemeinwerk.core.rules.values import is_code, read_value, within

Test = Callable[[Place], Expr]
_RANGE = re.compile(r"(\d+)-(\d+)")
Said = tuple[str, str]
"""A value as the prose gives it: code and label, either may be ""."""


@dataclass(frozen=True, slots=True)
class Span:
    """Values between two (von ... bis), each end with its sign and what stands there."""

    ends: tuple[tuple[str, Said], ...]


Item = Said | Span


class Comparisons(Reader):
    """Reads values and comparisons with them."""

    # = 001 "in Deutschland" ODER = 002

    def _take_sign(self) -> str | None:
        if self.word() == "in" and self.sign(1) == "(":
            self.at += 1
            return "="
        sign = SIGNS.get(self.sign())
        if sign is None:
            return None
        self.at += 1
        following = SIGNS.get(self.sign())
        if following is not None:
            self.at += 1
            raise ContradictionError(f"„{sign} {following}“ ist kein eindeutiger Vergleich.")
        return sign

    def _compared(self, place: Place, operator: str) -> Test:
        """Read one value or several; a further value may repeat the sign or leave it out."""
        if self._all_others():
            return self._rest
        if self.peek().kind == "quote" and not self.peek().value:
            self.at += 1
            given = operator != "="
            return lambda each: build.given(each) if given else build.negate(build.given(each))
        other = self._other_element(place)
        if other is not None:
            return lambda each: Compare(operator, build.name(each), build.name(other))
        bracket = self.skip_sign("(")
        groups: list[tuple[str, list[Item]]] = [(operator, [self.item(place)])]
        joints: set[str] = set()
        while True:
            mark = self.at
            following = self._further(place)
            if following is None:
                self.at = mark
                break
            joint, sign, said = following
            joints.add(joint)
            if sign == "!=" and joint in OR:
                raise ContradictionError("„<> … ODER <> …“ trifft immer zu.")
            if sign == groups[-1][0] or not sign:
                groups[-1][1].append(said)
            else:
                groups.append((sign, [said]))
        joints.discard("")
        if bracket and not self.skip_sign(")"):
            raise NotUnderstoodError
        return self._joined(groups, joints)

    def _joined(self, groups: Sequence[tuple[str, list[Item]]], joints: set[str]) -> Test:
        if len(joints) > 1:
            raise NotUnderstoodError
        joined_by_and = bool(joints & AND)

        def test(each: Place) -> Expr:
            parts = []
            for operator, said in groups:
                parts.append(self.among(each, operator, said, joined_by_and=joined_by_and))
            self._note_values(each, groups)
            return build.all_of(parts) if joined_by_and else build.any_of(parts)

        return test

    values_said: dict[str, list[Literal]]

    def among(
        self, place: Place, operator: str, items: Sequence[Item], *, joined_by_and: bool
    ) -> Expr:
        """Return the comparison of an element with values and spans of values."""
        names = self.scope.names
        values = [read_value(names, place, *each) for each in items if not isinstance(each, Span)]
        spans = [within(names, place, each.ends) for each in items if isinstance(each, Span)]
        _check_order(operator, place)
        if not spans:
            return _among(operator, place, values, joined_by_and=joined_by_and)
        if operator not in ("=", "!=") or joined_by_and is (operator == "="):
            raise NotUnderstoodError
        listed = [_among("=", place, values, joined_by_and=False)] if values else []
        found = build.any_of([*listed, *spans])
        if operator == "=":
            return found
        return build.all_of([build.given(place), build.negate(found)])

    def _note_values(self, place: Place, groups: Sequence[tuple[str, list[Item]]]) -> None:
        known = self.values_said.setdefault(place.path, [])
        for operator, said in groups:
            if any(isinstance(each, Span) for each in said):
                self.values_said[place.path] = []
            elif operator == "=":
                known.extend(
                    read_value(self.scope.names, place, *each)
                    for each in said
                    if not isinstance(each, Span)
                )

    def item(self, place: Place) -> Item:
        """Read a value, or two with "bis" between them."""
        token = self.peek()
        both = _RANGE.fullmatch(token.value) if token.kind == "number" else None
        if both:
            self.at += 1
            return Span(((">=", (both.group(1), "")), ("<=", (both.group(2), ""))))
        first = self.value(place)
        mark = self.at
        dash = self.skip_sign("-", "–", "—") and self.peek().kind == "number"
        if self.skip("bis") or dash:
            self.skip("zu") or self.skip("einschließlich")
            return Span(((">=", first), ("<=", self.value(place))))
        self.at = mark
        return first

    def _further(self, place: Place) -> tuple[str, str, Item] | None:
        comma = self.skip_sign(",")
        joint = self.skip_any(AND | OR)
        if not (comma or joint):
            return None
        self.skip("auswahl")
        sign = SIGNS.get(self.sign(), "")
        if sign:
            self.at += 1
        elif self._is_element():
            return None
        try:
            return joint, sign, self.item(place)
        except NotUnderstoodError:
            return None

    def _is_element(self) -> bool:
        """Tell whether an element with a predicate of its own begins here, not a value."""
        mark, notes = self.at, len(self.notes)
        try:
            if self.try_ref() is None:
                return False
            return bool(self.sign() in SIGNS or self.word() in NOT or self.word() in CHOSEN)
        except ContradictionError:
            return True
        finally:
            self.at = mark
            del self.notes[notes:]

    def _other_element(self, place: Place) -> Place | None:
        """Read an element that the first is compared with."""
        if self.peek().kind in ("number", "date"):
            return None
        mark = self.at
        if self.peek().kind == "quote" and self.scope.names.entries(place) is not None:
            return None
        if self.word() in TRUE_WORDS | FALSE_WORDS or self._entry_label(place):
            self.at = mark
            return None
        other = self.try_ref()
        if other is not None and other.type is not place.type:
            raise ContradictionError(
                f"{place.element.id} und {other.element.id} sind nicht vergleichbar."
            )
        return other

    def _all_others(self) -> bool:
        """Read "alle anderen möglichen Ausprägungen der Codeliste"."""
        mark = self.at
        if self.skip("alle") or self.skip("allen") or self.skip("jeder") or self.skip("jede"):
            start = self.at
            self.skip_all(OTHERS)
            if self.at > start + 1:
                return True
        self.at = mark
        return False

    def _rest(self, place: Place) -> Expr:
        known = list(dict.fromkeys(self.values_said.get(place.path, [])))
        if not known:
            raise ContradictionError("„Alle anderen“ – aber vorher ist kein Wert genannt.")
        return _among("!=", place, known, joined_by_and=True)

    # values

    def value(self, place: Place) -> Said:
        """Read one value: a code, a label, or both."""
        self.skip_all(frozenset({"den", "der", "die", "wert", "auswahl", "eintrag"}))
        token = self.peek()
        if token.kind == "quote":
            self.at += 1
            return ("", token.value)
        if token.kind in ("number", "date"):
            self.at += 1
            return (token.value, self._label_of_value(place))
        label = self._entry_label(place)
        if label:
            return ("", label)
        word = self.word()
        if word in TRUE_WORDS | FALSE_WORDS:
            self.at += 1
            return ("", word)
        raw = self._raw(token.start, token.end)
        short = word.isascii() and len(word) <= 3
        if word and word not in STRUCTURE | ARTICLES | IN and (short or self._is_code(place, raw)):
            self.at += 1
            return (self._raw(token.start, token.end), self._label_of_value(place))
        raise NotUnderstoodError

    def _is_code(self, place: Place, raw: str) -> bool:
        """Tell whether a word is a code: it stands in the list, or its label follows."""
        if self.scope.names.entries(place) is None:
            return self.peek(1).kind == "quote" and raw[0].isupper()
        return is_code(self.scope.names, place, raw)

    def _raw(self, start: int, end: int) -> str:
        return self.text[start:end]

    def _label_of_value(self, place: Place) -> str:
        mark = self.at
        signed = self.sign() in ("-", "–", "=", ":", "—")
        if signed:
            self.at += 1
        if self.peek().kind == "quote":
            if not signed and self._followed_by_sign():
                return ""
            self.at += 1
            return self.tokens[self.at - 1].value
        label = self._entry_label(place)
        if label:
            return label
        start = self.at
        if signed:
            self.run()
        if self.at == start:
            self.at = mark
            return ""
        return self._raw(self.tokens[start].start, self.tokens[self.at - 1].end)

    def _followed_by_sign(self) -> bool:
        return self.peek(1).kind == "sign" and self.peek(1).value in SIGNS

    def _entry_label(self, place: Place) -> str:
        """Take the longest label of the field's values that stands here."""
        token = self.peek()
        words = words_of(token.value) if token.kind in ("word", "number") else ()
        entries = self.scope.names.entries(place) if words else None
        best, label = self.at, ""
        for entry in entries or ():
            stems = stems_of(entry.label)
            if not stems or stems[0] != stem(words[0]):
                continue
            end = self.match(self.at, stems)
            if end is not None and end > best:
                best, label = end, entry.label
        self.at = best
        return label

    def _close(self) -> None:
        """Take the verb that ends a clause: "... hat", "... ausgewählt wurde", "... ist"."""
        mark = self.at
        while self.word() in CHOSEN | AUXILIARIES:
            self.at += 1
        ends = self.at_end() or self.sign() in (",", ")", ";", ":")
        word = self.word()
        if not (ends or word in AND | OR or word in ("dann", "so")):
            self.at = mark


def _check_order(operator: str, place: Place) -> None:
    if operator not in ("=", "!=") and place.type not in (Type.NUMBER, Type.DATE):
        raise ContradictionError(
            f"{place.element.id} ist weder Zahl noch Datum; „{operator}“ passt nicht."
        )


def _among(operator: str, place: Place, values: Sequence[Literal], *, joined_by_and: bool) -> Expr:
    """Return the comparison with one value or with any of several."""
    name = build.name(place)
    if len(values) == 1:
        return Compare(operator, name, values[0])
    if operator == "=" and joined_by_and:
        raise ContradictionError(f"{place.element.id} kann nicht zwei Werte zugleich haben.")
    if operator in ("=", "!="):
        listed = ListOf(tuple(dict.fromkeys(values)))
        return Compare("in" if operator == "=" else "not in", name, listed)
    parts = [Compare(operator, name, value) for value in values]
    return build.all_of(parts) if joined_by_and else build.any_of(parts)
