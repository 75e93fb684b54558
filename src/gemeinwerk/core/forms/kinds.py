"""What a field of each kind holds, as expressions see it."""

from __future__ import annotations

from collections.abc import Mapping

from gemeinwerk.core.expressions import Type

TYPES: Mapping[str, Type] = {
    "text": Type.TEXT,
    "long_text": Type.TEXT,
    "integer": Type.NUMBER,
    "decimal": Type.NUMBER,
    "money": Type.NUMBER,
    "date": Type.DATE,
    "partial_date": Type.DATE,
    "boolean": Type.BOOLEAN,
    "choice": Type.TEXT,
    "email": Type.TEXT,
    "code_entry": Type.TEXT,
    "hidden": Type.TEXT,
    "note": Type.TEXT,
}
