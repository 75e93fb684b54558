"""Events of identity: staff come and go, their ways to sign in change."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from gemeinwerk.apps.outbox.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffLeft(Event):
    """Somebody left: her open cases need another person."""

    staff_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessChanged(Event):
    """A password or second factor was changed; the person is told by mail (S25).

    `what` is one of "password", "totp", "passkey_added", "passkey_removed", "enrolled",
    "recovery_asked", "recovery_released", "access_reset".
    """

    staff_id: UUID
    what: str
