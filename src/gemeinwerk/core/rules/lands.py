"""Reads for which Land a sentence holds: "Für die Länder NW und SL gilt:", "in Thüringen"."""

from __future__ import annotations

from collections.abc import Sequence

from gemeinwerk.core.expressions import Compare, Expr, ListOf, Literal, Name
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.conditions import Conditions
from gemeinwerk.core.rules.lexicon import AND, ARTICLES, LAND_NOUNS, LANDS, OR, SIGNS
from gemeinwerk.core.rules.model import ALWAYS_LAND, NotUnderstoodError

_ALL = frozenset({"alle", "allen", "sämtliche", "jedes"})
_OTHERS = frozenset({"anderen", "andere", "übrigen", "restlichen", "weiteren", "sonstigen"})


class Lands(Conditions):
    """Reads sets of Länder and remembers which were named."""

    lands_named: list[str]

    def land_set(self) -> Expr | None:
        """Read "für die Länder NW, SL", "für alle anderen Länder", "in Thüringen"."""
        mark = self.at
        if not self.skip_any(frozenset({"für", "in", "im", "bei"})):
            return None
        found = self._lands()
        if found is None:
            self.at = mark
        return found

    def _lands(self) -> Expr | None:
        all_lands = bool(self.skip_any(_ALL))
        self.skip_all(ARTICLES)
        others = bool(self.skip_any(_OTHERS))
        noun = bool(self.skip_any(LAND_NOUNS))
        if noun and self.skip_any(frozenset({"außer", "ausgenommen", "ohne"})):
            return build.negate(self._among(self._listed()))
        named = self._listed() if not others else []
        if named:
            return self._among(named)
        if noun and others:
            if not self.lands_named:
                raise NotUnderstoodError
            return build.negate(_in(self.lands_named))
        return build.TRUE if noun and all_lands else None

    def land_condition(self) -> Expr | None:
        """Read "das Land NW ist", "das Bundesland = SN oder TH"."""
        mark = self.at
        self.skip_all(ARTICLES)
        if self.skip_any(LAND_NOUNS):
            denied = self.skip("nicht") or SIGNS.get(self.sign()) == "!="
            self.skip_sign("=", "==", "===", "<>", "!=")
            named = self._listed()
            self.skip("ist")
            if named:
                found = self._among(named)
                return build.negate(found) if denied else found
        self.at = mark
        return None

    def _listed(self) -> list[str]:
        found: list[str] = []
        while True:
            mark = self.at
            if found:
                self.skip_sign(",")
                self.skip_any(AND | OR)
            self.skip_all(ARTICLES, LAND_NOUNS)
            land = self.skip_any(LANDS)
            if not land:
                self.at = mark
                return found
            found.append(LANDS[land])

    def _among(self, lands: Sequence[str]) -> Expr:
        if not lands:
            raise NotUnderstoodError
        self.lands_named.extend(land for land in lands if land not in self.lands_named)
        return _in(lands)


def _in(lands: Sequence[str]) -> Expr:
    if len(lands) == 1:
        return Compare("=", Name(ALWAYS_LAND), Literal(lands[0]))
    return Compare("in", Name(ALWAYS_LAND), ListOf(tuple(Literal(land) for land in lands)))
