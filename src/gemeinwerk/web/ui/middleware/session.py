"""Loads the session of the cookie and names the actor; sets and clears the cookie (S23)."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gemeinwerk.apps.identity import actions, queries
from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.core.access import anonymous
from gemeinwerk.web.ui.preferences import preferences
from gemeinwerk.web.ui.request import Handler, PageRequest, now

COOKIE = "__Host-session"
_DEMO = settings.ENVIRONMENT.mode == "demo"


class SessionMiddleware:
    """`request.actor` is who acts; a session row is made only when something begins."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = cast(PageRequest, request)
        page.session_row, page.new_session_token = None, None
        chosen = preferences(request)
        page.language = chosen["language"]
        page.actor = anonymous()
        page.page = {**chosen, "demo": _DEMO}
        if page.town is not None and not request.path.startswith("/static/"):
            token = request.COOKIES.get(COOKIE)
            if token:
                page.session_row = queries.session_by_token(token, now=now())
            page.actor = queries.actor_of(page.session_row, page.town.id)
            if page.session_row is not None:
                actions.touch(page.session_row, now=now())
            page.page |= {
                "town": _shown(page.town),
                "staff": _staff(page),
                "leaving": page.actor.kind == "citizen",
            }
        response = self.get_response(request)
        if page.new_session_token:
            set_cookie(response, COOKIE, page.new_session_token)
        return response


def _shown(town: Municipality) -> dict[str, Any]:
    return {
        "name": town.name,
        "slug": town.slug,
        "kind": town.kind,
        "state": town.state,
        "contact": town.contact,
        "brand": town.brand,
    }


def _staff(request: PageRequest) -> dict[str, object] | None:
    if request.actor.kind != "staff":
        return None
    return {"name": request.actor.name, "roles": sorted(request.actor.roles)}


def ensure_session(request: PageRequest) -> Session:
    """Return the session of this browser, begun now when there is none."""
    if request.session_row is None:
        request.session_row, request.new_session_token = actions.begin_session(now=now())
    return request.session_row


def sign_in(request: PageRequest, session: Session, token: str) -> None:
    """Exchange the session for a new one (new id at login)."""
    if request.session_row is not None:
        actions.end_session(request.session_row)
    request.session_row, request.new_session_token = session, token


def renew(request: PageRequest) -> Session:
    """Give the session of this browser a new id, because it may open more from now on (S23)."""
    if request.session_row is None:
        return ensure_session(request)
    old = request.session_row
    request.session_row, request.new_session_token = actions.renew_session(old)
    return request.session_row


def forget(response: HttpResponse) -> HttpResponse:
    """Have the browser forget everything of this host."""
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    response.cookies[COOKIE]["secure"] = True
    return response


def set_cookie(response: HttpResponseBase, name: str, value: str) -> None:
    """Set a host-only cookie: Secure, HttpOnly, SameSite=Lax."""
    response.set_cookie(name, value, secure=True, httponly=True, samesite="Lax", path="/")
