"""What the case page shows (Vorgangsseite), gathered for one reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.applications.contents import SubmittedPerson, SubmittedSection
from gemeinwerk.apps.applications.queries import SubmissionView
from gemeinwerk.apps.audit import queries as audit
from gemeinwerk.apps.cases import queries
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.documents.queries import FileRow
from gemeinwerk.apps.mailbox import queries as mailbox
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.payments import queries as payments
from gemeinwerk.core.access import Actor, Right, may
from gemeinwerk.core.cases import CaseState, is_open
from gemeinwerk.core.forms import Section
from gemeinwerk.core.packages import role_of_page
from gemeinwerk.web.desk import words
from gemeinwerk.web.desk.steps import steps
from gemeinwerk.web.ui.deeds import deed
from gemeinwerk.web.ui.formats import date_de, datetime_de, weekday
from gemeinwerk.web.ui.request import BERLIN, now, today

INLINE = ("application/pdf", "image/png", "image/jpeg")
"""What a browser shows beside the answers; all else is a download."""


def case_file(actor: Actor, case: Case, *, shown: UUID | None) -> dict[str, Any]:
    """Return the context of the case page; `shown` is the file in the viewer."""
    submission = submissions.submission_for(actor, case.id, unit_id=case.unit_id)
    files = {row.id: row for row in documents.files_of(case.id)}
    evidence = _evidence(case, submission, files)
    names = municipalities.staff_names({member.id for member in municipalities.staff_members()})
    chosen = files.get(shown) if shown else _first(case, actor, files)
    return {
        **head(case, actor),
        "sections": _sections(submission),
        "fee": submission.content.fee,
        "fee_total": submission.content.fee_total,
        "claims": payments.claims(case.id),
        "evidence": evidence,
        "viewer": _viewer(case, chosen),
        "messages": _messages(actor, case, names, files),
        "requests": _requests(case),
        "notes": _notes(case, names),
        "history": _history(case, names),
        "reasons": [words.human_reason(one) for one in case.human_reasons],
        "unchecked_rules": catalogue.package_of(submission.offer_version_id).unchecked_rules,
        "present": _present(actor, case, names),
        "people": _people(actor, case, names),
        "may_write": case.assignee_id == actor.staff_id and is_open(CaseState(case.state)),
    }


def _sections(submission: SubmissionView) -> list[dict[str, Any]]:
    """Return the answers by page with who gave them; `by` is "" for the applicant's own."""
    names = {one.role: one.name for one in submission.package.participants}
    people = {one.role: _said_by(one, names) for one in submission.content.people}
    return [
        {
            "title": section.title,
            "rows": section.rows,
            "by": people.get(role_of_page(submission.package, section.page_id), ""),
        }
        for section in _in_german(submission)
    ]


def _said_by(person: SubmittedPerson, names: Mapping[str, str]) -> str:
    """Say who gave a section and declared what; the declaration stands as she saw it."""
    day = datetime_de(datetime.fromisoformat(person.done_at))
    declared = f" Erklärt: „{person.declaration}“" if person.declaration else ""
    role = names.get(person.role, person.label)
    return f"Angaben von {person.name} ({role}), abgeschlossen am {day}.{declared}"


def _in_german(submission: SubmissionView) -> Sequence[SubmittedSection | Section]:
    """Return the answers as the office reads them: in German, whatever she read (§ 23 VwVfG)."""
    if submission.language == "de":
        return submission.content.sections
    day = submission.submitted_at.astimezone(BERLIN).date()
    form = catalogue.compiled_form(submission.offer_version_id, language="de", today=day)
    pages = {section.page_id for section in submission.content.sections}
    rows = form.rows(submission.content.answers, today=day)
    return [section for section in rows if section.page_id in pages]


def head(case: Case, actor: Actor) -> dict[str, Any]:
    """Return what stands on top of every page of a case."""
    state = CaseState(case.state)
    label, kind = words.state(case.state)
    urgency, in_words = (
        words.days_away((case.due_on - today()).days) if is_open(state) else ("", "")
    )
    return {
        "section": "inbox",
        "case": case,
        "address": f"/amt/vorgang/{case.id}",
        "state": {"label": label, "kind": kind},
        "due": {
            "day": case.due_on.isoformat() if is_open(state) else "",
            "kind": urgency,
            "text": in_words,
            "why": _why(case, state),
        },
        "steps": steps(case, actor, asked=_asked(case)),
    }


def _asked(case: Case) -> bool:
    """Tell whether what is missing has been asked for already."""
    return not case.complete and any(one.is_open for one in queries.requests(case.id))


