"""API keys of partners (Schlüssel für Fachverfahren und Portale): add, list, revoke, recognise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.identity import limits
from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.apps.identity.models import ApiKey
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.kernel import DomainError, NotFoundError, crypto

PREFIX = "gwk_"
EVERY_SERVICE = "*"
LONGEST = timedelta(days=730)
PER_MINUTE, MINUTE = 120, timedelta(minutes=1)


class KeyRefusedError(DomainError):
    """No key, an unknown, expired or revoked one: all the same to who sends (S04)."""

    code = "api.key_refused"


class KeyMayNotError(DomainError):
    """The key is good, but not for this service."""

    code = "api.key_may_not"


class KeySettingsError(DomainError):
    """A key without name or service, or that would live too long."""

    code = "api.key_settings"


class TooManyRequestsError(TooManyTriesError):
    """A key sends too fast; `wait` in seconds goes out as Retry-After."""

    code = "api.too_many_requests"


@dataclass(frozen=True, slots=True)
class Partner:
    """Who sends: a recognised key and what it may do."""

    key_id: UUID
    name: str
    services: frozenset[str]

    def may_send(self, slug: str) -> bool:
        """Tell whether applications for this service are taken from the key."""
        return EVERY_SERVICE in self.services or slug in self.services


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as lists show it."""

    id: UUID
    name: str
    hint: str
    services: tuple[str, ...]
    expires_at: datetime
    revoked_at: datetime | None


def add_key(
    *, actor: Actor, name: str, services: Sequence[str], expires_at: datetime, now: datetime
) -> tuple[KeyRow, str]:
    """Make a key; returns it with its text, which is shown once and never stored."""
    require(actor, Right.MANAGE_KEYS)
    if not name.strip() or not services or not now < expires_at <= now + LONGEST:
        raise KeySettingsError(days=LONGEST.days)
    text = PREFIX + crypto.token()
    row = ApiKey.objects.create(
        name=name.strip()[:80],
        hint=text[:8],
        key_hash=crypto.fingerprint(text),
        services=sorted(set(services)),
        added_at=now,
        expires_at=expires_at,
    )
    audit.record(actor, "api_key.added", now=now, object_kind="api_key", object_id=str(row.id))
    note(SecurityEvent.ACCESS_CHANGED, what="api_key_added")
    return _row(row), text


def revoke_key(*, actor: Actor, key_id: UUID, now: datetime) -> None:
    """End a key at once; it stays in the list."""
    require(actor, Right.MANAGE_KEYS)
    row = ApiKey.objects.select_for_update().filter(pk=key_id, revoked_at__isnull=True).first()
    if row is None:
        raise NotFoundError
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    audit.record(actor, "api_key.revoked", now=now, object_kind="api_key", object_id=str(row.id))
    note(SecurityEvent.ACCESS_CHANGED, what="api_key_revoked")


def keys(actor: Actor) -> list[KeyRow]:
    """Return all keys of the town, newest first."""
    require(actor, Right.MANAGE_KEYS)
    return [_row(row) for row in ApiKey.objects.order_by("-id")]


def recognise(text: str, *, net: str, now: datetime) -> Partner:
    """Return whose key this is; wrong tries are counted per net (S24)."""
    limits.check_net(net, now=now)
    row = ApiKey.objects.filter(key_hash=crypto.fingerprint(text)).first() if text else None
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        if text:
            limits.note_net(net, now=now)
            note(SecurityEvent.REQUEST_REFUSED, reason="api_key")
        raise KeyRefusedError
    return Partner(row.id, row.name, frozenset(row.services))


def reserve_request(partner: Partner, *, now: datetime) -> None:
    """Count a request of a key before it is worked on."""
    try:
        limits.reserve_try(f"api/{partner.key_id}", now=now, limit=PER_MINUTE, window=MINUTE)
    except TooManyTriesError as full:
        raise TooManyRequestsError(wait=full.params["wait"]) from full


def _row(row: ApiKey) -> KeyRow:
    return KeyRow(row.id, row.name, row.hint, tuple(row.services), row.expires_at, row.revoked_at)
