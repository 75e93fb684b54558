"""Reads the member `_evidence` of a document: files as base64, or the day on which they follow."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gemeinwerk.core.forms.exports.documents import escaped
from gemeinwerk.core.forms.exports.evidence_schema import EVIDENCE
from gemeinwerk.core.forms.model import EvidenceSpec
from gemeinwerk.core.forms.values import german_date, to_date
from gemeinwerk.core.kernel import Fault

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file of a document, with its place for later faults."""

    key: str
    name: str
    data: bytes
    pointer: str


@dataclass(frozen=True, slots=True)
class SentEvidence:
    """What a document says about evidence; `faults` are pairs of JSON pointer and fault."""

    files: tuple[SentFile, ...]
    follows: dict[str, date]
    faults: tuple[tuple[str, Fault], ...]


def read_evidence(document: object, wanted: Iterable[EvidenceSpec], *, today: date) -> SentEvidence:
    """Return the evidence of a document as far as it is asked for; never raises."""
    reader = _Reader({spec.key: spec for spec in wanted}, today)
    sent = document.get(EVIDENCE, {}) if isinstance(document, dict) else {}
    reader.read(sent)
    return SentEvidence(tuple(reader.files), reader.follows, tuple(reader.faults))


class _Reader:
    def __init__(self, wanted: dict[str, EvidenceSpec], today: date) -> None:
        self.wanted = wanted
        self.today = today
        self.files: list[SentFile] = []
        self.follows: dict[str, date] = {}
        self.faults: list[tuple[str, Fault]] = []

    def say(self, pointer: str, code: str, **params: str | int) -> None:
        self.faults.append((pointer, Fault(EVIDENCE, code, params)))

    def read(self, sent: object) -> None:
        if not isinstance(sent, dict):
            self.say(f"/{EVIDENCE}", "answer.not_an_object", label="Nachweise")
            return
        for key, value in sent.items():
            place = f"/{EVIDENCE}/{escaped(str(key)[:200])}"
            spec = self.wanted.get(str(key))
            if spec is None:
                self.say(place, "application.unknown_evidence")
            elif not isinstance(value, dict):
                self.say(place, "answer.not_an_object", label=spec.label)
            else:
                self._one(spec, value, place)
        for key, spec in self.wanted.items():
            if spec.required and key not in sent:
                self.say(f"/{EVIDENCE}/{escaped(key)}", "evidence.required", label=spec.label)

    def _one(self, spec: EvidenceSpec, value: Json, place: str) -> None:
        for member in value:
            if member not in ("files", "follows_on"):
                name = str(member)[:64]
                self.say(f"{place}/{escaped(name)}", "answer.unknown_name", name=name)
        if "files" in value:
            self._files(spec, value["files"], f"{place}/files")
        elif "follows_on" in value:
            self._follows(spec, value["follows_on"], f"{place}/follows_on")
        elif spec.required:
            self.say(place, "evidence.required", label=spec.label)

    def _files(self, spec: EvidenceSpec, files: object, place: str) -> None:
        if not isinstance(files, list) or not files:
            self.say(place, "answer.not_a_list", label=spec.label)
            return
        if len(files) > spec.maximum:
            self.say(place, "answer.too_many", label=spec.label, limit=spec.maximum)
            return
        for at, file in enumerate(files):
            self._file(spec, file, f"{place}/{at}")

    def _file(self, spec: EvidenceSpec, file: object, place: str) -> None:
        if not isinstance(file, dict):
            self.say(place, "answer.not_an_object", label=spec.label)
            return
        name, content = file.get("name"), file.get("content")
        if not isinstance(name, str) or not name.strip():
            self.say(f"{place}/name", "answer.not_text", label=spec.label)
        elif not isinstance(content, str):
            self.say(f"{place}/content", "answer.not_text", label=spec.label)
        else:
            try:
                data = base64.b64decode(content, validate=True)
            except (binascii.Error, ValueError):
                self.say(f"{place}/content", "evidence.not_base64", label=spec.label)
                return
            self.files.append(SentFile(spec.key, name[:200], data, f"{place}/content"))

    def _follows(self, spec: EvidenceSpec, day: object, place: str) -> None:
        on = to_date(day) if isinstance(day, str) and len(day) == 10 else None
        latest = self.today + timedelta(days=spec.follow_days)
        if on is None:
            self.say(place, "answer.not_a_date", label=spec.label)
        elif not spec.may_follow:
            self.say(place, "evidence.cannot_follow", label=spec.label)
        elif not self.today <= on <= latest:
            self.say(place, "application.follow_day", latest=german_date(latest))
        else:
            self.follows[spec.key] = on
