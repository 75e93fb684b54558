"""The door of every dossier page: open in this browser, or told how to open it (S10, S23)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gemeinwerk.web.ui import language
from gemeinwerk.web.ui.middleware.session import COOKIE
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest

View = Callable[..., HttpResponse]


def own(view: View) -> View:
    """Let a view run only where this browser has opened the dossier of the address.

    Otherwise the page says what happened and asks for the access code. It is the same for
    foreign, expired and unknown dossiers (S04), so it tells nothing about them.
    """

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        page = cast(PageRequest, request)
        dossier_id: UUID = named.get("draft_id") or named["dossier_id"]
        if dossier_id in page.actor.dossier_ids:
            with language.spoken(page.language):
                return view(request, **named)
        ended = page.session_row is None and COOKIE in request.COOKIES
        context = {"dossier_id": str(dossier_id), "ended": ended}
        return render(request, "portal/not_open.html", context, 404)

    return guarded
