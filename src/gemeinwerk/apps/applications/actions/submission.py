"""The one verb that matters most: submit, exactly once, never lost (S60, S61)."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import transaction

from gemeinwerk.apps import sealing
from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.applications.errors import ChangedSinceError, NotCompleteError
from gemeinwerk.apps.applications.events import ApplicationSubmitted
from gemeinwerk.apps.applications.models import Draft, FoundBy, Submission
from gemeinwerk.apps.applications.queries import (
    SUBMISSION_PLACE,
    DraftView,
    EvidenceState,
    FeeLine,
    SubmissionContent,
    SubmittedEvidence,
    SubmittedRow,
    SubmittedSection,
)
from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.core.access import Actor
from gemeinwerk.core.applications import new_case_number
from gemeinwerk.core.kernel import crypto
from gemeinwerk.core.kernel.latin import search_form


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
    with the pages where something is missing.
    """
    view = queries.draft_for(actor, draft_id, today=today, lock=True, language=language)
    if view.row.submitted_at is not None:
        return draft_id
    if revision is not None and revision != view.row.revision:
        raise ChangedSinceError
    evidence = queries.evidence_states(view, today=today)
    _refuse_gaps(view, evidence, today)
    content = frozen_content(view, evidence, today=today)
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
    view: DraftView, evidence: list[EvidenceState], *, today: date
) -> SubmissionContent:
    """Return exactly what the check page shows, as it is declared (R01, R02)."""
    answers = view.form.effective(view.answers, today=today)
    statement = catalogue.fee_of(view.row.offer_version_id, answers, on=today)
    roles = view.package.roles
    name = f"{answers.get(roles.get('given_names', ''), '')} " + answers.get(
        roles.get("family_name", ""), ""
    )
    return SubmissionContent(
        answers=answers,
        sections=tuple(
            SubmittedSection(
                section.page_id,
                section.title,
                tuple(SubmittedRow(r.path, r.label, r.text, r.given) for r in section.rows),
            )
            for section in view.form.rows(view.answers, today=today)
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
    )


def _frozen_evidence(state: EvidenceState) -> SubmittedEvidence:
    return SubmittedEvidence(
        key=state.spec.key,
        label=state.spec.label,
        required=state.spec.required,
        file_ids=tuple(str(file.id) for file in state.files),
        follows_on=state.follows_on.isoformat() if state.follows_on else "",
    )


def _refuse_gaps(view: DraftView, evidence: list[EvidenceState], today: date) -> None:
    faults = view.form.faults(view.answers, today=today)
    missing = [state.spec.key for state in evidence if not state.settled]
    # What was typed and refused is no answer; leaving it out in silence would be wrong (S30).
    unsaved = view.unsaved_pages(today=today)
    if faults or missing or unsaved:
        raise NotCompleteError(faults=len(faults) + len(unsaved), evidence=len(missing))


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
