"""Heads of the chain outside the database: what shows that its end was cut off (S80)."""

from __future__ import annotations

from datetime import date

import msgspec

from gemeinwerk.apps import ports
from gemeinwerk.apps.audit import chain
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy


def export(day: date) -> None:
    """Write the head of this town for a day; the first one of a day stays."""
    head = chain.head()
    if head is not None:
        town = municipalities.town_by_id(tenancy.current_id())
        ports.audit_heads().put(town.key, day.isoformat(), msgspec.json.encode(head))


def exported_heads() -> list[chain.Head]:
    """Return every head of this town that was ever exported."""
    town = municipalities.town_by_id(tenancy.current_id())
    return [
        msgspec.json.decode(content, type=chain.Head)
        for content in ports.audit_heads().all(town.key)
    ]
