"""Converts messages of XDatenfelder 3.0.0 to 2.0, which holds less."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gemeinwerk.core.schemas import xdf2, xdf3
from gemeinwerk.core.schemas.converting import STATUS_2, Report, code_of, coded
from gemeinwerk.core.schemas.words import Code, Identification

_STATUS: Mapping[str, str] = {
    "1": "inVorbereitung",
    "2": "inVorbereitung",
    "3": "inVorbereitung",
    "4": "inVorbereitung",
    "5": "aktiv",
    "6": "aktiv",
    "7": "inaktiv",
    "8": "inaktiv",
}
_DATATYPES: Mapping[str, str] = {"text_latin": "text", "time": "text", "datetime": "text"}
_KINDS: Mapping[str, str] = {"hidden": "input", "locked": "input"}
_VERSION = re.compile(r"(\d+\.\d+)\.(\d+)")


class ToXdf2:
    """Converts one message; what does not fit goes into the report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._related: set[Identification] = set()

    def header(self, header: xdf3.Header | None) -> xdf2.Header | None:
        """Return the header."""
        if header is None:
            return None
        for what, value in (
            ("produktbezeichnung", header.product),
            ("produkthersteller", header.maker),
            ("produktversion", header.product_version),
            ("datenqualitaet", code_of(header.data_quality)),
        ):
            self._report.lost(f"header/{what}", value)
        return xdf2.Header(
            message_id=header.message_id,
            created_at=header.created_at,
            reference_id=header.reference_id,
        )

    def schema(self, schema: xdf3.Schema) -> xdf2.Schema:
        """Return a schema."""
        profile = schema.document_profile
        self._report.lost("dokumentsteckbrief", profile.id if profile is not None else "")
        return xdf2.Schema(
            **self._general(schema),
            input_label=schema.label or schema.name or "",
            help=schema.help,
            structure_changes=schema.structure_changes,
            display_changes=schema.display_changes,
            rules=tuple(self._rule(each, schema.release_status) for each in schema.rules),
            occurrences=tuple(self._occurrence(each) for each in schema.occurrences),
        )

    def group(self, group: xdf3.Group) -> xdf2.Group:
        """Return a group."""
        with self._report.inside(group.identification):
            self._report.lost("art", code_of(group.group_kind))
            return xdf2.Group(
                **self._general(group),
                **_shown(group),
                rules=tuple(self._rule(each, group.release_status) for each in group.rules),
                occurrences=tuple(self._occurrence(each) for each in group.occurrences),
            )

    def field(self, field: xdf3.Field) -> xdf2.Field:
        """Return a field."""
        report = self._report
        with report.inside(field.identification):
            prefill = code_of(field.prefill)
            report.lost("vorbefuellung", prefill if prefill != "keine" else "")
            for what in ("code_column", "label_column", "help_column"):
                report.lost(xdf3.Field.naming[what], getattr(field, what))
            report.lost("maxSize", field.max_size)
            report.lost("mediaType", ", ".join(field.media_types))
            if field.values is not None:
                report.tell("error", "schema.convert_values", count=len(field.values.items))
            return xdf2.Field(
                **self._general(field),
                **_shown(field),
                field_kind=coded("feldart", self._nearest(field.field_kind, _KINDS), "1.0"),
                datatype=coded("datentyp", self._nearest(field.datatype, _DATATYPES), "1.0"),
                precision=self._precision(field.precision),
                content=field.content or "",
                code_list=self._code_list(field.code_list),
                rules=tuple(self._rule(each, field.release_status) for each in field.rules),
            )

    def profile(self, profile: xdf3.DocumentProfile) -> xdf2.DocumentProfile:
        """Return a document profile; both versions mean different lists of kinds."""
        self._report.tell("warning", "schema.convert_document_kind")
        return xdf2.DocumentProfile(
            **self._general(profile),
            input_label=profile.label or profile.name or "",
            is_reference=profile.is_abstract,
            document_kind=code_of(profile.document_kind),
            help=profile.help,
        )

    def listed(self, identification: Identification) -> Identification:
        """Return an identification with a version of two parts."""
        version = identification.version
        read = _VERSION.fullmatch(version or "")
        if read is not None:
            version = read[1]
            if int(read[2]):
                self._report.lost("version", f"{read[0]} → {version}")
        return Identification(id=identification.id, version=version)

    def _general(self, element: xdf3.General) -> dict[str, Any]:
        """Return what every element says; version 2 demands texts even where they are empty."""
        report = self._report
        number = element.identification
        for keyword in element.keywords:
            report.lost("stichwort", keyword.text or keyword.uri)
        if element.relations and number not in self._related:
            report.tell("info", "schema.convert_relations", count=len(element.relations))
            if number is not None:
                self._related.add(number)
        report.tell_once("info", "schema.convert_changed_at")
        return {
            "identification": self.listed(number) if number is not None else None,
            "name": element.name,
            "description": element.description or "",
            "definition": element.definition or "",
            "legal_basis": self._legal(element.legal_basis),
            "status": self._status(element.release_status),
            "valid_from": element.valid_from,
            "valid_until": element.valid_until,
            "author": element.status_set_by,
            "version_note": element.version_note,
            "released_on": element.status_set_on,
            "published_on": element.published_on,
        }

    def _status(self, status: Code | None) -> Code:
        code = code_of(status)
        becomes = _STATUS.get(code, "inVorbereitung")
        if code not in ("2", "6", "7"):  # those come back the same
            self._report.tell("info", "schema.convert_status", value=code, becomes=becomes)
        return Code(list_uri=STATUS_2, list_version="1.0", code=becomes)

    def _legal(self, held: tuple[xdf3.LegalReference, ...]) -> str:
        for each in held:
            self._report.lost("bezug/link", each.link)
        return "\n".join(each.text for each in held)

    def _occurrence(self, place: xdf3.Occurrence) -> xdf2.Occurrence:
        contained = place.contains or xdf3.Contained()
        return xdf2.Occurrence(
            multiplicity=place.multiplicity,
            legal_basis=self._legal(place.legal_basis),
            contains=xdf2.Contained(
                field=self.field(contained.field) if contained.field is not None else None,
                group=self.group(contained.group) if contained.group is not None else None,
            ),
        )

    def _rule(self, rule: xdf3.Rule, status: Code | None) -> xdf2.Rule:
        """Return a rule; version 2 wants a label and a status, which are those of its element."""
        report = self._report
        kind = code_of(rule.rule_kind)
        report.lost("regel/typ", kind if kind != "K" else "")
        report.lost("regel/param", ", ".join(each.name or "" for each in rule.parameters))
        report.lost("regel/ziel", ", ".join(each.name or "" for each in rule.targets))
        report.lost("regel/fehler", "; ".join(each.text for each in rule.errors))
        report.lost("regel/stichwort", ", ".join(each.text for each in rule.keywords))
        number = rule.identification
        code = _STATUS.get(code_of(status), "inVorbereitung")
        return xdf2.Rule(
            identification=self.listed(number) if number is not None else None,
            name=rule.name,
            input_label=rule.name or "",
            description=rule.description or "",
            definition=rule.free_text or "",
            legal_basis=self._legal(rule.legal_basis),
            status=Code(list_uri=STATUS_2, list_version="1.0", code=code),
            author=rule.author,
            script=rule.script or "",
        )

    def _nearest(self, held: Code | None, nearest: Mapping[str, str]) -> str:
        code = code_of(held)
        becomes = nearest.get(code, code)
        if becomes != code:
            self._report.tell("warning", "schema.convert_code", value=code, becomes=becomes)
        return becomes

    def _precision(self, held: xdf3.Precision | None) -> str:
        """Write the attributes as the JSON object of version 2; prose stays only without them."""
        if held is None:
            return ""
        limits = {
            name: value
            for name, field in held.attributes.items()
            if (value := getattr(held, field)) is not None
        }
        if not limits:
            return held.text
        self._report.lost("praezisierung", held.text.strip())
        return json.dumps(limits)  # escapes what String.Latin does not have

    def _code_list(self, held: xdf3.CodeListReference | None) -> xdf2.CodeListReference | None:
        """Return the reference; version 2 demands a FIM number, which stays empty."""
        if held is None:
            return None
        self._report.tell("warning", "schema.convert_list_number")
        return xdf2.CodeListReference(
            identification=Identification(id=""),
            list_identification=xdf2.ListIdentification(
                canonical_uri=held.canonical_uri or "",
                version=held.version or "",
                canonical_version_uri=held.canonical_version_uri or "",
            ),
        )


def _shown(element: xdf3.SchemaElement) -> dict[str, Any]:
    return {
        "input_label": element.input_label or "",
        "output_label": element.output_label,
        "element_kind": element.element_kind,
        "input_help": element.input_help or "",
        "output_help": element.output_help or "",
    }
