"""Doors to drafts and submissions: each opens for the actor who may, and for nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications.contents import (
    DraftContent,
    SubmissionContent,
    SubmittedEvidence,
    for_applicant,
)
from gemeinwerk.apps.applications.models import Draft, Evidence, FoundBy, Submission
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.municipalities.rows import RowByKey
from gemeinwerk.core.access import Actor, Right, require
from gemeinwerk.core.forms import Answers, CompiledForm, EvidenceSpec
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.packages import APPLICANT, Package, own_pages

BERLIN = ZoneInfo("Europe/Berlin")
DRAFT_PLACE = "draft.content"
SUBMISSION_PLACE = "submission.content"

_drafts, _submissions = RowByKey(Draft, "id"), RowByKey(Submission, "id")


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft opened for its owner."""

    id: UUID
    row: Draft
    package: Package
    form: CompiledForm
    content: DraftContent

    @property
    def answers(self) -> Answers:
        return self.content.answers

    def route(self, *, today: date) -> tuple[str, ...]:
        """Return the pages that the applicant fills in; those of others are not among them."""
        return own_pages(self.package, APPLICANT, self.form.route(self.answers, today=today))

    def unsaved_pages(self, *, today: date) -> tuple[str, ...]:
        """Return her pages in use on which something typed is not an answer yet."""
        return tuple(page_id for page_id in self.route(today=today) if page_id in self.content.raw)


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A draft or, with a case number, a submission, as its owner's list shows it."""

    id: UUID
    title: str
    number: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission opened for the person or for staff."""

    id: UUID
    number: str
    submitted_at: datetime
    language: str
    channel: str
    package: Package
    content: SubmissionContent
    offer_version_id: UUID
    has_code: bool = False
    """An access code was taken; a new one would end it."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where mails go; `expires_on` is the last day of a draft."""

    email: str
    language: str
    expires_on: date | None
    delivery_email: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceState:
    """One asked evidence and how far it is."""

    spec: EvidenceSpec
    files: list[documents.FileRow] = field(default_factory=list)
    follows_on: date | None = None

    @property
    def delivered(self) -> bool:
        return bool(self.files)

    @property
    def settled(self) -> bool:
        """Nothing stands against submitting."""
        return self.delivered or self.follows_on is not None or not self.spec.required


def draft_for(
    actor: Actor, draft_id: UUID, *, today: date, lock: bool = False, language: str = ""
) -> DraftView:
    """Open a draft for the person whose browser or code opened it.

    It speaks `language`, or else the language in which it was last saved.
    """
    require(actor, Right.EDIT_DRAFT, dossier_id=draft_id)
    view = open_draft(draft_id, today=today, lock=lock, language=language)
    view.row.language = language or view.row.language
    return view


def open_draft(draft_id: UUID, *, today: date, lock: bool, language: str) -> DraftView:
    """Open a draft for whoever has shown her right to it, here or to her part of it."""
    row = _drafts.find(draft_id, lock=lock)
    if row is None:
        raise NotFoundError
    language = language or row.language
    package = catalogue.package_of(row.offer_version_id, language=language)
    form = catalogue.compiled_form(row.offer_version_id, language=language, today=today)
    raw = (
        msgspec.convert(sealing.unseal(row.id, DRAFT_PLACE, row.sealed_content), DraftContent)
        if row.sealed_content
        else DraftContent()
    )
    return DraftView(row.id, row, package, form, raw)


def own_dossiers(actor: Actor) -> list[DossierRow]:
    """Return what this browser has open (Meine Vorgänge), newest first, at most twenty.

    Drafts in which nothing was saved yet are left out.
    """
    ids = sorted(actor.dossier_ids, reverse=True)[:20]
    numbers = dict(Submission.objects.filter(pk__in=ids).values_list("id", "number"))
    drafts = Draft.objects.filter(pk__in=ids).order_by("-id")
    return [
        DossierRow(
            id=row.id,
            title=catalogue.package_of(row.offer_version_id, language=row.language).name,
            number=numbers.get(row.id, ""),
            expires_on=last_day(row.expires_at),
        )
        for row in drafts
        if row.revision or row.submitted_at
    ]


def unsecured_drafts(actor: Actor) -> list[DossierRow]:
    """Return the drafts that only this browser opens, because no access code was taken."""
    ids = sorted(actor.dossier_ids, reverse=True)[:20]
    without = Draft.objects.filter(
        pk__in=ids, submitted_at__isnull=True, access_code_hash__isnull=True, revision__gt=0
    )
    return [
        DossierRow(
            id=row.id,
            title=catalogue.package_of(row.offer_version_id, language=row.language).name,
            number="",
            expires_on=last_day(row.expires_at),
        )
        for row in without.order_by("-id")
    ]


def submission_for(
    actor: Actor, dossier_id: UUID, *, unit_id: UUID | None = None
) -> SubmissionView:
    """Open a submission for the person, for staff of `unit_id`, or for a job."""
    require(actor, Right.READ_CASE, dossier_id=dossier_id, unit_id=unit_id)
    row = _submissions.find(dossier_id)
    if row is None:
        raise NotFoundError
    raw = sealing.unseal(row.id, SUBMISSION_PLACE, row.sealed_content)
    content = msgspec.convert(raw, SubmissionContent)
    package = catalogue.package_of(row.offer_version_id, language="de")
    if actor.kind == "citizen":
        content = for_applicant(package, content)
    return SubmissionView(
        id=row.id,
        number=row.number,
        submitted_at=row.submitted_at,
        language=row.language,
        channel=row.channel,
        package=package,
        content=content,
        offer_version_id=row.offer_version_id,
        has_code=bool(row.access_code_hash),
    )


