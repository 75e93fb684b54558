"""Security headers on every answer (S50, S51) and one structured log line per request (S81)."""

from __future__ import annotations

import logging
import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gemeinwerk.apps.security import trace
from gemeinwerk.core.kernel import new_id
from gemeinwerk.web.ui.request import Handler

log = logging.getLogger("gemeinwerk.web")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "object-src 'none'; base-uri 'none'; frame-src 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class SecurityHeaders:
    """Adds what a view has not set itself; gives the request an id."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        request.request_id = new_id()  # type: ignore[attr-defined]  # our own attribute
        # Not reset: Django logs after us, and the next request sets its own.
        trace.set(str(request.request_id))  # type: ignore[attr-defined]  # set above
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        self._log(request, response, time.perf_counter() - began)
        return response

    def _log(self, request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        match = request.resolver_match
        town = getattr(request, "town", None)
        log.info(
            "web.request",
            extra={
                "town": town.id if town else None,
                "method": _METHODS.get(request.method or "", "other"),
                # The route, not the path: paths hold ids of dossiers.
                "route": match.route if match else "",
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
            },
        )


_METHODS = {name: name for name in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")}
