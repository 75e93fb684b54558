"""Where a dossier stands (Stand): what the receipt and the status page show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.applications.contents import SubmittedEvidence
from gemeinwerk.apps.applications.queries import SubmissionView
from gemeinwerk.apps.cases import queries as cases
from gemeinwerk.apps.cases.actions.opening import promise_of
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.cases.queries import RequestView
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.documents.queries import FileRow
from gemeinwerk.apps.mailbox import queries as mailbox
from gemeinwerk.apps.notices import queries as notices
from gemeinwerk.apps.notices.queries import DecisionView
from gemeinwerk.apps.payments import queries as payments
from gemeinwerk.core.access import Actor
from gemeinwerk.core.calendars import Law
from gemeinwerk.core.cases import OPEN_STATES
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.formats import date_de
from gemeinwerk.web.ui.wording import t

BERLIN = ZoneInfo("Europe/Berlin")
MORE = "weitere"
"""The key of files that nobody asked for."""

WAITING = ("awaiting_applicant", "hearing")


def wanted_keys(one: RequestView) -> list[tuple[str, str]]:
    """Return (key, label) of what a request asks for; items in free words get a key by place."""
    free = f"{MORE}-{one.id.hex[-8:]}"
    return [(key or f"{free}-{number}", label) for number, (key, label) in enumerate(one.wanted, 1)]


@dataclass(frozen=True, slots=True)
class Standing:
    """A submitted dossier opened for the person; `case` is None until the job has opened it."""

    submission: SubmissionView
    case: Case | None
    requests: list[RequestView]
    decision: DecisionView | None
    files: dict[UUID, FileRow]
    delivered: dict[str, list[UUID]]

    @property
    def open_requests(self) -> list[RequestView]:
        return [one for one in self.requests if one.is_open]

    @property
    def is_open(self) -> bool:
        """Nothing is decided yet: evidence and answers still count."""
        return self.case is None or self.case.state in OPEN_STATES


def open_standing(actor: Actor, dossier_id: UUID) -> Standing:
    """Open a submitted dossier for the person; the case may follow the receipt by a second."""
    submission = applications.submission_for(actor, dossier_id)
    try:
        case = cases.case_for(actor, dossier_id)
    except NotFoundError:
        case = None
    return Standing(
        submission=submission,
        case=case,
        requests=cases.requests(dossier_id),
        decision=notices.decision_of(actor, dossier_id),
        files={file.id: file for file in documents.files_of(dossier_id)},
        delivered=applications.delivered_by_key(dossier_id),
    )


def receipt_context(actor: Actor, submission: SubmissionView) -> dict[str, Any]:
    """Return what the receipt says: number, what happens next and until when (R02, R12)."""
    promise = promise_of(actor, submission.id)
    return {
        "lacking": [
            row.label
            for section in submission.content.sections
            for row in section.rows
            if row.missing
        ],
        "id": str(submission.id),
        "number": submission.number,
        "title": submission.content.title,
        "submitted_at": submission.submitted_at.isoformat(),
        "expected_by": promise.expected_by,
        "missing": [{"label": item.label, "due_on": item.due_on} for item in promise.missing],
        "by_download": submission.content.download_consent
        and bool(submission.content.delivery_email),
        "has_code": submission.has_code,
        "by_mail": bool(submission.content.email),
        "fee": submission.content.fee_total,
    }


def status_context(actor: Actor, standing: Standing, *, today: date) -> dict[str, Any]:
    """Return everything of the status page."""
    submission = standing.submission
    promised = standing.case.promised_on if standing.case else None
    return {
        "id": str(submission.id),
        "number": submission.number,
        "title": submission.content.title,
        "steps": steps(standing, today=today),
        "todo": [_request(one, standing) for one in standing.open_requests],
        "missing": missing_evidence(standing),
        "is_open": standing.is_open,
        "late": bool(promised and standing.is_open and today > promised),
        "expected_by": promised or promise_of(actor, submission.id).expected_by,
        "evidence": evidence(standing, today=today),
        "messages": messages(actor, standing),
        "claims": _claims(standing),
        "decision": decision(standing, today=today),
        "unit": standing.case.unit.name if standing.case else "",
        "sections": submission.content.sections,
    }


def steps(standing: Standing, *, today: date) -> list[dict[str, object]]:
    """Return the line of steps done and to come."""
    arrived: dict[str, object] = {
        "title": t("Antrag angekommen"),
        "state": "done",
        "text": date_de(standing.submission.submitted_at),
    }
    state = standing.case.state if standing.case else "received"
    if state in ("withdrawn", "transferred"):
        ended = t("Antrag zurückgenommen") if state == "withdrawn" else t("Antrag abgegeben")
        return [arrived, {"title": ended, "state": "now", "text": ""}]
    decided = standing.decision
    checking = "" if decided else _checking(state)
    return [
        arrived,
        {"title": t("Prüfung"), "state": "done" if decided else "now", "text": checking},
        {
            "title": t("Entscheidung"),
            "state": "done" if decided else "next",
            "text": date_de(decided.issued_at) if decided else "",
        },
        _handed_over(decided, today),
    ]


def _handed_over(decided: DecisionView | None, today: date) -> dict[str, object]:
    """Return the last step; a letter that was posted has arrived when law says so (R18)."""
    title = t("Bescheid bei Ihnen")
    if decided is None:
        return {"title": title, "state": "next", "text": ""}
    if decided.delivery == "retrieved":
        return {"title": title, "state": "done", "text": t("Sie haben ihn abgerufen.")}
    if decided.delivery == "ready":
        text = t("Er liegt zum Abruf bereit.")
    elif decided.delivery == "posted":
        if decided.notified_on is not None and decided.notified_on <= today:
            return {"title": title, "state": "done", "text": t("Der Brief ist bei Ihnen.")}
        text = t("Der Brief ist auf dem Weg zu Ihnen.")
    else:
        text = t("Wir drucken den Brief und geben ihn zur Post.")
    return {"title": title, "state": "now", "text": text}


def _checking(state: str) -> str:
    if state in WAITING:
        return t("Wir warten auf Ihre Antwort.")
    if state == "received":
        return t("Ihr Antrag liegt im zuständigen Team.")
    return t("Wir bearbeiten Ihren Antrag.")


def evidence(standing: Standing, *, today: date) -> list[dict[str, Any]]:
    """Return the evidence list: delivered, to follow, or missing, each once (R12)."""
    asked = standing.submission.content.evidence
    rows = [_evidence_row(item, standing, today) for item in asked]
    known = {item.key for item in asked}
    labels = {key: label for one in standing.requests for key, label in wanted_keys(one)}
    for key, file_ids in standing.delivered.items():
        if key not in known:
            label = labels.get(key, t("Weitere Unterlagen"))
            files = _files(file_ids, standing)
            rows.append({"label": label, "state": "delivered", "follows_on": "", "files": files})
    return rows


def _evidence_row(item: SubmittedEvidence, standing: Standing, today: date) -> dict[str, Any]:
    files = _files(standing.delivered.get(item.key, []), standing)
    state, day = "missing" if item.required else "not_needed", _last_day(item, standing)
    if files:
        state = "delivered"
    elif day:
        over = standing.is_open and day < today.isoformat()
        state = "late" if over else "follows"
    return {"label": item.label, "state": state, "follows_on": day, "files": files}


def _last_day(item: SubmittedEvidence, standing: Standing) -> str:
    """Return until when a document is awaited: the day of an open request goes before her own."""
    asked = [
        one.due_on.isoformat()
        for one in standing.open_requests
        if any(key == item.key for key, _ in wanted_keys(one))
    ]
    return max(asked, default=item.follows_on)


def missing_evidence(standing: Standing) -> list[dict[str, Any]]:
    """Return required evidence that has not come and that no open request asks for already."""
    if not standing.is_open:
        return []
    asked = {key for one in standing.open_requests for key, _ in wanted_keys(one)}
    return [
        {"key": item.key, "label": item.label, "due_on": item.follows_on}
        for item in standing.submission.content.evidence
        if item.required and item.key not in standing.delivered and item.key not in asked
    ]


def _files(ids: list[UUID], standing: Standing) -> list[dict[str, Any]]:
    found = [standing.files[one] for one in ids if one in standing.files]
    return [
        {
            "name": file.name,
            "size": file.size,
            "href": f"/vorgang/{standing.submission.id}/datei/{file.id}",
            "state": "" if file.state == "clean" else t("wird noch geprüft"),
            "kind": "info",
        }
        for file in found
    ]


def _request(one: RequestView, standing: Standing) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": one.kind,
        "text": one.text,
        "due_on": one.due_on,
        "wanted": [
            {"key": key, "label": label, "there": key in standing.delivered}
            for key, label in wanted_keys(one)
        ],
    }


def messages(actor: Actor, standing: Standing) -> list[dict[str, Any]]:
    """Return the messages both ways and the answers to requests, oldest first."""
    office = standing.case.unit.name if standing.case else t("Bürgerbüro")
    found = [
        (
            one.sent_at,
            {
                "from": t("Sie") if one.direction == "to_office" else office,
                "at": one.sent_at.isoformat(),
                "text": one.text,
                "own": one.direction == "to_office",
                "files": _files(list(one.file_ids), standing),
            },
        )
        for one in mailbox.messages(actor, standing.submission.id)
    ]
    found += [
        (
            one.answered_at,
            {
                "from": t("Sie"),
                "at": one.answered_at.isoformat(),
                "text": one.answer or t("Sie haben Unterlagen geschickt."),
                "own": True,
                "files": [],
            },
        )
        for one in standing.requests
        if one.answered_at is not None
    ]
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _claims(standing: Standing) -> list[dict[str, Any]]:
    return [
        {
            "amount": str(claim.amount),
            "purpose": claim.purpose,
            "reference": claim.reference,
            "due_on": claim.due_on,
            "paid": claim.settled_at is not None,
        }
        for claim in payments.claims(standing.submission.id)
    ]


def decision(standing: Standing, *, today: date) -> dict[str, Any] | None:
    """Return the decision: outcome first; reasons and remedy once it is in her hands."""
    found = standing.decision
    if found is None:
        return None
    notice = found.notice
    return {
        "outcome": _outcome(standing, found),
        "good": found.outcome == "grant",
        "issued_on": found.issued_at.astimezone(BERLIN).date(),
        "automatic": found.automatic_basis,
        "delivery": found.delivery,
        "arrived": found.notified_on is not None and found.notified_on <= today,
        # Tax law counts from the provision, whether or not she fetches it (§ 122a AO).
        "by_retrieval": standing.submission.package.procedural_law is not Law.AO,
        "lapses_on": found.lapses_on,
        "readable": found.readable,
        "notified_on": found.notified_on,
        "remedy_until": found.remedy_until,
        "steps": [{"text": text, "norm": norm} for text, norm in found.steps],
        "operative": [passage.text for passage in notice.operative],
        "clauses": [passage.text for passage in notice.clauses],
        "reasons": [passage.text for passage in notice.reasons],
        "remedy": notice.remedy.text if notice.remedy else "",
        "sha256": found.file_sha256,
    }


def _outcome(standing: Standing, found: DecisionView) -> str:
    if found.outcome == "refuse":
        return t("Ihr Antrag ist abgelehnt.")
    if found.outcome == "grant_in_part":
        return t("Ihr Antrag ist zum Teil bewilligt.")
    if standing.submission.package.decision_kind == "tax_assessment":
        return t("Ihre Steuer ist festgesetzt.")
    return t("Ihr Antrag ist bewilligt.")
