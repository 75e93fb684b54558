"""Loads a service package (Leistungspaket) from its text files, or says all that is wrong.

`files` maps the path inside the folder ("manifest.toml", "tests/cases.toml") to its bytes; a
shared block is handed in beside them as "blocks/person.toml". Who reads disks or archives does
that outside: nothing here opens a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from gemeinwerk.core.calendars import Law
from gemeinwerk.core.decisions import NoticeTemplate
from gemeinwerk.core.fees import FeeRule
from gemeinwerk.core.forms import Form, Layout, Variable
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages import elements as shelf
from gemeinwerk.core.packages.checking import check_package
from gemeinwerk.core.packages.examples import read_tests
from gemeinwerk.core.packages.model import (
    FORMAT,
    Automation,
    Calculation,
    Channel,
    DecisionKind,
    Delivery,
    IdentityLevel,
    LegalBasis,
    Package,
    Parameter,
    Participant,
    Privacy,
    Retention,
    Texts,
)
from gemeinwerk.core.packages.people import with_conditions
from gemeinwerk.core.packages.reading import Reader, Table
from gemeinwerk.core.packages.translating import read_translations

FILES = (
    "manifest.toml",
    "fields.toml",
    "pages.toml",
    "participants.toml",
    "rules.toml",
    "parameters.toml",
    "evidence.toml",
    "fee.toml",
    "texts.toml",
    "notice.toml",
    "legal.toml",
    "retention.toml",
    "privacy.toml",
    "en.toml",
    "process.bpmn",
)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What manifest.toml says (Steckbrief)."""

    key: str
    version: str
    name: str
    usual_days: int
    life_situation: str
    leistungsschluessel: str = ""
    licence: str = ""
    maintainer: str = ""
    blocks: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ("online", "counter", "post")
    discretion: bool = False
    written_form: bool = False
    written_form_norm: str = ""
    identity_level: IdentityLevel = "none"
    identity_reason: str = ""
    decision_kind: DecisionKind = "decision"
    procedural_law: Law = Law.VWVFG
    automation: Automation | None = None
    layout: Layout = "pages"
    format: int = FORMAT


def load_package(files: Mapping[str, bytes]) -> Package:
    """Return the package, or raise `FaultsError` with everything wrong in all of its files."""
    reader = Reader(files)
    for file in files:
        if file not in FILES and not file.startswith(("tests/", "blocks/")):
            reader.say(file, "", "package.unknown_file")
    manifest = reader.make("manifest.toml", "", reader.table("manifest.toml"), Manifest)
    package = _read(reader, manifest) if manifest is not None else None
    if package is not None and not reader.faults:
        check_package(reader, package)
    if reader.faults or package is None:
        raise FaultsError(reader.faults)
    return package


def _read(reader: Reader, manifest: Manifest) -> Package | None:
    elements = shelf.gather(reader, manifest.blocks)
    rules = reader.table("rules.toml", required=False)
    reader.only("rules.toml", rules, "check", "value")
    parameters = _parameters(reader)
    values = reader.make_all("rules.toml", "value", rules.get("value", []), Calculation)
    form = Form(
        key=manifest.key,
        version=manifest.version,
        title=manifest.name,
        pages=shelf.pages(reader, elements),
        evidence=shelf.evidence(reader),
        checks=shelf.checks(reader, rules),
        variables=_variables(parameters),
        layout=manifest.layout,
    )
    people = _participants(reader)
    form = with_conditions(form, people)
    parts = _parts(reader, manifest)
    tests = read_tests(reader)
    english = read_translations(reader, shelf.texts_of(elements, "en"), form, people)
    if None in parts.values():
        return None
    said = {name: getattr(manifest, name) for name in Manifest.__struct_fields__}
    return Package(
        **{name: value for name, value in said.items() if name not in ("blocks", "layout")},
        **parts,
        form=form,
        delivery=delivery_of(elements.roles),
        roles=elements.roles,
        parameters=parameters,
        values=values,
        translations={"en": english} if english else {},
        tests=tests,
        participants=people,
    )


def _parts(reader: Reader, manifest: Manifest) -> dict[str, Any]:
    """Read the files that stand for themselves; None for one that cannot be used."""
    notice = reader.table("notice.toml")
    return {
        "facts": reader.make("notice.toml", "facts", notice.pop("facts", {}), dict[str, str]),
        "notice": _notice(reader, notice, manifest),
        "fee": reader.make("fee.toml", "", reader.table("fee.toml"), FeeRule),
        "texts": reader.make("texts.toml", "", reader.table("texts.toml"), Texts),
        "retention": reader.make("retention.toml", "", reader.table("retention.toml"), Retention),
        "privacy": reader.make("privacy.toml", "", reader.table("privacy.toml"), Privacy),
        "legal_bases": _legal_bases(reader),
        "process": _process(reader),
    }


def _participants(reader: Reader) -> tuple[Participant, ...]:
    """Read who else fills in pages; most services ask nobody else, then there is no file."""
    table = reader.table("participants.toml", required=False)
    reader.only("participants.toml", table, "participant")
    found = table.get("participant", [])
    return reader.make_all("participants.toml", "participant", found, Participant)


def _parameters(reader: Reader) -> tuple[Parameter, ...]:
    found: list[Parameter] = []
    for name, table in reader.table("parameters.toml", required=False).items():
        whole = {**table, "name": name} if isinstance(table, dict) else table
        one = reader.make("parameters.toml", name, whole, Parameter)
        if one is not None:
            found.append(one)
    return tuple(found)


def _variables(parameters: tuple[Parameter, ...]) -> tuple[Variable, ...]:
    """Name for the form what its caller supplies: the parameters of the town."""
    return tuple(
        Variable(name=f"param.{one.name}", kind="decimal" if one.kind == "number" else one.kind)
        for one in parameters
        if one.kind != "table"
    )


def _notice(reader: Reader, table: Table, manifest: Manifest) -> NoticeTemplate | None:
    whole = {**table, "law": manifest.procedural_law.value, "blocks": table.get("block", [])}
    whole.pop("block", None)
    return reader.make("notice.toml", "", whole, NoticeTemplate)


def _legal_bases(reader: Reader) -> tuple[LegalBasis, ...]:
    table = reader.table("legal.toml")
    reader.only("legal.toml", table, "basis")
    return reader.make_all("legal.toml", "basis", table.get("basis", []), LegalBasis)


def delivery_of(roles: Mapping[str, str]) -> Delivery | None:
    """Return where the form asks for the download of the decision, None when it does not."""
    consent, email = roles.get("delivery_consent"), roles.get("delivery_email")
    return Delivery(consent=consent, email=email) if consent and email else None


def _process(reader: Reader) -> str:
    data = reader.files.get("process.bpmn")
    if data is None:
        reader.say("process.bpmn", "", "package.file_missing")
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        reader.say("process.bpmn", "", "package.not_utf8", line=0)
        return ""