def contact_of_submission(dossier_id: UUID) -> Contact | None:
    """Return where the applicant wants to hear from us, for mails; None when it is shredded."""
    row = Submission.objects.filter(pk=dossier_id).first()
    if row is None or not row.sealed_content:
        return None
    raw = sealing.unseal(row.id, SUBMISSION_PLACE, row.sealed_content)
    content = msgspec.convert(raw, SubmissionContent)
    return Contact(content.email, row.language, None, content.delivery_email)


def contact_of_draft(dossier_id: UUID) -> Contact | None:
    """Return where the link to a draft was sent, for mails; None when it is gone or submitted."""
    row = Draft.objects.filter(pk=dossier_id, submitted_at__isnull=True).first()
    if row is None or not row.sealed_content:
        return None
    content = msgspec.convert(sealing.unseal(row.id, DRAFT_PLACE, row.sealed_content), DraftContent)
    return Contact(content.email, row.language, last_day(row.expires_at))


def last_day(expires_at: datetime) -> date:
    """Return the last day on which a draft can be opened: it is deleted at midnight (R09)."""
    # Midnight belongs to the day after, in the time of the towns.
    return (expires_at - timedelta(seconds=1)).astimezone(BERLIN).date()


def is_submitted(dossier_id: UUID) -> bool:
    """Tell whether a submission exists for this dossier."""
    return Submission.objects.filter(pk=dossier_id).exists()


def evidence_states(view: DraftView, *, today: date) -> list[EvidenceState]:
    """Return the evidence asked for these answers, with what was handed in."""
    return states_of(view.id, view.form.evidence(view.answers, today=today))


def states_of(dossier_id: UUID, specs: tuple[EvidenceSpec, ...]) -> list[EvidenceState]:
    """Return for each asked evidence the files and the day it follows."""
    if not specs:
        return []
    files = {file.id: file for file in documents.files_of(dossier_id)}
    states = {spec.key: EvidenceState(spec) for spec in specs}
    follows: dict[str, date] = {}
    for row in Evidence.objects.filter(dossier=dossier_id).order_by("id"):
        state = states.get(row.key)
        if state is None:
            continue
        if row.file_id is not None and row.file_id in files:
            state.files.append(files[row.file_id])
        elif row.follows_on is not None:
            follows[row.key] = row.follows_on
    return [
        EvidenceState(state.spec, state.files, follows.get(key)) for key, state in states.items()
    ]


def missing_evidence(dossier_id: UUID, content: SubmissionContent) -> list[SubmittedEvidence]:
    """Return the required evidence of a submission that has not come yet."""
    required = [item for item in content.evidence if item.required]
    if not required:
        return []
    rows = Evidence.objects.filter(dossier=dossier_id, file__isnull=False)
    delivered = set(rows.values_list("key", flat=True))
    return [item for item in required if item.key not in delivered]


def announced_days(dossier_id: UUID) -> list[date]:
    """Return the days by which evidence of a submission was announced that has not come yet."""
    row = _submissions.find(dossier_id)
    if row is None or not row.sealed_content:
        return []
    raw = sealing.unseal(row.id, SUBMISSION_PLACE, row.sealed_content)
    delivered = delivered_by_key(dossier_id)
    items = msgspec.convert(raw, SubmissionContent).evidence
    days = {item.follows_on for item in items if item.follows_on and item.key not in delivered}
    return sorted(date.fromisoformat(day) for day in days)


def delivered_by_key(dossier_id: UUID) -> dict[str, list[UUID]]:
    """Return the files of each evidence of a dossier."""
    found: dict[str, list[UUID]] = {}
    rows = Evidence.objects.filter(dossier=dossier_id, file__isnull=False).order_by("id")
    for key, file_id in rows.values_list("key", "file_id"):
        found.setdefault(key, []).append(file_id)
    return found


def dossiers_found_by(field_name: str, words: list[str]) -> set[UUID]:
    """Return the dossiers that hold all the words in a field, by keyed hash (S71)."""
    found: set[UUID] | None = None
    for word in words:
        rows = FoundBy.objects.filter(field=field_name, word_hash=sealing.hash_word(word))
        ids = set(rows.values_list("dossier", flat=True)[:1000])
        found = ids if found is None else found & ids
    return found or set()


def newest_submissions(limit: int) -> list[UUID]:
    """Return the newest submissions whose content has not been shredded."""
    rows = Submission.objects.exclude(sealed_content=b"").order_by("-id")
    return list(rows.values_list("id", flat=True)[:limit])


def unreconciled(before: datetime) -> list[UUID]:
    """Return submissions older than an instant for which no case was seen yet (R41)."""
    rows = Submission.objects.filter(reconciled_at__isnull=True, submitted_at__lt=before)
    return list(rows.values_list("id", flat=True))
