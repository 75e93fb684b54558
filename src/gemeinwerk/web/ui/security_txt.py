"""`/.well-known/security.txt` (RFC 9116): whom to tell about a hole, and until when (S97)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, cast
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.request import PageRequest

# Moved forward by each release: whoever runs an old one should not promise to answer.
RELEASED_ON: Final = date(2026, 11, 22)
LIFE: Final = timedelta(days=364)  # RFC 9116 recommends less than a year


def expires() -> datetime:
    """Return the instant after which the file must no longer be trusted."""
    return datetime.combine(RELEASED_ON + LIFE, time(), UTC)


def content(*, email: str, address: str) -> str:
    """Return the file for one town; `address` is its own URL."""
    lines = {
        "Contact": f"mailto:{quote(email, safe='@+')}",
        "Expires": expires().isoformat().replace("+00:00", "Z"),
        "Preferred-Languages": "de, en",
        "Canonical": address,
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Name the town's contact for security (`legal.security_contact`), else its office."""
    town = cast(PageRequest, request).here
    email = str(town.legal.get("security_contact") or town.contact.get("email") or "")
    if not email:
        raise NotFoundError
    text = content(email=email, address=request.build_absolute_uri(request.path))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
