"""The names of roles (Rollen) for people; free of Django, for the launcher says them, too."""

from __future__ import annotations

from typing import Final

from gemeinwerk.core.access import Role

ROLE_NAMES: Final[dict[str, str]] = {
    Role.CASEWORKER: "Sachbearbeitung",
    Role.TEAM_LEAD: "Teamleitung",
    Role.AUTHOR: "Redaktion",
    Role.OPERATOR: "Betrieb",
    Role.MAYOR: "Rathausspitze",
}
"""The one name of each role, on every page and in the handbook."""
