"""Judges a schema by the editing rules of FIM (Qualitätsbericht): each finding with its path."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from gemeinwerk.core.kernel.latin import check_text
from gemeinwerk.core.schemas.documents import content_hash, document, gather_code_lists
from gemeinwerk.core.schemas.elements import Notes
from gemeinwerk.core.schemas.messages import Message
from gemeinwerk.core.schemas.model import (
    CodeList,
    Field,
    Finding,
    Group,
    Occurrence,
    Schema,
    Severity,
)
from gemeinwerk.core.schemas.paths import element_paths
from gemeinwerk.core.schemas.reader import schema_of

_VERSIONS = {"xdf2": re.compile(r"\d+\.\d+"), "xdf3": re.compile(r"\d+\.\d+\.\d+")}
_APPROVED = frozenset({"5", "6", "aktiv"})
_NUMERIC = frozenset({"num", "num_int", "num_currency"})
_TEXTS = ("name", "label", "help", "description", "definition", "output_label", "output_help")
_SILENT = frozenset({"schema.relations_unused", "schema.rule_parts_unused"})  # no fault of authors

Matches = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the caller knows beside the schema.

    `lists` holds the code lists at hand by key, None when nobody looked for them. `executable`
    names the rules that something can carry out. `matches` tells whether a value fits a pattern.
    `rules` are findings about rules, each naming its rule where it says more than that it is prose.
    """

    lists: Mapping[str, CodeList] | None = None
    executable: Collection[str] = ()
    matches: Matches | None = None
    rules: tuple[Finding, ...] = ()


def quality(message: Message, beside: Judged | None = None) -> tuple[Finding, ...]:
    """Return all findings about the schema in a message, errors first, then by place.

    Raises `SchemaRefusedError` where the message holds no readable schema.
    """
    return quality_of(schema_of(message), beside)


def quality_of(schema: Schema, beside: Judged | None = None) -> tuple[Finding, ...]:
    """Return all findings about a schema, among them what reading it has noted."""
    judge = _Judge(schema, beside or Judged())
    judge.whole()
    for path, occurrence in element_paths(schema):
        judge.element(path, occurrence)
    order = {"error": 0, "warning": 1, "info": 2}
    found = (*judge.read(), *judge.notes.taken(), *judge.beside.rules)
    return tuple(sorted(found, key=lambda each: (order[each.severity], each.place, each.code)))


