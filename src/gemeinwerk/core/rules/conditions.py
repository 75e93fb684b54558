"""The grammar of conditions (Bedingungen): what stands between "wenn" and "dann".

condition   = part { "oder" part } ; part = unit { "und" unit }
unit        = "(" condition ")" | [quantity] elements predicate | formula
predicate   = sign values | "den Wert" value "hat" | "befüllt ist" | "vor" day "liegt" | ...
"""

from __future__ import annotations

from collections.abc import Callable

from gemeinwerk.core.expressions import Compare, Expr, ExpressionError, Type, parse
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.lexicon import (
    AND,
    ARTICLES,
    AUXILIARIES,
    CHOICE,
    ENTRY_NOUNS,
    FULFILLED,
    GIVEN_WORDS,
    IN,
    MADE,
    NOT,
    OR,
    SIGNS,
    THEN,
)
from gemeinwerk.core.rules.model import ContradictionError, NotUnderstoodError
from gemeinwerk.core.rules.quantities import Quantities, combine
from gemeinwerk.core.rules.reader import Refs
from gemeinwerk.core.rules.values import read_value

MAX_NESTING = 20


class Conditions(Quantities):
    """Reads conditions into expressions."""

    def condition(self, depth: int = 0) -> Expr:
        """Read a whole condition."""
        if depth > MAX_NESTING:
            raise NotUnderstoodError
        listed = self._listed_conditions(depth)
        if listed is not None:
            return listed
        return self._chain(OR, lambda: self._part(depth), build.any_of)

    def _listed_conditions(self, depth: int) -> Expr | None:
        """Read "eine der folgenden Bedingungen erfüllt ist: ... , ..."."""
        mark = self.at
        if not (self.skip("mindestens") or self.skip("wenigstens")):
            self.skip("nur")
        every = self.skip("alle") or self.skip("sämtliche")
        one = not every and (self.skip("eine", "der") or self.skip("eine", "von"))
        if not (every or one):
            self.at = mark
            return None
        self.skip_all(ARTICLES)
        if not (self.skip("bedingungen") or self.skip("voraussetzungen") or self.skip("kriterien")):
            self.at = mark
            return None
        self.skip_all(FULFILLED, AUXILIARIES)
        if not self.skip_sign(":"):
            raise NotUnderstoodError
        parts = [self._chain(AND, lambda: self._unit(depth), build.all_of)]
        while self.sign() in (",", ";") and self._another():
            parts.append(self._chain(AND, lambda: self._unit(depth), build.all_of))
        return build.all_of(parts) if every else build.any_of(parts)

    def _another(self) -> bool:
        mark = self.at
        self.at += 1
        joint = self.skip_any(AND | OR)
        if joint not in THEN and self._starts_unit():
            return True
        self.at = mark
        return False

    def _part(self, depth: int) -> Expr:
        return self._chain(AND, lambda: self._unit(depth), build.all_of)

    joined = 1
    """How many units the last chain of "und" had, outside of brackets."""

    def _chain(
        self,
        joints: frozenset[str],
        level: Callable[[], Expr],
        join: Callable[[list[Expr]], Expr],
    ) -> Expr:
        parts = [level()]
        mixed, clear = self.joined > 1, True
        while True:
            mark = self.at
            self.skip_sign(",")
            line = "\n" in self.text[self.tokens[self.at - 1].end : self.peek().start]
            if not self.skip_any(joints) or not self._starts_unit():
                self.at = mark
                break
            self.skip_any(frozenset({"zugleich", "gleichzeitig"}))
            clear = (self.skip("wenn") or line) and clear
            parts.append(level())
            mixed = mixed or self.joined > 1
        if joints is OR and mixed and len(parts) > 1 and not clear:
            raise ContradictionError(
                "„und“ und „oder“ stehen ohne Klammern; was zusammengehört, ist nicht sicher."
            )
        self.joined = len(parts) if joints is AND else 1
        return join(parts)

    def _starts_unit(self) -> bool:
        """Tell whether another condition can begin here (and no action)."""
        mark = self.at
        try:
            self.skip("wenn")
            if (
                self.sign() == "("
                or self.sign() in SIGNS
                or self.peek().kind == "formula"
                or self.word() == "nicht"
            ):
                return True
            if self.quantity() is not None:
                return True
            return self.try_ref() is not None
        except ContradictionError:
            return True
        finally:
            self.at = mark

    def _unit(self, depth: int) -> Expr:
        if self.peek().kind == "formula":
            return self.formula()
        mark = self.at
        if self.skip("nicht") and self.skip_sign("("):
            self.at -= 1
            return build.negate(self._bracket(depth))
        self.at = mark
        if self.skip("nicht"):
            return build.negate(self._elements())
        land = self.land_condition()
        if land is not None:
            return land
        reckoned = self.amount()
        if reckoned is not None:
            return reckoned
        if self.sign() == "(":
            bracket = self._try_bracket(depth)
            if bracket is not None:
                return bracket
        return self._elements()

    def land_condition(self) -> Expr | None:
        """Read a condition on the Land; the class that knows the Länder does."""
        return None

    def _bracket(self, depth: int) -> Expr:
        self.skip_sign("(")
        expr = self.condition(depth + 1)
        if not self.skip_sign(")"):
            raise NotUnderstoodError
        return expr

    def _try_bracket(self, depth: int) -> Expr | None:
        mark, notes = self.at, len(self.notes)
        try:
            return self._bracket(depth)
        except NotUnderstoodError:
            self.at = mark
            del self.notes[notes:]
            return None

    def formula(self) -> Expr:
        """Read an expression in backticks, for what German has no plain words for."""
        token = self.peek()
        self.at += 1
        try:
            return parse(token.value)
        except ExpressionError as wrong:
            raise ContradictionError(f"Die Formel „{token.value}“ ist nicht lesbar.") from wrong

    def _elements(self) -> Expr:
        chosen = self._choice_of() or self._entry_in() or self._lacks()
        if chosen is not None:
            return chosen
        self.skip("als")
        quantity = self.quantity()
        if quantity is None and self.skip("weder"):
            return self._neither()
        if quantity is None and self.sign() in SIGNS and self.asked is not None:
            refs = self.asked  # "..., bei <> Nein" asks the same element again
        else:
            refs = self.counted_refs()
        self.asked = refs
        test = self.predicate(refs.places[0])
        return combine(refs, quantity, test)

    def _choice_of(self) -> Expr | None:
        """Read "bei Auswahl von „in Deutschland“ im Feld A", where the value comes first."""
        mark = self.at
        if self.skip("auswahl") or self.peek().kind == "quote":
            self.skip_any(frozenset({"von", "des", "der"}))
            self.skip_all(CHOICE, frozenset({"wertes", "eintrags", "antwort"}))
            token = self.peek()
            if token.kind in ("quote", "number"):
                self.at += 1
                number = token.kind == "number"
                place = self.try_ref() if self.word() in IN else None
                if place is not None:
                    said = (token.value, "") if number else ("", token.value)
                    value = read_value(self.scope.names, place, *said)
                    return Compare("=", build.name(place), value)
        self.at = mark
        return None

    def _entry_in(self) -> Expr | None:
        """Read "kein Eintrag im Feld F1 vorgenommen wurde", where the noun comes first."""
        mark = self.at
        none = bool(self.skip_any(NOT))
        if (none or self.skip_any(frozenset({"ein", "eine"}))) and self.skip_any(ENTRY_NOUNS):
            place = self.try_ref() if self.word() in IN | {"bei", "zu"} else None
            if place is not None and self.skip_any(MADE | GIVEN_WORDS):
                self.skip_all(AUXILIARIES)
                given = build.given(place)
                return build.negate(given) if none else given
        self.at = mark
        return None

    def _lacks(self) -> Expr | None:
        """Read "keine E-Mail angegeben wurde"."""
        mark = self.at
        if self.word() in ("kein", "keine", "keinen"):
            self.at += 1
            place = self.try_ref()
            text = place is not None and place.type is not Type.BOOLEAN
            if place is not None and text and self.skip_any(GIVEN_WORDS | MADE):
                self._close()
                return build.negate(build.given(place))
        self.at = mark
        return None

    def _neither(self) -> Expr:
        places = self.neither_refs()
        test = self.predicate(places[0])
        return build.negate(build.any_of([test(place) for place in places]))

    asked: Refs | None = None
