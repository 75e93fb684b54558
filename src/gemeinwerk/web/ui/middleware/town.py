"""Finds the town by host name; runs the request in one transaction behind its wall (S03, S36)."""

from __future__ import annotations

import time
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gemeinwerk.apps.municipalities import queries, tenancy
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.middleware.database import ready_connection
from gemeinwerk.web.ui.middleware.errors import database_away, not_found
from gemeinwerk.web.ui.request import Handler, PageRequest

KEEP_SECONDS = 30.0
_known: dict[str, tuple[float, Municipality]] = {}


class TownMiddleware:
    """`TOWN.<base domain>` belongs to a town; the bare base domain is the start page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        page = cast(PageRequest, request)
        # Django makes a WSGIRequest; ours adds only properties, so the same object serves.
        page.__class__ = PageRequest
        page.town = None
        try:
            slug = _slug(request.get_host())
        except DisallowedHost:
            return not_found(request)
        if request.path.startswith("/static/"):
            return self.get_response(request)
        try:
            ready_connection()
            if not slug:
                request.urlconf = "gemeinwerk.project.start_urls"
                return self.get_response(request)
            return self._behind_wall(page, slug)
        except NotFoundError:
            return not_found(request)
        except (OperationalError, InterfaceError) as error:
            page.town = None
            return database_away(request, error)

    def _behind_wall(self, page: PageRequest, slug: str) -> HttpResponseBase:
        page.town = town_of(slug)
        with tenancy.town(page.town.id):
            response = self.get_response(page)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        # Only now is everything committed: what the answer promises has happened (S60).
        return response


def town_of(slug: str) -> Municipality:
    """Return the town of a host name, remembered for a short while."""
    now = time.monotonic()
    kept = _known.get(slug)
    if kept and now - kept[0] < KEEP_SECONDS:
        return kept[1]
    found = queries.town_by_slug(slug)
    _known[slug] = (now, found)
    return found


def forget_towns() -> None:
    """Drop what is remembered (after a change of a town, and between tests)."""
    _known.clear()


def _slug(host: str) -> str:
    name = host.rsplit(":", 1)[0].lower().rstrip(".")
    base: str = settings.BASE_DOMAIN
    if name in (base, "127.0.0.1"):
        return ""
    slug = name.removesuffix(f".{base}")
    if slug == name or "." in slug:
        raise DisallowedHost
    return slug
