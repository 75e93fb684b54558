"""The grammar of subjects: which elements a main clause speaks of, named, counted or unsaid."""

from __future__ import annotations

from collections.abc import Sequence

from gemeinwerk.core.rules.frames import Frame
from gemeinwerk.core.rules.lexicon import ARTICLES, KINDS, MODALS, PREDICATES, PRONOUNS
from gemeinwerk.core.rules.model import NotUnderstoodError
from gemeinwerk.core.rules.reader import Refs
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.specials import Specials
from gemeinwerk.core.schemas import Group


class Subjects(Specials):
    """Reads subjects into references."""

    says_group = False
    """The predicate itself speaks of a group: "Pflichtgruppe, wenn ..."."""

    def subject(self, frame: Frame) -> bool:
        """Take the elements, or the pronoun that stands for those named before."""
        if frame.refs is not None or frame.later:
            return False
        mark = self.at
        if self.skip("entweder"):
            if frame.modal == "" and self.word() in MODALS:
                self.modal(frame)
            frame.quantity = ("=", 1)
            frame.refs = self._alternatives()
            return True
        if self.word() == "beide" and self.word(1) not in ARTICLES | KINDS:
            return self.peek(1).kind != "id" and self.pronoun(frame)
        if self._follows():
            frame.later = True
            return True
        quantity = self.quantity()
        if quantity is not None:
            if self.whole is None and self.word() in MODALS | PREDICATES:
                frame.quantity, frame.later = quantity, True
                return True
            frame.refs = self.counted_refs()
            if quantity == ("=", 0):
                frame.denied_all, quantity = True, None
                frame.refs = Refs(frame.refs.places)
            frame.quantity = quantity
            return True
        if self.skip("weder"):
            frame.refs, frame.denied_all = Refs(self.neither_refs()), True
            return True
        if self.skip("es") and (self.word() in MODALS or self.word() in ("entweder", "mindestens")):
            return True
        self.at = mark
        if self.try_ref() is not None:
            self.at = mark
            frame.refs = self.refs()
            return True
        self.at = mark
        return self.pronoun(frame)

    def _follows(self) -> bool:
        """Tell whether the elements stand behind the verb: "folgende Felder ...: A, B"."""
        mark = self.at
        self.skip_any(frozenset({"die", "alle", "das"}))
        if self.word().startswith("folgend"):
            self.at += 1
            noun = self.skip_any(KINDS)
            ends = self.word() in MODALS | PREDICATES | {"nicht": ""}
            if noun and ends and self._colon_ahead():
                return True
        self.at = mark
        return False

    def _colon_ahead(self) -> bool:
        for token in self.tokens[self.at :]:
            if token.kind in ("stop", "end", "id"):
                return False
            if token.value == ":":
                return True
        return False

    def _alternatives(self) -> Refs:
        """Read "das Feld A oder das Feld B" after "entweder"."""
        refs = self.refs()
        if len(refs.places) < 2:
            raise NotUnderstoodError
        return refs

    def pronoun(self, frame: Frame) -> bool:
        mark = self.at
        article = self.skip_any(ARTICLES | PRONOUNS | frozenset({"beide"}))
        noun = self.skip_any(KINDS)
        if article or noun:
            last = () if self.of_condition else self.last
            if last and _agrees(article, noun, last):
                frame.refs = Refs(last)
                return True
            own = self.scope.itself
            if own is not None and noun and _is_kind(noun, own):
                self.notes.append(f"„{self.text_of(mark)}“ gelesen als {own.element.id}.")
                frame.refs = Refs((own,))
                return True
        self.at = mark
        return False

    def text_of(self, start: int) -> str:
        """Return what was read since a position, as it stands in the prose."""
        return self.text[self.tokens[start].start : self.tokens[self.at - 1].end]

    def unsaid(self, frame: Frame) -> Refs | None:
        """Return what a clause without a subject speaks of: the element before, or the owner.

        What a condition asks is never what is acted on: "Wenn F1 = Ja, dann Pflichtfeld" in the
        rule of a group does not say which field.
        """
        if self.last and not self.of_condition:
            return Refs(self.last)
        own = self.scope.itself
        if own is None or frame.verb not in ("", "show", "hide"):
            return None
        if isinstance(own.element, Group) and not self.says_group:
            return None
        self.notes.append(f"Ohne Subjekt; gelesen als {own.element.id}.")
        return Refs((own,))

    def modal(self, frame: Frame) -> bool:
        """Take the modal verb; one behind a predicate belongs to the next clause."""
        if frame.kinds:
            return False
        frame.modal = MODALS[self.word()]
        frame.needs = self.word() in ("muss", "müssen")
        frame.denied = False
        self.at += 1
        return True


def _is_kind(noun: str, place: Place) -> bool:
    """Tell whether "dieses Feld" or "diese Gruppe" can mean the owner of the rule."""
    group = noun in ("gruppe", "feldgruppe", "datenfeldgruppe", "datengruppe", "abschnitt")
    if noun.endswith(("felder", "feldern", "gruppen", "angaben", "elemente")):
        return False
    return group is isinstance(place.element, Group)


def _agrees(article: str, noun: str, places: Sequence[Place]) -> bool:
    """Tell whether a pronoun fits what it would stand for, in number and gender."""
    several = len(places) > 1
    if article == "beide":
        return len(places) == 2
    if noun:
        group = all(isinstance(place.element, Group) for place in places)
        plural = noun.endswith(("felder", "feldern", "gruppen", "angaben", "elemente"))
        return plural is several and ("gruppe" not in noun or group)
    if article == "es":
        return not several and not isinstance(places[0].element, Group)
    return True
