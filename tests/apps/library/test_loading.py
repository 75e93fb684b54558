"""Loading schemas and code lists: all or nothing, nothing dropped silently."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.library import actions, queries
from gemeinwerk.apps.library.errors import (
    FileOfSetRefusedError,
    NoFilesError,
    NoSchemaError,
    SeveralSchemasError,
    TooManyFilesError,
)
from gemeinwerk.apps.library.models import StoredCodeList, StoredSchema
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Role, anonymous, system
from gemeinwerk.core.kernel import NotFoundError, RefusedError
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from gemeinwerk.project import content
from tests.studio_files import (
    CHILD_CARE,
    HEAD,
    NOW,
    PARKING,
    author,
    files_of,
    parking_files,
)

pytestmark = pytest.mark.usefixtures("blocks")


def load(town_id: int, files: list[tuple[str, bytes]], **more: Any) -> actions.Loaded:
    actor = more.pop("actor", author(town_id))
    return actions.load_files(actor=actor, files=files, limit=UPLOAD_LIMIT, now=NOW, **more)


def test_a_real_schema_with_its_lists_becomes_a_package(lindenau: int) -> None:
    report = load(lindenau, parking_files()).schema
    assert report is not None
    assert (report.fim_id, report.standard) == ("S05000058", "xdf2")
    assert report.usable
    assert report.pages > 1
    assert report.fields > 20
    assert any(one.loaded for one in report.code_lists)
    assert {one.code for one in report.findings} >= {"schema.rule_prose"}
    assert report.package.delivery is not None
    entries = Entry.objects.order_by("id").values_list("verb", flat=True)
    assert "schema.loaded" in entries and "code_list.loaded" in entries


def test_findings_are_told_once_and_grouped_worst_first(lindenau: int) -> None:
    report = actions.load_schema(
        actor=author(lindenau), files=files_of(CHILD_CARE), limit=UPLOAD_LIMIT, now=NOW
    )
    groups = report.grouped()
    assert sum(len(found) for _, _, found in groups) == len(report.findings)
    ranks = ["error", "warning", "info"]
    order = [ranks.index(severity) for severity, _, _ in groups]
    assert order == sorted(order)


def test_a_list_loaded_later_turns_a_code_entry_into_a_choice(lindenau: int) -> None:
    before = load(lindenau, parking_files(lists=False)).schema
    assert before is not None
    assert not any(one.loaded for one in before.code_lists)
    later = load(lindenau, files_of(*PARKING.glob("C*.xml")))
    assert later.schema is None
    assert [schema_id for schema_id, _ in later.waiting] == [before.schema_id]
    after = queries.schema_report(author(lindenau), before.schema_id)
    missing_before = sum(one.code == "form.code_list_missing" for one in before.findings)
    missing_after = sum(one.code == "form.code_list_missing" for one in after.findings)
    assert missing_after < missing_before


def test_the_same_file_twice_is_kept_once(lindenau: int) -> None:
    first, second = load(lindenau, parking_files()), load(lindenau, parking_files())
    assert first.schema and second.schema
    assert first.schema.schema_id == second.schema.schema_id
    assert StoredSchema.objects.count() == 1


DEEP = HEAD + "<a>" * 200 + "</a>" * 200
BAD = {
    "empty": (b"", "schema.empty"),
    "words": (b"Guten Tag", "schema.not_xml"),
    "pdf": (b"%PDF-1.7 1 0 obj", "schema.not_xml"),
    "zip": (b"PK\x03\x04" + bytes(200), "schema.not_xml"),
    "cut": (HEAD.encode() + b"<a><b>", ""),
    "entity": (
        HEAD.encode() + b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "schema.doctype",
    ),
    "laughs": (HEAD.encode() + b'<!DOCTYPE a [<!ENTITY x "ha">]><a>&x;</a>', "schema.doctype"),
    "foreign": (HEAD.encode() + b'<a xmlns="urn:x"/>', "schema.unknown_namespace"),
    "deep": (DEEP.encode(), ""),
    "large": (b"<" + b" " * UPLOAD_LIMIT, "schema.too_large"),
    "bomb": (gzip.compress(bytes(UPLOAD_LIMIT + 1)), "schema.too_large"),
    "packed": (gzip.compress(b"<a/>")[:-9], "schema.packed_broken"),
    "encoding": (b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>', ""),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_fast_and_nothing_is_lost(lindenau: int, name: str) -> None:
    load(lindenau, parking_files())
    data, code = BAD[name]
    began = time.perf_counter()
    with pytest.raises(FileOfSetRefusedError) as refused:
        load(lindenau, [*files_of(*PARKING.glob("C*.xml")), ("kaputt.xml", data)])
    assert time.perf_counter() - began < 1.0
    assert refused.value.file == "kaputt.xml"
    assert refused.value.cause.code.startswith("schema.")
    assert refused.value.cause.code == (code or refused.value.cause.code)
    assert StoredSchema.objects.count() == 1


def test_the_wrong_number_of_files_is_refused(lindenau: int) -> None:
    with pytest.raises(NoFilesError):
        load(lindenau, [])
    with pytest.raises(TooManyFilesError):
        load(lindenau, [("a.xml", b"<a/>")] * 101)
    with pytest.raises(SeveralSchemasError):
        load(lindenau, [*parking_files(lists=False), *files_of(CHILD_CARE)])
    with pytest.raises(NoSchemaError):
        actions.load_schema(
            actor=author(lindenau),
            files=files_of(*PARKING.glob("C*.xml")),
            limit=UPLOAD_LIMIT,
            now=NOW,
        )
    assert not StoredSchema.objects.exists()
    assert not StoredCodeList.objects.exists()


def test_only_authors_and_commands_load(lindenau: int) -> None:
    for actor in (anonymous(lindenau), author(lindenau, Role.CASEWORKER, Role.OPERATOR)):
        with pytest.raises(RefusedError):
            load(lindenau, parking_files(), actor=actor)
        for door in (queries.schemas_of_town, queries.code_lists_of_town):
            with pytest.raises(RefusedError):
                door(actor)
    assert load(lindenau, parking_files(), actor=system(lindenau, name="schema load")).schema


def test_the_worker_role_may_load(lindenau: int, as_worker: Any) -> None:
    with as_worker():
        assert load(lindenau, parking_files()).schema


def test_another_town_sees_none_of_it(towns: tuple[int, int]) -> None:
    with tenancy.town(towns[0]):
        report = load(towns[0], parking_files()).schema
    assert report
    with tenancy.town(towns[1]):
        carla = author(towns[1])
        assert queries.schemas_of_town(carla) == []
        assert queries.code_lists_of_town(carla) == []
        with pytest.raises(NotFoundError):
            queries.schema_report(carla, report.schema_id)


def test_the_shelf_keeps_each_version_once_and_only_set_up_fills_it(
    towns: tuple[int, int], as_owner: Any
) -> None:
    package = next(content.shipped_packages())
    with as_owner():
        first = actions.shelve(package, now=NOW)
        assert actions.shelve(package, now=NOW).added_at == first.added_at
        changed = replace(package, usual_days=99)
        assert actions.shelve(changed, now=NOW).id == first.id
        newer = actions.shelve(replace(package, version="99.0.0"), now=NOW + timedelta(days=1))
        assert [row.id for row in queries.shelf()] == [newer.id]
    assert queries.shelved(package.key).version == "99.0.0"
    with pytest.raises(ProgrammingError), transaction.atomic():
        actions.shelve(replace(package, version="98.0.0"), now=NOW)
    with pytest.raises(NotFoundError):
        queries.shelved("nothing")
