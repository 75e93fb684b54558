"""Main clauses of a shape of their own: what must hold, valid days, mutual exclusion."""

from __future__ import annotations

from gemeinwerk.core.expressions import Call, Compare, Expr, Literal, Type
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.frames import Deed, Frame
from gemeinwerk.core.rules.lands import Lands
from gemeinwerk.core.rules.lexicon import (
    ARTICLES,
    AUXILIARIES,
    ENTRY_NOUNS,
    EXCEEDS,
    MODALS,
    OPPOSITE,
    PREDICATES,
    RESULTS,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.values import number

_NOUNS_OF_TRUTH = frozenset({"validität", "gültigkeit", "korrektheit", "richtigkeit"})
_DATE_GENITIVES = frozenset({"kalenderdatums", "datums", "kalendertages", "tages"})
_ENSURED = frozenset({"sichergestellt", "geprüft", "gewährleistet", "überprüft"})


class Specials(Lands):
    """Reads clauses that are no frame."""

    def special(self) -> Deed | None:
        """Read a clause of a shape of its own."""
        return self._must_hold() or self._truth() or self._total_holds() or self._how_often()

    def _must_hold(self) -> Deed | None:
        """Read "für das Feld F1 muss gelten: ..." and "es muss gelten: ..."."""
        mark = self.at
        place = self.try_ref() if self.skip("für") else None
        if self.at > mark and place is None:
            self.skip_all(ARTICLES)
            schema = self.scope.names.schema.id
            if not (self.skip("datenschema") and self.peek().value == schema):
                self.at = mark
                return None
            self.at += 1
        self.skip("es")
        if self.skip("muss", "gelten") and self.skip_sign(":"):
            places = (place,) if place is not None else ()
            return Deed("validation", places, holds=self.condition())
        self.at = mark
        return None

    def _total_holds(self) -> Deed | None:
        """Read "die Summe der Felder A und B muss 100 ergeben", "darf 100 nicht überschreiten"."""
        mark = self.at
        total = self.total()
        if total is None or self.word() not in MODALS:
            self.at = mark
            return None
        forbids = MODALS[self.word()] == "may"
        self.at += 1
        denied = self.skip("nicht")
        operator = self._compares() or "="
        self.skip_all(ARTICLES, frozenset({"wert", "in", "von"}))
        if self.peek().kind == "number":
            right: Expr = Literal(number(self.peek().value))
            self.at += 1
        else:
            right = build.name(self.ref())
        denied = denied is not self.skip("nicht")
        operator = EXCEEDS.get(self.skip_any(EXCEEDS), operator)
        self.skip_all(AUXILIARIES, RESULTS)
        if forbids is not denied:
            raise NotUnderstoodError
        holds = Compare(OPPOSITE[operator] if denied else operator, total, right)
        return Deed("validation", (), holds=holds)

    def _how_often(self) -> Deed | None:
        """Read "die Angabe in F1 bestimmt, wie oft die Gruppe G1 befüllt werden muss"."""
        mark = self.at
        self.skip_all(ARTICLES, ENTRY_NOUNS)
        number_of = self.try_ref()
        if number_of is not None and self.skip("bestimmt"):
            self.skip_sign(",")
            if self.skip("wie", "oft") or self.skip("wie", "häufig"):
                group = self.ref()
                self.skip_all(frozenset(PREDICATES), AUXILIARIES, frozenset(MODALS))
                if number_of.type is not Type.NUMBER or group.maximum == 1:
                    raise ContradictionError(
                        f"{group.element.id} ist nicht mehrfach, oder {number_of.element.id} ist"
                        " keine Zahl."
                    )
                count = Call("count", (build.name(group),))
                holds = Compare("=", count, build.name(number_of))
                return Deed("validation", (group,), holds=holds)
        self.at = mark
        return None

    def _truth(self) -> Deed | None:
        """Read "muss die Validität des sich ergebenden Kalenderdatums sichergestellt werden"."""
        mark = self.at
        if self.skip_any(MODALS):
            self.skip_all(ARTICLES)
            if self.skip_any(_NOUNS_OF_TRUTH):
                self.skip_all(ARTICLES, frozenset({"sich", "ergebenden", "angegebenen"}))
                if self.skip_any(_DATE_GENITIVES) and self.skip_any(_ENSURED):
                    self.skip_all(AUXILIARIES)
                    return self._valid_day()
        self.at = mark
        return None

    def _valid_day(self) -> Deed:
        if len(self.last) != 3:
            raise ContradictionError("Ein Kalenderdatum braucht Tag, Monat und Jahr.")
        return Deed("validation", self.last, holds=build.valid_day(*self.last))

    def _exclude(self, frame: Frame) -> Deed | None:
        """Read "A und B schließen sich gegenseitig aus"."""
        mark = self.at
        if frame.refs is not None and self.skip("schließen", "sich"):
            self.skip("gegenseitig")
            if self.skip("aus") and len(frame.refs.places) > 1:
                tests = [build.given(place) for place in frame.refs.places]
                holds = build.count_of(tests, "<=", 1)
                return Deed("validation", frame.refs.places, holds=holds)
        self.at = mark
        return None
