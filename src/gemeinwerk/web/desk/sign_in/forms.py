"""What sign-in pages share: one posted field, the errors of a page, the site of passkeys."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpResponse

from gemeinwerk.apps.identity.errors import WeakPasswordError
from gemeinwerk.apps.identity.passkeys import Site
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest
from gemeinwerk.web.ui.wording import sentence


def posted(request: PageRequest, name: str, *, most: int = 600) -> str:
    """Return a posted field without control characters, cut to a length no honest input has."""
    text = str(request.POST.get(name, ""))
    return "".join(sign for sign in text if sign.isprintable())[:most]


def again(
    request: PageRequest,
    template: str,
    context: Mapping[str, object],
    error: DomainError,
    field: str,
) -> HttpResponse:
    """Show a page again with its error in the summary and at the field."""
    text = spoken(error)
    shown = {
        **context,
        "errors": [{"href": f"#{field}", "text": text}],
        "error_at": {field: text},
    }
    return render(request, template, shown, status=422)


def spoken(error: DomainError) -> str:
    """Return the sentence of a refusal."""
    if isinstance(error, WeakPasswordError):
        return sentence(f"password.{error.reason}")
    return sentence(error.code, error.params)


def site(request: PageRequest) -> Site:
    """Return for which host passkeys are made: the town's host without port."""
    host = request.get_host()
    name = host.rsplit(":", 1)[0]
    origins = [f"https://{host}"]
    # Browsers count `*.localhost` as a secure context; nothing else may come without TLS.
    if name.endswith("localhost") and str(settings.BASE_DOMAIN) == "localhost":
        origins.append(f"http://{host}")
    return Site(name, request.here.name, tuple(origins))
