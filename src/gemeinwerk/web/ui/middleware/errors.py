"""Turns refusals into pages: one German sentence, the right status, nothing technical (S32)."""

from __future__ import annotations

import logging
import sys

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase

from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.core.kernel import DomainError, NotFoundError, RefusedError
from gemeinwerk.web.ui import again
from gemeinwerk.web.ui.problems import problem, wants_problem
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import Handler

log = logging.getLogger("gemeinwerk.web")


class ErrorMiddleware:
    """Catches what a view raises; the transaction around it is decided by the status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, named: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse NUL, which no keyboard types and no text column of PostgreSQL holds (S32)."""
        try:
            bad = _has_nul(request, named)
        except UnreadablePostError:  # the sender has hung up
            return error_page(request, "request.malformed", status=400)
        if bad:
            note(SecurityEvent.REQUEST_REFUSED, reason="nul")
            return error_page(request, "request.malformed", status=400)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals with 4xx; log what is our fault by kind only and answer 500 (S81)."""
        if isinstance(error, NotFoundError | Http404):
            return not_found(request)
        if isinstance(error, RefusedError):
            note(SecurityEvent.REFUSED, **_right(error))
            return not_found(request)
        if isinstance(error, TooManyTriesError):
            note(SecurityEvent.LIMIT_REACHED, wait=error.params.get("wait", 60))
            response = refused(request, error, status=429)
            response.headers["Retry-After"] = str(error.params.get("wait", 60))
            return response
        if isinstance(error, DomainError):
            return refused(request, error, status=409)
        if isinstance(error, RequestDataTooBig):
            return error_page(request, "request.too_large", status=413)
        if isinstance(error, SuspiciousOperation | BadRequest | UnicodeError):
            return error_page(request, "request.malformed", status=400)
        if isinstance(error, OperationalError | InterfaceError):
            return database_away(request, error)
        log.error("web.failure", exc_info=error)
        return error_page(request, "request.our_fault", status=500)


def database_away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The database is away or overloaded: nothing was changed, a minute later it works."""
    log.error("web.database_away", exc_info=error)
    response = error_page(request, "request.busy", status=503)
    response.headers["Retry-After"] = "60"
    return response


def _has_nul(request: HttpRequest, named: dict[str, object]) -> bool:
    values = [str(value) for value in named.values()]
    for data in (request.GET, request.POST):
        for name, listed in data.lists():
            values += [name, *map(str, listed)]
    return any("\0" in value for value in values)


def _right(error: RefusedError) -> dict[str, str]:
    right = error.params.get("right")
    return {"right": str(right)} if right else {}


def not_found(request: HttpRequest) -> HttpResponse:
    """Foreign and missing look the same (S04)."""
    return error_page(request, "request.not_found", status=404)


def refused(request: HttpRequest, error: DomainError, *, status: int) -> HttpResponse:
    """Show the sentence of a refusal."""
    if wants_problem(request):
        return problem(status, error.code, error.params)
    context = {"code": error.code, "params": error.params, "before": again.page_before(request)}
    return render(request, "error.html", context, status)


def error_page(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    """Show a page for a code without parameters."""
    if wants_problem(request):
        return problem(status, code)
    context = {"code": code, "params": {}, "before": again.page_before(request)}
    return render(request, "error.html", context, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from an old page or from elsewhere; nothing was changed (S52)."""
    note(SecurityEvent.CSRF_REFUSED)
    return again.shown(request) or error_page(request, "request.csrf", status=403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return not_found(request)


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, "request.malformed", status=400)


def handler500(request: HttpRequest) -> HttpResponse:
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return database_away(request, error)
    return error_page(request, "request.our_fault", status=500)
