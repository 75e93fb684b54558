"""Leaving and coming back: a link by e-mail that opens only with the access code (S10)."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gemeinwerk.apps.applications import actions, queries
from gemeinwerk.apps.applications.errors import WrongCodeError
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.apps.identity import limits
from gemeinwerk.apps.identity import queries as sessions
from gemeinwerk.core.kernel.text import is_email
from gemeinwerk.web.portal import stages
from gemeinwerk.web.portal.views import rescue, status
from gemeinwerk.web.portal.views.application import opened
from gemeinwerk.web.ui.middleware.session import renew
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send the link to an e-mail address, or not, and show the access code once."""
    page = cast(PageRequest, request)
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.status", dossier_id=draft_id)
    context: dict[str, object] = {"draft": stages.draft_context(view), "error": ""}
    context["email"] = next(iter(stages.known_addresses(view).values()), "")
    if request.method != "POST":
        return render(request, "portal/keep.html", context)
    email = request.POST.get("email", "").strip()[:254]
    if "nur_code" in request.POST:
        code = actions.show_code(actor=page.actor, draft_id=draft_id, now=now())
        link = request.build_absolute_uri(f"/weiter/{draft_id}")
        return render(request, "portal/kept.html", context | {"code": code, "link": link})
    if not is_email(email):
        context |= {"email": email, "error": "answer.email"}
        return render(request, "portal/keep.html", context, 422)
    limits.reserve_link(draft_id, email, net=page.net, now=now())
    code = actions.ask_for_link(actor=page.actor, draft_id=draft_id, email=email, now=now())
    context |= {"code": code, "email": email, "link": ""}
    return render(request, "portal/kept.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Open a draft or a case with its link and the access code."""
    page = cast(PageRequest, request)
    if dossier_id in page.actor.dossier_ids:
        return redirect("portal.overview", draft_id=dossier_id)
    if request.method != "POST":
        return render(request, "portal/resume.html", {"error": "", "text": ""})
    code = request.POST.get("code", "")[:100]
    try:
        actions.open_with_code(dossier_id=dossier_id, code=code, net=page.net, now=now())
    except WrongCodeError as wrong:
        return _refused(page, dossier_id, wrong.code)
    session = renew(page)
    identity.remember_dossier(session, dossier_id)
    page.actor = sessions.actor_of(session, page.here.id)
    if rescue.PAGE in request.POST:
        return rescue.brought(page, dossier_id)
    if request.POST.get("text") and queries.is_submitted(dossier_id):
        return status.unsent(page, dossier_id, text=request.POST["text"])
    return redirect("portal.overview", draft_id=dossier_id)


def _refused(page: PageRequest, dossier_id: UUID, error: str) -> HttpResponse:
    """Say that link and code do not belong together; what came along stays on the page."""
    page_id = page.POST.get(rescue.PAGE, "")
    shown = page_id and rescue.typed_page(page, dossier_id, page_id, error=error, status=422)
    if shown:
        return shown
    context = {"error": error, "text": page.POST.get("text", "")}
    return render(page, "portal/resume.html", context, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Delete a draft at the person's wish."""
    if request.method != "POST":
        return redirect("portal.overview", draft_id=draft_id)
    actions.discard(actor=cast(PageRequest, request).actor, draft_id=draft_id, now=now())
    return render(request, "portal/discarded.html", {})
