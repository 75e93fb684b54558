"""Schemas (Datenschemata) and code lists: XDatenfelder 2 and 3, genericode, read into one model."""

from gemeinwerk.core.schemas.documents import (
    code_list_from_document,
    content_hash,
    document,
    fields_of,
    gather_code_lists,
    schema_from_document,
)
from gemeinwerk.core.schemas.errors import SchemaRefusedError
from gemeinwerk.core.schemas.genericode import read_code_list
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
from gemeinwerk.core.schemas.packed import COMMAND_LIMIT, UPLOAD_LIMIT, unpack
from gemeinwerk.core.schemas.reader import read_schema
from gemeinwerk.core.schemas.xml import events as xml_events
from gemeinwerk.core.schemas.xml import forget, line_of

__all__ = [
    "COMMAND_LIMIT",
    "UPLOAD_LIMIT",
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
    "code_list_from_document",
    "content_hash",
    "document",
    "fields_of",
    "forget",
    "gather_code_lists",
    "line_of",
    "read_code_list",
    "read_schema",
    "schema_from_document",
    "unpack",
    "xml_events",
]
