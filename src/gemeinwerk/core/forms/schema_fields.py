"""Makes one question of a field of a schema, and notes what of it cannot be used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from gemeinwerk.core.forms.fields import checker, parser
from gemeinwerk.core.forms.model import Field, FieldKind, Option, TextType
from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.forms.values import to_date, to_number
from gemeinwerk.core.schemas import CodeEntry, CodeList, Finding, Group, Occurrence
from gemeinwerk.core.schemas import Field as SchemaField
from gemeinwerk.core.schemas.model import Severity

LONG_TEXT = 255
"""Texts that may be longer are asked with several lines."""

_KINDS: Mapping[str, FieldKind] = {
    "text": "text",
    "string_latin": "text",
    "time": "text",
    "datetime": "text",
    "date": "date",
    "bool": "boolean",
    "num": "decimal",
    "num_int": "integer",
    "num_currency": "money",
}
_PERSON_NAME = re.compile(r"(Familien|Geburts|Vor|Nach|Ruf|Ehe|Doktor)namen?|Vorname\(n\)")
_NO_PATTERN = re.compile(r"[\w äöüÄÖÜß]+")


@dataclass(slots=True)
class Notes:
    """The code lists at hand and what was found on the way."""

    lists: Mapping[str, CodeList]
    found: list[Finding] = field(default_factory=list)

    def add(self, severity: Severity, place: str, code: str, **params: str | int) -> None:
        self.found.append(Finding(severity, place, code, params))


def reasons(child: Occurrence, element: SchemaField | Group) -> str:
    """Return the legal bases as one text."""
    texts = [basis.text for basis in (*child.legal_basis, *element.legal_basis) if basis.text]
    return "; ".join(dict.fromkeys(texts))


def field_from(child: Occurrence, element: SchemaField, path: str, notes: Notes) -> Field:
    """Return the question; whatever had to be left out is noted."""
    label = element.label or element.name or element.id
    if element.art == "label":
        return Field(
            id=element.id, label=label, kind="note", help=element.default or element.help, minimum=0
        )
    kind, options = _kind(element, path, notes)
    made = Field(
        id=element.id,
        label=label,
        kind=kind,
        help=element.help,
        why=reasons(child, element),
        minimum=child.minimum,
        maximum=child.maximum,
        locked=element.art == "locked",
        hidden=element.art == "hidden",
        options=options,
        code_list=element.code_list.uri if element.code_list else "",
        **_limits(element, kind, path, notes),
    )
    return _with_default(made, element, path, notes)


def _kind(element: SchemaField, path: str, notes: Notes) -> tuple[FieldKind, tuple[Option, ...]]:
    if element.art == "select" or element.code_list is not None or element.options:
        options = _options(element, path, notes)
        return ("choice", options) if options else ("code_entry", ())
    kind = _KINDS[element.datatype]
    if kind == "text" and "@" in (element.pattern or ""):
        return "email", ()
    if kind == "text" and (element.max_length or 0) > LONG_TEXT and not element.pattern:
        return "long_text", ()
    return kind, ()


def _options(element: SchemaField, path: str, notes: Notes) -> tuple[Option, ...]:
    entries: tuple[CodeEntry, ...] = element.options
    if not entries and element.code_list is not None:
        found = element.code_list.pick(notes.lists)
        if found is None or not found.entries:
            uri = element.code_list.key
            notes.add("warning", path, "form.code_list_missing", label=element.label, uri=uri)
            return ()
        entries = found.entries
    if not entries:
        notes.add("warning", path, "form.code_list_missing", label=element.label, uri="")
    known = {
        entry.code: Option(code=entry.code, label=entry.label or entry.code, help=entry.help)
        for entry in reversed(entries)
        if entry.code
    }
    if len(known) < len(entries):
        notes.add("info", path, "form.option_doubled", label=element.label)
    return tuple(reversed(known.values()))


def _limits(element: SchemaField, kind: FieldKind, path: str, notes: Notes) -> dict[str, Any]:
    if kind in ("text", "long_text", "email"):
        return _text_limits(element, path, notes)
    if element.pattern and kind not in ("choice", "code_entry"):
        notes.add("info", path, "form.pattern_unused", label=element.label)
    if kind in ("integer", "decimal", "money"):
        low, high = _number(element.minimum), _number(element.maximum)
        if low is not None and high is not None and low > high:
            notes.add("warning", path, "form.bounds_contradict", label=element.label)
            return {}
        return {"min_value": low, "max_value": high}
    if kind == "date":
        bounds = {"not_before": element.minimum, "not_after": element.maximum}
        return {name: f'date("{day}")' for name, day in bounds.items() if day and to_date(day)}
    return {}


def _number(text: str | None) -> Decimal | None:
    return to_number(text) if text else None


def _text_limits(element: SchemaField, path: str, notes: Notes) -> dict[str, Any]:
    least, most = element.min_length, element.max_length
    if least is not None and most is not None and least > most:
        notes.add("warning", path, "form.bounds_contradict", label=element.label)
        least = most = None
    text_type: TextType = "A" if _PERSON_NAME.fullmatch(element.label) else "C"
    return {
        "min_length": least,
        "max_length": most or None,
        "pattern": _pattern(element.pattern or "", path, notes),
        "text_type": text_type,
        "format": element.datatype if element.datatype in ("time", "datetime") else "",
    }


def _pattern(source: str, path: str, notes: Notes) -> str:
    """Return a pattern that can be used, or "" with a finding."""
    if not source:
        return ""
    if _NO_PATTERN.fullmatch(source):
        notes.add("warning", path, "form.pattern_is_prose", pattern=source)
        return ""
    try:
        compiled = compile_pattern(source)
    except PatternError as error:
        notes.add("warning", path, "form.pattern", pattern=source, why=str(error))
        return ""
    for note in compiled.notes:
        notes.add("info", path, f"form.pattern_{note}", pattern=source)
    return source


def _with_default(made: Field, element: SchemaField, path: str, notes: Notes) -> Field:
    if element.default:
        answer = parser(made)(element.default)
        if isinstance(answer, str) and checker(made, made.label)(answer) is None:
            return msgspec.structs.replace(made, default=answer)
        notes.add("warning", path, "form.bad_default", label=made.label, default=element.default)
    elif made.locked or made.hidden:
        notes.add("info", path, "form.nothing_to_show", label=made.label)
    return made
