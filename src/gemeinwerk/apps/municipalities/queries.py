"""Doors to towns, units, staff and dated parameters."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import connection

from gemeinwerk.apps.municipalities.models import (
    Membership,
    Municipality,
    Parameter,
    StaffMember,
    Unit,
)
from gemeinwerk.apps.municipalities.rows import RowByKey
from gemeinwerk.core.access import Actor, Right, Role, require
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.kernel.dated import Dated, Entry

_towns = RowByKey(Municipality, "id")

# Written once, for every request of staff asks it.
_ACTING = """
    SELECT municipality_id, name, roles, ARRAY(
        SELECT unit_id FROM municipalities_membership WHERE staff_id = staff.id
    )
    FROM municipalities_staffmember AS staff WHERE id = %s AND left_at IS NULL
"""


def all_towns() -> list[Municipality]:
    """Return every town by name; public facts, no wall."""
    return list(Municipality.objects.order_by("name"))


def town_by_slug(slug: str) -> Municipality:
    """Return the town of a host name, or raise NotFoundError."""
    found = Municipality.objects.filter(slug=slug).first()
    if found is None:
        raise NotFoundError
    return found


def town_by_key(key: str) -> Municipality:
    """Return the town by ARS (12 digits) or by slug, or raise NotFoundError."""
    found = Municipality.objects.filter(key=key).first()
    return found or town_by_slug(key)


def town_by_id(municipality_id: int) -> Municipality:
    """Return the town with this id, or raise NotFoundError."""
    found = _towns.find(municipality_id)
    if found is None:
        raise NotFoundError
    return found


def staff_actor(staff_id: UUID, *, session_id: str = "") -> Actor | None:
    """Return the acting member of staff of the current town, or None when gone."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTING, [staff_id])
        row = cursor.fetchone()
    if row is None:
        return None
    town_id, name, roles, unit_ids = row
    return Actor(
        kind="staff",
        municipality_id=town_id,
        staff_id=staff_id,
        name=name,
        unit_ids=frozenset(unit_ids),
        roles=frozenset(Role(role) for role in json.loads(roles)),
        session_id=session_id,
    )


def units() -> list[Unit]:
    """Return the open units of the current town by name."""
    return list(Unit.objects.filter(closed_at__isnull=True).order_by("name"))


def staff_members() -> list[StaffMember]:
    """Return the present staff of the current town by name."""
    return list(StaffMember.objects.filter(left_at__isnull=True).order_by("name"))


def staff_names(ids: set[UUID]) -> dict[UUID, str]:
    """Return names for ids, also of people who left."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, name FROM municipalities_staffmember WHERE id = ANY(%s::uuid[])",
            [list(ids)],
        )
        return dict(cursor.fetchall())


def settings_of(service_key: str) -> dict[str, Dated[Any]]:
    """Return what the town has set for a service, dated, by parameter name."""
    found: dict[str, list[Entry[Any]]] = {}
    rows = Parameter.objects.filter(service_key=service_key).order_by("valid_from")
    for row in rows:
        found.setdefault(row.name, []).append(Entry(row.valid_from, row.value, row.norm))
    return {name: Dated(tuple(entries), name) for name, entries in found.items()}


def staff_email(staff_id: UUID) -> str:
    """Return the address of a member of staff, "" when there is no such person."""
    found = StaffMember.objects.filter(pk=staff_id).values_list("email", flat=True).first()
    return found or ""


def staff_member(actor: Actor, staff_id: UUID) -> StaffMember:
    """Return a present member of staff for managers of staff, or raise NotFoundError."""
    require(actor, Right.MANAGE_STAFF)
    found = StaffMember.objects.filter(pk=staff_id, left_at__isnull=True).first()
    if found is None:
        raise NotFoundError
    return found


def units_by_staff() -> dict[UUID, set[UUID]]:
    """Return for each member of staff the units she works in."""
    found: dict[UUID, set[UUID]] = {}
    for staff_id, unit_id in Membership.objects.values_list("staff_id", "unit_id"):
        found.setdefault(staff_id, set()).add(unit_id)
    return found


def staff_of_unit(unit_id: UUID) -> list[UUID]:
    """Return the present staff of a unit, oldest entry first."""
    rows = Membership.objects.filter(unit_id=unit_id, staff__left_at__isnull=True)
    return list(rows.order_by("id").values_list("staff_id", flat=True))
