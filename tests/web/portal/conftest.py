"""A town that decides on resident parking, for the tests of this folder."""

from typing import Any

import pytest

from tests.offices import lindenau, plugged, towns
from tests.parking import office
from tests.people import strict_sentences

__all__ = ["lindenau", "office", "plugged", "strict_sentences", "towns"]


@pytest.fixture
def running_office(
    committed_db: Any, plugged: None, as_owner: Any, as_worker: Any, monkeypatch: Any
) -> int:
    """Lindenau in a database of its own, with everything committed."""
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.connectors.virus_scan import StructuralScanner
    from gemeinwerk.web.ui.middleware.town import forget_towns
    from tests.offices import make_towns
    from tests.parking import Outside, open_office

    monkeypatch.setattr(ports.scanner, "_connector", StructuralScanner())
    forget_towns()
    with as_owner():
        town_id, _ = make_towns()
    with tenancy.town(town_id):
        open_office(town_id, Outside(), as_worker)
    return town_id
