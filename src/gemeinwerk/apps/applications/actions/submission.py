"""The one verb that matters most: submit, exactly once, never lost (S60, S61)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import people, queries
from gemeinwerk.apps.applications.contents import (
    FeeLine,
    SubmissionContent,
    SubmittedEvidence,
    SubmittedPerson,
    as_shown,
)
from gemeinwerk.apps.applications.errors import (
    ChangedSinceError,
    NotCompleteError,
    PeopleMissingError,
)
from gemeinwerk.apps.applications.events import ApplicationSubmitted
from gemeinwerk.apps.applications.models import Draft, FoundBy, Submission
from gemeinwerk.apps.applications.people import PersonState
from gemeinwerk.apps.applications.queries import SUBMISSION_PLACE, DraftView, EvidenceState
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor
from gemeinwerk.core.applications import new_case_number
from gemeinwerk.core.kernel import crypto
from gemeinwerk.core.kernel.latin import search_form
from gemeinwerk.core.packages import without_pages


@transaction.atomic
def submit(
    *,
    actor: Actor,
    draft_id: UUID,
    revision: int | None,
    today: date,
    now: datetime,
    language: str = "",
) -> UUID:
    """Submit a draft and return the dossier id; a second call changes nothing (S61).

    The draft's row lock serialises a double click, and submission and draft share their id, so
    the database itself refuses a second one. `revision` is that of the check page: when another
    tab changed answers since, she has to look again (ChangedSinceError). Raises NotCompleteError
    with the pages where something is missing, PeopleMissingError while others are not done.
    """
    view = queries.draft_for(actor, draft_id, today=today, lock=True, language=language)
    if view.row.submitted_at is not None:
        return draft_id
    if revision is not None and revision != view.row.revision:
        raise ChangedSinceError
    evidence = queries.evidence_states(view, today=today)
    others = people.states(view, today=today)
    _refuse_gaps(view, evidence, others, today)
    content = frozen_content(view, evidence, others, today=today)
    _freeze(view, content, year=today.year, now=now)
    _leave_tracks(view, content)
    audit.record(
        actor, "application.submitted", now=now, object_kind="submission", subject=draft_id
    )
    outbox.announce(ApplicationSubmitted(dossier_id=draft_id), now=now)
    return draft_id


def _freeze(view: DraftView, content: SubmissionContent, *, year: int, now: datetime) -> None:
    """Store the submission; the draft keeps only its id and state from now on."""
    sealed = sealing.seal(view.id, SUBMISSION_PLACE, msgspec.to_builtins(content))
    Submission.objects.create(
        id=view.id,
        offer_version_id=view.row.offer_version_id,
        number=new_case_number(year, secrets.randbelow),
        sealed_content=sealed,
        content_sha256=crypto.fingerprint(sealed),
        access_code_hash=view.row.access_code_hash,
        language=view.row.language,
        submitted_at=now,
    )
    Draft.objects.filter(pk=view.id).update(submitted_at=now, sealed_content=b"")


def mark_reconciled(dossier_ids: list[UUID], *, now: datetime) -> None:
    """Note that a case was seen for these submissions (R41)."""
    Submission.objects.filter(pk__in=dossier_ids).update(reconciled_at=now)


def frozen_content(
    view: DraftView,
    evidence: list[EvidenceState],
    others: Sequence[PersonState] = (),
    *,
    today: date,
) -> SubmissionContent:
    """Return exactly what is declared (R01, R02); the check page shows what she may read of it.

    Parts of people who are not done count for nothing and are left out.
    """
    missing = people.left_out(others)
    given = without_pages(view.form.form, view.answers, missing)
    answers = without_pages(view.form.form, view.form.effective(given, today=today), missing)
    statement = catalogue.fee_of(view.row.offer_version_id, answers, on=today)
    roles = view.package.roles
    name = f"{answers.get(roles.get('given_names', ''), '')} " + answers.get(
        roles.get("family_name", ""), ""
    )
    return SubmissionContent(
        answers=answers,
        sections=as_shown(
            section
            for section in view.form.rows(given, today=today)
            if section.page_id not in missing
        ),
        evidence=tuple(_frozen_evidence(state) for state in evidence),
        fee=tuple(FeeLine(line.label, f"{line.amount:.2f}", line.norm) for line in statement.lines)
        if statement
        else (),
        fee_total=f"{statement.total:.2f}" if statement else "",
        title=view.package.name,
        email=answers.get(roles.get("email", ""), "") or view.content.email,
        delivery_email=answers.get(roles.get("delivery_email", ""), ""),
        download_consent=answers.get(roles.get("delivery_consent", ""), "") == "true",
        name=name.strip(),
        people=tuple(_frozen_person(one) for one in others if one.done),
    )


def _frozen_person(one: PersonState) -> SubmittedPerson:
    """Return who declared what, when, and after reading what."""
    row, content = one.row, one.content
    if row is None or row.done_at is None or content is None:
        raise LookupError("nobody is done without having declared")
    return SubmittedPerson(
        role=one.role,
        label=one.person.name,
        name=content.name,
        done_at=row.done_at.isoformat(),
        declaration=content.declaration,
        saw=content.saw,
    )


def _frozen_evidence(state: EvidenceState) -> SubmittedEvidence:
    return SubmittedEvidence(
        key=state.spec.key,
        label=state.spec.label,
        required=state.spec.required,
        file_ids=tuple(str(file.id) for file in state.files),
        follows_on=state.follows_on.isoformat() if state.follows_on else "",
    )


def _refuse_gaps(
    view: DraftView, evidence: list[EvidenceState], others: Sequence[PersonState], today: date
) -> None:
    faults = people.faults_but(view, people.left_out(others), today=today)
    missing = [state.spec.key for state in evidence if not state.settled]
    # What was typed and refused is no answer; leaving it out in silence would be wrong (S30).
    unsaved = view.unsaved_pages(today=today)
    if faults or missing or unsaved:
        raise NotCompleteError(faults=len(faults) + len(unsaved), evidence=len(missing))
    waiting = [one for one in others if not one.settled]
    if waiting:
        raise PeopleMissingError(count=len(waiting))


def _leave_tracks(view: DraftView, content: SubmissionContent) -> None:
    """Store keyed hashes by which staff find the sealed case: words of the name, number plate."""
    words = {("name", search_form(word)) for word in content.name.split()}
    plate = content.answers.get(view.package.roles.get("plate", ""), "")
    if plate:
        words.add(("plate", "".join(filter(str.isalnum, plate)).upper()))
    FoundBy.objects.bulk_create(
        FoundBy(
            municipality_id=tenancy.current_id(),
            dossier=view.id,
            field=field,
            word_hash=sealing.hash_word(word),
        )
        for field, word in sorted(words)
    )
