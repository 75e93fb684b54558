"""Clauses that leave only some values to choose: "nur der Code G", "nur folgende Werte: ..."."""

from __future__ import annotations

from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.comparisons import Item
from gemeinwerk.core.rules.frames import Deed
from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    AUXILIARIES,
    CHOOSABLE,
    IN,
    MODALS,
    ONLY,
    OR,
    STRUCTURE,
    VALUES,
)
from gemeinwerk.core.rules.model import NotUnderstoodError
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.subjects import Subjects
from gemeinwerk.core.schemas import Group


class Restrictions(Subjects):
    """Reads which values remain."""

    def restriction(self) -> Deed | None:
        """Read "darf in Feld F1 nur einer der Codes A, B oder C ausgewählt sein"."""
        mark = self.at
        self.skip_any(MODALS)
        place = self.try_ref()
        if place is not None and not isinstance(place.element, Group):
            self.skip_any(MODALS)
            self.skip("stehen") or self.skip("steht")
            self.skip("in", "der", "codeliste") or self.skip("aus", "der", "codeliste")
            if self.skip_any(ONLY):
                deed = self._remaining(place)
                if deed is not None:
                    return deed
        self.at = mark
        return self._values_first()

    def _values_first(self) -> Deed | None:
        """Read "Es dürfen nur die Codes 001 und 002 im Feld F1 ausgewählt werden"."""
        mark = self.at
        self.skip("es")
        self.skip_any(MODALS)
        place = self._ahead() if self.skip_any(ONLY) else None
        if place is not None:
            self.skip_all(ARTICLES, VALUES)
            items = self._items(place)
            self.skip_any(MODALS)
            if items and self.word() in IN and self.try_ref() == place and self._said():
                holds = self.among(place, "=", items, joined_by_and=False)
                holds = build.any_of([build.negate(build.given(place)), holds])
                return Deed("validation", (place,), holds=holds)
        self.at = mark
        return None

    def _ahead(self) -> Place | None:
        """Return the one element that stands further on in the sentence."""
        found: list[Place] = []
        for token in self.tokens[self.at :]:
            if token.kind in ("stop", "end"):
                break
            if token.kind == "id":
                found.append(self.scope.find(tuple(token.value.split("."))))
        field = len(found) == 1 and not isinstance(found[0].element, Group)
        return found[0] if field else None

    def addition(self, places: tuple[Place, ...]) -> Deed | None:
        """Read ", wobei nur der Code G ausgewählt werden darf" behind another clause."""
        mark = self.at
        if self.skip_sign(",") and self.skip("wobei"):
            if len(places) != 1 or not self.skip_any(ONLY):
                raise NotUnderstoodError
            deed = self._remaining(places[0])
            if deed is None:
                raise NotUnderstoodError
            return deed
        self.at = mark
        return None

    def _remaining(self, place: Place) -> Deed | None:
        self.skip_all(ARTICLES, VALUES)
        self._noun()
        self.skip_sign(":")
        items = self._items(place)
        if not self._said():
            return None
        if not items:
            self.skip_sign(":")
            self.skip_all(ARTICLES, VALUES)
            items = self._items(place)
        if not items:
            return None
        within = self.among(place, "=", items, joined_by_and=False)
        holds = build.any_of([build.negate(build.given(place)), within])
        return Deed("validation", (place,), holds=holds)

    def _noun(self) -> None:
        """Take the noun of the values, whatever it is: "folgende Rechtsformen zur Auswahl"."""
        word, ahead = self.word(), self.peek(1)
        if word and word not in STRUCTURE and (ahead.value in ("zur", ":") or self._ends(1)):
            self.at += 1

    def _ends(self, ahead: int) -> bool:
        return self.word(ahead) in CHOOSABLE

    def _said(self) -> bool:
        start = self.at
        self.skip_all(CHOOSABLE)
        chosen = self.at > start
        self.skip_all(AUXILIARIES, frozenset(MODALS))
        return chosen

    def _items(self, place: Place) -> list[Item]:
        found: list[Item] = []
        while True:
            mark = self.at
            if found:
                self.skip_sign(",", ";")
                self.skip_any(AND | OR)
            try:
                found.append(self.item(place))
            except NotUnderstoodError:
                self.at = mark
                return found
