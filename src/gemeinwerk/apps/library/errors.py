"""What can be wrong when schemas and code lists are loaded."""

from __future__ import annotations

from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.schemas import SchemaRefusedError


class FileOfSetRefusedError(DomainError):
    """One of the loaded files is refused; `cause` is the reader's refusal with its sentence."""

    code = "library.file_refused"

    def __init__(self, file: str, cause: SchemaRefusedError) -> None:
        super().__init__(file=file, line=cause.line)
        self.file = file
        self.cause = cause


class NoFilesError(DomainError):
    """Nothing was chosen."""

    code = "library.no_files"


class TooManyFilesError(DomainError):
    """More files in one go than one schema has code lists; params: limit."""

    code = "library.too_many_files"


class NoSchemaError(DomainError):
    """Only code lists were given; params: count."""

    code = "library.no_schema"


class SeveralSchemasError(DomainError):
    """More than one schema in one go; load them one after the other. params: count."""

    code = "library.several_schemas"


class SchemaAmongListsError(DomainError):
    """Only code lists were asked for; params: number."""

    code = "library.schema_among_lists"
