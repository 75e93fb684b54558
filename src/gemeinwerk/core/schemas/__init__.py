"""Schemas (Datenschemata) and code lists: XDatenfelder 2 and 3 and genericode.

`read_schema` and `read_code_list` return what forms need. `read_message` and `write_message` keep
everything a file says; the classes of its parts stand in `xdf2`, `xdf3` and `genericode_model`.
"""

from gemeinwerk.core.schemas.convert import convert
from gemeinwerk.core.schemas.documents import (
    code_list_from_document,
    content_hash,
    document,
    fields_of,
    gather_code_lists,
    schema_from_document,
)
from gemeinwerk.core.schemas.errors import SchemaRefusedError
from gemeinwerk.core.schemas.genericode import code_list_of, read_code_list
from gemeinwerk.core.schemas.messages import (
    Message,
    message,
    message_pieces,
    read_message,
    write_message,
)
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
    Severity,
)
from gemeinwerk.core.schemas.packed import COMMAND_LIMIT, UPLOAD_LIMIT, unpack
from gemeinwerk.core.schemas.paths import element_at, element_paths
from gemeinwerk.core.schemas.quality import Judged, Matches, quality, quality_of
from gemeinwerk.core.schemas.reader import read_schema, schema_of
from gemeinwerk.core.schemas.relations import Relation, Relations
from gemeinwerk.core.schemas.roundtrip import (
    FORMATS,
    Format,
    RoundTrip,
    canonical,
    differences,
    round_trip,
)
from gemeinwerk.core.schemas.versions import newer, version_key
from gemeinwerk.core.schemas.xml import events as xml_events
from gemeinwerk.core.schemas.xml import forget, line_of

__all__ = [
    "COMMAND_LIMIT",
    "FORMATS",
    "UPLOAD_LIMIT",
    "CodeEntry",
    "CodeList",
    "CodeListRef",
    "Field",
    "Finding",
    "Format",
    "Group",
    "Judged",
    "LegalBasis",
    "Matches",
    "Message",
    "Occurrence",
    "Relation",
    "Relations",
    "RoundTrip",
    "Rule",
    "Schema",
    "SchemaRefusedError",
    "Severity",
    "canonical",
    "code_list_from_document",
    "code_list_of",
    "content_hash",
    "convert",
    "differences",
    "document",
    "element_at",
    "element_paths",
    "fields_of",
    "forget",
    "gather_code_lists",
    "line_of",
    "message",
    "message_pieces",
    "newer",
    "quality",
    "quality_of",
    "read_code_list",
    "read_message",
    "read_schema",
    "round_trip",
    "schema_from_document",
    "schema_of",
    "unpack",
    "version_key",
    "write_message",
    "xml_events",
]
