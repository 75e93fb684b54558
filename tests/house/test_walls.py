"""Walls between municipalities, read from the database catalogue (S01 to S04)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.municipalities.walls import Reviewed
from gemeinwerk.project.environment import ROLE_NAMES
from tests.offices import plugged, towns

__all__ = ["plugged", "towns"]

AsRole = Callable[[], AbstractContextManager[None]]
SERVING = (ROLE_NAMES["web"], ROLE_NAMES["worker"])


def walled_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.db_table not in Reviewed.TABLES
    ]


WALLED = [model._meta.db_table for model in walled_models()]


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def tables() -> set[str]:
    found = rows(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND"
        " relnamespace = 'public'::regnamespace"
    )
    return {name for (name,) in found}


def test_there_is_something_to_guard() -> None:
    assert len(WALLED) > 25


@pytest.mark.django_db
def test_every_table_is_walled_or_reviewed() -> None:
    assert tables() - set(Reviewed.TABLES) == set(WALLED)
    assert set(Reviewed.TABLES) <= tables()
    assert all(reason.strip() for reason in Reviewed.TABLES.values())


@pytest.mark.django_db
@pytest.mark.parametrize("table", WALLED)
def test_the_wall_of_each_table(table: str) -> None:
    (state,) = rows(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", table
    )
    assert state == (True, True)
    (column,) = rows(
        "SELECT is_nullable FROM information_schema.columns WHERE table_name = %s"
        " AND column_name = 'municipality_id'",
        table,
    )
    assert column == ("NO",)
    policies = rows(
        "SELECT cmd, permissive, roles::text, qual, with_check FROM pg_policies"
        " WHERE tablename = %s",
        table,
    )
    assert len(policies) == 1, "a second permissive policy would open the wall"
    command, _, roles, using, check = policies[0]
    assert (command, roles) == ("ALL", "{public}")
    assert using == check
    assert "municipality_id" in using
    assert "gemeinwerk.municipality" in using


@pytest.mark.django_db
@pytest.mark.parametrize("table", WALLED)
def test_keys_begin_with_the_town(table: str) -> None:
    keys = rows(
        "SELECT c.conname, c.contype, a.attname, c.confrelid::regclass::text"
        " FROM pg_constraint c JOIN pg_attribute a"
        " ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.conrelid = %s::regclass AND c.contype IN ('p', 'u', 'f')",
        table,
    )
    assert any(kind == "p" for _, kind, _, _ in keys)
    for name, _, first, target in keys:
        if target not in Reviewed.TABLES:
            assert first == "municipality_id", name
    unique = rows(
        "SELECT i.indexrelid::regclass::text, a.attname FROM pg_index i JOIN pg_attribute a"
        " ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]"
        " WHERE i.indrelid = %s::regclass AND i.indisunique",
        table,
    )
    assert {first for _, first in unique} == {"municipality_id"}, unique


@pytest.mark.django_db
@pytest.mark.parametrize("role", SERVING)
def test_serving_roles_are_weak(role: str) -> None:
    (flags,) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
        " FROM pg_roles WHERE rolname = %s",
        role,
    )
    assert not any(flags)
    assert rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", role) == []
    assert rows("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", role) == []
    assert rows("SELECT roleid FROM pg_auth_members WHERE member = %s::regrole", role) == []
    (schema,) = rows(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE'),"
        " has_database_privilege(%s, current_database(), 'CREATE')",
        role,
        role,
    )
    assert schema == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("role", SERVING)
def test_serving_roles_cannot_truncate_or_set_triggers(role: str) -> None:
    for table in tables():
        (held,) = rows(
            "SELECT has_table_privilege(%s, %s, 'TRUNCATE'),"
            " has_table_privilege(%s, %s, 'TRIGGER'), has_table_privilege(%s, %s, 'REFERENCES')",
            *(role, table) * 3,
        )
        assert held == (False, False, False), table


@pytest.mark.django_db
def test_the_owner_cannot_bypass_either() -> None:
    (flags,) = rows(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", ROLE_NAMES["owner"]
    )
    assert flags == (False, False)


@pytest.mark.django_db
def test_views_look_with_the_rights_of_the_reader() -> None:
    views = rows(
        "SELECT relname, coalesce(reloptions::text, '') FROM pg_class"
        " WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
    )
    assert [name for name, options in views if "security_invoker=true" not in options] == []


@pytest.mark.django_db
def test_no_function_lends_the_rights_of_its_owner() -> None:
    lent = rows(
        "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    )
    assert lent == []


@pytest.fixture
def planted(towns: tuple[int, int], as_owner: AsRole) -> tuple[int, int]:
    """Both towns with one row in every walled table, made in bulk without foreign keys."""
    with as_owner():
        for table in WALLED:
            for town in towns:
                _plant(table, town)
    return towns


def _plant(table: str, town: int) -> None:
    columns = rows(
        "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
        " AND (is_nullable = 'NO' OR column_name = 'municipality_id') AND is_identity = 'NO'",
        table,
    )
    names = [f'"{name}"' for name, _ in columns]
    values = [_some(name, kind, town) for name, kind in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL gemeinwerk.municipality = '{town:d}'")
        if count(table) == 0:  # a case plants its own tally, by a trigger
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(names)})"  # noqa: S608  # names of the catalogue
                f" VALUES ({', '.join(['%s'] * len(names))})",
                values,
            )
        cursor.execute("SET LOCAL gemeinwerk.municipality = ''")


def _some(name: str, kind: str, town: int) -> object:
    if name == "municipality_id":
        return town
    samples: dict[str, object] = {
        "uuid": f"00000000-0000-7000-8000-{town:012d}",
        "bytea": b"x",
        "jsonb": "{}",
        "timestamptz": "2026-11-23T09:00:00Z",
        "date": "2026-11-23",
        "bool": False,
        "numeric": 1,
    }
    if kind.startswith("int"):
        return 1
    return samples.get(kind, "clean" if name == "state" else "x")


def count(table: str) -> int:
    return int(rows(f"SELECT count(*) FROM {table}")[0][0])  # noqa: S608  # from the catalogue


def test_without_a_town_every_query_yields_nothing(planted: tuple[int, int]) -> None:
    assert {table: count(table) for table in WALLED} == dict.fromkeys(WALLED, 0)


def test_each_town_sees_its_own_row_only(planted: tuple[int, int]) -> None:
    for town in planted:
        with tenancy.town(town):
            for table in WALLED:
                found = rows(f"SELECT municipality_id FROM {table}")  # noqa: S608  # catalogue
                assert found == [(town,)], table


def test_raw_sql_does_not_reach_over_the_wall(planted: tuple[int, int]) -> None:
    ours, theirs = planted
    with tenancy.town(ours):
        for table in WALLED:
            for where in (
                f"municipality_id = {theirs}",
                f"municipality_id = {theirs} OR true",
                f"municipality_id <> {ours}",
                f"municipality_id = any(array[{ours}, {theirs}])",
            ):
                found = rows(f"SELECT * FROM {table} WHERE {where}")  # noqa: S608  # catalogue
                assert all(ours in row for row in found), (table, where)
            joined = f"SELECT 1 FROM {table} a JOIN {table} b USING (municipality_id)"  # noqa: S608
            assert rows(f"{joined} WHERE b.municipality_id = {theirs}") == []


@pytest.mark.parametrize("table", WALLED)
def test_changes_over_the_wall_are_refused_or_reach_nothing(
    planted: tuple[int, int], as_worker: AsRole, table: str
) -> None:
    ours, theirs = planted
    attacks = (
        f"UPDATE {table} SET municipality_id = {ours} WHERE municipality_id = {theirs}",  # noqa: S608
        f"UPDATE {table} SET municipality_id = {theirs}",  # noqa: S608
        f"DELETE FROM {table} WHERE municipality_id = {theirs}",  # noqa: S608
        f"INSERT INTO {table} SELECT * FROM {table} WHERE municipality_id = {theirs}",  # noqa: S608
    )
    for attack in attacks:
        assert _changed(ours, attack) == 0, attack
        with as_worker():
            assert _changed(ours, attack) == 0, attack
    with tenancy.town(theirs):
        assert count(table) == 1


@pytest.mark.parametrize("table", WALLED)
def test_foreign_inserts_are_refused(planted: tuple[int, int], table: str) -> None:
    ours, theirs = planted
    with pytest.raises(DatabaseError), transaction.atomic(), tenancy.town(ours):
        columns = rows(
            "SELECT column_name, udt_name FROM information_schema.columns"
            " WHERE table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO'",
            table,
        )
        names = ", ".join(f'"{name}"' for name, _ in columns)
        places = ", ".join(["%s"] * len(columns))
        values = [
            theirs if name == "municipality_id" else _some(name, kind, 999)
            for name, kind in columns
        ]
        rows(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING 1", *values)  # noqa: S608


@pytest.mark.parametrize("setting", ["''", "'x'", "'1 OR 1=1'", "'-1'", "DEFAULT"])
def test_a_wrong_setting_opens_nothing(planted: tuple[int, int], setting: str) -> None:
    for table in WALLED:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL gemeinwerk.municipality = {setting}")
            try:
                with transaction.atomic():
                    assert count(table) == 0
            except DatabaseError:
                pass  # "invalid input syntax": refused is as good as nothing


def test_the_wall_ends_with_the_transaction(planted: tuple[int, int]) -> None:
    """S03: aborts and nested towns never leave a town behind."""
    ours, theirs = planted
    for number in range(30):
        try:
            with tenancy.town((ours, theirs)[number % 2]):
                assert count("municipalities_unit") == 1
                with tenancy.town((theirs, ours)[number % 2]):
                    assert count("municipalities_unit") == 1
                (unit,) = rows("SELECT municipality_id FROM municipalities_unit")
                assert unit == ((ours, theirs)[number % 2],)
                if number % 3 == 0:
                    raise LookupError
        except LookupError:
            pass
        assert count("municipalities_unit") == 0


@pytest.mark.parametrize("key", [0, -1, "1; DROP TABLE x", "1'", None])
def test_only_a_key_can_be_a_town(db: None, key: object) -> None:
    with pytest.raises((ValueError, TypeError, tenancy.NoTownError)), tenancy.town(key):  # type: ignore[arg-type]  # the point of the test
        pass


def _changed(town: int, statement: str) -> int:
    """Run as this town; return how many rows changed, 0 when the database refused."""
    try:
        with transaction.atomic(), tenancy.town(town), connection.cursor() as cursor:
            cursor.execute(statement)
            changed = cursor.rowcount
            transaction.set_rollback(True)
            return changed
    except DatabaseError:
        return 0
