"""Makes fields of a schema: of a question on paper, or of a field of a shared block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeinwerk.core import forms
from gemeinwerk.core.paper.model import Decision, Question, QuestionKind
from gemeinwerk.core.schemas import CodeEntry, Field, LegalBasis

_SHORT, _LONG = 255, 2000
_SAID: Mapping[QuestionKind, dict[str, Any]] = {
    "text": {"datatype": "text", "max_length": _SHORT},
    "long_text": {"datatype": "text", "max_length": _LONG},
    "date": {"datatype": "date"},
    "boolean": {"datatype": "bool"},
    "choice": {"datatype": "text", "art": "select"},
    "integer": {"datatype": "num_int"},
    "decimal": {"datatype": "num"},
    "money": {"datatype": "num_currency"},
    "email": {"datatype": "text", "max_length": 254, "pattern": r"[^@\s]+@[^@\s]+\.[^@\s]+"},
    "phone": {"datatype": "text", "max_length": 30, "pattern": r"[+0-9][0-9 ()/\-]{4,29}"},
    "postal_code": {"datatype": "text", "max_length": 5, "pattern": "[0-9]{5}"},
    "iban": {"datatype": "text", "max_length": 42, "pattern": "[A-Z]{2}[0-9]{2}[A-Z0-9 ]{11,38}"},
    "evidence": {"datatype": "file"},
    "signature": {"datatype": "text", "max_length": _SHORT},
    "note": {"datatype": "text", "art": "label"},
}
_DATATYPES = {
    "date": "date",
    "boolean": "bool",
    "integer": "num_int",
    "decimal": "num",
    "money": "num_currency",
}


def asked_field(number: str, version: str, question: Question, decision: Decision) -> Field:
    """Return the field that asks a question, as the author words it."""
    kind = decision.kind or question.kind
    label = decision.text.strip() or question.text
    if kind == "choice" and not question.options:
        kind = "text"
    options = question.options if kind == "choice" else ()
    entries = tuple(CodeEntry(str(at), text) for at, text in enumerate(options, start=1))
    return _field(number, version, label, **{"art": "input", **_SAID[kind]}, options=entries)


def schema_field(field: forms.Field, version: str) -> Field:
    """Return what a schema can say of a field of a shared block."""
    entries = tuple(CodeEntry(one.code, one.label, one.help) for one in field.options)
    return _field(
        field.id,
        version,
        field.label,
        help=field.help,
        legal_basis=(LegalBasis(field.why),) if field.why else (),
        art="select" if entries else "input",
        datatype=_DATATYPES.get(field.kind, "text"),
        max_length=field.max_length,
        pattern=field.pattern or None,
        options=entries,
    )


def _field(number: str, version: str, label: str, **said: Any) -> Field:
    plain: dict[str, Any] = {"help": "", "description": "", "legal_basis": ()}
    return Field(id=number, version=version, name=label, label=label, **{**plain, **said})
