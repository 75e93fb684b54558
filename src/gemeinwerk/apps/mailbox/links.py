"""Links and days as mails write them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.calendars import day_with_weekday


def of_dossier(dossier_id: UUID) -> str:
    """Return the address under which a person comes back; it opens nothing by itself (S10)."""
    return f"{of_town()}/weiter/{dossier_id}"


def of_part(part_id: UUID) -> str:
    """Return the address of the part another person fills in; it opens nothing by itself (S10)."""
    return f"{of_town()}/mitmachen/{part_id}"


def of_town() -> str:
    """Return the address of the portal of the current town."""
    town = municipalities.town_by_id(tenancy.current_id())
    return ports.addresses().of_town(town.slug)


def day(value: date | None, language: str) -> str:
    """Return "Freitag, 4. Dezember 2026", or "Friday, 4 December 2026"."""
    if value is None:
        return ""
    if language != "en":
        return day_with_weekday(value)
    return f"{_DAYS[value.weekday()]}, {value.day} {_MONTHS[value.month - 1]} {value.year}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# fmt: off
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)
