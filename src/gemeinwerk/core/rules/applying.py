"""Turns translated rules into what a form takes: visibility, requirement, prefills and checks.

Only rules that an author confirmed are applied, or all fully translated ones when the caller says
so; a rule that is unclear never is, and what is left out is told in `skipped`.

How several effects on one element act together:

- shown where any rule shows it, or asks for it while the same rule hides it elsewhere
- a rule that only hides takes the element away where it says so
- required where any rule requires it; an element that is not shown is never required
- a group that is required gets a check of its own, for a form requires fields only
- "optional" frees an element that the model requires, but not where another rule requires it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gemeinwerk.core.expressions import (
    Call,
    Compare,
    ExpressionError,
    If,
    Literal,
    Name,
    Not,
    Type,
    check,
    dependencies,
    parse,
    to_text,
    walk,
)
from gemeinwerk.core.expressions import Expr as Expression
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.conflicts import types_of
from gemeinwerk.core.rules.german import to_german
from gemeinwerk.core.rules.model import ALWAYS_LAND, Effect, Translation
from gemeinwerk.core.rules.scope import Names
from gemeinwerk.core.schemas import Group, Schema

_OUTSIDE = frozenset({"today", ALWAYS_LAND})

Key = tuple[str, str]
"""A rule at a place: rule id and owner path."""


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """A check (Prüfung) at `path`: unless `holds`, `message` is told."""

    key: str
    path: str
    holds: str
    message: str


@dataclass(frozen=True, slots=True)
class FormRules:
    """What the rules say about a form, by path from the top; expressions as text.

    The fields have the names of `core.forms`: `visible_when` and `required_when` of fields and
    groups, `optional_when` for what the model requires, `defaults` and `checks`. `calculated` are
    values of fields that are never shown and prefilled on a condition or from another field.
    `names` are the outside values the expressions ask for ("param.land", "today"). `skipped` are
    the rules left out, and those of which one effect is, with the reason.
    """

    visible_when: dict[str, str]
    required_when: dict[str, str]
    optional_when: dict[str, str]
    defaults: dict[str, str]
    checks: tuple[RuleCheck, ...]
    names: frozenset[str]
    skipped: tuple[tuple[Key, str], ...]
    calculated: dict[str, str] = field(default_factory=dict)


def rules_for_form(
    schema: Schema,
    translations: Iterable[Translation],
    confirmed: frozenset[Key] | None = None,
    names: Names | None = None,
) -> FormRules:
    """Return what the rules mean for the form of this schema.

    `confirmed` names the rules an author confirmed (rule id and owner path); None applies all that
    are fully translated.
    """
    known = names if names is not None else Names(schema)
    used, skipped = _chosen(translations, confirmed)
    merged = _Merged(known)
    for translation in used:
        merged.add(translation)
    return merged.result(skipped)


def _chosen(
    translations: Iterable[Translation], confirmed: frozenset[Key] | None
) -> tuple[list[Translation], list[tuple[Key, str]]]:
    used: list[Translation] = []
    skipped: list[tuple[Key, str]] = []
    for each in translations:
        key = (each.rule_id, each.owner)
        if each.status == "unclear":
            skipped.append((key, each.reasons[0] if each.reasons else "unklar"))
        elif confirmed is not None and key not in confirmed:
            skipped.append((key, "nicht bestätigt"))
        elif confirmed is None and each.status != "translated":
            skipped.append((key, "nur teilweise verstanden"))
        else:
            used.append(each)
    return used, skipped


class _Merged:
    """Collects the effects of all rules on each element."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.types = types_of(names)
        self.shown: dict[str, list[Expression]] = {}
        self.hidden: dict[str, list[Expression]] = {}
        self.required: dict[str, list[Expression]] = {}
        self.optional: dict[str, list[Expression]] = {}
        self.defaults: dict[str, str] = {}
        self.calculated: dict[str, str] = {}
        self.checks: list[RuleCheck] = []
        self.outside: set[str] = set()
        self.prefills: dict[str, list[tuple[Key, Effect]]] = {}

    def add(self, translation: Translation) -> None:
        """Add the effects of one rule, target by target."""
        targets: dict[str, list[Effect]] = {}
        for number, effect in enumerate(translation.effects):
            if effect.action == "validation":
                self._check(translation, effect, number)
            else:
                targets.setdefault(effect.target, []).append(effect)
        key = (translation.rule_id, translation.owner)
        for target, effects in targets.items():
            self._target(target, effects)
            found = [(key, effect) for effect in effects if effect.action == "prefill"]
            self.prefills.setdefault(target, []).extend(found)

    def _check(self, translation: Translation, effect: Effect, number: int) -> None:
        self._usable(effect.condition)
        owner = tuple(translation.owner.split(".")) if translation.owner else ()
        message = effect.message or to_german(effect, self.names, owner)
        path = effect.target or next(iter(sorted(dependencies(effect.condition))), "")
        key = f"{translation.rule_id}-{translation.owner or self.names.schema.id}-{number}"
        self.checks.append(RuleCheck(key, path, to_text(_guarded(effect.condition)), message))

    def _target(self, target: str, effects: Sequence[Effect]) -> None:
        by_action: dict[str, list[Expression]] = {}
        for effect in effects:
            self._usable(effect.condition)
            by_action.setdefault(effect.action, []).append(effect.condition)
        required, hidden = by_action.get("required", []), by_action.get("hide", [])
        hidden = hidden + by_action.get("forbidden", [])
        shown = by_action.get("show", [])
        if hidden:
            shown = shown + required
        if shown:
            self.shown.setdefault(target, []).append(build.any_of(shown))
        elif hidden:
            self.hidden.setdefault(target, []).append(build.any_of(hidden))
        for kind, found in ((self.required, required), (self.optional, by_action.get("optional"))):
            if found:
                kind.setdefault(target, []).append(build.any_of(found))

    def _usable(self, condition: Expression) -> None:
        """Make sure that the form will take the expression."""
        try:
            check(condition, self.types, Type.BOOLEAN)
        except ExpressionError as wrong:
            raise ValueError(f"an effect that does not fit its schema: {wrong}") from wrong
        for name in dependencies(condition) & _OUTSIDE:
            self.outside.add(name)

    def result(self, skipped: Sequence[tuple[Key, str]]) -> FormRules:
        """Return all of it as text."""
        visible: dict[str, str] = {}
        for target in {**self.shown, **self.hidden}:
            parts = []
            if target in self.shown:
                parts.append(build.any_of(self.shown[target]))
            if target in self.hidden:
                parts.append(build.negate(build.any_of(self.hidden[target])))
            condition = build.all_of(parts)
            if condition != build.TRUE:
                visible[target] = to_text(condition)
        self._required_groups(visible)
        left_out = list(skipped)
        for target, found in self.prefills.items():
            never = visible.get(target) == "false"
            left_out += self._prefilled(target, found, never_shown=never)
        return FormRules(
            visible_when=visible,
            required_when=_texts(self.required),
            optional_when=_texts(self.optional),
            defaults=self.defaults,
            checks=tuple(self.checks),
            names=frozenset(self.outside),
            skipped=tuple(left_out),
            calculated=self.calculated,
        )

    def _prefilled(
        self, target: str, found: Sequence[tuple[Key, Effect]], *, never_shown: bool
    ) -> list[tuple[Key, str]]:
        """Set what a field holds at first; return what a form has no place for, with the reason.

        A default is one value, whatever was answered. A field that is never shown may also hold
        a value that depends on answers, as a calculation.
        """
        plain = {_canonical(e) for _, e in found if e.condition == build.TRUE and _fixed(e)}
        if len(plain) == 1 and all(e.condition == build.TRUE and _fixed(e) for _, e in found):
            self.defaults[target] = plain.pop()
            return []
        fits = [e for _, e in found if self._fits(target, e)]
        if never_shown and len(fits) == len(found) and len(plain) < 2:
            value: Expression = Literal(None)
            for effect in sorted(fits, key=lambda e: e.condition != build.TRUE):
                given = effect.value if effect.value is not None else Literal(None)
                always = effect.condition == build.TRUE
                value = given if always else If(effect.condition, given, value)
            self.calculated[target] = to_text(value)
            return []
        element = target.rpartition(".")[2]
        if len(plain) > 1:
            why = f"Für {element} stehen mehrere Vorbelegungen in den Regeln."
        else:
            why = f"{element} wird nur bedingt oder aus einem anderen Feld vorbelegt."
        return [(key, why) for key in dict.fromkeys(key for key, _ in found)]

    def _fits(self, target: str, effect: Effect) -> bool:
        if effect.value is None:
            return False
        try:
            check(effect.value, self.types, self.names.places[target].type)
        except ExpressionError:
            return False
        return True

    def _required_groups(self, visible: dict[str, str]) -> None:
        """Add a check for each group that is required: a form requires fields, not groups."""
        for target, parts in self.required.items():
            place = self.names.places[target]
            if not isinstance(place.element, Group):
                continue
            asked = build.any_of(parts)
            if target in visible:
                asked = build.all_of([asked, parse(visible[target])])
            holds = build.any_of([build.negate(asked), build.given(place)])
            label = place.element.label or place.element.name
            message = f"Füllen Sie den Abschnitt „{label}“ aus."
            self.checks.append(RuleCheck(f"required-{target}", target, to_text(holds), message))


def _guarded(holds: Expression) -> Expression:
    """Let a check on values wait until they are given: a missing day is not a wrong one.

    Tests that ask whether something is given, and "one of them is Yes", stay as they are.
    """
    compared = [
        node
        for node in walk(holds)
        if isinstance(node, Compare) and (node is holds or node.operator not in ("=", "in"))
    ]
    names = sorted({name for node in compared for name in dependencies(node)} - _OUTSIDE)
    asked = {
        name
        for node in walk(holds)
        if isinstance(node, Call) and node.function == "is_given"
        for name in dependencies(node)
    }
    absent = [Not(Call("is_given", (Name(name),))) for name in names if name not in asked]
    return build.any_of([*absent, holds]) if absent else holds


def _texts(found: dict[str, list[Expression]]) -> dict[str, str]:
    return {target: to_text(build.any_of(parts)) for target, parts in found.items()}


def _fixed(effect: Effect) -> bool:
    return isinstance(effect.value, Literal)


def _canonical(effect: Effect) -> str:
    """Return the value of a prefill as a form stores it."""
    value = getattr(effect.value, "value", None)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
