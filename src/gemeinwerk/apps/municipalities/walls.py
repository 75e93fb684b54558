"""Walls between municipalities: base of every tenant table and the migration step that builds it.

Django keeps a single-column `id` as primary key in its models; the database gets composite keys
that begin with `municipality_id` (S04), forced row level security (S01) and grants for the web
and worker roles, which own nothing (S02).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.kernel import new_id

M = TypeVar("M", bound=models.Model)

WEB, WORKER = "gemeinwerk_web", "gemeinwerk_worker"
_TOWN = "nullif(current_setting('gemeinwerk.municipality', true), '')::bigint"


class Walled(models.Model):
    """A row of one municipality; the town is that of the running transaction."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        default=tenancy.current_id,
        db_index=False,
        related_name="+",
    )

    class Meta:
        abstract = True


class WalledById(Walled):
    """A walled row with a time-ordered UUID."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


def one(rows: models.QuerySet[M]) -> M | None:
    """Return the row that a unique key names, None when there is none.

    Unlike `first()` it orders nothing, which a query of every request notices.
    """
    return next(iter(rows), None)


def wall(
    table: str,
    *,
    references: Sequence[tuple[str, str]] = (),
    web: str = "SELECT, INSERT, UPDATE, DELETE",
    worker: str = "SELECT, INSERT, UPDATE, DELETE",
    key: str = "id",
) -> Operation:
    """Return the migration step that walls in `table`.

    `references` are pairs (column, referenced table): composite foreign keys through
    `(municipality_id, column)`; declare them `db_constraint=False` in the model. `web` and
    `worker` are the rights of the two roles.
    """
    statements = [
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_pkey PRIMARY KEY (municipality_id, {key})",
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_wall ON {table} FOR ALL"
        f" USING (municipality_id = {_TOWN}) WITH CHECK (municipality_id = {_TOWN})",
    ]
    statements += [
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_wall"
        f" FOREIGN KEY (municipality_id, {column}) REFERENCES {target} (municipality_id, id)"
        f" DEFERRABLE INITIALLY DEFERRED"
        for column, target in references
    ]
    statements += _grants(table, web, worker)
    return migrations.RunSQL(";\n".join(statements), migrations.RunSQL.noop)


def share(table: str, *, web: str = "SELECT", worker: str = "SELECT") -> Operation:
    """Return the migration step for a table without wall; it must stand on S01's reviewed list."""
    return migrations.RunSQL(";\n".join(_grants(table, web, worker)), migrations.RunSQL.noop)


def _grants(table: str, web: str, worker: str) -> list[str]:
    grants = []
    for role, rights in ((WEB, web), (WORKER, worker)):
        if rights:
            grants.append(f"GRANT {rights} ON {table} TO {role}")
            grants.append(
                f"DO $$ BEGIN IF pg_get_serial_sequence('{table}', 'id') IS NOT NULL THEN"
                f" EXECUTE 'GRANT USAGE ON SEQUENCE ' || pg_get_serial_sequence('{table}', 'id')"
                f" || ' TO {role}'; END IF; END $$"
                if "INSERT" in rights
                else f"GRANT SELECT ON {table} TO {role}"
            )
    return grants


class Reviewed:
    """Tables without wall, each with its reason (S01); `tests/house` compares."""

    TABLES: ClassVar[dict[str, str]] = {
        "municipalities_municipality": "the list of towns itself: public facts of the authority",
        "outbox_ticket": "queue of job ids by town and due time; holds no content",
        "library_package": "published packages shared by all towns (S06)",
        "django_migrations": "Django's own book-keeping",
    }
