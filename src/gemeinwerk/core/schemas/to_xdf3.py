"""Converts messages of XDatenfelder 2.0 to 3.0.0."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gemeinwerk.core.schemas import xdf2, xdf3
from gemeinwerk.core.schemas.converting import (
    NO_MOMENT,
    NO_PROFILE,
    STATUS_3,
    STATUS_3_VERSION,
    Report,
    code_of,
    coded,
    given,
)
from gemeinwerk.core.schemas.words import Code, Identification

# "aktiv" does not tell silver from gold
_STATUS: Mapping[str, str] = {"inVorbereitung": "2", "aktiv": "6", "inaktiv": "7"}
_LIMITS: Mapping[str, str] = {
    "minLength": "min_length",
    "maxLength": "max_length",
    "minValue": "min_value",
    "maxValue": "max_value",
    "pattern": "pattern",
}
_LENGTH = re.compile(r"\d{1,9}")


class ToXdf3:
    """Converts one message; what does not fit goes into the report."""

    def __init__(self, report: Report, moment: str) -> None:
        self._report = report
        self._moment = moment or NO_MOMENT

    def header(self, header: xdf2.Header | None) -> xdf3.Header | None:
        """Return the header."""
        if header is None:
            return None
        return xdf3.Header(
            message_id=header.message_id,
            created_at=header.created_at,
            reference_id=header.reference_id,
        )

    def schema(self, schema: xdf2.Schema) -> xdf3.Schema:
        """Return a schema."""
        report = self._report
        report.lost("bezeichnungAusgabe", schema.output_label)
        report.tell_once("warning", "schema.convert_profile", value=NO_PROFILE)
        return xdf3.Schema(
            **self._general(schema),
            label=schema.input_label or schema.name or "",
            help=given(schema.help),
            structure_changes=schema.structure_changes,
            display_changes=schema.display_changes,
            document_profile=Identification(id=NO_PROFILE),
            rules=tuple(self._rule(each) for each in schema.rules),
            occurrences=tuple(self._occurrence(each) for each in schema.occurrences),
        )

    def group(self, group: xdf2.Group) -> xdf3.Group:
        """Return a group."""
        with self._report.inside(group.identification):
            if not group.occurrences:
                self._report.tell("error", "schema.convert_group_empty")
            return xdf3.Group(
                **self._general(group),
                **self._shown(group),
                rules=tuple(self._rule(each) for each in group.rules),
                occurrences=tuple(self._occurrence(each) for each in group.occurrences),
            )

    def field(self, field: xdf2.Field) -> xdf3.Field:
        """Return a field."""
        with self._report.inside(field.identification):
            return xdf3.Field(
                **self._general(field),
                **self._shown(field),
                field_kind=coded("feldart", code_of(field.field_kind), "2.0"),
                datatype=coded("datentyp", code_of(field.datatype), "2.0"),
                precision=self._precision(field.precision),
                content=given(field.content),
                prefill=coded("vorbefuellung", "keine", "1.0"),
                code_list=self._code_list(field.code_list),
                rules=tuple(self._rule(each) for each in field.rules),
            )

    def profile(self, profile: xdf2.DocumentProfile) -> xdf3.DocumentProfile:
        """Return a document profile; both versions mean different lists of kinds."""
        self._report.tell("warning", "schema.convert_document_kind")
        kind = Code(
            list_uri="urn:xoev-de:fim-datenfelder:codeliste:dokumentart",
            list_version="2022-01-01",
            code=(profile.document_kind or "").strip(),
        )
        return xdf3.DocumentProfile(
            **self._general(profile),
            is_abstract=profile.is_reference,
            document_kind=kind,
            label=profile.input_label or profile.name or "",
            help=given(profile.help),
        )

    def listed(self, identification: Identification) -> Identification:
        """Return an identification with a version of three parts."""
        version = identification.version
        if version is not None and re.fullmatch(r"\d+\.\d+", version):
            version += ".0"
        return Identification(id=identification.id, version=version)

    def _general(self, element: xdf2.General) -> dict[str, Any]:
        """Return what every element says."""
        self._report.tell_once("info", "schema.convert_moment", value=self._moment)
        number = element.identification
        return {
            "identification": self.listed(number) if number is not None else None,
            "name": element.name,
            "description": given(element.description),
            "definition": given(element.definition),
            "legal_basis": _legal(element.legal_basis),
            "release_status": self._status(element.status),
            "status_set_on": element.released_on,
            "status_set_by": given(element.author),
            "valid_from": element.valid_from,
            "valid_until": element.valid_until,
            "version_note": given(element.version_note),
            "published_on": element.published_on,
            "changed_at": self._moment,
        }

    def _status(self, status: Code | None) -> Code:
        code = code_of(status)
        if code == "aktiv":
            self._report.tell_once("info", "schema.convert_status", value=code, becomes="6")
        elif code not in _STATUS:
            self._report.tell("warning", "schema.convert_status", value=code, becomes="2")
        return Code(list_uri=STATUS_3, list_version=STATUS_3_VERSION, code=_STATUS.get(code, "2"))

    def _shown(self, element: xdf2.SchemaElement) -> dict[str, Any]:
        return {
            "input_label": element.input_label or "",
            "output_label": given(element.output_label),
            "element_kind": element.element_kind,
            "input_help": given(element.input_help),
            "output_help": given(element.output_help),
        }

    def _occurrence(self, place: xdf2.Occurrence) -> xdf3.Occurrence:
        contained = place.contains or xdf2.Contained()
        return xdf3.Occurrence(
            multiplicity=place.multiplicity,
            legal_basis=_legal(place.legal_basis),
            contains=xdf3.Contained(
                field=self.field(contained.field) if contained.field is not None else None,
                group=self.group(contained.group) if contained.group is not None else None,
            ),
        )

    def _rule(self, rule: xdf2.Rule) -> xdf3.Rule:
        """Return a rule; its kind was never said in version 2: "K", complex."""
        report = self._report
        number = rule.identification
        for what, value in (
            ("bezeichnungEingabe", rule.input_label if rule.input_label != rule.name else ""),
            ("bezeichnungAusgabe", rule.output_label if rule.output_label != rule.name else ""),
            ("gueltigAb", rule.valid_from),
            ("gueltigBis", rule.valid_until),
            ("versionshinweis", rule.version_note),
            ("freigabedatum", rule.released_on),
            ("veroeffentlichungsdatum", rule.published_on),
        ):
            report.lost(f"regel/{what}", value)
        report.tell_once("info", "schema.convert_rule_status")
        return xdf3.Rule(
            identification=self.listed(number) if number is not None else None,
            name=rule.name,
            description=given(rule.description),
            free_text=given(rule.definition),
            legal_basis=_legal(rule.legal_basis),
            author=given(rule.author),
            changed_at=self._moment,
            rule_kind=coded("regeltyp", "K", "1.0"),
            script=given(rule.script),
        )

    def _precision(self, said: str | None) -> xdf3.Precision | None:
        """Turn the JSON object into attributes; prose, and what has no attribute, stays text."""
        if not said or not said.strip():
            return None
        read = _json(said)
        limits: dict[str, str] = {}
        for name, value in read.items():
            if _fits(name, value):
                limits[_LIMITS[name]] = str(value).strip()
        empty = sum(1 for value in read.values() if value in ("", None))
        if read and len(limits) + empty == len(read):
            return xdf3.Precision(**limits) if limits else None
        self._report.tell("warning", "schema.convert_precision", value=said)
        return xdf3.Precision(text=said, **limits)

    def _code_list(self, held: xdf2.CodeListReference | None) -> xdf3.CodeListReference | None:
        if held is None:
            return None
        number = held.identification
        self._report.lost("codelisteReferenz/identifikation", number.id if number else "")
        said = held.list_identification or xdf2.ListIdentification()
        return xdf3.CodeListReference(
            canonical_uri=given(said.canonical_uri),
            version=given(said.version),
            canonical_version_uri=given(said.canonical_version_uri),
        )


def _legal(text: str | None) -> tuple[xdf3.LegalReference, ...]:
    """Return the legal basis as one reference: nobody can tell where one ends in free text."""
    return (xdf3.LegalReference(text=text),) if text else ()


def _json(said: str) -> Mapping[str, Any]:
    try:
        read = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _fits(name: str, value: object) -> bool:
    """Tell whether an attribute of version 3 can hold a limit."""
    if name not in _LIMITS or isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    text = str(value).strip()
    if name.endswith("Length"):
        return bool(_LENGTH.fullmatch(text)) and (name == "minLength" or int(text) > 0)
    return bool(text)
