"""A form whose page was too old to be taken is shown once more, so that nothing typed is lost.

Only for forms that came from our own pages, as the browser itself says: what another site made a
browser send is never offered for sending again (S52).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.ui.render import render

SECRETS = frozenset({"passwort", "wiederholt", "neu", "code", "csrfmiddlewaretoken"})
MOST = 200_000
"""Characters; a form that is larger is not carried along."""
TYPED = 20
"""A text of this length, or with a space, was written by the person and is shown to her."""


def shown(request: HttpRequest) -> HttpResponse | None:
    """Return the page that keeps what was typed, or None when there is nothing to keep safely."""
    if request.method != "POST" or not from_here(request):
        return None
    match = request.resolver_match
    own: Callable[..., HttpResponse | None] | None = getattr(match and match.func, "again", None)
    if match is not None and own is not None:
        try:
            answer = own(request, **match.kwargs)
        except DomainError:
            return None
        if answer is not None:
            answer.status_code = 403
            return answer
    return _generic(request)


def from_here(request: HttpRequest) -> bool:
    """Tell whether the browser says that one of our own pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return source.netloc == request.get_host()


def _generic(request: HttpRequest) -> HttpResponse | None:
    fields = [
        {"name": name, "value": value}
        for name in request.POST
        for value in request.POST.getlist(name)
        if name != "csrfmiddlewaretoken"
    ]
    size = sum(len(one["name"]) + len(one["value"]) for one in fields)
    if SECRETS & set(request.POST) - {"csrfmiddlewaretoken"} or size > MOST:
        return None
    texts = [one["value"] for one in fields if len(one["value"]) >= TYPED or " " in one["value"]]
    context = {
        "fields": fields,
        "texts": texts,
        "with_files": bool(request.FILES),
        "address": request.get_full_path(),
        "before": page_before(request) or "/",
    }
    return render(request, "again.html", context, 403)


def page_before(request: HttpRequest) -> str:
    """Return the page of ours from which she came, if the browser tells it, else ""."""
    source = urlsplit(request.headers.get("Referer") or "")
    try:
        ours = source.netloc == request.get_host()
    except DisallowedHost:
        return ""
    return source.path if ours and source.path.startswith("/") else ""
