"""What all staff pages share: only signed-in staff come in, and the links they see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from gemeinwerk.core.access import Actor, Right, holds
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.request import PageRequest

SIGN_IN = "/amt/anmelden"
SIGN_OUT = "/amt/abmelden"

StaffView = Callable[..., HttpResponse]

_LINKS: tuple[tuple[str, str, str, tuple[Right, ...]], ...] = (
    ("inbox", "Eingang", "/amt/", (Right.SEE_INBOX,)),
    ("studio", "Werkstatt", "/werkstatt/", (Right.EDIT_SERVICE,)),
    ("alarms", "Betrieb", "/leitung/", (Right.SEE_ALARMS,)),
    ("figures", "Zahlen", "/leitung/zahlen", (Right.SEE_FIGURES,)),
    ("people", "Personal", "/leitung/personal", (Right.MANAGE_STAFF,)),
    ("keys", "Schlüssel", "/leitung/schluessel", (Right.MANAGE_KEYS,)),
    ("recoveries", "Wiederherstellung", "/leitung/wiederherstellung", (Right.RESET_SECOND_FACTOR,)),
    ("archive", "Archiv", "/leitung/archiv", (Right.SHRED_CASE,)),
    ("audit", "Protokoll", "/leitung/protokoll", (Right.READ_AUDIT,)),
    ("access", "Mein Zugang", "/amt/zugang", ()),
)


def staff_only(view: Callable[..., HttpResponse]) -> StaffView:
    """Let signed-in staff of this town in; send others to the sign-in (a POST finds nothing)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        page = cast(PageRequest, request)
        if page.actor.kind != "staff":
            if page.town is None or request.method not in ("GET", "HEAD"):
                raise NotFoundError
            return HttpResponseRedirect(f"{SIGN_IN}?weiter={quote(request.path)}")
        page.page = {
            **page.page,
            "nav_links": links(page.actor),
            "sign_out_url": SIGN_OUT,
            "wide": True,
        }
        return view(request, *args, **named)

    return guarded


def links(actor: Actor) -> list[dict[str, str]]:
    """Return the links of the header that this person has a use for."""
    return [
        {"key": key, "label": label, "href": href}
        for key, label, href, rights in _LINKS
        if not rights or any(holds(actor, right) for right in rights)
    ]


def own_path(target: str, default: str) -> str:
    """Return where to go on, if it lies on this host, else the default (S36)."""
    inside = target.startswith("/") and "\\" not in target
    if inside and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return default
