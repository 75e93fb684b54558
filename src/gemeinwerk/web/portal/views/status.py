"""After the submission: receipt, status, messages, files, decision."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.applications import actions as applications
from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.notices import actions as notices
from gemeinwerk.core.kernel import DomainError, NotFoundError
from gemeinwerk.web.portal import copies, deadlines, standing
from gemeinwerk.web.ui import ical, language
from gemeinwerk.web.ui.downloads import attachment
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today

MOST_FILES = 10  # in one hand-in


@require_safe
def receipt(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """/vorgang/<id>/eingang: the case number, and what happens next until when (R02, R12)."""
    return _receipt(cast(PageRequest, request), dossier_id, code="")


@require_POST
def access_code(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show a fresh access code once; an older one ends."""
    page = cast(PageRequest, request)
    code = applications.new_code_for_status(actor=page.actor, dossier_id=dossier_id, now=now())
    return _receipt(page, dossier_id, code=code)


@require_safe
def status(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """/vorgang/<id>: where the matter stands, and what she has to do."""
    return _status(cast(PageRequest, request), dossier_id)


@require_safe
def copy(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """/vorgang/<id>/kopie.pdf: exactly what was declared."""
    page = cast(PageRequest, request)
    submission = submissions.submission_for(page.actor, dossier_id)
    with language.spoken(submission.language):
        data = copies.receipt_pdf(page.actor, submission, page.here)
    return attachment(f"Antrag {submission.number}.pdf", "application/pdf", data)


@require_safe
def calendar(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """/vorgang/<id>/fristen.ics: the deadlines for her calendar."""
    page = cast(PageRequest, request)
    found = standing.open_standing(page.actor, dossier_id)
    address = page.build_absolute_uri(f"/vorgang/{dossier_id}")
    days = deadlines.deadlines(found, today=today(), address=address)
    data = ical.calendar_file(days, host=page.get_host().partition(":")[0], now=now())
    name = f"Fristen {found.submission.number}.ics"
    return attachment(name, ical.MEDIA_TYPE, data)


@require_safe
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponse:
    """/vorgang/<id>/datei/<id>: a file of the dossier; the notice has its own button."""
    page = cast(PageRequest, request)
    if documents.subject_of(file_id) != dossier_id:
        raise NotFoundError
    opened = documents.open_file(page.actor, file_id, now=now())
    if documents.purpose_of(file_id) == "notice":
        # Its retrieval starts a period (R20): only the button may do that.
        raise NotFoundError
    return attachment(opened.name, opened.media_type, opened.data)


@require_POST
def hand_in(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take evidence and the answer to a request; what was taken before a fault stays."""
    page = cast(PageRequest, request)
    found = standing.open_standing(page.actor, dossier_id)
    asked = request.POST.get("anfrage", "")
    text = request.POST.get("text", "").strip()
    wanted = next((one for one in found.open_requests if str(one.id) == asked), None)
    told = {"where": asked or "nachweise", "text": text}
    try:
        taken = _take_files(page, found)
        if wanted is not None and (text or taken):
            cases.answer(actor=page.actor, request_id=wanted.id, text=text, now=now())
        elif not taken:
            code = "file.none" if wanted is None else "case.nothing_sent"
            return _status(page, dossier_id, code=code, **told)
    except _BadFileError as bad:
        return _status(page, dossier_id, code=bad.code, key=bad.key, name=bad.name, **told)
    except DomainError as refusal:
        return _status(page, dossier_id, code=_reason(refusal), **told)
    return redirect("portal.status", dossier_id=dossier_id)


@require_POST
def write(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Send a message to the office."""
    page = cast(PageRequest, request)
    text = request.POST.get("text", "").strip()
    try:
        cases.write_to_office(actor=page.actor, dossier_id=dossier_id, text=text, now=now())
    except DomainError as refusal:
        if isinstance(refusal, NotFoundError):
            raise
        return _status(page, dossier_id, code=refusal.code, where="nachricht", text=text)
    return redirect("portal.status", dossier_id=dossier_id)


@require_POST
def retrieve(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Hand over the notice: the button that counts as retrieval (R20)."""
    page = cast(PageRequest, request)
    opened = notices.retrieve(actor=page.actor, dossier_id=dossier_id, now=now())
    return attachment(opened.name, opened.media_type, opened.data)


def unsent(page: PageRequest, dossier_id: UUID, *, text: str) -> HttpResponse:
    """Show the status with a message that met a closed door, ready to be sent."""
    return _status(page, dossier_id, where="nachricht", text=text)


def _receipt(page: PageRequest, dossier_id: UUID, *, code: str) -> HttpResponse:
    submission = submissions.submission_for(page.actor, dossier_id)
    with language.spoken(page.language):
        context = standing.receipt_context(page.actor, submission)
    address = page.build_absolute_uri(f"/weiter/{dossier_id}")
    return render(page, "portal/receipt.html", {**context, "code": code, "address": address})


def _status(page: PageRequest, dossier_id: UUID, *, code: str = "", **told: str) -> HttpResponse:
    """`told` is what a refusal was about: `where`, `text`, and `key` and `name` of a file."""
    found = standing.open_standing(page.actor, dossier_id)
    with language.spoken(page.language):
        context = standing.status_context(page.actor, found, today=today())
        context["deadlines"] = [
            {"day": one.day, "title": one.title.rpartition(" (")[0]}
            for one in deadlines.deadlines(found, today=today())
        ]
    context["account"] = str((page.here.legal.get("bank") or {}).get("iban", ""))
    fault = {"where": "", "text": "", "key": "", "name": "", **told, "code": code}
    return render(page, "portal/status.html", {**context, "fault": fault}, 422 if code else 200)


class _BadFileError(Exception):
    """One of the files cannot be taken: why, for which evidence, and which one."""

    def __init__(self, code: str, key: str, name: str) -> None:
        super().__init__(code)
        self.code, self.key, self.name = code, key, name


def _reason(refusal: DomainError) -> str:
    return str(refusal.params.get("reason") or refusal.code)


def _take_files(page: PageRequest, found: standing.Standing) -> int:
    """Store the files of the form under the evidence they belong to; return how many."""
    known = {item.key for item in found.submission.content.evidence}
    known |= {key for one in found.open_requests for key, _ in standing.wanted_keys(one)}
    known.add(standing.MORE)
    count = 0
    for field in page.FILES:
        key = field.removeprefix("datei-")
        if key not in known:
            continue
        for upload in page.FILES.getlist(field)[: MOST_FILES - count]:
            name = upload.name or ""
            try:
                applications.add_later(
                    actor=page.actor,
                    dossier_id=found.submission.id,
                    key=key,
                    name=name,
                    data=upload.read(),
                    now=now(),
                )
            except DomainError as refusal:
                raise _BadFileError(_reason(refusal), key, name) from refusal
            count += 1
    return count