@dataclass(slots=True)
class _Judge:
    schema: Schema
    beside: Judged
    notes: Notes = field(default_factory=Notes)
    versions: dict[str, dict[str, str]] = field(default_factory=dict)  # id -> version -> hash

    def read(self) -> tuple[Finding, ...]:
        """Return what reading has noted, without what is no fault or was solved since."""
        done = self.beside.executable
        told = {each.params.get("rule") for each in self.beside.rules}
        return tuple(
            each
            for each in self.schema.findings
            if each.code not in _SILENT
            and not (
                each.code == "schema.rule_prose"
                and (each.params.get("rule") in told or each.params.get("rule") in done)
            )
        )

    def note(self, severity: Severity, place: str, code: str, **params: str | int) -> None:
        """Note one finding."""
        self.notes.add(severity, place, code, **params)

    def whole(self) -> None:
        """Judge the schema itself and its code lists."""
        schema = self.schema
        if not schema.legal_basis:
            self.note("warning", "", "schema.quality_legal_basis")
        if schema.status and schema.status not in _APPROVED:
            self.note("warning", "", "schema.quality_status", value=schema.status)
        self._version("", schema.version)
        self._texts("", schema)
        self._siblings("", schema)
        lists = self.beside.lists
        if lists is None:
            return
        wanted = gather_code_lists(schema)
        used = [found for each in wanted if (found := each.pick(lists)) is not None]
        for key, held in lists.items():
            if not any(held is each for each in used):
                self.note("info", "", "schema.quality_list_unused", value=key)

    def element(self, path: str, occurrence: Occurrence) -> None:
        """Judge a group or field at its place."""
        element = occurrence.element
        self._version(path, element.version)
        self._texts(path, element)
        self._reuse(path, element)
        if element.kind == "RNG" and not (element.legal_basis or occurrence.legal_basis):
            self.note("warning", path, "schema.quality_legal_basis")
        if self.schema.status in _APPROVED and element.status in ("1", "2", "inVorbereitung"):
            self.note("warning", path, "schema.quality_less_approved", value=element.status)
        if isinstance(element, Group):
            self._siblings(path, element)
            if element.choice and len(element.children) == 1:
                self.note("warning", path, "schema.quality_choice_of_one")
        else:
            self._field(path, element)

    def _version(self, path: str, version: str) -> None:
        if version and not _VERSIONS[self.schema.standard].fullmatch(version):
            self.note("warning", path, "schema.quality_version_form", value=version)
        elif not version:
            self.note("info", path, "schema.quality_version_missing")

    def _texts(self, path: str, element: Schema | Group | Field) -> None:
        """Note letters that String.Latin does not have."""
        for name in _TEXTS:
            text = getattr(element, name, "")
            if text and not text.isascii() and (offences := check_text(text, "C")):
                self.note(
                    "warning", path, "schema.quality_latin", what=name, value=offences[0].character
                )

    def _siblings(self, path: str, holder: Schema | Group) -> None:
        """Note two questions of the same words side by side."""
        seen: set[str] = set()
        for occurrence in holder.children:
            label = occurrence.element.label.casefold()
            if label in seen:
                self.note(
                    "info", path, "schema.quality_label_twice", value=occurrence.element.label
                )
            seen.add(label)

    def _reuse(self, path: str, element: Group | Field) -> None:
        """Note one id with two versions, or one id and version with two contents."""
        content = content_hash(document(Schema(
            "", "", "xdf3", "", "", "", (), (Occurrence(_bare(element), 1, 1),)
        )))  # fmt: skip
        known = self.versions.setdefault(element.id, {})
        if known and element.version not in known:
            versions = ", ".join((*known, element.version))
            self.note("warning", path, "schema.quality_versions_mixed", value=versions)
        elif known.get(element.version, content) != content:
            self.note(
                "error", path, "schema.quality_id_twice", value=f"{element.id} {element.version}"
            )
        known.setdefault(element.version, content)

    def _field(self, path: str, field: Field) -> None:
        if field.art in ("input", "select") and not field.help:
            self.note("info", path, "schema.quality_help_missing")
        if field.art == "input":
            self._precision(path, field)
        lists = self.beside.lists
        if field.code_list is not None and lists is not None and not field.code_list.pick(lists):
            self.note("warning", path, "schema.quality_list_not_loaded", value=field.code_list.key)
        if field.default and field.art != "label":
            why = self._default(field)
            if why:
                self.note("error", path, "schema.quality_default", value=field.default, why=why)

    def _precision(self, path: str, field: Field) -> None:
        """Note fields that take anything."""
        textual = field.datatype in ("text", "string_latin")
        if textual and field.max_length is None and field.pattern is None:
            self.note("warning", path, "schema.quality_no_length")
        if field.datatype in _NUMERIC and field.minimum is None and field.maximum is None:
            self.note("info", path, "schema.quality_no_bounds")
        if field.datatype == "file" and not (field.media_types and field.max_size):
            self.note("info", path, "schema.quality_no_file_limits")

    def _default(self, field: Field) -> str:
        """Return what about the default does not fit, "" when it fits or nobody can say."""
        value = field.default
        codes = self._codes(field)
        if codes is not None:
            return "" if value in codes else "Codeliste"
        if not _fits_type(value, field.datatype):
            return "Datentyp"
        too_short = field.min_length is not None and len(value) < field.min_length
        if too_short or (field.max_length is not None and len(value) > field.max_length):
            return "Länge"
        if field.datatype in _NUMERIC:
            number = Decimal(value.replace(",", "."))
            low, high = field.minimum, field.maximum
            if (low is not None and number < Decimal(low)) or (
                high is not None and number > Decimal(high)
            ):
                return "Grenzen"
        matches = self.beside.matches
        if field.pattern and matches is not None and not matches(field.pattern, value):
            return "Muster"
        return ""

    def _codes(self, field: Field) -> set[str] | None:
        """Return the codes a field may have, None when there are none or they are not at hand."""
        if field.options:
            return {each.code for each in field.options}
        if field.code_list is None or self.beside.lists is None:
            return None
        held = field.code_list.pick(self.beside.lists)
        return {each.code for each in held.entries} if held is not None else None


def _bare(element: Group | Field) -> Group | Field:
    """Return an element by itself: its children are judged at their own places."""
    return replace(element, children=()) if isinstance(element, Group) else element


def _fits_type(value: str, datatype: str) -> bool:
    try:
        if datatype == "date":
            date.fromisoformat(value)
        elif datatype == "datetime":
            datetime.fromisoformat(value)
        elif datatype == "time":
            time.fromisoformat(value)
        elif datatype in _NUMERIC:
            number = Decimal(value.replace(",", "."))
            return number.is_finite() and (datatype != "num_int" or number == int(number))
    except (ValueError, InvalidOperation):
        return False
    return datatype != "bool" or value.lower() in ("true", "false", "0", "1", "wahr", "falsch")
