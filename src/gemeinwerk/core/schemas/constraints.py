"""Reads what a field allows (Präzisierung): lengths, bounds and pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import msgspec

from gemeinwerk.core.schemas.elements import Note, Parts
from gemeinwerk.core.schemas.model import Datatype
from gemeinwerk.core.schemas.text import paragraphs
from gemeinwerk.core.schemas.xdf3 import Precision

_NAMES = frozenset({"minLength", "maxLength", "minValue", "maxValue", "pattern"})
_NUMBER = re.compile(r"[+-]?\d{1,18}(?:[.,]\d{1,10})?")
_LENGTH = re.compile(r"\d{1,9}")
# authors write "Mehrfachauswahl" or "Codeliste Regionalschlüssel" where a pattern belongs
_PROSE = re.compile(r"[^\W\d_]{4,}(?:[ -][^\W\d_]+)*")
_HAS_LENGTH = frozenset({"text", "string_latin", "num", "num_int", "num_currency"})
_NUMERIC = frozenset({"num", "num_int", "num_currency"})
_TEXTUAL = frozenset({"text", "string_latin"})
_ISO: Mapping[str, Callable[[str], date | time]] = {
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "datetime": datetime.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Constraints:
    """What a field allows; None: nothing said."""

    min_length: int | None = None
    max_length: int | None = None
    minimum: str | None = None
    maximum: str | None = None
    pattern: str | None = None


def read_constraints(parts: Parts, datatype: Datatype) -> Constraints:
    """Return the usable constraints of a field; each unusable one becomes a finding."""
    note = parts.note
    said = _said_2(parts) if parts.standard == "xdf2" else _said_3(parts)
    for name in sorted(said.keys() - _NAMES):
        note("warning", "schema.constraint_unknown", name=name, value=said[name])
    shortest, longest = (_length(said, name, datatype, note) for name in ("minLength", "maxLength"))
    least, most = (_bound(said, name, datatype, note) for name in ("minValue", "maxValue"))
    if shortest is not None and longest is not None and shortest > longest:
        note("error", "schema.constraint_contradiction", low=shortest, high=longest)
        shortest = longest = None
    if least is not None and most is not None and _above(least, most, datatype):
        note("error", "schema.constraint_contradiction", low=least, high=most)
        least = most = None
    return Constraints(shortest, longest, least, most, _pattern(said, datatype, note))


def _said_2(parts: Parts) -> Mapping[str, str]:
    """XDatenfelder 2 holds a JSON object in the text."""
    raw = parts.raw("praezisierung")
    if not raw:
        return {}
    try:
        read = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        read = None
    if not isinstance(read, dict):
        parts.note("warning", "schema.constraint_prose", value=raw)
        return {}
    said: dict[str, str] = {}
    for name, value in read.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            said[name] = str(value).strip()
        elif value is not None:
            parts.note("warning", "schema.constraint_unreadable", name=name, value=str(value)[:200])
    return {name: value for name, value in said.items() if value}


def _said_3(parts: Parts) -> Mapping[str, str]:
    """XDatenfelder 3 uses attributes; what stands in the text beside them is prose."""
    element = parts.one("praezisierung")
    if not isinstance(element, Precision):
        return {}
    prose = paragraphs(element.text)
    if prose:
        parts.note("warning", "schema.constraint_prose", value=prose)
    known = {name: getattr(element, field) or "" for name, field in element.attributes.items()}
    odd = parts.around.trace.attributes.get(id(element), {})
    return {name: value.strip() for name, value in (known | dict(odd)).items() if value.strip()}


def _length(said: Mapping[str, str], name: str, datatype: Datatype, note: Note) -> int | None:
    raw = said.get(name)
    if raw is None:
        return None
    if not _LENGTH.fullmatch(raw) or (name == "maxLength" and int(raw) == 0):
        note("warning", "schema.constraint_unreadable", name=name, value=raw)
        return None
    if datatype not in _HAS_LENGTH:
        note("info", "schema.constraint_not_applicable", name=name, value=raw, datatype=datatype)
        return None
    return int(raw)


def _bound(said: Mapping[str, str], name: str, datatype: Datatype, note: Note) -> str | None:
    raw = said.get(name)
    if raw is None:
        return None
    if datatype in _NUMERIC and _NUMBER.fullmatch(raw):
        return f"{Decimal(raw.replace(',', '.')):f}"
    if datatype in _ISO:
        try:
            return _ISO[datatype](raw).isoformat()
        except ValueError:
            note("warning", "schema.constraint_unreadable", name=name, value=raw)
            return None
    if datatype in _NUMERIC:
        note("warning", "schema.constraint_unreadable", name=name, value=raw)
    else:
        note("info", "schema.constraint_not_applicable", name=name, value=raw, datatype=datatype)
    return None


def _above(least: str, most: str, datatype: Datatype) -> bool:
    if datatype in _NUMERIC:
        return Decimal(least) > Decimal(most)
    return least > most  # ISO days and times sort as they stand


def _pattern(said: Mapping[str, str], datatype: Datatype, note: Note) -> str | None:
    raw = said.get("pattern")
    if raw is None:
        return None
    if _PROSE.fullmatch(raw):
        note("warning", "schema.pattern_is_prose", value=raw)
        return None
    if datatype not in _TEXTUAL and datatype not in _NUMERIC:
        note(
            "info", "schema.constraint_not_applicable", name="pattern", value=raw, datatype=datatype
        )
        return None
    return raw
