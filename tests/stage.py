"""`python -m tests.stage DATA`: found one town with one service in a data folder of its own.

For tests that start the real processes; prints the address part of the service.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime


def main(data: str) -> str:
    """Return where the service is to be found."""
    os.environ |= {"GEMEINWERK_DATA": data, "GEMEINWERK_MODE": "test"}
    os.environ.pop("DATABASE_URL", None)
    from gemeinwerk.project import django_setup

    django_setup.start("owner", new=True)
    from benchmarks.services import package_of_size
    from gemeinwerk.apps.catalogue import actions as catalogue
    from gemeinwerk.apps.municipalities import actions, tenancy
    from gemeinwerk.core.access import system

    town = actions.create_town(
        key="990000000001",
        slug="lindenau",
        name="Lindenau",
        kind="Stadt",
        state="BW",
        population=12_000,
        brand={"colour": "#1a3da5"},
        contact={"email": "rathaus@lindenau.example"},
        legal={},
    )
    actor = system(town.id, name="test")
    with tenancy.town(town.id):
        unit = actions.add_unit(actor=actor, name="Bürgerbüro", email="amt@x.example", phone="1")
        version = catalogue.publish(
            actor=actor,
            package=package_of_size(3, 10),
            unit_id=unit.id,
            source="test",
            now=datetime.now(UTC),
        )
        return version.offer.slug


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]))
