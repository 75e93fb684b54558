"""A town that decides on resident parking, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.offices import lindenau, plugged, towns
from tests.parking import Office, Outside, open_office

__all__ = ["lindenau", "office", "plugged", "towns"]


@pytest.fixture
def office(
    lindenau: int,
    as_worker: Callable[[], AbstractContextManager[None]],
    as_owner: Callable[[], AbstractContextManager[None]],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """Lindenau with its office; what is outside stands in `office.outside`."""
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.municipalities.models import Municipality
    from gemeinwerk.connectors.virus_scan import StructuralScanner

    outside = Outside()
    for port, connector in (
        (ports.mail_delivery, outside),
        (ports.residents_register, outside),
        (ports.addresses, outside),
        (ports.scanner, StructuralScanner()),
        (ports.typesetter, _press()),
    ):
        monkeypatch.setattr(port, "_connector", connector)
    with as_owner():
        Municipality.objects.filter(pk=lindenau).update(
            contact={"street": "Markt 1", "postal_code": "99990", "city": "Lindenau"},
            legal={
                "authority": "Stadt Lindenau",
                "court": {
                    "name": "Verwaltungsgericht Musterburg",
                    "street": "Gerichtsplatz 2",
                    "postal_code": "99991",
                    "city": "Musterburg",
                },
            },
        )
    return open_office(lindenau, outside, as_worker)


_made: list[object] = []


def _press() -> object:
    from gemeinwerk.project.press import Press

    if not _made:
        _made.append(Press())
    return _made[0]
