"""What an author decided about the rules of a schema (Regelentscheidungen), as stored data.

A decision keeps the effects it confirmed as text: a later grammar that reads the prose otherwise
changes nothing that somebody has confirmed. It holds for a rule at its place while the prose
stays word for word the same; otherwise the rule is open again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from gemeinwerk.core.expressions import Literal as Constant
from gemeinwerk.core.expressions import parse, to_text
from gemeinwerk.core.rules import Action, Effect, Translation
from gemeinwerk.core.schemas import Group, Occurrence, Rule, Schema

Verdict = Literal["confirmed", "corrected", "rejected"]
Key = tuple[str, str]
"""A rule at a place: rule id and path of its owner, "" for the schema."""


@dataclass(frozen=True, slots=True)
class RuleAt:
    """A rule (Regel) of a schema at the place of its owner."""

    owner: str
    rule: Rule

    @property
    def key(self) -> Key:
        """What names it within its schema."""
        return self.rule.id, self.owner


@dataclass(frozen=True, slots=True)
class StoredEffect:
    """An effect (Wirkung) as a decision keeps it: expressions as text."""

    action: Action
    target: str
    condition: str
    message: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class RuleDecision:
    """What somebody decided about one rule, and when (Entscheidung über eine Regel).

    `text` is the prose it was decided on, `wording` what an author wrote in its place, `left` the
    sentences that still nobody has put into effect, `at` an instant in ISO form.
    """

    rule_id: str
    owner: str
    text: str
    verdict: Verdict
    effects: tuple[StoredEffect, ...] = ()
    wording: str = ""
    left: tuple[str, ...] = ()
    reason: str = ""
    by: str = ""
    at: str = ""

    @property
    def key(self) -> Key:
        """The rule it decides."""
        return self.rule_id, self.owner

    @property
    def acts(self) -> bool:
        """Tell whether its effects belong in the form."""
        return self.verdict != "rejected"


def rules_of(schema: Schema) -> tuple[RuleAt, ...]:
    """Return every rule at every place of its owner, from the top down."""

    def walk(children: Sequence[Occurrence], around: str) -> Iterator[RuleAt]:
        for child in children:
            element = child.element
            path = f"{around}.{element.id}" if around else element.id
            yield from (RuleAt(path, rule) for rule in element.rules)
            if isinstance(element, Group):
                yield from walk(element.children, path)

    found = {rule.id: RuleAt("", rule) for rule in schema.rules}
    return (*found.values(), *walk(schema.children, ""))


def standing(rules: Iterable[RuleAt], decisions: Iterable[RuleDecision]) -> list[RuleDecision]:
    """Return the decisions that still hold: same rule, same place, same prose."""
    texts = {one.key: one.rule.text for one in rules}
    return [one for one in decisions if texts.get(one.key) == one.text]


def stored(effects: Iterable[Effect]) -> tuple[StoredEffect, ...]:
    """Return effects as a decision keeps them."""
    return tuple(
        StoredEffect(
            action=effect.action,
            target=effect.target,
            condition=to_text(effect.condition),
            message=effect.message,
            value=to_text(effect.value) if effect.value is not None else "",
        )
        for effect in effects
    )


def effects_of(decision: RuleDecision) -> tuple[Effect, ...]:
    """Return the effects a decision keeps; ExpressionError where one is no expression."""
    return tuple(
        Effect(
            action=one.action,
            target=one.target,
            condition=parse(one.condition),
            message=one.message,
            value=cast("Constant", parse(one.value)) if one.value else None,
            source=decision.wording or decision.text,
        )
        for one in decision.effects
    )


def translation_of(decision: RuleDecision) -> Translation:
    """Return a decision as if the prose said just what was confirmed."""
    return Translation(
        rule_id=decision.rule_id,
        version="",
        owner=decision.owner,
        text=decision.text,
        status="translated",
        effects=effects_of(decision),
    )
