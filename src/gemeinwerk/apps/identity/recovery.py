"""Lost second factor (Wiederherstellung): the person asks, a second person releases (S20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import enrolment, factors, sign_in
from gemeinwerk.apps.identity.errors import RecoveryGoneError, SignInExpiredError
from gemeinwerk.apps.identity.models import Recovery, Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.access import Actor, Right, holds, require
from gemeinwerk.core.kernel import NotFoundError, RefusedError

LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """A request that waits for a second person."""

    id: UUID
    staff_id: UUID
    name: str
    asked_at: datetime
    own: bool  # of the person who looks at it: somebody else has to release


def ask(session: Session, *, now: datetime) -> None:
    """Ask for a new second factor; only after the password was right."""
    staff_id = sign_in.waiting_staff(session, "factor", now=now)
    actor = municipalities.staff_actor(staff_id)
    if actor is None:
        raise SignInExpiredError
    if not _open(now).filter(staff_id=staff_id).exists():
        Recovery.objects.create(staff_id=staff_id, asked_at=now)
        factors.changed(actor, staff_id, "recovery_asked", now=now)
    session.delete()


def waiting(actor: Actor, *, now: datetime) -> list[OpenRecovery]:
    """Return the open requests, oldest first, for people who may release them."""
    if not holds(actor, Right.RESET_SECOND_FACTOR):
        raise RefusedError(right=Right.RESET_SECOND_FACTOR.value)
    rows = list(_open(now).order_by("asked_at"))
    names = municipalities.staff_names({row.staff_id for row in rows})
    return [
        OpenRecovery(
            row.id, row.staff_id, names[row.staff_id], row.asked_at, row.staff_id == actor.staff_id
        )
        for row in rows
    ]


def release(actor: Actor, recovery_id: UUID, *, now: datetime) -> str:
    """Release a request; returns the new enrolment code, to be handed over in person.

    The old factors stop working at once. Never by the person herself (right and constraint).
    """
    row = Recovery.objects.select_for_update().filter(pk=recovery_id).first()
    if row is None:
        raise NotFoundError
    require(actor, Right.RESET_SECOND_FACTOR, involved_staff_ids=(row.staff_id,))
    if not _open(now).filter(pk=recovery_id).exists():
        raise RecoveryGoneError
    row.released_by_id, row.released_at = actor.staff_id, now
    row.save(update_fields=["released_by", "released_at"])
    enrolment.forget_factors(row.staff_id)
    code = enrolment.new_code(row.staff_id, now=now)
    audit.record(
        actor,
        "recovery.released",
        now=now,
        object_kind="staff",
        object_id=str(row.staff_id),
        right=Right.RESET_SECOND_FACTOR,
    )
    factors.changed(actor, row.staff_id, "recovery_released", now=now)
    return code


def _open(now: datetime) -> QuerySet[Recovery]:
    return Recovery.objects.filter(
        released_at__isnull=True, used_at__isnull=True, asked_at__gt=now - LIFE
    )
