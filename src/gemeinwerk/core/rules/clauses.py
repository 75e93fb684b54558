"""The grammar of main clauses (Hauptsätze): what shall happen to which elements.

German puts the verb where it likes, so a clause is read as a frame: who (elements), how (modal
verb, denial) and what (predicates), in any order. Every word has to find its place in the frame.
"""

from __future__ import annotations

from gemeinwerk.core.expressions import Compare, Literal, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.comparisons import Test
from gemeinwerk.core.rules.frames import Deed, Frame, actions_of
from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    AUXILIARIES,
    CHOICE,
    EXCEEDS,
    FILLERS,
    IF,
    IMPERATIVES,
    IN,
    KINDS,
    MODALS,
    NOT,
    ONLY,
    PREDICATES,
    REQUIRED_NOUNS,
    SURROUNDINGS,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.quantities import combine
from gemeinwerk.core.rules.restrictions import Restrictions
from gemeinwerk.core.rules.scope import Place
from gemeinwerk.core.rules.values import number, read_value

_INFINITIVES = frozenset({"haben", "liegen", "betragen", "lauten", "enthalten", "umfassen"})
_PARTICLES = {"an": "show", "ein": "show", "aus": "hide"}


class Clauses(Restrictions):
    """Reads main clauses into deeds."""

    def deeds(self) -> list[Deed]:
        """Read one or several main clauses joined by "und" or a comma."""
        found: list[Deed] = []
        modal = ""
        denied = False
        while True:
            frame = Frame(modal=modal, denied=denied and not self._verb_here())
            start = self.at
            try:
                found += self._clause(frame)
            except NotUnderstoodError:
                if not found or self.tokens[start - 1].value != ";":
                    raise
                self.at = start - 1  # another sentence begins behind the semicolon
                return found
            modal, denied = frame.modal, frame.denied
            mark = self.at
            comma = self.skip_sign(",", ";")
            joint = self.skip_any(AND)
            if not (comma or joint) or not self._begins_clause(frame):
                self.at = mark
                return found

    def _verb_here(self) -> bool:
        return self.word() in IMPERATIVES or self.word() in MODALS

    def _begins_clause(self, before: Frame) -> bool:
        word = self.word()
        if word in IF or self.at_end() or (word == "es" and self.word(1) == "sei"):
            return False
        if word in IMPERATIVES or word in MODALS or word in PREDICATES:
            return True
        if word in ("für", "in"):
            return before.modal != ""
        mark, notes = self.at, len(self.notes)
        try:
            if self.pronoun(Frame()) and self.word() in MODALS:
                return True
            self.at = mark
            return bool(before.modal) and self.try_ref() is not None
        finally:
            self.at = mark
            del self.notes[notes:]

    def _clause(self, frame: Frame) -> list[Deed]:
        self.skip_all(FILLERS)
        self.says_group = False
        special = self.special() or self.restriction()
        if special is not None:
            return [special]
        while self._piece(frame):
            pass
        excluded = self._exclude(frame)
        if excluded is not None:
            return [excluded]
        if frame.later:
            self.skip_sign(":")
            frame.refs = self.refs()
        if frame.refs is None and (frame.kinds or frame.verb):
            frame.refs = self.unsaid(frame)
        if frame.refs is None:
            raise NotUnderstoodError
        self.last, self.of_condition = frame.refs.places, False
        frame.denied = frame.denied is not frame.denied_all
        if not frame.kinds and not frame.verb:
            return [self._constraint(frame)]
        added = self.addition(frame.refs.places)
        return [*self._deeds_of(frame), *([added] if added else [])]

    def _piece(self, frame: Frame) -> bool:
        """Take the next part of the frame; False when the clause ends here."""
        word = self.word()
        if word in IMPERATIVES and not frame.kinds and not frame.verb:
            return self._imperative(frame)
        if word in NOT and (frame.refs is not None or not word.startswith("kein")):
            self.at += 1
            if self.word() in ONLY or self.word() in NOT:
                raise NotUnderstoodError  # "nicht nur", "nicht nicht"
            together = self.skip_any(frozenset({"beide", "gleichzeitig", "zugleich"}))
            frame.denied = not together
            frame.denied_whole = frame.denied and frame.refs is None
            if together:
                frame.quantity = ("<=", 1)
        elif word in MODALS and not (frame.kinds and word in AUXILIARIES):
            return self.modal(frame)
        elif word in PREDICATES:
            self.at += 1
            frame.kinds.append(PREDICATES[word])
            self.says_group = self.says_group or word.endswith("gruppe")
        elif self.sign() in ("=", ":") and self.word(1) in PREDICATES and frame.refs is not None:
            self.at += 1
        elif word in _PARTICLES and self._is_particle(frame):
            self.at += 1
            frame.verb = _PARTICLES[word] if frame.verb == "fade" else frame.verb
        elif frame.kinds and self._joined_predicate():
            pass
        elif (frame.kinds and word in AUXILIARIES | KINDS) or (
            word in FILLERS and (frame.kinds or frame.modal)
        ):
            self.at += 1
        elif self._adverbial(frame):
            pass
        else:
            return self.subject(frame)
        return True

    def _is_particle(self, frame: Frame) -> bool:
        """Tell the particle of "blende F1 ein" from the article of "ein Pflichtfeld"."""
        if frame.refs is None or not frame.verb:
            return False
        return self.word() != "ein" or self.word(1) not in REQUIRED_NOUNS

    def _imperative(self, frame: Frame) -> bool:
        frame.verb = IMPERATIVES[self.word()]
        frame.modal, frame.denied = "", False
        self.at += 1
        return True

    def _joined_predicate(self) -> bool:
        """Take "und" between two predicates: "angezeigt und befüllt werden"."""
        mark = self.at
        if self.skip_any(AND):
            self.skip_all(IN - {"aus"}, ARTICLES, SURROUNDINGS, frozenset({"zu", "als"}))
            if self.word() in PREDICATES:
                return True
        self.at = mark
        return False

    def _adverbial(self, frame: Frame) -> bool:
        """Take what stands around: "als Pflicht", "mit 001", "in Thüringen", "zu einer ..."."""
        mark = self.at
        if self.word() == "nur" and self.quantity() is None:
            self.at += 1
            self.skip("dann")
            if frame.refs is None and self._names_something():
                raise NotUnderstoodError  # "nur F1 ist anzuzeigen": and the others?
            frame.only = True
            return True
        self.at = mark
        self.at = mark
        if frame.refs is not None and not frame.kinds and self.skip("bei"):
            frame.land = build.all_of([frame.land, self.condition()])
            self.last, self.of_condition = frame.refs.places, False
            return True
        land = self.land_set()
        if land is not None:
            frame.land = build.all_of([frame.land, land])
            return True
        if self.skip_any(frozenset({"als", "zu", "zum", "zur"})):
            self.skip_all(ARTICLES)
            if self.word() in PREDICATES:
                return True
        self.at = mark
        self.skip_all(ARTICLES)
        if PREDICATES.get(self.word()) in ("required", "optional") and self.at > mark:
            return True
        self.at = mark
        self.skip_all(IN, ARTICLES)
        if self.skip_any(SURROUNDINGS):
            return True
        self.at = mark
        return self._with_value(frame)

    def _names_something(self) -> bool:
        mark = self.at
        found = self.word() not in PREDICATES and self.try_ref() is not None
        self.at = mark
        return found

    def _with_value(self, frame: Frame) -> bool:
        mark = self.at
        if frame.refs is None or frame.value is not None:
            return False
        chosen = (
            not frame.kinds and self.skip_any(frozenset({"der", "die"})) and self.word() in CHOICE
        )
        if not chosen:
            self.at = mark
        if chosen or self.skip("mit") or (not frame.kinds and self.word() in CHOICE):
            self.skip_all(
                CHOICE, frozenset({"dem", "den", "der", "wert", "code", "auswahl", "eintrag"})
            )
            if self.peek().kind == "formula":
                formula = self.formula()
                frame.value = lambda place: formula
                return True
            if self.word() in IN | {"des"}:
                source = build.name(self.ref())
                frame.value = lambda place: source
                return True
            code, label = self.value(frame.refs.places[0])
            self.skip_any(frozenset({"fest", "automatisch"}))
            frame.value = lambda place: read_value(self.scope.names, place, code, label)
            return True
        if self.skip("aus"):
            other = self.try_ref()
            if other is not None and (self.skip("übernommen") or self.skip("zu", "übernehmen")):
                taken = build.name(other)
                frame.value = lambda place: taken
                frame.kinds.append("prefill")
                return True
        self.at = mark
        return False

    def _constraint(self, frame: Frame) -> Deed:
        """Read what values must be: "muss vor dem Datum in B liegen", "muss wahr sein"."""
        if frame.refs is None or frame.modal not in ("must", "may"):
            if frame.refs is not None and not frame.modal and self.word() in AND:
                said = ", ".join(place.element.id for place in frame.refs.places)
                raise ContradictionError(f"Was mit {said} geschehen soll, sagt der Satz nicht.")
            raise NotUnderstoodError
        if frame.needs and frame.denied:
            raise NotUnderstoodError  # "muss nicht in der Zukunft liegen" asks for nothing
        test = self._exceeding(frame) or self.predicate(frame.refs.places[0])
        self.skip_all(AUXILIARIES, _INFINITIVES)
        holds = combine(frame.refs, frame.quantity, test)
        limits = isinstance(holds, Compare) and holds.operator in ("<", "<=")
        if frame.modal == "may" and not frame.denied and not limits:
            raise NotUnderstoodError  # "darf größer als 5 sein" asks for nothing
        if frame.denied:
            holds = build.opposite(holds)
        return Deed("validation", frame.refs.places, holds=holds, land=frame.land)

    def _exceeding(self, frame: Frame) -> Test | None:
        """Read "darf 100 nicht überschreiten" and "darf nicht unter 100 liegen"."""
        mark = self.at
        self.skip_all(ARTICLES, frozenset({"wert", "betrag"}))
        if self.peek().kind == "number":
            amount = number(self.peek().value)
            self.at += 1
            denied = self.skip("nicht")
            operator = EXCEEDS.get(self.skip_any(EXCEEDS))
            if operator and denied and not frame.denied:
                frame.denied = True
                return lambda each: Compare(operator, build.name(_number(each)), Literal(amount))
        self.at = mark
        return None

    def _fixed_value(self, frame: Frame) -> Deed:
        """Return the check of "darf die Auswahl 01 nicht gewählt werden"."""
        assert frame.refs is not None  # noqa: S101 - _clause has made sure
        if frame.kinds != ["fill"] or frame.modal not in ("must", "may") or frame.value is None:
            raise NotUnderstoodError
        if frame.modal == "may" and not frame.denied:
            raise NotUnderstoodError
        operator, value = "!=" if frame.denied else "=", frame.value
        holds = [
            build.any_of([build.negate(build.given(p)), Compare(operator, build.name(p), value(p))])
            for p in frame.refs.places
        ]
        return Deed("validation", frame.refs.places, holds=build.all_of(holds), land=frame.land)

    def _deeds_of(self, frame: Frame) -> list[Deed]:
        assert frame.refs is not None  # noqa: S101 - _clause has made sure
        deeds: list[Deed] = []
        if frame.value is not None and "prefill" not in frame.kinds and frame.verb != "prefill":
            return [self._fixed_value(frame)]
        for action in actions_of(frame):
            if frame.denied_whole and frame.quantity is not None:
                if frame.quantity != ("all", 0) or action != "forbidden":
                    raise NotUnderstoodError
                holds = build.negate(build.all_of([build.given(p) for p in frame.refs.places]))
                deeds.append(Deed("validation", frame.refs.places, holds=holds, land=frame.land))
                continue
            if frame.quantity is not None and frame.quantity[0] == "only":
                if action != "optional" or frame.modal not in ("may", "can"):
                    raise NotUnderstoodError
                frame.quantity = ("<=", frame.quantity[1])
            at_most = frame.quantity is not None and frame.quantity[0] == "<="
            if at_most and action == "optional" and "fill" in frame.kinds:
                action = "required"  # "darf höchstens eines" limits
            if action == "required" and (frame.quantity or frame.refs.joined == "or"):
                holds = combine(frame.refs, frame.quantity, lambda place: build.given(place))
                deeds.append(Deed("validation", frame.refs.places, holds=holds, land=frame.land))
                continue
            if frame.refs.joined == "or" or frame.quantity not in (None, ("all", 0)):
                raise NotUnderstoodError
            if action == "prefill" and frame.value is not None:
                places = frame.refs.places
                deeds += [Deed(action, (p,), value=frame.value(p), land=frame.land) for p in places]
                continue
            deeds.append(Deed(action, frame.refs.places, land=frame.land, only=frame.only))
        return deeds


def _number(place: Place) -> Place:
    if place.type is not Type.NUMBER:
        raise NotUnderstoodError
    return place
