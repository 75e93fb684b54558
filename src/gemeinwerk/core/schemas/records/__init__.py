"""Binds frozen classes to XML and JSON, both ways, and carries along what they have no word for."""

from gemeinwerk.core.schemas.records.json_form import from_json, to_json
from gemeinwerk.core.schemas.records.model import NOTHING_KEPT, Kept, Record, Unknown
from gemeinwerk.core.schemas.records.reading import MisfitError, Source, read_record, whole_tree
from gemeinwerk.core.schemas.records.writing import Sink, write_record

__all__ = [
    "NOTHING_KEPT",
    "Kept",
    "MisfitError",
    "Record",
    "Sink",
    "Source",
    "Unknown",
    "from_json",
    "read_record",
    "to_json",
    "whole_tree",
    "write_record",
]
