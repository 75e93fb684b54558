"""Verbs of a draft: start, save a page, keep a link, open again, discard."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.db import transaction

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.applications.errors import AlreadySubmittedError, WrongCodeError
from gemeinwerk.apps.applications.events import DraftLinkAsked
from gemeinwerk.apps.applications.models import Draft, Evidence, Participation, Submission
from gemeinwerk.apps.applications.queries import DRAFT_PLACE, DraftView
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.documents import actions as documents
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.apps.identity import limits
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.access import Actor
from gemeinwerk.core.applications import (
    AccessCodeError,
    draft_life,
    new_access_code,
    normalise_access_code,
)
from gemeinwerk.core.forms import PageReading
from gemeinwerk.core.kernel import NotFoundError, crypto, new_id

CODE_TRIES, CODE_WINDOW = 5, timedelta(minutes=15)
NET_TRIES = 60
BERLIN = ZoneInfo("Europe/Berlin")


def start(*, offer_version_id: UUID, language: str, now: datetime) -> Draft:
    """Begin a draft (Antrag beginnen) without any account; its key is on disk before the row."""
    draft_id = new_id()
    sealing.new_dossier_key(draft_id)
    return Draft.objects.create(
        id=draft_id,
        offer_version_id=offer_version_id,
        sealed_content=b"",
        language=language,
        started_at=now,
        edited_at=now,
        expires_at=expires_at(now),
    )


class SavedPage(NamedTuple):
    """A page that was just stored: the draft as it is now, and what became of the page."""

    view: DraftView
    reading: PageReading


def save_page(
    *,
    actor: Actor,
    draft_id: UUID,
    page_id: str,
    posted: Mapping[str, Sequence[str]],
    now: datetime,
    language: str = "",
) -> PageReading:
    """Store what was typed on one page and tell what became of it (see `fill_page`)."""
    return fill_page(
        actor=actor, draft_id=draft_id, page_id=page_id, posted=posted, now=now, language=language
    ).reading


@transaction.atomic
def fill_page(
    *,
    actor: Actor,
    draft_id: UUID,
    page_id: str,
    posted: Mapping[str, Sequence[str]],
    now: datetime,
    language: str = "",
) -> SavedPage:
    """Store what was typed on one page: valid answers as answers, the rest as typed.

    The row is locked and only fields of this page change, so two tabs never undo each other.
    Raises NotFoundError for a page that does not apply to the answers so far.
    """
    view = editable(actor, draft_id, now=now, language=language)
    today = now.astimezone(BERLIN).date()
    if page_id not in view.route(today=today):
        raise NotFoundError
    reading = view.form.read_page(page_id, posted, view.answers, today=today)
    view.content.answers = reading.answers
    unfinished = bool(reading.faults) or reading.stay
    if unfinished:
        view.content.raw[page_id] = reading.raw
    else:
        view.content.raw.pop(page_id, None)
    done = [known for known in view.row.pages_done if known != page_id]
    view.row.pages_done = done if unfinished else [*done, page_id]
    store(view, now)
    return SavedPage(view, reading)


@transaction.atomic
def put_answers(*, actor: Actor, draft_id: UUID, answers: Mapping[str, str], now: datetime) -> None:
    """Put all answers into a draft at once, as a machine sends them; judged by the caller."""
    view = editable(actor, draft_id, now=now)
    view.content.answers = dict(answers)
    store(view, now)


@transaction.atomic
def keep_typed(
    *,
    actor: Actor,
    draft_id: UUID,
    page_id: str,
    posted: Mapping[str, Sequence[str]],
    now: datetime,
) -> None:
    """Keep what is being typed (Zwischenspeichern) without making it an answer yet.

    So that a lost browser loses nothing, and no question is asked or withdrawn behind her back.
    """
    view = editable(actor, draft_id, now=now)
    today = now.astimezone(BERLIN).date()
    if page_id not in view.route(today=today):
        raise NotFoundError
    reading = view.form.read_page(page_id, posted, view.answers, today=today)
    if not (reading.faults or reading.stay) and reading.answers == view.answers:
        view.content.raw.pop(page_id, None)
    else:
        view.content.raw[page_id] = reading.raw
        view.row.pages_done = [known for known in view.row.pages_done if known != page_id]
    store(view, now)


@transaction.atomic
def show_code(*, actor: Actor, draft_id: UUID, now: datetime) -> str:
    """Give the draft a fresh access code, shown once; the one before ends (S10)."""
    view = editable(actor, draft_id, now=now)
    code = new_code(view.row)
    store(view, now)
    return code


@transaction.atomic
def ask_for_link(*, actor: Actor, draft_id: UUID, email: str, now: datetime) -> str:
    """Send the link to continue by e-mail and return the access code, shown once (S10)."""
    view = editable(actor, draft_id, now=now)
    code = new_code(view.row)
    view.content.email = email
    store(view, now)
    outbox.announce(DraftLinkAsked(dossier_id=draft_id), now=now)
    return code


@transaction.atomic
def new_code_for_status(*, actor: Actor, dossier_id: UUID, now: datetime) -> str:
    """Give the status page of a submission a fresh access code; the old one ends."""
    queries.submission_for(actor, dossier_id)
    row = Submission.objects.select_for_update().get(pk=dossier_id)
    code = new_code(row)
    row.save(update_fields=["access_code_hash"])
    audit.record(actor, "access_code.renewed", now=now, object_kind="dossier", subject=dossier_id)
    return code


def open_with_code(*, dossier_id: UUID, code: str, net: str, now: datetime) -> None:
    """Check link and access code together; count wrong tries per link and per net (S24)."""
    check_code(dossier_id, code, stored=_code_hash_of(dossier_id), net=net, now=now)


def check_code(link_id: UUID, code: str, *, stored: bytes | None, net: str, now: datetime) -> None:
    """Raise WrongCodeError unless the code is the one of the link; `stored` is its keyed hash."""
    link, network = f"code/{link_id}", f"code-net/{net}"
    try:
        given = code_hash(link_id, code)
    except AccessCodeError as mistyped:
        # The check character is wrong: a typing mistake, not a guess.
        raise WrongCodeError from mistyped
    # Counted before it is looked at: parallel tries wait for each other and cannot slip past.
    limits.reserve_try(network, now=now, limit=NET_TRIES, window=CODE_WINDOW)
    limits.reserve_try(link, now=now, limit=CODE_TRIES, window=CODE_WINDOW)
    if stored is None or not crypto.same(stored, given):
        note(SecurityEvent.ACCESS_CODE_REFUSED)
        raise WrongCodeError
    identity.forget_tries(link)
    limits.release_try(network)
    note(SecurityEvent.ACCESS_CODE_ACCEPTED)


def code_hash(link_id: UUID, code: str) -> bytes:
    """Return the keyed hash of an access code; it opens this one link only."""
    return sealing.hash_word(f"access/{link_id}/{normalise_access_code(code)}")


@transaction.atomic
def discard(*, actor: Actor, draft_id: UUID, now: datetime) -> None:
    """Delete a draft at the person's wish, with files and key."""
    view = editable(actor, draft_id, now=now)
    audit.record(actor, "draft.discarded", now=now, object_kind="draft", subject=draft_id)
    delete_draft(view.row)


