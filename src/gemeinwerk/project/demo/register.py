"""The demo's fictitious residents' register: every invented applicant lives in every demo town."""

from __future__ import annotations

from gemeinwerk.connectors.residents_register import FictitiousRegister, Resident
from gemeinwerk.project.demo.cases import PEOPLE, street_of
from gemeinwerk.project.demo.towns import TOWNS


def fictitious() -> FictitiousRegister:
    """Return the register with the demo's people."""
    return FictitiousRegister(
        {
            town.key: [
                Resident(
                    family_name=person.family_name,
                    first_names=person.given_names,
                    born_on=person.birth_date,
                    street=street_of(person, town),
                    house_number=person.house_number,
                    postcode=str(town.contact["postal_code"]),
                    city=town.name,
                )
                for person in PEOPLE
            ]
            for town in TOWNS
        }
    )
