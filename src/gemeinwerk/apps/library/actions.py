"""Verbs of the library: load a schema with its code lists, shelve a package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.library import queries
from gemeinwerk.apps.library.errors import NoSchemaError, SeveralSchemasError
from gemeinwerk.apps.library.models import Package, StoredCodeList, StoredSchema
from gemeinwerk.core import packages, schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.forms import form_from_schema
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.schemas import CodeList, Schema, SchemaRefusedError


class FileOfSetRefusedError(DomainError):
    """One of the loaded files is refused; `file` names it, `cause` is the reader's refusal."""

    code = "library.file_refused"

    def __init__(self, file: str, cause: SchemaRefusedError) -> None:
        super().__init__(file=file, reason=cause.code, line=cause.line)
        self.cause = cause


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What came of loading: the stored schema, its package, and all that cannot be used yet."""

    schema_id: UUID
    fim_id: str
    version: str
    name: str
    code_lists: tuple[str, ...]
    findings: tuple[dict[str, Any], ...]
    package: packages.Package


@transaction.atomic
def load_schema(
    *,
    actor: Actor,
    files: Sequence[tuple[str, bytes]],
    limit: int,
    now: datetime,
) -> LoadReport:
    """Load one schema and any code lists (Schema laden); all or nothing.

    `files` are (name, bytes), packed ones (.gz) allowed up to `limit` bytes unpacked. When
    anything is refused the old version stays, because nothing was written yet.
    """
    require(actor, Right.LOAD_SCHEMA)
    found, lists = _read(files, limit)
    if len(found) > 1:
        raise SeveralSchemasError(count=len(found))
    for code_list in lists:
        _store_list(code_list, now)
    if not found:
        raise NoSchemaError(count=len(lists))
    source_name, schema = found[0]
    known = queries.code_lists_for(schema)
    package = packages.package_from_schema(schema, known, blocks=ports.shared_blocks())
    _, findings = form_from_schema(schema, known)
    told = tuple(msgspec.to_builtins(item) for item in (*schema.findings, *findings))
    stored = _store_schema(actor, schema, source_name, told, now)
    audit.record(
        actor,
        "schema.loaded",
        now=now,
        object_kind="schema",
        object_id=f"{schema.id} {schema.version}",
        right=Right.LOAD_SCHEMA,
    )
    return LoadReport(
        schema_id=stored.id,
        fim_id=schema.id,
        version=schema.version,
        name=schema.name,
        code_lists=tuple(item.uri for item in lists),
        findings=told,
        package=package,
    )


def shelve(package: packages.Package, *, now: datetime) -> Package:
    """Put a published package version on the shared shelf; the same content is kept once."""
    document = packages.document(package)
    stored, _ = Package.objects.get_or_create(
        content_hash=packages.content_hash(document),
        defaults={
            "key": package.key,
            "version": package.version,
            "document": document,
            "added_at": now,
        },
    )
    return stored


def _read(
    files: Sequence[tuple[str, bytes]], limit: int
) -> tuple[list[tuple[str, Schema]], list[CodeList]]:
    found: list[tuple[str, Schema]] = []
    lists: list[CodeList] = []
    for name, data in files:
        try:
            plain = schemas.unpack(data, limit)
            if b"genericode" in plain[:4000].lower():
                lists.append(schemas.read_code_list(plain, name=name, limit=limit))
            else:
                found.append((name, schemas.read_schema(plain, name=name, limit=limit)))
        except SchemaRefusedError as refusal:
            raise FileOfSetRefusedError(name, refusal) from refusal
    return found, lists


def _store_list(code_list: CodeList, now: datetime) -> None:
    document = schemas.document(code_list)
    StoredCodeList.objects.update_or_create(
        uri=code_list.uri,
        version=code_list.version or "",
        defaults={
            "content_hash": schemas.content_hash(document),
            "document": document,
            "loaded_at": now,
        },
    )


def _store_schema(
    actor: Actor,
    schema: Schema,
    source_name: str,
    findings: tuple[dict[str, Any], ...],
    now: datetime,
) -> StoredSchema:
    document = schemas.document(schema)
    stored, _ = StoredSchema.objects.update_or_create(
        fim_id=schema.id,
        version=schema.version,
        content_hash=schemas.content_hash(document),
        defaults={
            "standard": schema.standard,
            "name": schema.name[:400],
            "document": document,
            "findings": list(findings),
            "source_name": source_name[:200],
            "loaded_at": now,
            "loaded_by": actor.name[:160],
        },
    )
    return stored
