"""Doors to the parts of several people (Beteiligte): how far each is, and the part of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import msgspec

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.applications.contents import (
    DraftContent,
    PartContent,
    SubmittedSection,
    as_shown,
)
from gemeinwerk.apps.applications.models import Participation
from gemeinwerk.apps.applications.queries import Contact, DraftView
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.forms import Answers, Section
from gemeinwerk.core.kernel import Fault, NotFoundError, crypto
from gemeinwerk.core.packages import (
    APPLICANT,
    Participant,
    asked,
    is_required,
    lies_on,
    own_pages,
    pages_by_path,
    participant_of,
    readable_answers,
    released,
    waits_for,
    without_pages,
)

PART_PLACE = "participation.content"
WORKING = ("invited", "opened")
COUNTING = (*WORKING, "done")


@dataclass(frozen=True, slots=True)
class PersonState:
    """How far one of the people is; `row` is her newest invitation, None before the first."""

    person: Participant
    required: bool
    waits_for: tuple[str, ...]
    row: Participation | None = None
    content: PartContent | None = None
    outdated: bool = False
    """She declared, and what she had read or was asked has changed since."""

    @property
    def role(self) -> str:
        return self.person.role

    @property
    def state(self) -> str:
        """Return none, invited, opened, done, outdated or declined."""
        if self.row is None:
            return "none"
        return "outdated" if self.outdated else self.row.state

    @property
    def done(self) -> bool:
        return self.state == "done"

    @property
    def settled(self) -> bool:
        """Nothing stands against submitting."""
        return self.done or not self.required


@dataclass(frozen=True, slots=True)
class PartView:
    """The part of one person, opened for her."""

    id: UUID
    row: Participation
    content: PartContent
    person: Participant
    draft: DraftView
    waits: bool
    """Somebody else comes before her and is not done."""

    @property
    def submitted(self) -> bool:
        return self.draft.row.submitted_at is not None

    @property
    def writable(self) -> bool:
        return not self.submitted and not self.waits and self.row.state in WORKING

    def route(self, *, today: date) -> tuple[str, ...]:
        """Return the pages she fills in."""
        return _pages(self.draft, self.person.role, today)

    def released(self, *, today: date) -> tuple[SubmittedSection, ...]:
        """Return what she reads of the answers of others."""
        return as_shown(
            released(self.draft.package, self.person.role, _sections(self.draft, today))
        )

    def sections(self, *, today: date) -> tuple[SubmittedSection, ...]:
        """Return her own answers as the check page shows them."""
        found = _sections(self.draft, today)
        return as_shown(one for one in found if one.page_id in self.person.pages)

    def stand(self, *, today: date) -> str:
        """Return a mark of all she reads on her check page; it changes with any of it."""
        package, role = self.draft.package, self.person.role
        answers = self.draft.form.effective(self.draft.answers, today=today)
        shown = readable_answers(package, role, answers)
        return crypto.fingerprint(msgspec.json.encode(shown, order="sorted")).hex()[:32]

    def faults(self, *, today: date) -> tuple[Fault, ...]:
        """Return what is missing or wrong on her pages."""
        return _faults(self.draft, self.route(today=today), today)

    def unsaved_pages(self, *, today: date) -> tuple[str, ...]:
        """Return her pages on which something typed is not an answer yet."""
        return tuple(page for page in self.route(today=today) if page in self.draft.content.raw)


def part_for(
    actor: Actor, part_id: UUID, *, today: date, lock: bool = False, language: str = ""
) -> PartView:
    """Open a part for the person whose link and code this browser has shown.

    Who was replaced or declined gets the part without anything of the draft in it, for the few
    words that say so.
    """
    require(actor, Right.FILL_PART, dossier_id=part_id)
    row = Participation.objects.filter(pk=part_id).first()
    if row is None:
        raise NotFoundError
    draft = queries.open_draft(row.dossier, today=today, lock=lock, language=language)
    row.refresh_from_db()  # the draft is locked before its parts, always in this order
    person = participant_of(draft.package, row.role)
    if person is None:
        raise NotFoundError
    if row.state not in COUNTING or draft.row.submitted_at is not None:
        return PartView(row.id, row, content_of(row), person, _emptied(draft), waits=False)
    own = [one for one in states(draft, today=today) if one.role == row.role]
    waits = not own or bool(own[0].waits_for)
    return PartView(row.id, row, content_of(row), person, draft, waits=waits)


def states(view: DraftView, *, today: date) -> list[PersonState]:
    """Return everybody who is asked for these answers, in the order of the package."""
    if not view.package.participants:
        return []
    people = asked(view.package, view.form.route(view.answers, today=today))
    if not people:
        return []
    values = view.form.values(view.answers, today=today)
    rows = _newest(view.id)
    found = [
        _state(view, one, rows.get(one.role), is_required(one, values), today) for one in people
    ]
    done = {one.role for one in found if one.done}
    if _applicant_done(view, today):
        done.add(APPLICANT)
    roles = [one.role for one in people]
    return [replace(one, waits_for=waits_for(one.person, roles, done)) for one in found]


def state_of(view: DraftView, role: str, *, today: date) -> PersonState:
    """Return how far one of the people is; raises NotFoundError when nobody asks her."""
    for one in states(view, today=today):
        if one.role == role:
            return one
    raise NotFoundError


def left_out(found: Sequence[PersonState]) -> tuple[str, ...]:
    """Return the pages of whoever is not done: what she has not declared counts for nothing."""
    return tuple(page for one in found if not one.done for page in one.person.pages)


def faults_but(view: DraftView, pages: Sequence[str], *, today: date) -> tuple[Fault, ...]:
    """Return the faults of the form without those of some pages."""
    faults = view.form.faults(view.answers, today=today)
    if not pages:
        return faults
    places = pages_by_path(view.form.form)
    return tuple(fault for fault in faults if not lies_on(places, fault.path, pages))


def answers_read(view: DraftView, person: Participant, *, today: date) -> Answers:
    """Return the answers of others that a person reads, to see later whether they changed."""
    answers = view.form.effective(view.answers, today=today)
    read = readable_answers(view.package, person.role, answers)
    return without_pages(view.form.form, read, person.pages)


def applicant_contact(dossier_id: UUID, *, today: date) -> Contact | None:
    """Return where the applicant hears of the others; None when the draft is gone or submitted."""
    contact = queries.contact_of_draft(dossier_id)
    if contact is None or contact.email:
        return contact
    view = queries.open_draft(dossier_id, today=today, lock=False, language="")
    email = view.answers.get(view.package.roles.get("email", ""), "")
    return Contact(email, contact.language, contact.expires_on)


def part_row(part_id: UUID) -> Participation | None:
    """Return an invitation for a job; None when it is gone."""
    return Participation.objects.filter(pk=part_id).first()


def content_of(row: Participation) -> PartContent:
    """Open what is sealed of a person."""
    raw = sealing.unseal(row.dossier, f"{PART_PLACE}/{row.id}", row.sealed_content)
    return msgspec.convert(raw, PartContent)


def _state(
    view: DraftView,
    person: Participant,
    row: Participation | None,
    required: bool,
    today: date,
) -> PersonState:
    if row is None:
        return PersonState(person, required, ())
    content = content_of(row)
    outdated = row.state == "done" and (
        content.read != answers_read(view, person, today=today)
        or bool(_faults(view, _pages(view, person.role, today), today))
    )
    return PersonState(person, required, (), row, content, outdated)


def _newest(dossier_id: UUID) -> dict[str, Participation]:
    """Return the newest invitation by role; whoever was replaced counts no more."""
    rows = Participation.objects.filter(dossier=dossier_id).exclude(state="replaced")
    return {row.role: row for row in rows.order_by("id")}


def _applicant_done(view: DraftView, today: date) -> bool:
    own = view.route(today=today)
    return not _faults(view, own, today) and not view.unsaved_pages(today=today)


def _faults(view: DraftView, pages: Sequence[str], today: date) -> tuple[Fault, ...]:
    return tuple(
        fault for page in pages for fault in view.form.page_faults(page, view.answers, today=today)
    )


def _pages(view: DraftView, role: str, today: date) -> tuple[str, ...]:
    return own_pages(view.package, role, view.form.route(view.answers, today=today))


def _sections(view: DraftView, today: date) -> tuple[Section, ...]:
    return view.form.rows(view.answers, today=today)


def _emptied(view: DraftView) -> DraftView:
    """Return the draft without answers, for whoever has no part in it any more."""
    return replace(view, content=DraftContent())
