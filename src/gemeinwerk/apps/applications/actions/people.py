"""Verbs around the people who fill in parts (Beteiligte): invite, remind, fill, finish, decline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import people
from gemeinwerk.apps.applications.actions.drafts import (
    BERLIN,
    check_code,
    editable,
    new_code,
    store,
)
from gemeinwerk.apps.applications.contents import PartContent
from gemeinwerk.apps.applications.errors import (
    ChangedSinceError,
    NotCompleteError,
    NothingToRemindError,
    NotYourTurnError,
    PartClosedError,
)
from gemeinwerk.apps.applications.events import PersonAnswered, PersonAsked
from gemeinwerk.apps.applications.models import Draft, Participation
from gemeinwerk.apps.applications.people import PART_PLACE, WORKING, PartView
from gemeinwerk.apps.applications.queries import DraftView
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor
from gemeinwerk.core.forms import PageReading
from gemeinwerk.core.kernel import NotFoundError, new_id
from gemeinwerk.core.packages import REMIND_DAYS_BEFORE, due_on, without_pages

MOST_NAME, MOST_REASON = 120, 1000
REMIND_BEFORE = timedelta(days=REMIND_DAYS_BEFORE)


class SavedPart(NamedTuple):
    """A page of a part that was just stored, and what became of it."""

    view: PartView
    reading: PageReading


@transaction.atomic
def invite(
    *, actor: Actor, draft_id: UUID, role: str, name: str, email: str, language: str, now: datetime
) -> str:
    """Invite a person to her part and return the access code, shown once to the applicant.

    The link goes to the person by mail, the code by hand: whoever has one of them opens nothing.
    A person invited before is replaced; what she answered is deleted.
    """
    view, today = editable(actor, draft_id, now=now), _day(now)
    state = people.state_of(view, role, today=today)
    if state.waits_for:
        raise NotYourTurnError
    if state.row is not None and state.row.state in people.COUNTING:
        _end(view, state.row, "replaced", now)
        outbox.announce(_asked(state.row, "ended"), now=now)
        audit.record(actor, "person.replaced", now=now, object_kind="draft", subject=draft_id)
    part_id = new_id()
    content = PartContent(name=name.strip()[:MOST_NAME], email=email)
    row = Participation(
        id=part_id,
        dossier=draft_id,
        role=role,
        sealed_content=_sealed(draft_id, part_id, content),
        language=language,
        invited_at=now,
        due_on=due_on(state.person, today),
    )
    code = new_code(row)
    row.save(force_insert=True)
    store(view, now)
    outbox.announce(_asked(row, "invited"), now=now)
    audit.record(actor, "person.invited", now=now, object_kind="draft", subject=draft_id)
    return code


@transaction.atomic
def code_for_person(*, actor: Actor, draft_id: UUID, role: str, now: datetime) -> str:
    """Give the invitation of a person a fresh access code, shown once; the old one ends."""
    view = editable(actor, draft_id, now=now)
    row = people.state_of(view, role, today=_day(now)).row
    if row is None or row.state not in people.COUNTING:
        raise NothingToRemindError
    code = new_code(row)
    row.save(update_fields=["access_code_hash"])
    return code


@transaction.atomic
def remind(*, actor: Actor, draft_id: UUID, role: str, now: datetime) -> None:
    """Send the link again; who declared before something changed is asked to look once more."""
    view = editable(actor, draft_id, now=now)
    state = people.state_of(view, role, today=_day(now))
    row = state.row
    if row is None or state.state not in (*WORKING, "outdated"):
        raise NothingToRemindError
    if state.outdated:
        _reopen(view, row, now)
        outbox.announce(_asked(row, "again"), now=now)
        return
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    outbox.announce(_asked(row, "reminded"), now=now)


def open_part(*, part_id: UUID, code: str, net: str, now: datetime) -> None:
    """Check link and access code of a part together, like those of a draft (S24)."""
    row = people.part_row(part_id)
    stored = bytes(row.access_code_hash) if row is not None and row.access_code_hash else None
    check_code(part_id, code, stored=stored, net=net, now=now)
    waiting = Participation.objects.filter(pk=part_id, state="invited")
    waiting.update(state="opened", opened_at=now)


@transaction.atomic
def fill_part(
    *,
    actor: Actor,
    part_id: UUID,
    page_id: str,
    posted: Mapping[str, Sequence[str]],
    now: datetime,
    language: str = "",
    typing: bool = False,
) -> SavedPart:
    """Store what a person typed on a page of her part; any other page is not there for her.

    With `typing` it is only kept and becomes no answer yet.
    """
    view, today = _writable(actor, part_id, now=now, language=language)
    if page_id not in view.route(today=today):
        raise NotFoundError
    draft = view.draft
    reading = draft.form.read_page(page_id, posted, draft.answers, today=today)
    unfinished = bool(reading.faults) or reading.stay
    if typing:
        unfinished = unfinished or reading.answers != draft.answers
    else:
        draft.content.answers = reading.answers
    draft.content.raw.pop(page_id, None)
    done = [known for known in draft.row.pages_done if known != page_id]
    if unfinished:
        draft.content.raw[page_id] = reading.raw
    elif not typing or page_id in draft.row.pages_done:
        done.append(page_id)
    draft.row.pages_done = done
    store(draft, now)
    return SavedPart(view, reading)


@transaction.atomic
def finish_part(
    *, actor: Actor, part_id: UUID, stand: str, now: datetime, language: str = ""
) -> None:
    """Declare a part as done (abschließen), with what had been read for it; twice changes nothing.

    `stand` is that of her check page: when anything she read there changed, she looks again.
    """
    today = _day(now)
    view = people.part_for(actor, part_id, today=today, lock=True, language=language)
    if view.row.state == "done" and not view.submitted:
        return
    view, today = _writable(actor, part_id, now=now, language=language)
    if stand != view.stand(today=today):
        raise ChangedSinceError
    faults, unsaved = view.faults(today=today), view.unsaved_pages(today=today)
    if faults or unsaved:
        raise NotCompleteError(faults=len(faults) + len(unsaved), evidence=0)
    content = msgspec.structs.replace(
        view.content,
        declaration=view.person.declaration,
        saw=view.released(today=today),
        read=people.answers_read(view.draft, view.person, today=today),
    )
    row = view.row
    row.state, row.done_at = "done", now
    row.sealed_content = _sealed(row.dossier, row.id, content)
    row.save(update_fields=["state", "done_at", "sealed_content"])
    audit.record(actor, "person.answered", now=now, object_kind="draft", subject=row.dossier)
    outbox.announce(_answered(row, "done"), now=now)


@transaction.atomic
def reopen_part(*, actor: Actor, part_id: UUID, now: datetime) -> None:
    """Let a person change her part again, as long as nothing was submitted."""
    view = people.part_for(actor, part_id, today=_day(now), lock=True)
    if view.submitted or view.row.state != "done":
        raise PartClosedError
    _reopen(view.draft, view.row, now)
    audit.record(actor, "person.reopened", now=now, object_kind="draft", subject=view.row.dossier)


@transaction.atomic
def decline_part(*, actor: Actor, part_id: UUID, reason: str, now: datetime) -> None:
    """Take no part (ablehnen); what she answered is deleted."""
    view = people.part_for(actor, part_id, today=_day(now), lock=True)
    if view.submitted or view.row.state not in people.COUNTING:
        raise PartClosedError
    row = view.row
    content = msgspec.structs.replace(view.content, reason=reason.strip()[:MOST_REASON])
    row.sealed_content = _sealed(row.dossier, row.id, content)
    _end(view.draft, row, "declined", now)
    store(view.draft, now)
    audit.record(actor, "person.declined", now=now, object_kind="draft", subject=row.dossier)
    outbox.announce(_answered(row, "declined"), now=now)


def remind_people(*, now: datetime) -> int:
    """Remind whoever has few days left, and tell applicants whose people are late; each once."""
    today, count = _day(now), 0
    locked = Participation.objects.select_for_update(skip_locked=True).filter(state__in=WORKING)
    soon = locked.filter(reminded_at__isnull=True, due_on__lte=today + REMIND_BEFORE)
    soon = soon.filter(invited_at__lt=now - timedelta(days=1))
    for row in _of_open_drafts(soon):
        row.reminded_at = now
        row.save(update_fields=["reminded_at"])
        outbox.announce(_asked(row, "reminded"), now=now)
        count += 1
    late = locked.filter(overdue_at__isnull=True, due_on__lt=today)
    for row in _of_open_drafts(late):
        row.overdue_at = now
        row.save(update_fields=["overdue_at"])
        outbox.announce(_answered(row, "overdue"), now=now)
        count += 1
    return count


def _of_open_drafts(rows: QuerySet[Participation]) -> list[Participation]:
    found = list(rows[:500])
    drafts = Draft.objects.filter(pk__in={row.dossier for row in found}, submitted_at__isnull=True)
    open_ids = set(drafts.values_list("id", flat=True))
    return [row for row in found if row.dossier in open_ids]


def _writable(
    actor: Actor, part_id: UUID, *, now: datetime, language: str
) -> tuple[PartView, date]:
    today = _day(now)
    view = people.part_for(actor, part_id, today=today, lock=True, language=language)
    if view.submitted or view.row.state not in WORKING:
        raise PartClosedError
    if view.waits:
        raise NotYourTurnError
    return view, today


def _reopen(view: DraftView, row: Participation, now: datetime) -> None:
    row.state, row.done_at = "opened", None
    row.reminded_at, row.overdue_at = None, None
    row.due_on = max(row.due_on, _day(now) + timedelta(days=1))
    row.save(update_fields=["state", "done_at", "due_on", "reminded_at", "overdue_at"])
    store(view, now)


def _end(view: DraftView, row: Participation, state: str, now: datetime) -> None:
    """End an invitation and forget what was answered; the caller stores the draft."""
    pages = next(one.pages for one in view.package.participants if one.role == row.role)
    view.content.answers = without_pages(view.form.form, view.content.answers, pages)
    view.content.raw = {k: typed for k, typed in view.content.raw.items() if k not in pages}
    view.row.pages_done = [known for known in view.row.pages_done if known not in pages]
    row.state, row.ended_at, row.access_code_hash = state, now, None
    row.save(update_fields=["state", "ended_at", "access_code_hash", "sealed_content"])


def _sealed(dossier_id: UUID, part_id: UUID, content: PartContent) -> bytes:
    return sealing.seal(dossier_id, f"{PART_PLACE}/{part_id}", msgspec.to_builtins(content))


def _asked(row: Participation, what: str) -> PersonAsked:
    return PersonAsked(dossier_id=row.dossier, part_id=row.id, what=what)


def _answered(row: Participation, what: str) -> PersonAnswered:
    return PersonAnswered(dossier_id=row.dossier, part_id=row.id, what=what)


def _day(now: datetime) -> date:
    return now.astimezone(BERLIN).date()
