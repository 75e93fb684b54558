"""Entries with pages of their own: how an address names one, and where its page leads.

The applicant and every other person (Beteiligte) fill them in the same way.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from gemeinwerk.core.forms import PageReading
from gemeinwerk.web.ui.request import PageRequest

_CHECK = "pruefen"


def opened(request: PageRequest) -> str:
    """Return the entry that was sent or that the address names, "" for the whole page."""
    return request.POST.get("_entry", "") or request.GET.get("eintrag", "")


def go_on(request: PageRequest, page_href: str, reading: PageReading) -> str:
    """Return the address of the entry to open now, or of the list of entries."""
    spot = f"#{reading.focus}" if reading.focus and not reading.go else ""
    return _address(request, page_href, entry=reading.go or "") + spot


def around(
    request: PageRequest, shown: dict[str, Any], *, page_href: str, before: str
) -> dict[str, Any]:
    """Return a page with its ways out: an entry leads back to its list, a page to `before`."""
    return {
        "view": shown,
        "back": _address(request, page_href) if shown["entry"] else before,
        "to_check": _to_check(request),
        "address": request.get_full_path(),
        "focus": "",
    }


def _address(request: PageRequest, page_href: str, *, entry: str = "") -> str:
    wanted = {"eintrag": entry, "zurueck": _CHECK if _to_check(request) else ""}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return page_href + (f"?{query}" if query else "")


def _to_check(request: PageRequest) -> bool:
    return request.GET.get("zurueck") == _CHECK
