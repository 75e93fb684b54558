"""Files and packages that tests of library, catalogue and studio share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from gemeinwerk.core.access import Actor, Role
from tests.paths import STANDARDS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
REAL = STANDARDS / "xdatenfelder"
PARKING = REAL / "xdf2" / "bewohnerparken"
PARKING_KEY = "s05000058"
CHILD_CARE = REAL / "xdf3" / "S05000001299V1.0.0_xdf3.xml.gz"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

ADDED = {
    "usual_days": 10,
    "identity_reason": "Die Angaben prüft ein Mensch.",
    "legal_bases": ("§ 1 Mustersatzung",),
    "purpose": "Wir bearbeiten Ihren Antrag.",
    "privacy_basis": "Art. 6 Abs. 1 Buchst. e DSGVO",
    "data_categories": ("Name und Anschrift",),
    "recipients": ("niemand sonst",),
    "retention_years": 5,
    "retention_reason": "Verjährung",
}


def files_of(*paths: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in paths]


def parking_files(*, lists: bool = True) -> list[tuple[str, bytes]]:
    pattern = "*.xml" if lists else "S*.xml"
    return files_of(*sorted(PARKING.glob(pattern)))


def author(town_id: int, *roles: Role) -> Actor:
    """Return a member of staff; without roles named: an author."""
    return Actor(
        kind="staff",
        municipality_id=town_id,
        staff_id=UUID(int=7),
        name="Ina Wolf",
        roles=frozenset(roles or (Role.AUTHOR,)),
    )


@pytest.fixture
def blocks(plugged: None) -> Iterator[None]:
    """Plug the shared blocks, so that forms of schemas ask for contact and delivery."""
    from gemeinwerk.apps import ports
    from gemeinwerk.project import content

    before = ports.shared_blocks._connector
    ports.shared_blocks.plug(content.blocks())
    yield
    ports.shared_blocks._connector = before


@pytest.fixture
def unit(lindenau: int) -> UUID:
    """An office of Lindenau."""
    from gemeinwerk.apps.municipalities import actions
    from gemeinwerk.core.access import system

    return actions.add_unit(actor=system(lindenau, name="test"), name="Bürgerbüro").id
