"""Verbs of towns, units, staff and dated parameters: plain writes with their rights.

This room lies below the audit chain; whoever calls from a page or command uses
`identity.office`, which records and announces what is done here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities.models import (
    Membership,
    Municipality,
    Parameter,
    StaffMember,
    Unit,
)
from gemeinwerk.core.access import Actor, Right, Role, require
from gemeinwerk.core.kernel import DomainError, NotFoundError


class EmailTakenError(DomainError):
    """Somebody with this address works (or worked) here already."""

    code = "staff.email_taken"


class UnitInUseError(DomainError):
    """The unit still has people; give them another unit before it closes."""

    code = "unit.in_use"


def create_town(
    *,
    key: str,
    slug: str,
    name: str,
    kind: str,
    state: str,
    population: int,
    brand: Mapping[str, Any],
    contact: Mapping[str, Any],
    legal: Mapping[str, Any],
) -> Municipality:
    """Create a municipality (Kommune) with its keys; only the owner role may (set-up)."""
    town = Municipality.objects.create(
        key=key,
        slug=slug,
        name=name,
        kind=kind,
        state=state,
        population=population,
        brand=dict(brand),
        contact=dict(contact),
        legal=dict(legal),
    )
    ports.key_store().create_town(town.id)
    return town


def add_unit(*, actor: Actor, name: str, email: str = "", phone: str = "") -> Unit:
    """Open a unit (Organisationseinheit)."""
    require(actor, Right.MANAGE_STAFF)
    return Unit.objects.create(name=name, email=email, phone=phone)


def change_unit(*, actor: Actor, unit_id: UUID, name: str, email: str, phone: str) -> Unit:
    """Rename a unit or change how it is reached."""
    require(actor, Right.MANAGE_STAFF)
    unit = _unit(unit_id)
    unit.name, unit.email, unit.phone = name, email, phone
    unit.save(update_fields=["name", "email", "phone"])
    return unit


def close_unit(*, actor: Actor, unit_id: UUID, now: datetime) -> Unit:
    """Close a unit; refused while present staff work in it."""
    require(actor, Right.MANAGE_STAFF)
    unit = _unit(unit_id)
    present = Membership.objects.filter(unit_id=unit_id, staff__left_at__isnull=True)
    if present.exists():
        raise UnitInUseError(unit=unit.name, people=present.count())
    unit.closed_at = now
    unit.save(update_fields=["closed_at"])
    return unit


def add_staff(
    *, actor: Actor, name: str, email: str, roles: Collection[Role], unit_ids: Collection[UUID]
) -> StaffMember:
    """Add a member of staff; without credentials she cannot sign in yet."""
    require(actor, Right.MANAGE_STAFF)
    address = email.strip().lower()
    if StaffMember.objects.filter(email=address).exists():
        raise EmailTakenError(email=address)
    staff = StaffMember.objects.create(name=name, email=address, roles=_sorted(roles))
    _place(staff, unit_ids)
    return staff


def change_staff(
    *, actor: Actor, staff_id: UUID, roles: Collection[Role], unit_ids: Collection[UUID]
) -> StaffMember:
    """Give a member of staff other roles and units."""
    require(actor, Right.MANAGE_STAFF)
    staff = _staff(staff_id)
    staff.roles = _sorted(roles)
    staff.save(update_fields=["roles"])
    Membership.objects.filter(staff_id=staff_id).exclude(unit_id__in=unit_ids).delete()
    _place(staff, unit_ids)
    return staff


def dismiss_staff(*, actor: Actor, staff_id: UUID, now: datetime) -> StaffMember:
    """Note that a member of staff has left; her name stays for the record."""
    require(actor, Right.MANAGE_STAFF)
    staff = _staff(staff_id)
    staff.left_at = now
    staff.save(update_fields=["left_at"])
    Membership.objects.filter(staff_id=staff_id).delete()
    return staff


def set_parameter(
    *,
    actor: Actor,
    service_key: str,
    name: str,
    value: object,
    valid_from: date,
    norm: str = "",
    now: datetime,
) -> Parameter:
    """Set the town's value (örtlicher Wert) of a service from a day on."""
    require(actor, Right.EDIT_TOWN)
    row, _ = Parameter.objects.update_or_create(
        service_key=service_key,
        name=name,
        valid_from=valid_from,
        defaults={"value": value, "norm": norm, "set_by": actor.name, "set_at": now},
    )
    return row


def _unit(unit_id: UUID) -> Unit:
    found = Unit.objects.select_for_update().filter(pk=unit_id, closed_at__isnull=True).first()
    if found is None:
        raise NotFoundError
    return found


def _staff(staff_id: UUID) -> StaffMember:
    present = StaffMember.objects.select_for_update().filter(left_at__isnull=True)
    found = present.filter(pk=staff_id).first()
    if found is None:
        raise NotFoundError
    return found


def _place(staff: StaffMember, unit_ids: Collection[UUID]) -> None:
    for unit_id in set(unit_ids):
        if not Unit.objects.filter(pk=unit_id, closed_at__isnull=True).exists():
            raise NotFoundError
        Membership.objects.get_or_create(staff=staff, unit_id=unit_id)


def _sorted(roles: Collection[Role]) -> list[str]:
    return sorted(str(role) for role in roles)
