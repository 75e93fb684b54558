"""Computes the fee from answers and the values that are in force on a day."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from gemeinwerk.core.expressions import (
    Evaluate,
    Expr,
    compile_expression,
    missing_names,
    parse,
)
from gemeinwerk.core.fees.explaining import calculation, sentence
from gemeinwerk.core.fees.model import (
    ConditionUnknownError,
    FeeAmount,
    FeeLine,
    FeeRule,
    FeeStatement,
    InputMissingError,
    NegativeTotalError,
    NotComputableError,
)
from gemeinwerk.core.kernel.money import to_cents


def compute(
    rule: FeeRule, values: Mapping[str, object], parameters: Mapping[str, object] | None = None
) -> FeeStatement:
    """Return what is to be paid; each line is rounded to the cent, half up, then added.

    `values` are answers and named values by name, `parameters` those in force on the day (see
    `kernel.dated.values_on`), read as `param.<name>`. An amount or a condition that is null raises
    a `DomainError` that names what is missing; but a comparison with a missing answer is false, so
    a rule that must not go on without one asks for it as a required field.
    """
    known = {**values}
    known.update((f"param.{name}", value) for name, value in (parameters or {}).items())
    lines = tuple(_amount(line, known) for line in rule.lines if _applies(line, known))
    total = sum((line.amount for line in lines), Decimal("0.00"))
    if total < 0:
        raise NegativeTotalError(total=str(total))
    return FeeStatement(lines, total, tuple(sentence(line) for line in lines))


@lru_cache(maxsize=4096)
def _compiled(text: str) -> tuple[Expr, Evaluate]:
    expr = parse(text)
    return expr, compile_expression(expr, None)


def _applies(line: FeeLine, values: Mapping[str, object]) -> bool:
    if not line.condition:
        return True
    expr, evaluate = _compiled(line.condition)
    applies = evaluate(values)
    if applies is None:
        missing = ", ".join(sorted(missing_names(expr, values)))
        raise ConditionUnknownError(line=line.key, label=line.label, missing=missing)
    return applies is True


def _amount(line: FeeLine, values: Mapping[str, object]) -> FeeAmount:
    expr, evaluate = _compiled(line.amount)
    amount = evaluate(values)
    if amount is None:
        missing = ", ".join(sorted(missing_names(expr, values)))
        if missing:
            raise InputMissingError(line=line.key, label=line.label, missing=missing)
    if not isinstance(amount, Decimal):
        raise NotComputableError(line=line.key, label=line.label)
    try:
        cents = to_cents(amount)
    except ArithmeticError as too_large:
        raise NotComputableError(line=line.key, label=line.label) from too_large
    return FeeAmount(line.key, line.label, _norm(line, values), cents, calculation(expr, values))


def _norm(line: FeeLine, values: Mapping[str, object]) -> str:
    if not line.norm_from:
        return line.norm
    cited = _compiled(line.norm_from)[1](values)
    return cited if isinstance(cited, str) and cited else line.norm