def _why(case: Case, state: CaseState) -> str:
    """Say where the day comes from."""
    if not is_open(state):
        return f"Entschieden am {date_de(case.decided_at)}." if case.decided_at else ""
    promised = f"Zugesagt ist eine Entscheidung bis {weekday(case.promised_on)}."
    if state in (CaseState.AWAITING_APPLICANT, CaseState.HEARING):
        return f"Bis {weekday(case.due_on)} kann die Person antworten. {promised}"
    return f"{promised} So steht es in der Eingangsbestätigung."


def _evidence(
    case: Case, submission: SubmissionView, files: Mapping[UUID, FileRow]
) -> list[dict[str, Any]]:
    delivered = submissions.delivered_by_key(case.id)
    asked = {item.key for item in submission.content.evidence}
    found: list[dict[str, Any]] = [
        {
            "label": item.label,
            "required": item.required,
            "follows_on": item.follows_on,
            "files": _files(case, delivered.get(item.key, []), files),
        }
        for item in submission.content.evidence
    ]
    later = [one for key, ids in delivered.items() if key not in asked for one in ids]
    if later:
        shown = _files(case, later, files)
        found.append({"label": "Nachgereicht", "required": False, "follows_on": "", "files": shown})
    return found


def _files(case: Case, ids: list[UUID], files: Mapping[UUID, FileRow]) -> list[dict[str, Any]]:
    return [_file(case, files[each]) for each in ids if each in files]


def _file(case: Case, row: FileRow) -> dict[str, Any]:
    clean = row.state == "clean"
    return {
        "name": row.name,
        "size": row.size,
        "href": f"/amt/vorgang/{case.id}?datei={row.id}#ansicht" if clean else "",
        "state": "" if clean else "wird noch geprüft",
        "kind": "warning",
    }


def _first(case: Case, actor: Actor, files: Mapping[UUID, FileRow]) -> FileRow | None:
    """Open the first evidence at once, but only for whoever works on the case."""
    if case.assignee_id != actor.staff_id or not is_open(CaseState(case.state)):
        return None
    proofs = (row for row in files.values() if row.purpose.startswith("evidence"))
    return next((row for row in proofs if row.state == "clean"), None)


def _viewer(case: Case, row: FileRow | None) -> dict[str, Any] | None:
    if row is None or row.state != "clean":
        return None
    href = f"/amt/vorgang/{case.id}/datei/{row.id}"
    inline = row.media_type in INLINE
    return {"name": row.name, "href": href, "inline": inline, "media_type": row.media_type}


def _messages(
    actor: Actor, case: Case, names: Mapping[UUID, str], files: Mapping[UUID, FileRow]
) -> list[dict[str, Any]]:
    return [
        {
            "from": _sender(one, names),
            "at": one.sent_at,
            "own": one.direction == "to_person",
            "text": f"{one.title}\n{one.text}",
            "files": _files(case, list(one.file_ids), files),
        }
        for one in mailbox.messages(actor, case.id, unit_id=case.unit_id)
    ]


def _sender(message: mailbox.MessageView, names: Mapping[UUID, str]) -> str:
    if message.direction == "to_office":
        return "Antragstellende Person"
    return names.get(message.sent_by, "Verwaltung") if message.sent_by else "Automatisch"


def _requests(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": str(one.id),
            "title": words.REQUESTS.get(one.kind, one.kind),
            "wanted": [label for _, label in one.wanted],
            "text": one.text,
            "answer": one.answer,
            "asked_at": one.asked_at,
            "due_on": one.due_on,
            "answered_at": one.answered_at,
            "withdrawn_at": one.withdrawn_at,
            "open": one.is_open,
            "late": one.is_open and one.due_on < today(),
        }
        for one in queries.requests(case.id)
    ]


def _notes(case: Case, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    return [
        {"by": names.get(one.written_by, ""), "at": one.written_at, "text": one.text}
        for one in queries.notes(case)
    ]


def _history(case: Case, names: Mapping[UUID, str]) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.at,
            "title": deed(entry.verb),
            "text": names.get(entry.actor_id, "") if entry.actor_id else "",
        }
        for entry in audit.history(case.id)
    ]


def _present(actor: Actor, case: Case, names: Mapping[UUID, str]) -> list[str]:
    found = queries.present([case.id], but=actor.staff_id, now=now())
    return [names.get(one, "") for one in found.get(case.id, [])]


def _people(actor: Actor, case: Case, names: Mapping[UUID, str]) -> list[dict[str, str]]:
    """Return whom a team lead may give the case to."""
    if not may(actor, Right.ASSIGN_CASE, unit_id=case.unit_id) or not is_open(
        CaseState(case.state)
    ):
        return []
    return [
        {"code": str(one), "label": names[one]}
        for one in municipalities.staff_of_unit(case.unit_id)
        if one in names
    ]
