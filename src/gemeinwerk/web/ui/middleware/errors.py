"""Turns refusals into pages: one German sentence, the right status, nothing technical (S32)."""

from __future__ import annotations

import logging

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.core.kernel import DomainError, NotFoundError, RefusedError
from gemeinwerk.web.ui.middleware.headers import Handler
from gemeinwerk.web.ui.render import render

log = logging.getLogger("gemeinwerk.web")


class ErrorMiddleware:
    """Catches what a view raises; the transaction around it is decided by the status."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer refusals with 4xx; log what is our fault by kind only and answer 500 (S81)."""
        if isinstance(error, NotFoundError | RefusedError | Http404):
            return not_found(request)
        if isinstance(error, TooManyTriesError):
            response = refused(request, error, status=429)
            response.headers["Retry-After"] = str(error.params.get("wait", 60))
            return response
        if isinstance(error, DomainError):
            return refused(request, error, status=409)
        if isinstance(error, RequestDataTooBig):
            return error_page(request, "request.too_large", status=413)
        if isinstance(error, SuspiciousOperation | BadRequest | UnicodeError):
            return error_page(request, "request.malformed", status=400)
        log.exception("web.failure", extra={"request": str(getattr(request, "request_id", ""))})
        return error_page(request, "request.our_fault", status=500)


def not_found(request: HttpRequest) -> HttpResponse:
    """Foreign and missing look the same (S04)."""
    return error_page(request, "request.not_found", status=404)


def refused(request: HttpRequest, error: DomainError, *, status: int) -> HttpResponse:
    """Show the sentence of a refusal."""
    return render(request, "error.html", {"code": error.code, "params": error.params}, status)


def error_page(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    """Show a page for a code without parameters."""
    return render(request, "error.html", {"code": code, "params": {}}, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from an old page or from elsewhere; nothing was changed (S52)."""
    return error_page(request, "request.csrf", status=403)


def handler404(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return not_found(request)


def handler400(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, "request.malformed", status=400)


def handler500(request: HttpRequest) -> HttpResponse:
    return error_page(request, "request.our_fault", status=500)