def expires_at(now: datetime) -> datetime:
    """Return the midnight at which a draft edited now is deleted (R09)."""
    life = draft_life(now.astimezone(BERLIN).date())
    return datetime.combine(life.delete_on, time.min, BERLIN)


def delete_draft(draft: Draft) -> None:
    """Remove a draft with its files and its key."""
    for file in StoredFile.objects.filter(subject=draft.id):
        documents.delete(file)
    Evidence.objects.filter(dossier=draft.id).delete()
    Participation.objects.filter(dossier=draft.id).delete()
    dossier_id = draft.id
    draft.delete()
    ports.key_store().shred(tenancy.current_id(), dossier_id)


def editable(actor: Actor, draft_id: UUID, *, now: datetime, language: str = "") -> DraftView:
    """Open a draft for a change, locked; refused once it is submitted."""
    today = now.astimezone(BERLIN).date()
    view = queries.draft_for(actor, draft_id, today=today, lock=True, language=language)
    if view.row.submitted_at is not None:
        raise AlreadySubmittedError
    return view


def store(view: DraftView, now: datetime) -> None:
    """Write the draft back, sealed; its life begins anew (R09)."""
    row = view.row
    row.sealed_content = sealing.seal(row.id, DRAFT_PLACE, msgspec.to_builtins(view.content))
    row.revision += 1
    row.edited_at = now
    row.expires_at = expires_at(now)
    row.warned_at = None
    row.save(
        update_fields=[
            "sealed_content",
            "revision",
            "pages_done",
            "access_code_hash",
            "language",
            "edited_at",
            "expires_at",
            "warned_at",
        ]
    )


def new_code(row: Draft | Submission | Participation) -> str:
    """Give a link a fresh access code; the one before ends."""
    code = new_access_code(secrets.randbelow)
    row.access_code_hash = code_hash(row.id, code)
    return code


def _code_hash_of(dossier_id: UUID) -> bytes | None:
    for table in (Submission, Draft):
        stored = table.objects.filter(pk=dossier_id).values_list("access_code_hash", flat=True)
        for value in stored:
            return bytes(value) if value else None
    return None
