"""The people of the tests: Anna owns a case, Ben works on it, Carla of another town sees nothing.

Petra leads Ben's team, Oke works in another unit, Ada is an author of the town. All are made by
actions; `client_of("Ben")` is the browser of Ben, signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.offices import hire, operator
from tests.parking import Office, apply

ClientOf = Callable[[str], Any]


@pytest.fixture
def annas_case(office: Office) -> UUID:
    """A fresh case of Anna with all evidence, opened as the worker would; nobody has it yet."""
    from django.utils import timezone

    from gemeinwerk.apps.cases import actions

    dossier_id = apply(office, now=timezone.now())
    actions.open_case(dossier_id, now=timezone.now())
    return dossier_id


@pytest.fixture
def bens_case(office: Office, annas_case: UUID) -> UUID:
    """Anna's case, claimed by Ben."""
    from django.utils import timezone

    from gemeinwerk.apps.cases import actions

    actions.claim(actor=office.actor("Ben"), case_id=annas_case, now=timezone.now())
    return annas_case


@pytest.fixture
def strict_sentences() -> Iterator[None]:
    """A text without entry fails the test."""
    from django.test import override_settings

    with override_settings(STRICT_SENTENCES=True):
        yield


@pytest.fixture
def client_of(
    office: Office, towns: tuple[int, int], annas_case: UUID, strict_sentences: None
) -> ClientOf:
    """Return the browser of somebody, signed in; "Nobody" has not signed in."""
    from django.test import Client

    known: dict[str, str] = {}

    def come_in(name: str) -> Any:
        town = "birkenfurt" if name == "Carla" else "lindenau"
        client = Client(headers={"host": f"{town}.localhost"})
        if name != "Nobody":
            if name not in known:
                known[name] = _token(name, office, towns, annas_case)
            client.cookies["__Host-session"] = known[name]
        return client

    return come_in


def _token(name: str, office: Office, towns: tuple[int, int], dossier_id: UUID) -> str:
    from django.utils import timezone

    from gemeinwerk.apps.identity import actions as identity
    from gemeinwerk.apps.municipalities import actions as municipalities
    from gemeinwerk.apps.municipalities import tenancy

    now = timezone.now()
    if name == "Anna":
        session, token = identity.begin_session(now=now)
        identity.remember_dossier(session, dossier_id)
        return token
    if name == "Carla":
        with tenancy.town(towns[1]):
            unit = municipalities.add_unit(actor=operator(towns[1]), name="Ordnungsamt").id
            carla = hire(towns[1], "Carla Weber", "caseworker", "team_lead", units=(unit,), at=now)
            return identity.begin_session(now=now, staff_id=carla.id)[1]
    if name == "Ada":
        ada = hire(office.town_id, "Ada Krause", "author", units=(office.unit_id,), at=now)
        return identity.begin_session(now=now, staff_id=ada.id)[1]
    return identity.begin_session(now=now, staff_id=office.staff[name])[1]
