"""The request as our views see it: with town, session, actor and language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from ipaddress import ip_address, ip_network
from typing import Any
from zoneinfo import ZoneInfo

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.core.access import Actor

BERLIN = ZoneInfo("Europe/Berlin")

Handler = Callable[[HttpRequest], HttpResponseBase]
"""What a middleware wraps."""


class PageRequest(WSGIRequest):
    """A request behind the middleware of `web.ui.middleware`."""

    town: Municipality | None
    session_row: Session | None
    new_session_token: str | None
    actor: Actor
    language: str
    page: dict[str, Any]

    @property
    def net(self) -> str:
        """The visitor's network for limits: /24 of IPv4, /64 of IPv6; never a header (S36)."""
        return network_of(self.META.get("REMOTE_ADDR", ""))

    @property
    def here(self) -> Municipality:
        """The town; only for routes that stand behind a town's host."""
        if self.town is None:
            raise LookupError("this route needs a town")
        return self.town


def network_of(address: str) -> str:
    """Return the network of an address, or "unknown"."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    width = 24 if parsed.version == 4 else 64
    return str(ip_network(f"{parsed}/{width}", strict=False))


def now() -> datetime:
    """Return the instant of the request; the one clock of `web`."""
    return timezone.now()


def today() -> date:
    """Return the day in Germany."""
    return now().astimezone(BERLIN).date()
