"""What people post at the desk: read, cut and refused in one place."""

from __future__ import annotations

from uuid import UUID

from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.request import PageRequest


def line(request: PageRequest, name: str, *, most: int = 300) -> str:
    """Return a posted line without control characters."""
    text = str(request.POST.get(name, ""))
    return "".join(sign for sign in text if sign.isprintable()).strip()[:most]


def text(request: PageRequest, name: str, *, most: int = 10_000) -> str:
    """Return a posted text with its line breaks, without other control characters."""
    typed = str(request.POST.get(name, "")).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in typed if sign.isprintable() or sign == "\n").strip()[:most]


def identifier(request: PageRequest, name: str) -> UUID:
    """Return a posted id, or raise NotFoundError."""
    try:
        return UUID(str(request.POST.get(name, "")))
    except ValueError:
        raise NotFoundError from None
