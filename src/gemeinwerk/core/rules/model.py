"""What a rule in German prose means: effects with conditions, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gemeinwerk.core.expressions import Expr
from gemeinwerk.core.kernel import DomainError

Action = Literal["show", "hide", "required", "optional", "forbidden", "validation", "prefill"]
Status = Literal["translated", "partly", "unclear"]

ALWAYS_LAND = "param.land"
"""The name under which a condition asks for the Land ("NW"); the caller supplies it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect (Wirkung) of a rule: while `condition` holds, `action` applies to `target`.

    `target` is the path of element ids from the top. For "validation" the condition is what must
    hold, and `message` says so; its target is the element the check belongs to. For "prefill"
    `value` is what the field holds. `source` is the sentence of the prose it comes from.
    """

    action: Action
    target: str
    condition: Expr
    message: str = ""
    value: Expr | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """What became of one rule (Regel) at the place of its owner.

    `owner` is the path of the group or field the rule belongs to, "" for the schema. `left` holds
    the sentences that were not understood. `reasons` says why in German; `notes` what was read
    tolerantly or is mere explanation. Effects of an unclear rule are never given.
    """

    rule_id: str
    version: str
    owner: str
    text: str
    status: Status
    effects: tuple[Effect, ...] = ()
    left: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class NotUnderstoodError(DomainError):
    """A sentence outside the grammar; it is left over."""

    code = "rule.not_understood"


class ContradictionError(DomainError):
    """A sentence that was read but cannot be meant so: wrong value, unknown id, no sense."""

    code = "rule.unclear"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
        self.why = why
