"""Evidence: upload, remove, or say that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.applications import actions, queries
from gemeinwerk.core.kernel import DomainError, NotFoundError
from gemeinwerk.core.kernel.text import read_date
from gemeinwerk.web.portal import stages
from gemeinwerk.web.portal.views.application import opened
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with which evidence; `at` is "datei" or "bis", `name` that of the file."""

    key: str = ""
    at: str = "datei"
    code: str = ""
    name: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@require_safe
def evidence(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """List what is asked for these answers, and how it came."""
    return _show(cast(PageRequest, request), draft_id, Trouble())


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Take files; a refused one is named at once with what is accepted (R11)."""
    page = cast(PageRequest, request)
    if request.method != "POST":
        return redirect("portal.evidence", draft_id=draft_id)
    files = request.FILES.getlist("datei")
    if not files:
        # A file above the limit of the body never reaches us: tell so, not "choose a file".
        size = request.META.get("CONTENT_LENGTH") or "0"
        too_large = int(size) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        code = "file.too_large" if too_large else "file.none"
        return _show(page, draft_id, Trouble(key, code=code))
    for file in files:
        name, data = file.name or "", file.read()
        try:
            actions.upload(
                actor=page.actor, draft_id=draft_id, key=key, name=name, data=data, now=now()
            )
        except NotFoundError:
            raise
        except DomainError as refusal:
            code = str(refusal.params.get("reason") or refusal.code)
            return _show(page, draft_id, Trouble(key, "datei", code, name, refusal.params))
    return _back(page, draft_id)


@require_http_methods(["GET", "HEAD", "POST"])
def follows(request: HttpRequest, draft_id: UUID, key: str) -> HttpResponse:
    """Note that evidence follows until a day."""
    page = cast(PageRequest, request)
    if request.method != "POST":
        return redirect("portal.evidence", draft_id=draft_id)
    on = read_date(request.POST.get("bis", "")[:40])
    if on is None:
        return _show(page, draft_id, Trouble(key, "bis", "answer.not_a_date"))
    try:
        actions.say_follows(actor=page.actor, draft_id=draft_id, key=key, on=on, now=now())
    except NotFoundError:
        raise
    except DomainError as refusal:
        return _show(page, draft_id, Trouble(key, "bis", refusal.code, params=refusal.params))
    return _back(page, draft_id)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, draft_id: UUID, file_id: UUID) -> HttpResponse:
    """Ask, then remove a file again."""
    page = cast(PageRequest, request)
    view = opened(request, draft_id)
    if request.method != "POST":
        return redirect("portal.evidence", draft_id=draft_id)
    if request.POST.get("sicher") == "ja":
        actions.remove_file(actor=page.actor, draft_id=draft_id, file_id=file_id, now=now())
        return redirect("portal.evidence", draft_id=draft_id)
    states = queries.evidence_states(view, today=today())
    names = {file.id: file.name for state in states for file in state.files}
    if file_id not in names:
        raise NotFoundError
    context = {
        "draft": stages.draft_context(view),
        "name": names[file_id],
        "action": request.path,
        "back": stages.evidence_href(view),
    }
    return render(request, "portal/remove_file.html", context)


def _back(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Return to the evidence; a reload there sends nothing again."""
    to_check = request.GET.get("zurueck") == "pruefen"
    return redirect(f"/antrag/{draft_id}/nachweise{'?zurueck=pruefen' if to_check else ''}")


def _show(request: PageRequest, draft_id: UUID, trouble: Trouble) -> HttpResponse:
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.status", dossier_id=draft_id)
    states = queries.evidence_states(view, today=today())
    to_check = request.GET.get("zurueck") == "pruefen"
    back = (
        f"/antrag/{draft_id}/pruefen" if to_check else stages.before_evidence(view, today=today())
    )
    context = {
        "draft": stages.draft_context(view),
        "items": [stages.evidence_row(view, state, today=today()) for state in states],
        "fault": trouble,
        "back": back,
        "to_check": to_check,
        "next": f"/antrag/{draft_id}/pruefen"
        if to_check
        else stages.after_evidence(view, today=today()),
        "position": stages.position(view, "", today=today()),
    }
    return render(request, "portal/evidence.html", context, 422 if trouble.code else 200)
