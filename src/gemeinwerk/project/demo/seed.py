"""Fills a new demo: towns, staff, services and cases, each state reached through actions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from gemeinwerk.apps.catalogue import actions as catalogue
from gemeinwerk.apps.library import actions as library
from gemeinwerk.apps.municipalities import actions as municipalities
from gemeinwerk.apps.municipalities import queries, tenancy
from gemeinwerk.core.access import Role, system
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.packages import Package
from gemeinwerk.project import content
from gemeinwerk.project.demo import cases, logins
from gemeinwerk.project.demo.towns import TOWNS, DemoTown

SINCE = date(2026, 1, 1)


def seed(*, now: datetime) -> None:
    """Fill the demo; a second call completes what is missing and repeats nothing."""
    packages = list(content.shipped_packages())
    for package in packages:
        library.shelve(package, now=now)
    for town in TOWNS:
        municipality_id = _town(town)
        with tenancy.town(municipality_id):
            if not queries.staff_members():
                units = _office(town, municipality_id, now)
                _services(town, municipality_id, packages, units, now)
        # A transaction of its own: whoever reads cases must see the services first.
        with tenancy.town(municipality_id):
            cases.seed_cases(town, now=now)


def _town(town: DemoTown) -> int:
    try:
        return queries.town_by_slug(town.slug).id
    except NotFoundError:
        made = municipalities.create_town(
            key=town.key,
            slug=town.slug,
            name=town.name,
            kind=town.kind,
            state=town.state,
            population=town.population,
            brand=town.brand,
            contact=town.contact,
            legal=town.legal,
        )
        return made.id


def _office(town: DemoTown, municipality_id: int, now: datetime) -> list[UUID]:
    actor = system(municipality_id, name="demo")
    units = [
        municipalities.add_unit(
            actor=actor,
            name=name,
            email=str(town.contact["email"]),
            phone=str(town.contact["phone"]),
        ).id
        for name in town.units
    ]
    for number, colleague in enumerate(town.staff, start=1):
        added = municipalities.add_staff(
            actor=actor,
            name=colleague.name,
            email=logins.address(town.slug, number),
            roles=[Role(role) for role in colleague.roles],
            unit_ids=_units_of(town, number - 1, units),
        )
        logins.give(added.id, now=now)
    return units


def _units_of(town: DemoTown, index: int, units: list[UUID]) -> list[UUID]:
    """Leads and the mayor look after every unit, caseworkers after their own."""
    colleague = town.staff[index]
    everywhere = {"team_lead", "mayor"} & set(colleague.roles)
    return units if everywhere else [units[colleague.unit]]


def _services(
    town: DemoTown,
    municipality_id: int,
    packages: list[Package],
    units: list[UUID],
    now: datetime,
) -> None:
    actor = system(municipality_id, name="demo")
    for package in packages:
        settings = town.settings.get(package.key)
        if settings is None:
            continue
        for name, value in settings.items():
            municipalities.set_parameter(
                actor=actor,
                service_key=package.key,
                name=name,
                value=value,
                valid_from=SINCE,
                norm="Beschluss des Rates der Vorführgemeinde",
                now=now,
            )
        catalogue.publish(
            actor=actor,
            package=package,
            unit_id=units[cases.unit_index(package.key, len(units))],
            source=f"package {package.key} {package.version}",
            now=now,
        )
