"""The grammar of whole rules: headings, conditional sentences, else-branches, plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gemeinwerk.core.expressions import Expr
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.clauses import Clauses
from gemeinwerk.core.rules.definitions import definition
from gemeinwerk.core.rules.frames import Deed
from gemeinwerk.core.rules.lexicon import (
    ARTICLES,
    AUXILIARIES,
    ELSE,
    EXPLANATIONS,
    FILLERS,
    IF,
    IMPERATIVES,
    MODALS,
    NOT,
    THEN,
    WHAT_FAILS,
    WHAT_IS_SENT,
)
from gemeinwerk.core.rules.model import ContradictionError, Effect, NotUnderstoodError
from gemeinwerk.core.rules.scope import Scope
from gemeinwerk.core.rules.tokens import MAX_TEXT, MAX_TOKENS, normalise, tokenise

_OPPOSITES = {"show": "hide", "hide": "show", "required": "optional", "forbidden": "optional"}
_INVERTED = frozenset({"ist", "sind", "wird", "werden", "hat", "liegt", "wurde", "sollte"})


class Sentences(Clauses):
    """Reads the whole prose of one rule (Regeltext)."""

    def __init__(self, prose: str, scope: Scope) -> None:
        self.text = normalise(prose)
        tokens, notes = tokenise(self.text)
        self.too_long = len(prose) > MAX_TEXT or len(tokens) > MAX_TOKENS
        super().__init__(tokens, scope)
        self.notes.extend(notes)
        self.values_said = {}
        self.lands_named = []
        self.sets = []
        self.land: Expr = build.TRUE
        self.effects: list[Effect] = []
        self.left: list[str] = []
        self.reasons: list[str] = []
        self.lost = False
        self.narrow = False
        """The Land was named in the line of a sentence: it holds for this one only."""

    def read(self) -> None:
        """Read sentence by sentence; what is not understood goes to `left`."""
        self.scope.names.mended.clear()
        if self.too_long:
            self.reasons.append("Der Text der Regel ist zu lang.")
            self.left.append(" ".join(self.text[:200].split()))
            return
        self._definitions()
        before = 0
        while self._next_sentence():
            start, notes, last = self.at, len(self.notes), self.last
            joined = self.tokens[start - 1].kind == "sign" and self._is_if(0)
            try:
                found = self._statement()
                self._expect_end()
            except NotUnderstoodError:
                self._leave(start)
            except ContradictionError as why:
                self.reasons.append(why.why)
                self._leave(start)
            else:
                before = len(self.effects)
                self.effects.extend(found)
                continue
            if joined and before < len(self.effects):
                # It was a further condition of the sentence before, which now says too much.
                self.left.insert(-1, self.effects[-1].source)
                del self.effects[before:]
            del self.notes[notes:]
            self.last = last
        self.notes.extend(self.scope.names.mended)

    def _next_sentence(self) -> bool:
        while self.tokens[self.at].kind == "stop" or self.tokens[self.at].value in (",", ";", ":"):
            self.at += 1
        return self.tokens[self.at].kind != "end"

    def _leave(self, start: int) -> None:
        """Put the sentence aside; after an unread heading all that stands below it is unread."""
        self.at = start
        while self.tokens[self.at].kind not in ("stop", "end"):
            self.at += 1
            if self._heading_ends():
                self.lost = True
                break
        self.left.append(self._source(start))

    def _heading_ends(self) -> bool:
        """Tell whether the token before ends a heading: "... gilt:", "Bei Betrieben:"."""
        before, token = self.tokens[self.at - 1], self.tokens[self.at]
        if before.value == ":":
            said = self.tokens[max(0, self.at - 2)].value == "gilt"
            return said or "\n" in self.text[before.end : token.start]
        return before.value == "gilt" and token.kind in ("stop", "end")

    def _source(self, start: int) -> str:
        end = self.tokens[max(start, self.at - 1)].end
        return " ".join(self.text[self.tokens[start].start : end].split())

    def _expect_end(self) -> None:
        """Make sure that a sentence ends here, or that another clearly begins."""
        while self.skip_sign(")"):
            pass
        if self.at_end():
            return
        if self.sign() == ";":
            return
        if self.sign() == "," and (self._is_if(1) or self.word(1) in ("für", "in")):
            return
        between = self.text[self.tokens[self.at - 1].end : self.peek().start]
        if self._is_if(0) or "\n" in between:
            return
        raise NotUnderstoodError

    def _is_if(self, ahead: int) -> bool:
        return self.word(ahead) in IF

    def _statement(self) -> list[Effect]:
        start = self.at
        if self._explanation() or self._definition_here():
            return []
        if self._heading():
            self.narrow = not (self.at_end() or self._line_ends())
            return self._sentence(self.at) if self.narrow else []
        if self.lost or self.narrow:
            raise NotUnderstoodError  # below an unread heading, or behind "Für NW gilt: ..."
        return self._sentence(start)

    def _line_ends(self) -> bool:
        return "\n" in self.text[self.tokens[self.at - 1].end : self.peek().start]

    def _sentence(self, start: int) -> list[Effect]:
        mark = self.at
        self.skip_any(FILLERS)
        only = (self.skip("nur") or self.skip("erst")) and self._is_if(0)
        if self._is_if(0):
            self.at += 1
            return self._conditional(start, only=bool(only))
        self.at = mark
        inverted = self._inverted(start)
        return inverted if inverted is not None else self._plain(start)

    def _explanation(self) -> bool:
        """Pass over "D.h. ..." and "Hinweis: ...", and say so."""
        start = self.at
        if self.word() not in EXPLANATIONS:
            return False
        while self.tokens[self.at].kind not in ("stop", "end"):
            self.at += 1
        self.notes.append(f"Erläuterung, nicht übersetzt: {self._source(start)}")
        return True

    def _heading(self) -> bool:
        """Read "Für die Länder NW, SL gilt:"."""
        mark = self.at
        first = self.skip("gilt")
        only = self.skip("nur") or self.skip("ausschließlich")
        land = self.land_set()
        self.skip_sign(",")
        colon = (first or only) and land is not None and self.sign() == ":"
        if land is not None and (colon or (not first and self.skip("gilt"))):
            if not self.skip_sign(":") and not self.at_end():
                raise NotUnderstoodError
            self.land, self.lost = land, False
            return True
        self.at = mark
        return False

    def _conditional(self, start: int, *, only: bool = False) -> list[Effect]:
        self.skip("bei") or self.skip("nur")
        condition = self._asked()
        self.skip_sign(",", ":")
        self.skip_any(THEN)
        deeds = self.deeds()
        if only:
            deeds = [replace(deed, only=True) for deed in deeds]
        mark = self.at
        self.skip_sign(",")
        if self._except():
            excepted = build.all_of([condition, build.negate(self.condition())])
            return self._effects(deeds, excepted, start)
        self.at = mark
        effects = self._effects(deeds, condition, start)
        return effects + self._otherwise(deeds, condition, start)

    def _asked(self) -> Expr:
        condition = self.condition()
        self.of_condition = True
        return condition

    def _otherwise(self, deeds: Sequence[Deed], condition: Expr, start: int) -> list[Effect]:
        mark = self.at
        self.skip_sign(",", ";")
        if self.peek().kind == "stop" and self.word(1) in ELSE:
            self.at += 1
        if not self.skip_any(ELSE):
            self.at = mark
            return []
        if self._consequence():
            return []
        self.skip_sign(",", ":")
        other = build.negate(condition)
        places = {deed.places for deed in deeds}
        self.last = places.pop() if len(places) == 1 else ()
        self.of_condition = False
        if self.skip("nicht") and (self.at_end() or self.sign() in (",", ";")):
            return self._effects([_turned(deed) for deed in deeds], other, start)
        self.at -= self.tokens[self.at - 1].value == "nicht"
        return self._effects(self.deeds(), other, start)

    def _inverted(self, start: int) -> list[Effect] | None:
        """Read "Ist das Feld A befüllt, dann ..." where the verb stands first."""
        mark = self.at
        if not self.skip_any(_INVERTED):
            return None
        try:
            condition = self._asked()
            comma = self.skip_sign(",")
            if comma and (self.skip_any(THEN) or self.word() in MODALS | IMPERATIVES):
                deeds = self.deeds()
                effects = self._effects(deeds, condition, start)
                return effects + self._otherwise(deeds, condition, start)
        except NotUnderstoodError:
            pass
        self.at = mark
        return None

    def _plain(self, start: int) -> list[Effect]:
        deeds = self.deeds()
        mark = self.at
        self.skip_sign(",")
        turned = self._except()
        if turned or self._is_if(0):
            self.at += 0 if turned else 1
            condition = self.condition()
            if not self.skip_any(THEN) and not (self.sign() == "," and self.word(1) in THEN):
                condition = build.negate(condition) if turned else condition
                effects = self._effects(deeds, condition, start)
                return effects + self._otherwise(deeds, condition, start)
        self.at = mark
        if any(deed.only and deed.land == build.TRUE for deed in deeds):
            raise NotUnderstoodError
        effects = self._effects(deeds, build.TRUE, start)
        mark = self.at
        self.skip_sign(",", ";")
        if not (self.skip_any(ELSE) and self._consequence()):
            self.at = mark
        return effects

    def _consequence(self) -> bool:
        """Pass over what happens otherwise: "sonst kann der Antrag nicht abgeschickt werden"."""
        start = self.at
        self.skip_all(frozenset(MODALS), ARTICLES, NOT, frozenset({"das", "absenden", "zu"}))
        about = bool(self.skip_any(WHAT_IS_SENT))
        self.skip_all(frozenset(MODALS), NOT, WHAT_FAILS, AUXILIARIES)
        if about and self.at_end():
            self.notes.append(f"Folge, nicht übersetzt: {self._source(start)}")
            return True
        self.at = start
        return False

    def _except(self) -> bool:
        """Take "außer wenn" or "es sei denn"."""
        if self.skip("es", "sei", "denn"):
            self.skip_sign(",")
            self.skip("dass")
            return True
        return self.skip("außer", "wenn") or self.skip("außer", "falls")

    def _effects(self, deeds: Sequence[Deed], condition: Expr, start: int) -> list[Effect]:
        made: list[Effect] = []
        source = self._source(start)
        # A pronoun that follows means what the sentence acted on, if that is one thing.
        acted = {deed.places for deed in deeds if deed.holds is None}
        self.last = acted.pop() if len(acted) == 1 else ()
        self.of_condition = False
        for deed in deeds:
            inner = build.all_of([deed.land, condition])
            guard = build.all_of([self.land, inner])
            if deed.holds is not None:
                made.append(self._check(deed, guard, source))
                continue
            for place in deed.places:
                made.append(Effect(deed.action, place.path, guard, value=deed.value, source=source))
                if deed.only:
                    made.append(self._only(deed, place.path, inner, source))
        return made

    def _check(self, deed: Deed, guard: Expr, source: str) -> Effect:
        assert deed.holds is not None  # noqa: S101 - the caller has asked
        holds = deed.holds
        if guard != build.TRUE:
            holds = build.any_of([build.negate(guard), holds])
        target = deed.places[0].path if len(deed.places) == 1 else ".".join(self.scope.owner)
        return Effect("validation", target, holds, message=source, source=source)

    def _only(self, deed: Deed, path: str, inner: Expr, source: str) -> Effect:
        """Return what "nur wenn" adds: the contrary in all other cases."""
        contrary = {"optional": "forbidden", "required": "optional", "show": "hide"}.get(
            deed.action
        )
        if contrary is None:
            raise NotUnderstoodError
        guard = build.all_of([self.land, build.negate(inner)])
        return Effect(contrary, path, guard, source=source)  # type: ignore[arg-type]

    # "Die Mitgliedstaaten der EU (Stand ...) sind: 124 Belgien, 125 Bulgarien und ..."

    def _definitions(self) -> None:
        start = 0
        for index, token in enumerate(self.tokens):
            if token.kind in ("stop", "end"):
                found = definition(self.tokens[start:index])
                if found is not None:
                    self.sets.append(found)
                start = index + 1

    def _definition_here(self) -> bool:
        end = self.at
        while self.tokens[end].kind not in ("stop", "end"):
            end += 1
        if definition(self.tokens[self.at : end]) is None:
            return False
        self.at = end
        return True


def _turned(deed: Deed) -> Deed:
    """Return what "ansonsten nicht" means for a deed."""
    action = _OPPOSITES.get(deed.action)
    if action is None:
        raise NotUnderstoodError
    return Deed(action, deed.places, land=deed.land)  # type: ignore[arg-type]
