"""Limits on tries (S24): names of buckets and how many tries each has in its window."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F

from gemeinwerk.apps import sealing
from gemeinwerk.apps.identity.actions import TooManyTriesError, check_tries, note_wrong_try
from gemeinwerk.apps.identity.models import Attempt
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.kernel import new_id

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_NET, PER_CODE = 10, 60, 5
# Mails that anybody may have sent, so that nobody is flooded with them.
HOUR = timedelta(hours=1)
LINKS, LINKS_PER_NET, REPORTS_PER_NET = 5, 60, 10


class TooManyDraftsError(TooManyTriesError):
    """Too many applications were begun from one net; `wait` is in seconds."""

    code = "identity.too_many_drafts"


_COUNT = """
INSERT INTO identity_attempt (id, municipality_id, bucket, count, window_began_at)
VALUES (%(id)s, %(town)s, %(bucket)s, 1, %(now)s)
ON CONFLICT (municipality_id, bucket) DO UPDATE SET
  count = CASE WHEN identity_attempt.window_began_at <= %(old)s THEN 1
               ELSE identity_attempt.count + 1 END,
  window_began_at = CASE WHEN identity_attempt.window_began_at <= %(old)s THEN %(now)s
                         ELSE identity_attempt.window_began_at END
RETURNING count, window_began_at
"""


def reserve_try(name: str, *, now: datetime, limit: int, window: timedelta = WINDOW) -> None:
    """Count a try before it is made; refuse it when the bucket is full.

    Counting first makes parallel tries wait for each other's row, so that a burst cannot slip
    past the limit. `identity.actions.forget_tries` clears the bucket after success.
    """
    values: dict[str, UUID | int | bytes | datetime] = {
        "id": new_id(),
        "town": tenancy.current_id(),
        "bucket": sealing.hash_word(f"tries/{name}"),
        "now": now,
        "old": now - window,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        count, began_at = cursor.fetchone()
    if count > limit:
        raise TooManyTriesError(wait=int((window - (now - began_at)).total_seconds()) + 1)


def release_try(name: str) -> None:
    """Take a reserved try back, because it was a right one."""
    bucket = sealing.hash_word(f"tries/{name}")
    Attempt.objects.filter(bucket=bucket, count__gt=0).update(count=F("count") - 1)


def reserve_link(dossier_id: UUID, email: str, *, net: str, now: datetime) -> None:
    """Count a mail with a link: five an hour per draft and per address, sixty per net."""
    reserve_try(f"link-net/{net}", now=now, limit=LINKS_PER_NET, window=HOUR)
    reserve_try(f"link/{dossier_id}", now=now, limit=LINKS, window=HOUR)
    reserve_try(f"link-to/{email.casefold()}", now=now, limit=LINKS, window=HOUR)


def reserve_report(net: str, *, now: datetime) -> None:
    """Count a report of a barrier: ten an hour per net."""
    reserve_try(f"report/{net}", now=now, limit=REPORTS_PER_NET, window=HOUR)


def reserve_draft(net: str, *, now: datetime, limit: int) -> None:
    """Count an application that is begun; so many an hour per net, generous for an office."""
    try:
        reserve_try(f"draft/{net}", now=now, limit=limit, window=HOUR)
    except TooManyTriesError as full:
        wait = int(full.params["wait"])
        raise TooManyDraftsError(wait=wait, minutes=-(-wait // 60)) from None


def check_net(net: str, *, now: datetime) -> None:
    """Refuse when too many tries failed from this net."""
    check_tries(f"net/{net}", now=now, limit=PER_NET, window=WINDOW)


def note_net(net: str, *, now: datetime) -> None:
    """Count a failed try from this net."""
    note_wrong_try(f"net/{net}", now=now, window=WINDOW)
