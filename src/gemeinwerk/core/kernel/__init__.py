"""Ground of the house: ids, errors, cryptography; text, money and dated values have modules."""

from gemeinwerk.core.kernel.errors import (
    DomainError,
    Fault,
    FaultsError,
    NotFoundError,
    RefusedError,
)
from gemeinwerk.core.kernel.ids import new_id

__all__ = ["DomainError", "Fault", "FaultsError", "NotFoundError", "RefusedError", "new_id"]
