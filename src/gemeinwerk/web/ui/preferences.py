"""What a visitor prefers (Sprache, Darstellung): kept in two small cookies, changed by POST."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gemeinwerk.web.ui import language

LANGUAGE_COOKIE: Final = "__Host-sprache"
THEME_COOKIE: Final = "__Host-darstellung"
_YEAR: Final = 365 * 24 * 3600
_THEMES = {"hell": "light", "dunkel": "dark", "automatisch": ""}


def preferences(request: HttpRequest) -> dict[str, str]:
    """Return `language` and `theme` ("" follows the system) for `request.page`."""
    theme = _THEMES.get(request.COOKIES.get(THEME_COOKIE, ""), "")
    return {"language": language.known(request.COOKIES.get(LANGUAGE_COOKIE)), "theme": theme}


@require_POST
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Answer POST `/sprache/<code>`: remember the language and go back to the page."""
    if code not in language.LANGUAGES:
        raise Http404
    return _remembered(request, LANGUAGE_COOKIE, code)


@require_POST
def choose_theme(request: HttpRequest, name: str) -> HttpResponse:
    """Answer POST `/darstellung/<name>` with hell, dunkel or automatisch."""
    if name not in _THEMES:
        raise Http404
    return _remembered(request, THEME_COOKIE, name)


def _remembered(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    answer = HttpResponseRedirect(_way_back(request))
    answer.set_cookie(cookie, value, max_age=_YEAR, secure=True, httponly=True, samesite="Lax")
    return answer


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("zurueck", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return target
    return "/"
