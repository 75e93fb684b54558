"""Doors to schemas, code lists and packages."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from gemeinwerk.apps import ports
from gemeinwerk.apps.library import report
from gemeinwerk.apps.library.models import Package, StoredCodeList, StoredSchema
from gemeinwerk.apps.library.report import ListState, SchemaReport
from gemeinwerk.core import packages, schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.rules import Names, judged
from gemeinwerk.core.schemas import CodeList, Finding, Schema

MOST = 200


def schemas_of_town(actor: Actor) -> list[StoredSchema]:
    """Return the schemas the town has loaded, newest first."""
    require(actor, Right.LOAD_SCHEMA)
    return list(StoredSchema.objects.defer("document", "findings").order_by("-loaded_at")[:MOST])


def stored_schema(actor: Actor, schema_id: UUID) -> StoredSchema:
    """Return one stored schema, or raise NotFoundError."""
    require(actor, Right.LOAD_SCHEMA)
    found = StoredSchema.objects.filter(pk=schema_id).first()
    if found is None:
        raise NotFoundError
    return found


def schema_report(actor: Actor, schema_id: UUID) -> SchemaReport:
    """Return what a stored schema gives with the code lists of today, or raise NotFoundError."""
    stored = stored_schema(actor, schema_id)
    schema = schemas.schema_from_document(stored.document)
    return report.report_on(stored.id, schema, code_lists_for(schema), ports.shared_blocks())


def package_of_schema(actor: Actor, schema_id: UUID) -> packages.Package:
    """Return the package that a stored schema gives with the code lists known today."""
    return package_with_names(actor, schema_id)[0]


def package_with_names(actor: Actor, schema_id: UUID) -> tuple[packages.Package, Names]:
    """Return the same package, and the names its rules may use."""
    schema = schemas.schema_from_document(stored_schema(actor, schema_id).document)
    lists = code_lists_for(schema)
    package = packages.package_from_schema(schema, lists, blocks=ports.shared_blocks())
    return package, Names(schema, lists)


def newest_schema(actor: Actor, fim_id: str) -> StoredSchema | None:
    """Return the schema with this FIM number that was loaded last, None when there is none."""
    require(actor, Right.LOAD_SCHEMA)
    rows = StoredSchema.objects.filter(fim_id__iexact=fim_id).defer("document", "findings")
    return rows.order_by("-loaded_at").first()


def waiting_for(actor: Actor, uris: Collection[str]) -> list[StoredSchema]:
    """Return the schemas of the town that ask for one of these code lists, newest first."""
    require(actor, Right.LOAD_SCHEMA)
    wanted = set(uris)
    found = []
    for row in StoredSchema.objects.order_by("-loaded_at")[:MOST]:
        schema = schemas.schema_from_document(row.document)
        if wanted & {ref.uri for ref in schemas.gather_code_lists(schema)}:
            found.append(row)
    return found


def code_lists_of_town(actor: Actor) -> list[StoredCodeList]:
    """Return the code lists the town has loaded, by URI and version."""
    require(actor, Right.LOAD_SCHEMA)
    return list(StoredCodeList.objects.defer("document").order_by("uri", "version")[:MOST])


def code_lists_for(schema: Schema) -> dict[str, CodeList]:
    """Return the stored code lists that a schema asks for, by the key it asks with."""
    uris = {ref.uri for ref in schemas.gather_code_lists(schema)}
    rows = StoredCodeList.objects.filter(uri__in=uris).order_by("loaded_at")
    return report.matched(schema, [schemas.code_list_from_document(row.document) for row in rows])


def list_states(actor: Actor, schema_id: UUID) -> tuple[ListState, ...]:
    """Return the code lists a stored schema asks for: missing, loaded, or in another version."""
    schema = schemas.schema_from_document(stored_schema(actor, schema_id).document)
    uris = {ref.uri for ref in schemas.gather_code_lists(schema)}
    held = StoredCodeList.objects.filter(uri__in=uris).values_list("uri", "version")
    return report.list_states(schema, code_lists_for(schema), held)


def quality_of(actor: Actor, schema_id: UUID) -> tuple[str, str, tuple[Finding, ...]]:
    """Return name, number and quality report (Qualitätsbericht) of a stored schema.

    Rules whose every sentence was translated count as executable: an author may confirm them.
    """
    row = stored_schema(actor, schema_id)
    schema = schemas.schema_from_document(row.document)
    lists = code_lists_for(schema)
    beside = judged(schema, lists, report.fits_pattern)
    return row.name, f"{row.fim_id} {row.version}", schemas.quality_of(schema, beside)


def shelf() -> list[Package]:
    """Return the newest version of each shared package, by key."""
    newest = {row.key: row for row in Package.objects.defer("document").order_by("added_at")}
    return sorted(newest.values(), key=lambda row: row.key)


def on_shelf(key: str) -> bool:
    """Tell whether there is a shared package with this key."""
    return Package.objects.filter(key=key).exists()


def shelved(key: str) -> packages.Package:
    """Return the newest shared package with this key, or raise NotFoundError."""
    row = Package.objects.filter(key=key).order_by("-added_at").first()
    if row is None:
        raise NotFoundError
    return packages.package_from_document(row.document)
