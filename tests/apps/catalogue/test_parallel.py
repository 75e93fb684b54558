"""Two first publications at the same moment: each service gets an address of its own."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from benchmarks.services import package_of_size
from tests.offices import make_towns

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_two_services_of_one_name_get_two_addresses(
    committed_db: Any, plugged: None, as_owner: Any
) -> None:
    from django.db import connection

    from gemeinwerk.apps.catalogue import actions
    from gemeinwerk.apps.municipalities import actions as municipalities
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.core.access import system

    with as_owner():
        town_id, _ = make_towns()
    actor = system(town_id, name="test")
    with tenancy.town(town_id):
        unit = municipalities.add_unit(actor=actor, name="Amt", email="a@x.example", phone="1")
    start = threading.Barrier(4)
    slugs: list[str] = []

    def publish(number: int) -> None:
        try:
            start.wait()
            with tenancy.town(town_id):
                package = replace(package_of_size(1, 10), key=f"doppelt-{number}", name="Doppelt")
                slugs.append(
                    actions.publish(
                        actor=actor, package=package, unit_id=unit.id, source="test", now=NOW
                    ).offer.slug
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(slugs) == 4
    assert "doppelt" in slugs
    assert len(set(slugs)) == 4
