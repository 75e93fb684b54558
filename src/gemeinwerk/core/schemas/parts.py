"""Builds rules and fields from finished elements of both standards."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gemeinwerk.core.schemas.constraints import read_constraints
from gemeinwerk.core.schemas.elements import Note, Parts, identified, text_of
from gemeinwerk.core.schemas.errors import UnknownCodeError
from gemeinwerk.core.schemas.model import (
    CodeEntry,
    CodeListRef,
    Datatype,
    ElementKind,
    Field,
    FieldArt,
    Prefill,
    Rule,
    Standard,
)
from gemeinwerk.core.schemas.text import shown, verbatim

_DATATYPES: Mapping[str, Datatype] = {
    "text": "text",
    "text_latin": "string_latin",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "bool": "bool",
    "num": "num",
    "num_int": "num_int",
    "num_currency": "num_currency",
    "file": "file",
    "obj": "object",
}
_ARTS: Mapping[str, FieldArt] = {
    "input": "input",
    "select": "select",
    "label": "label",
    "hidden": "hidden",
    "locked": "locked",
}
_KINDS: Mapping[str, ElementKind] = {"": "", "RNG": "RNG", "ABS": "ABS", "HAR": "HAR"}
_PREFILLS: Mapping[str, Prefill] = {
    "": "none",
    "keine": "none",
    "optional": "optional",
    "verpflichtend": "required",
}
_RULE_KINDS = frozenset({"", "K", "V", "B", "M"})
_STATUSES: Mapping[Standard, frozenset[str]] = {
    "xdf2": frozenset({"aktiv", "inaktiv", "inVorbereitung"}),
    "xdf3": frozenset("12345678"),
}
_ENDED = frozenset({"inaktiv", "7", "8"})  # 7: inactive, 8: about to be deleted
_MEDIA_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")
_SIZE = re.compile(r"[1-9]\d{0,11}")
# what the editors put in when nobody programmed anything
_INERT_SCRIPT = re.compile(r"function\s+script\s*\(\s*\)\s*\{\s*\}")


def read_rule(parts: Parts) -> Rule:
    """Return a rule and note what of it cannot be used."""
    note = parts.note
    name, version = identified(parts)
    if parts.standard == "xdf2":
        read_status(parts)
        text, script = parts.prose("definition") or parts.prose("beschreibung"), "script"
    else:
        text, script = parts.prose("freitextRegel"), "skript"
    code = parts.raw(script)
    rule = Rule(
        id=name,
        version=version,
        name=parts.line("name"),
        text=text,
        script="" if _INERT_SCRIPT.fullmatch(code) else code,
        description=parts.prose("beschreibung"),
        kind=parts.code("typ"),
        legal_basis=parts.legal_basis(),
    )
    if rule.kind not in _RULE_KINDS:
        note("warning", "schema.unknown_rule_kind", rule=rule.id, value=rule.kind)
    extra = sum(len(parts.all(each)) for each in ("param", "ziel", "fehler"))
    if extra:
        note("info", "schema.rule_parts_unused", rule=rule.id, count=extra)
    _note_use(rule, note)
    return rule


def _note_use(rule: Rule, note: Note) -> None:
    if rule.script:
        note("warning", "schema.rule_script", rule=rule.id, name=rule.name)
    if rule.text:
        note("warning", "schema.rule_prose", rule=rule.id, name=rule.name)
    elif not rule.script:
        note("warning", "schema.rule_empty", rule=rule.id, name=rule.name)


def read_field(parts: Parts, key: tuple[str, str], rules: tuple[Rule, ...]) -> Field:
    """Return a field with `key` = id and version; each part that says nothing usable is noted."""
    datatype = _datatype(parts)
    options = _options(parts)
    code_list = _code_list(parts)
    art = _art(parts, has_values=bool(options or code_list))
    limits = read_constraints(parts, datatype)
    field = Field(
        *key,
        name=parts.line("name"),
        label=read_label(parts, key[0]),
        help=parts.prose("hilfetextEingabe"),
        description=parts.prose("beschreibung"),
        legal_basis=parts.legal_basis(),
        art=art,
        datatype=datatype,
        min_length=limits.min_length,
        max_length=limits.max_length,
        minimum=limits.minimum,
        maximum=limits.maximum,
        pattern=limits.pattern,
        default=parts.prose("inhalt") if art == "label" else parts.line("inhalt"),
        code_list=code_list,
        options=options,
        media_types=_media_types(parts, datatype),
        max_size=_max_size(parts, datatype),
        rules=rules,
        prefill=_prefill(parts),
        kind=read_kind(parts),
        status=read_status(parts),
        definition=parts.prose("definition"),
        output_label=parts.line("bezeichnungAusgabe"),
        output_help=parts.prose("hilfetextAusgabe"),
        keywords=parts.keywords(),
    )
    _note_fit(field, parts.note)
    return field


def _note_fit(field: Field, note: Note) -> None:
    """Note where the way of input and what it offers do not fit together."""
    has_values = bool(field.options or field.code_list)
    if field.art == "select" and not has_values:
        note("error", "schema.code_list_missing")
    if has_values and field.art in ("input", "label"):
        note("warning", "schema.values_not_select", art=field.art)
    if field.art == "label" and not field.default:
        note("warning", "schema.label_empty")


def read_label(parts: Parts, fallback: str, element: str = "bezeichnungEingabe") -> str:
    """Return the label people see; when there is none, the name, then the id."""
    label = parts.line(element)
    if label:
        return label
    parts.note("warning", "schema.label_missing")
    return parts.line("name") or fallback


def read_kind(parts: Parts) -> ElementKind:
    """Return the kind of element (Schemaelementart), "" when not or wrongly said."""
    code = parts.code("schemaelementart")
    if code not in _KINDS:
        parts.note("warning", "schema.unknown_element_kind", value=code)
    return _KINDS.get(code, "")


def read_status(parts: Parts) -> str:
    """Return the status code; an unknown one refuses the file, an ended one is noted."""
    standard = parts.standard
    element = "status" if standard == "xdf2" else "freigabestatus"
    code = parts.code(element)
    if not code:
        parts.note("info", "schema.status_missing")
    elif code not in _STATUSES[standard]:
        raise UnknownCodeError(line=parts.lines(element), element=element, value=shown(code))
    elif code in _ENDED:
        parts.note("warning", "schema.element_ended", name=parts.line("name"), status=code)
    return code


def _datatype(parts: Parts) -> Datatype:
    code = parts.code("datentyp")
    if code not in _DATATYPES:
        parts.note("error", "schema.unknown_datatype", value=code)
    return _DATATYPES.get(code, "text")


def _art(parts: Parts, *, has_values: bool) -> FieldArt:
    code = parts.code("feldart")
    if code not in _ARTS:
        parts.note("error", "schema.unknown_field_art", value=code)
    return _ARTS.get(code, "select" if has_values else "input")


def _prefill(parts: Parts) -> Prefill:
    code = parts.code("vorbefuellung")
    if code not in _PREFILLS:
        parts.note("warning", "schema.unknown_prefill", value=code)
    return _PREFILLS.get(code, "none")


def _options(parts: Parts) -> tuple[CodeEntry, ...]:
    """Return the values listed in the schema itself (Werteliste); the first of twins counts."""
    values = parts.below("werte")
    if values is None:
        return ()
    entries: dict[str, CodeEntry] = {}
    for element in values.all("wert"):
        if isinstance(element, str):
            continue
        value = Parts(element, parts.around, "wert")
        code, label = value.raw("code"), value.line("name")
        line = parts.around.trace.line(element)
        if not code:
            parts.note("error", "schema.option_without_code", label=label, line=line)
        elif code in entries:
            parts.note("error", "schema.option_twice", value=code, line=line)
        else:
            entries[code] = CodeEntry(code, label or code, value.prose("hilfe"))
    return tuple(entries.values())


def _code_list(parts: Parts) -> CodeListRef | None:
    reference = parts.below("codelisteReferenz")
    if reference is None:
        return None
    number = ""
    if parts.standard == "xdf2":
        named = reference.below("identifikation")
        number = named.raw("id") if named is not None else ""
        reference = reference.below("genericodeIdentification") or reference
    uri = reference.raw("canonicalIdentification")
    version_uri = reference.raw("canonicalVersionUri")
    if not (uri or version_uri or number):
        return None
    return CodeListRef(
        uri=uri or version_uri or number,
        version=reference.raw("version"),
        version_uri=version_uri,
        id=number,
        code_column=parts.raw("codeKey"),
        label_column=parts.raw("nameKey"),
        help_column=parts.raw("helpKey"),
    )


def _media_types(parts: Parts, datatype: Datatype) -> tuple[str, ...]:
    said = [verbatim(text_of(element)).lower() for element in parts.all("mediaType")]
    good = dict.fromkeys(each for each in said if _MEDIA_TYPE.fullmatch(each))
    for each in said:
        if each and each not in good:
            parts.note("warning", "schema.media_type_unreadable", value=each)
    if good and datatype != "file":
        parts.note("info", "schema.file_part_not_applicable", name="mediaType", datatype=datatype)
    return tuple(good)


def _max_size(parts: Parts, datatype: Datatype) -> int | None:
    raw = parts.raw("maxSize")
    if not raw:
        return None
    if not _SIZE.fullmatch(raw):
        parts.note("warning", "schema.constraint_unreadable", name="maxSize", value=raw)
        return None
    if datatype != "file":
        parts.note("info", "schema.file_part_not_applicable", name="maxSize", datatype=datatype)
    return int(raw)
