"""Leaving a shared device (Auf diesem Gerät beenden): the session ends, the browser forgets."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.web.ui.middleware import session as sessions
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """/beenden: end the citizen's session here; staff sign out at the desk.

    Asked once more when a draft would be lost with it, for nobody has a code to it.
    """
    page = cast(PageRequest, request)
    unsecured = applications.unsecured_drafts(page.actor) if page.actor.dossier_ids else []
    if unsecured and request.POST.get("sicher") != "ja":
        return render(request, "leave.html", {"drafts": unsecured})
    if page.session_row is not None and page.session_row.staff_id is None:
        identity.end_session(page.session_row)
        page.session_row = page.new_session_token = None
    # Other pages than this one: a page shown now would set cookies that are just cleared.
    return sessions.forget(HttpResponseRedirect("/beendet"))


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """/beendet: say that nothing is left, and how to come back."""
    return render(request, "left.html", {})
