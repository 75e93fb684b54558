"""The one trusted proxy (S36): only from its address do forwarding headers count.

From it, the address it saw, the scheme and the host take the place of the connection's own;
from anybody else they are dropped before any other code can read them. In production nothing
is answered without TLS.
"""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

from gemeinwerk.apps.security import SecurityEvent, note
from gemeinwerk.web.ui.middleware.errors import error_page
from gemeinwerk.web.ui.request import Handler

FORWARDING = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_SERVER",
    "HTTP_X_ORIGINAL_URL",
    "HTTP_X_REAL_IP",
    "HTTP_X_REWRITE_URL",
)


# A monitor on this machine asks without TLS and without any proxy in between.
FOR_MONITORS = ("/gesundheit", "/metriken")


class ProxyMiddleware:
    """Takes the words of the trusted proxy for true, and nobody else's."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        environment = settings.ENVIRONMENT
        said = {name: str(request.META.pop(name, "")) for name in FORWARDING}
        sender = _address(request.META.get("REMOTE_ADDR", ""))
        forwarded = any(said.values())
        if forwarded and environment.proxy and sender == environment.proxy:
            _believe(request, said)
        if environment.mode != "production" or request.is_secure():
            return self.get_response(request)
        if request.path in FOR_MONITORS and not forwarded and _is_loopback(sender):
            return self.get_response(request)
        return _refuse_plain(request)


def _believe(request: HttpRequest, said: dict[str, str]) -> None:
    # The last entry is the one our proxy added; what stands before it came from outside.
    visitor = _address(said["HTTP_X_FORWARDED_FOR"].rpartition(",")[2])
    # Nobody comes through a proxy from this very machine; pages for its monitors trust that.
    request.META["REMOTE_ADDR"] = "" if _is_loopback(visitor) else visitor
    secure = said["HTTP_X_FORWARDED_PROTO"].strip().lower() == "https"
    request.META["wsgi.url_scheme"] = request.environ["wsgi.url_scheme"] = (  # type: ignore[attr-defined]  # a WSGIRequest
        "https" if secure else "http"
    )
    if host := said["HTTP_X_FORWARDED_HOST"].strip():
        # Checked like any other host name by `get_host()`.
        request.META["HTTP_HOST"] = host


def _refuse_plain(request: HttpRequest) -> HttpResponseBase:
    """Send a reader to the same page under TLS; what was posted in the clear is not taken."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return error_page(request, "request.malformed", status=400)
    if request.method not in ("GET", "HEAD"):
        note(SecurityEvent.REQUEST_REFUSED, reason="plain_http")
        return error_page(request, "request.plain", status=403)
    return HttpResponsePermanentRedirect(f"https://{host}{request.get_full_path()}")


def _is_loopback(address: str) -> bool:
    return bool(address) and ip_address(address).is_loopback


def _address(text: str) -> str:
    """Return the one spelling of an address without port, "" when it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
