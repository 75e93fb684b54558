"""The door of every dossier page: open in this browser, or told how to open it (S10, S23)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from gemeinwerk.web.portal.views import rescue
from gemeinwerk.web.ui import language
from gemeinwerk.web.ui.middleware.session import COOKIE
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest

View = Callable[..., HttpResponse]


def own(view: View, *, again: View | None = None) -> View:
    """Let a view run only where this browser has opened the dossier of the address.

    Otherwise the page says what happened and asks for the access code. It is the same for
    foreign, expired and unknown dossiers (S04), so it tells nothing about them. `again` shows a
    form once more as it was typed when its page was too old to be taken (S52).
    """

    @wraps(view)
    def guarded(request: HttpRequest, **named: Any) -> HttpResponse:
        return _run(view, cast(PageRequest, request), named)

    def stale(request: HttpRequest, **named: Any) -> HttpResponse | None:
        page = cast(PageRequest, request)
        if again is not None or not _is_open(page, named):
            return _run(again or view, page, named)
        return None

    guarded.__dict__["again"] = stale
    return guarded


def _dossier(named: dict[str, Any]) -> UUID:
    found: UUID = named.get("draft_id") or named["dossier_id"]
    return found


def _is_open(page: PageRequest, named: dict[str, Any]) -> bool:
    return _dossier(named) in page.actor.dossier_ids


def _run(view: View, page: PageRequest, named: dict[str, Any]) -> HttpResponse:
    with language.spoken(page.language):
        return view(page, **named) if _is_open(page, named) else _closed(page, named)


def _closed(page: PageRequest, named: dict[str, Any]) -> HttpResponse:
    """Say that the dossier is not open here; what was typed stands on the page and goes on."""
    dossier_id = _dossier(named)
    if page.method == "POST" and "page_id" in named and "X-Autosave" not in page.headers:
        shown = rescue.typed_page(page, dossier_id, named["page_id"])
        if shown is not None:
            return shown
    ended = page.session_row is None and COOKIE in page.COOKIES
    text = page.POST.get("text", "") if page.method == "POST" else ""
    context = {"dossier_id": str(dossier_id), "ended": ended or bool(text), "text": text}
    return render(page, "portal/not_open.html", context, 404)
