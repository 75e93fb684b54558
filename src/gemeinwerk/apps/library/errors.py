"""What can be wrong when a schema is loaded."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError


class NoSchemaError(DomainError):
    """Only code lists were given and no stored schema waits for them."""

    code = "library.no_schema"


class SeveralSchemasError(DomainError):
    """More than one schema in one go; load them one after the other."""

    code = "library.several_schemas"
