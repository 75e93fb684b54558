"""Main clauses of a shape of their own: what must hold, valid days, mutual exclusion."""

from __future__ import annotations

from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.frames import Deed, Frame
from gemeinwerk.core.rules.lands import Lands
from gemeinwerk.core.rules.lexicon import ARTICLES, AUXILIARIES, MODALS
from gemeinwerk.core.rules.model import ContradictionError

_NOUNS_OF_TRUTH = frozenset({"validität", "gültigkeit", "korrektheit", "richtigkeit"})
_DATE_GENITIVES = frozenset({"kalenderdatums", "datums", "kalendertages", "tages"})
_ENSURED = frozenset({"sichergestellt", "geprüft", "gewährleistet", "überprüft"})


class Specials(Lands):
    """Reads clauses that are no frame."""

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
