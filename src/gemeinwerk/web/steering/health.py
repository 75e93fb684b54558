"""Health (Gesundheit) and metrics (Metriken) for machines: states and numbers, no details."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.portfolio import queries
from gemeinwerk.core.kernel import NotFoundError, crypto
from gemeinwerk.web.ui.request import PageRequest, now

log = logging.getLogger("gemeinwerk.health")

_LOOPBACK = ("127.0.0.1", "::1")


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """/gesundheit: 200 when database and key store answer, else 503."""
    parts = {"database": _answers(_ask_database), "keys": _answers(_ask_keys)}
    well = all(parts.values())
    words = {name: "ok" if good else "failed" for name, good in parts.items()}
    content = {"status": "ok" if well else "failed", **words}
    return JsonResponse(content, status=200 if well else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """/metriken: readings of all towns in Prometheus' text format; loopback or token only."""
    if not _may_read(request):
        raise NotFoundError
    lines = ["# TYPE gemeinwerk_reading gauge", "# TYPE gemeinwerk_alarm gauge"]
    for town in municipalities.all_towns():
        with tenancy.town(town.id):
            for each in queries.readings(now()):
                label = f'{{town="{town.slug}",key="{each.key}"}}'
                lines.append(f"gemeinwerk_reading{label} {each.value}")
                lines.append(f"gemeinwerk_alarm{label} {int(each.alarm)}")
    text = "\n".join(lines) + "\n"
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def _answers(ask: Callable[[], None]) -> bool:
    """Ask; a failure is logged by kind only and means no (S82)."""
    try:
        ask()
    except Exception as failure:
        log.warning("health.failed", extra={"kind": type(failure).__name__})
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_keys() -> None:
    for town in municipalities.all_towns()[:1]:
        ports.key_store().town_key(town.id)


def _may_read(request: HttpRequest) -> bool:
    """The address is the visitor's own: `middleware.proxy` has put it in the proxy's place."""
    page = cast(PageRequest, request)
    if page.town is not None:
        return False
    token = _token()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and crypto.same(given.encode(), token.encode()):
        return True
    return request.META.get("REMOTE_ADDR") in _LOOPBACK


def _token() -> str:
    path = Path(settings.ENVIRONMENT.data) / "secrets" / "metrics.secret"
    return path.read_text().strip() if path.exists() else ""
