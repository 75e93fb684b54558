"""What a service costs: rules as data, computed from answers and dated values, explained."""

from gemeinwerk.core.fees.model import (
    ConditionUnknownError,
    FeeAmount,
    FeeLine,
    FeeRule,
    FeeStatement,
    InputMissingError,
    NegativeTotalError,
    NotComputableError,
    faults_of,
)
from gemeinwerk.core.fees.reckoning import compute

__all__ = [
    "ConditionUnknownError",
    "FeeAmount",
    "FeeLine",
    "FeeRule",
    "FeeStatement",
    "InputMissingError",
    "NegativeTotalError",
    "NotComputableError",
    "compute",
    "faults_of",
]
