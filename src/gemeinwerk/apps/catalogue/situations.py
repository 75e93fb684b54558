"""The life situations (Lebenslagen) by which people look for a service."""

from __future__ import annotations

LIFE_SITUATIONS = {
    "moving": "Umziehen und wohnen",
    "mobility": "Auto und Verkehr",
    "animals": "Tiere",
    "family": "Familie und Kinder",
    "business": "Gewerbe und Veranstaltungen",
    "documents": "Ausweise und Urkunden",
}
