"""Fee rules (Gebührenregeln): what a service costs, as data with the norm that orders it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gemeinwerk.core.expressions import ExpressionError, Type, check, parse
from gemeinwerk.core.kernel.errors import DomainError, Fault


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of a fee rule (Gebührenposten).

    `amount` (a number, in euros) and `condition` (empty: always) are expressions over answers,
    named values and `param.<name>`. `norm` cites the rule; where each town has a bylaw of its own,
    `norm_from` is an expression that gives the citation, such as `param.fee_norm`.
    """

    key: str
    label: str
    amount: str
    norm: str = ""
    condition: str = ""
    norm_from: str = ""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """All lines of a service (Gebührenregel); without lines it costs nothing.

    `note` is shown when there is no amount: "gebührenfrei", or "nach Auskunft" when not known.
    """

    lines: tuple[FeeLine, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeeAmount:
    """A line that applies: its amount in whole cents, and how it came about."""

    key: str
    label: str
    norm: str
    amount: Decimal
    calculation: str = ""
    """The sum with its figures, e.g. "120 / 12 × 7"; empty when there is nothing to reckon."""


@dataclass(frozen=True, slots=True)
class FeeStatement:
    """What is to be paid (Gebührenaufstellung); `explanation` has a sentence for each line."""

    lines: tuple[FeeAmount, ...]
    total: Decimal
    explanation: tuple[str, ...]


class ConditionUnknownError(DomainError):
    """Whether a line applies hangs on something that is missing."""

    code = "fee.unknown_condition"


class InputMissingError(DomainError):
    """The amount of a line hangs on something that is missing."""

    code = "fee.input_missing"


class NotComputableError(DomainError):
    """The amount is no number although nothing is missing (division by zero, too large)."""

    code = "fee.not_computable"


class NegativeTotalError(DomainError):
    """Reductions are higher than the fees."""

    code = "fee.negative_total"


def faults_of(rule: FeeRule, types: Mapping[str, Type]) -> tuple[Fault, ...]:
    """Return all that is wrong with a rule; paths such as "lines[0].amount"."""
    return (*_key_faults(rule), *_expression_faults(rule, types))


def _expressions(line: FeeLine) -> Iterator[tuple[str, str, Type]]:
    yield "amount", line.amount, Type.NUMBER
    if line.condition:
        yield "condition", line.condition, Type.BOOLEAN
    if line.norm_from:
        yield "norm_from", line.norm_from, Type.TEXT


def _expression_faults(rule: FeeRule, types: Mapping[str, Type]) -> Iterator[Fault]:
    for index, line in enumerate(rule.lines):
        for name, text, wanted in _expressions(line):
            try:
                check(parse(text), types, wanted)
            except ExpressionError as wrong:
                yield Fault(f"lines[{index}].{name}", wrong.code, wrong.params)


def _key_faults(rule: FeeRule) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, line in enumerate(rule.lines):
        if line.key in seen:
            yield Fault(f"lines[{index}].key", "fee.doubled_key", {"key": line.key})
        if not (line.norm or line.norm_from):
            yield Fault(f"lines[{index}].norm", "fee.no_norm", {"label": line.label})
        seen.add(line.key)
