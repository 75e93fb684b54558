"""What the staff pages of steering read from forms: names, addresses, roles, units."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from gemeinwerk.core.access import Role
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.ui.request import PageRequest
from gemeinwerk.web.ui.roles import ROLE_NAMES

ROLES = tuple(
    (role, ROLE_NAMES[role], does)
    for role, does in (
        (Role.CASEWORKER, "bearbeitet Vorgänge ihrer Stellen"),
        (Role.TEAM_LEAD, "verteilt, bestätigt Ablehnungen, gibt Zugänge frei"),
        (Role.AUTHOR, "gestaltet und veröffentlicht Leistungen"),
        (Role.OPERATOR, "verwaltet Personal, sieht Alarme und Protokoll"),
        (Role.MAYOR, "sieht Zahlen und Protokoll, bestätigt"),
    )
)


class NameMissingError(DomainError):
    """A person needs a name."""

    code = "staff.name_missing"


class EmailWrongError(DomainError):
    """This is no address."""

    code = "staff.email_wrong"


class UnitNameMissingError(DomainError):
    """A unit needs a name."""

    code = "unit.name_missing"


def line(request: PageRequest, name: str, most: int) -> str:
    """Return one posted line: NFC, no control characters, at most so long."""
    typed = unicodedata.normalize("NFC", str(request.POST.get(name, "")))
    kept = "".join(sign for sign in typed if sign.isprintable() and sign not in "<>")
    return " ".join(kept.split())[:most]


def email(request: PageRequest, name: str = "email") -> str:
    """Return a posted address, or raise EmailWrongError."""
    text = line(request, name, 254).lower()
    local, at, domain = text.partition("@")
    if not (local and at and "." in domain.strip(".")) or " " in text or "@" in domain:
        raise EmailWrongError
    return text


def roles(request: PageRequest) -> list[Role]:
    """Return the ticked roles; what is no role is ignored (S13)."""
    known = {role.value for role, _, _ in ROLES}
    return [Role(text) for text in request.POST.getlist("rollen") if text in known]


def unit_ids(request: PageRequest) -> list[UUID]:
    """Return the ticked units; what is no id is ignored."""
    found = []
    for text in request.POST.getlist("stellen")[:500]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
