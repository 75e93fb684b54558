"""Evidence: upload, remove, or say that it follows."""

from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from gemeinwerk.apps.applications import actions, queries
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.kernel.text import read_date
from gemeinwerk.web.portal import stages
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today


@require_GET
def evidence(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """List what is asked for these answers, and how it came."""
    return _show(cast(PageRequest, request), draft_id)


@require_POST
def upload(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Take files; a refused one is named at once with what is accepted (R11)."""
    page = cast(PageRequest, request)
    files = request.FILES.getlist("datei")
    if not files:
        return _show(page, draft_id, key=key, code="file.none", status=422)
    for file in files:
        try:
            actions.upload(
                actor=page.actor,
                draft_id=draft_id,
                key=key,
                name=file.name or "",
                data=file.read(),
                now=now(),
            )
        except DomainError as refusal:
            return _show(page, draft_id, key=key, code=_code(refusal), status=422)
    return redirect("portal.evidence", draft_id=draft_id)


@require_POST
def follows(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Note that evidence follows until a day."""
    page = cast(PageRequest, request)
    on = _day(request.POST.get("bis", ""))
    if on is None:
        return _show(page, draft_id, key=key, code="answer.not_a_date", status=422)
    try:
        actions.say_follows(actor=page.actor, draft_id=draft_id, key=key, on=on, now=now())
    except DomainError as refusal:
        return _show(page, draft_id, key=key, code=refusal.code, status=422)
    return redirect("portal.evidence", draft_id=draft_id)


@require_POST
def remove(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponse:
    """Remove a file again."""
    page = cast(PageRequest, request)
    actions.remove_file(actor=page.actor, draft_id=draft_id, file_id=file_id, now=now())
    return redirect("portal.evidence", draft_id=draft_id)


def _show(
    request: PageRequest, draft_id: UUID, *, key: str = "", code: str = "", status: int = 200
) -> HttpResponse:
    view = queries.draft_for(request.actor, draft_id, today=today())
    if view.row.submitted_at is not None:
        return redirect("portal.status", dossier_id=draft_id)
    states = queries.evidence_states(view, today=today())
    context = {
        "draft": stages.draft_context(view),
        "items": [stages.evidence_row(view, state, today=today()) for state in states],
        "fault": {"key": key, "code": code},
        "back": stages.before_evidence(view, today=today()),
        "next": f"/antrag/{draft_id}/pruefen",
    }
    return render(request, "portal/evidence.html", context, status)


def _code(refusal: DomainError) -> str:
    return str(refusal.params.get("reason") or refusal.code)


def _day(text: str) -> date | None:
    return read_date(text)
