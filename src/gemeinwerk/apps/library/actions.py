"""Verbs of the library: load schemas and code lists, shelve a package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.library import blocks, queries, report
from gemeinwerk.apps.library.errors import (
    FileOfSetRefusedError,
    NoFilesError,
    NoSchemaError,
    SchemaAmongListsError,
    SeveralSchemasError,
    TooManyFilesError,
)
from gemeinwerk.apps.library.models import Package, StoredCodeList, StoredSchema
from gemeinwerk.apps.library.report import SchemaReport
from gemeinwerk.core import packages, schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import new_id
from gemeinwerk.core.schemas import CodeList, Schema, SchemaRefusedError

MOST_FILES = 100
_CODE_LIST_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?CodeList[\s>]")

Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: the schema if one was among the files, and the code lists.

    `waiting` are stored schemas (id, name) that ask for one of the lists: their draft packages
    use the lists from now on, published versions stay as they are.
    """

    schema: SchemaReport | None
    code_lists: tuple[CodeList, ...]
    waiting: tuple[tuple[UUID, str], ...]


@transaction.atomic
def load_files(*, actor: Actor, files: Files, limit: int, now: datetime) -> Loaded:
    """Load at most one schema and any code lists (Dateien einlesen); all or nothing.

    `files` are (name, bytes), packed ones (.gz) allowed up to `limit` bytes unpacked. When
    anything is refused the old version stays, because nothing was written yet.
    """
    require(actor, Right.LOAD_SCHEMA)
    found, lists = _read(files, limit)
    if len(found) > 1:
        raise SeveralSchemasError(count=len(found))
    for code_list in lists:
        _store_list(code_list, now)
        _record(actor, "code_list.loaded", "code_list", code_list.key, now)
    waiting = queries.waiting_for(actor, [item.uri for item in lists]) if lists else []
    told = None
    if found:
        told = _keep(actor, found[0], now)
        _record(actor, "schema.loaded", "schema", f"{told.fim_id} {told.version}", now)
    return Loaded(
        schema=told,
        code_lists=tuple(lists),
        waiting=tuple((row.id, row.name) for row in waiting),
    )


def load_schema(*, actor: Actor, files: Files, limit: int, now: datetime) -> SchemaReport:
    """Load one schema with its code lists (Schema laden); see `load_files`."""
    with transaction.atomic():
        loaded = load_files(actor=actor, files=files, limit=limit, now=now)
        if loaded.schema is None:
            raise NoSchemaError(count=len(loaded.code_lists))
        return loaded.schema


@transaction.atomic
def keep_schema(*, actor: Actor, schema: Schema, source_name: str, now: datetime) -> SchemaReport:
    """Store a schema made here, as if it had been loaded (Schema übernehmen)."""
    require(actor, Right.LOAD_SCHEMA)
    told = _keep(actor, (source_name, schema), now)
    _record(actor, "schema.loaded", "schema", f"{told.fim_id} {told.version}", now)
    return told


def load_lists(*, actor: Actor, files: Files, limit: int, now: datetime) -> Loaded:
    """Load code lists alone (Codelisten nachladen); a schema among them is refused."""
    with transaction.atomic():
        loaded = load_files(actor=actor, files=files, limit=limit, now=now)
        if loaded.schema is not None:
            raise SchemaAmongListsError(number=loaded.schema.fim_id)
        return loaded


def shelve(package: packages.Package, *, now: datetime) -> Package:
    """Put a package that ships with the release on the shared shelf; the same content once.

    Only the owner role may: set-up does it. What towns published from it are copies of their
    own, so a package whose content changed under the same version simply takes its place.
    """
    document = packages.document(package)
    content_hash = packages.content_hash(document)
    known = Package.objects.filter(key=package.key, version=package.version).first()
    if known is not None and known.content_hash == content_hash:
        return known
    stored, _ = Package.objects.update_or_create(
        key=package.key,
        version=package.version,
        defaults={"content_hash": content_hash, "document": document, "added_at": now},
    )
    return stored


def _read(files: Files, limit: int) -> tuple[list[tuple[str, Schema]], list[CodeList]]:
    if not files:
        raise NoFilesError
    if len(files) > MOST_FILES:
        raise TooManyFilesError(limit=MOST_FILES)
    found: list[tuple[str, Schema]] = []
    lists: list[CodeList] = []
    for name, data in files:
        try:
            plain = schemas.unpack(data, limit)
            if _CODE_LIST_ROOT.search(plain[:4000].replace(b"\0", b"")):
                lists.append(schemas.read_code_list(plain, name=name, limit=limit))
            else:
                found.append((name, schemas.read_schema(plain, name=name, limit=limit)))
        except SchemaRefusedError as refusal:
            raise FileOfSetRefusedError(name[:200], refusal) from refusal
    return found, lists


def _store_list(code_list: CodeList, now: datetime) -> None:
    document = schemas.document(code_list)
    StoredCodeList.objects.update_or_create(
        uri=code_list.uri[:300],
        version=(code_list.version or "")[:40],
        defaults={
            "content_hash": schemas.content_hash(document),
            "document": document,
            "loaded_at": now,
        },
    )


def _keep(actor: Actor, source: tuple[str, Schema], now: datetime) -> SchemaReport:
    name, schema = source
    lists = queries.code_lists_for(schema)
    made = report.report_on(new_id(), schema, lists, ports.shared_blocks())
    findings = [msgspec.to_builtins(finding) for finding in made.findings]
    stored = _store_schema(actor, schema, name, findings, now)
    blocks.index(stored, schema)
    return made.with_id(stored.id)


def _store_schema(
    actor: Actor, schema: Schema, source_name: str, findings: list[dict[str, Any]], now: datetime
) -> StoredSchema:
    document = schemas.document(schema)
    stored, _ = StoredSchema.objects.update_or_create(
        fim_id=schema.id,
        version=schema.version[:20],
        content_hash=schemas.content_hash(document),
        defaults={
            "standard": schema.standard,
            "name": (schema.label or schema.name or schema.id)[:400],
            "document": document,
            "findings": findings,
            "source_name": source_name[:200],
            "loaded_at": now,
            "loaded_by": actor.name[:160],
        },
    )
    return stored


def _record(actor: Actor, verb: str, kind: str, object_id: str, now: datetime) -> None:
    right = Right.LOAD_SCHEMA
    audit.record(actor, verb, now=now, object_kind=kind, object_id=object_id[:80], right=right)
