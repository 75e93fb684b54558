"""What a service costs in this case (Gebühr): the fee rule of the package over its values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.fees import (
    ConditionUnknownError,
    FeeStatement,
    InputMissingError,
    NotComputableError,
    compute,
)
from gemeinwerk.core.packages.calculating import Values, calculate
from gemeinwerk.core.packages.model import Package
from gemeinwerk.core.packages.parameters import Plain


def fee_for(
    package: Package,
    answers: Mapping[str, str],
    plain: Mapping[str, Plain],
    *,
    today: date,
    outcome: Outcome = Outcome.GRANT,
) -> FeeStatement | None:
    """Return what is to be paid for these answers if it ends so, None while nobody can say.

    Nobody can say when the fee is on request, or when the town has no tariff for this case:
    then a person sets the fee. A service that costs nothing gives a total of 0.00.
    """
    return fee_of_values(package, calculate(package, answers, plain, today=today), outcome)


def fee_of_values(package: Package, values: Values, outcome: Outcome) -> FeeStatement | None:
    """Like `fee_for`, for values that are already computed."""
    if package.fee_on_request:
        return None
    try:
        return compute(package.fee, {**values, "outcome": outcome.value})
    except (ConditionUnknownError, InputMissingError, NotComputableError):
        return None
