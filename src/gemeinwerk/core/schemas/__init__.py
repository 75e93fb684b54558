"""Reading schemas and code lists (XDatenfelder 2 and 3, genericode)."""

from gemeinwerk.core.schemas.errors import SchemaRefusedError
from gemeinwerk.core.schemas.model import (
    CodeEntry,
    CodeList,
    CodeListRef,
    Field,
    Finding,
    Group,
    LegalBasis,
    Occurrence,
    Rule,
    Schema,
)

__all__ = [
    "CodeEntry",
    "CodeList",
    "CodeListRef",
    "Field",
    "Finding",
    "Group",
    "LegalBasis",
    "Occurrence",
    "Rule",
    "Schema",
    "SchemaRefusedError",
]
