"""Doors to schemas, code lists and packages."""

from __future__ import annotations

from uuid import UUID

from gemeinwerk.apps import ports
from gemeinwerk.apps.library.models import Package, StoredCodeList, StoredSchema
from gemeinwerk.core import packages, schemas
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.schemas import CodeList, Schema


def schemas_of_town(actor: Actor) -> list[StoredSchema]:
    """Return the schemas the town has loaded, newest first."""
    require(actor, Right.LOAD_SCHEMA)
    return list(StoredSchema.objects.defer("document").order_by("-loaded_at")[:200])


def stored_schema(actor: Actor, schema_id: UUID) -> StoredSchema:
    """Return one stored schema, or raise NotFoundError."""
    require(actor, Right.LOAD_SCHEMA)
    found = StoredSchema.objects.filter(pk=schema_id).first()
    if found is None:
        raise NotFoundError
    return found


def package_of_schema(stored: StoredSchema) -> packages.Package:
    """Return the package that a stored schema gives with the code lists known today."""
    schema = schemas.schema_from_document(stored.document)
    lists = code_lists_for(schema)
    return packages.package_from_schema(schema, lists, blocks=ports.shared_blocks())


def code_lists_for(schema: Schema) -> dict[str, CodeList]:
    """Return the stored code lists that a schema refers to, by key (URI and version)."""
    uris = {ref.uri for ref in schemas.gather_code_lists(schema)}
    rows = StoredCodeList.objects.filter(uri__in=uris).order_by("loaded_at")
    lists = [schemas.code_list_from_document(row.document) for row in rows]
    return {code_list.key: code_list for code_list in lists}


def shelf() -> list[Package]:
    """Return the shared packages, by key and newest first."""
    return list(Package.objects.order_by("key", "-added_at"))


def shelved(key: str) -> packages.Package:
    """Return the newest shared package with this key, or raise NotFoundError."""
    row = Package.objects.filter(key=key).order_by("-added_at").first()
    if row is None:
        raise NotFoundError
    return packages.package_from_document(row.document)
