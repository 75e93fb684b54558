"""What one form (Formular) gives for machines: JSON Schema, XSD and XML, OpenAPI, CSV."""

from gemeinwerk.core.forms.exports.csv_table import csv_columns, csv_table, safe_cell
from gemeinwerk.core.forms.exports.documents import (
    DocumentReading,
    from_document,
    json_pointer,
    to_document,
)
from gemeinwerk.core.forms.exports.evidence_reading import (
    SentEvidence,
    SentFile,
    read_evidence,
)
from gemeinwerk.core.forms.exports.evidence_schema import EVIDENCE
from gemeinwerk.core.forms.exports.intake import Judgement, judge
from gemeinwerk.core.forms.exports.json_schema import json_schema, schema_id
from gemeinwerk.core.forms.exports.openapi import openapi
from gemeinwerk.core.forms.exports.page_codes import (
    PageCode,
    PageCodeError,
    page_code,
    read_page_code,
)
from gemeinwerk.core.forms.exports.paper import (
    PaperItem,
    PaperSection,
    Tick,
    paper_evidence,
    paper_sections,
)
from gemeinwerk.core.forms.exports.regex import (
    ecma_pattern,
    pattern_notes,
    portable_pattern,
    xsd_pattern,
)
from gemeinwerk.core.forms.exports.xml_message import MessageRefusedError, from_xml, to_xml
from gemeinwerk.core.forms.exports.xml_schema import message_namespace, message_root, xml_schema

__all__ = [
    "EVIDENCE",
    "DocumentReading",
    "Judgement",
    "MessageRefusedError",
    "PageCode",
    "PageCodeError",
    "PaperItem",
    "PaperSection",
    "SentEvidence",
    "SentFile",
    "Tick",
    "csv_columns",
    "csv_table",
    "ecma_pattern",
    "from_document",
    "from_xml",
    "json_pointer",
    "json_schema",
    "judge",
    "message_namespace",
    "message_root",
    "openapi",
    "page_code",
    "paper_evidence",
    "paper_sections",
    "pattern_notes",
    "portable_pattern",
    "read_evidence",
    "read_page_code",
    "safe_cell",
    "schema_id",
    "to_document",
    "to_xml",
    "xml_schema",
    "xsd_pattern",
]
