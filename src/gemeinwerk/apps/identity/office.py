"""People and units come, change and go (Personal und Organisation): recorded and announced."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import enrolment, factors, sign_in
from gemeinwerk.apps.identity.events import StaffLeft
from gemeinwerk.apps.identity.models import Credential, Passkey
from gemeinwerk.apps.municipalities import actions as municipalities
from gemeinwerk.apps.municipalities import queries
from gemeinwerk.apps.municipalities.models import StaffMember, Unit
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor, Right, Role, require
from gemeinwerk.core.kernel import DomainError


class OwnAccessError(DomainError):
    """Nobody takes away or resets her own access; a second person does."""

    code = "staff.not_oneself"


class LastOperatorError(DomainError):
    """Then nobody could manage staff any more."""

    code = "staff.last_operator"


def add_person(
    *,
    actor: Actor,
    name: str,
    email: str,
    roles: Collection[Role],
    unit_ids: Collection[UUID],
    now: datetime,
) -> tuple[StaffMember, str]:
    """Add a member of staff; returns her and the enrolment code, shown once."""
    staff = municipalities.add_staff(
        actor=actor, name=name, email=email, roles=roles, unit_ids=unit_ids
    )
    code = enrolment.new_code(staff.id, now=now)
    _record(actor, "staff.added", staff.id, now, roles=staff.roles, units=_texts(unit_ids))
    return staff, code


def change_person(
    *,
    actor: Actor,
    staff_id: UUID,
    roles: Collection[Role],
    unit_ids: Collection[UUID],
    now: datetime,
) -> StaffMember:
    """Give a person other roles and units; it holds from her next page on.

    To oneself nothing can be added: whoever manages staff must not let herself into the cases.
    """
    if set(roles) - actor.roles or set(unit_ids) - actor.unit_ids:
        _not_oneself(actor, staff_id)
    if Role.OPERATOR not in roles:
        _not_the_last_operator(actor, staff_id)
    staff = municipalities.change_staff(
        actor=actor, staff_id=staff_id, roles=roles, unit_ids=unit_ids
    )
    _record(actor, "staff.changed", staff_id, now, roles=staff.roles, units=_texts(unit_ids))
    return staff


def person_leaves(*, actor: Actor, staff_id: UUID, now: datetime) -> StaffMember:
    """A person leaves: sessions end at once, keys to the house go, open cases are announced."""
    _not_oneself(actor, staff_id)
    staff = municipalities.dismiss_staff(actor=actor, staff_id=staff_id, now=now)
    sign_in.end_sessions(staff_id)
    Passkey.objects.filter(staff_id=staff_id).delete()
    Credential.objects.filter(staff_id=staff_id).delete()
    _record(actor, "staff.left", staff_id, now)
    outbox.announce(StaffLeft(staff_id=staff_id), now=now)
    return staff


def reset_access(*, actor: Actor, staff_id: UUID, now: datetime) -> str:
    """Set up the access of a person anew (forgotten password); returns the enrolment code.

    Refused for oneself. The person is told by mail, so that a reset behind her back is seen.
    """
    require(actor, Right.MANAGE_STAFF)
    _not_oneself(actor, staff_id)
    enrolment.forget_factors(staff_id)
    Credential.objects.filter(staff_id=staff_id).update(password="")
    code = enrolment.new_code(staff_id, now=now)
    factors.changed(actor, staff_id, "access_reset", now=now)
    return code


def open_unit(*, actor: Actor, name: str, email: str, phone: str, now: datetime) -> Unit:
    """Open a unit."""
    unit = municipalities.add_unit(actor=actor, name=name, email=email, phone=phone)
    _record_unit(actor, "unit.opened", unit, now)
    return unit


def change_unit(
    *, actor: Actor, unit_id: UUID, name: str, email: str, phone: str, now: datetime
) -> Unit:
    """Rename a unit or change how it is reached."""
    unit = municipalities.change_unit(
        actor=actor, unit_id=unit_id, name=name, email=email, phone=phone
    )
    _record_unit(actor, "unit.changed", unit, now)
    return unit


def close_unit(*, actor: Actor, unit_id: UUID, now: datetime) -> Unit:
    """Close a unit in which nobody works any more."""
    unit = municipalities.close_unit(actor=actor, unit_id=unit_id, now=now)
    _record_unit(actor, "unit.closed", unit, now)
    return unit


def _not_oneself(actor: Actor, staff_id: UUID) -> None:
    if actor.staff_id == staff_id:
        raise OwnAccessError


def _not_the_last_operator(actor: Actor, staff_id: UUID) -> None:
    """Keep one operator; a command may remove her, since it can also add the next one."""
    present = queries.staff_members() if actor.kind == "staff" else []
    operators = {staff.id for staff in present if Role.OPERATOR in staff.roles}
    if operators == {staff_id}:
        raise LastOperatorError


def _texts(ids: Collection[UUID]) -> list[str]:
    return sorted(str(each) for each in ids)


def _record(
    actor: Actor, verb: str, staff_id: UUID, now: datetime, **details: str | int | list[str]
) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="staff",
        object_id=str(staff_id),
        subject=None,
        right=Right.MANAGE_STAFF,
        **details,
    )
    note(SecurityEvent.RIGHTS_CHANGED, verb=verb, staff=str(staff_id))


def _record_unit(actor: Actor, verb: str, unit: Unit, now: datetime) -> None:
    audit.record(
        actor,
        verb,
        now=now,
        object_kind="unit",
        object_id=str(unit.id),
        right=Right.MANAGE_STAFF,
    )
