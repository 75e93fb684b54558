"""Two small towns with staff who can sign in; fixtures for what concerns staff and operators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pyotp
import pytest

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSWORD = "Sieben Enten am Teich"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff who has set up her access."""

    id: UUID
    email: str
    secret: str

    def code(self, at: datetime) -> str:
        return pyotp.TOTP(self.secret).at(at)


@pytest.fixture
def plugged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Real stores in a folder of this test; Argon2id with little work, so that tests are quick."""
    from django.contrib.auth.hashers import Argon2PasswordHasher

    from gemeinwerk.apps import ports
    from gemeinwerk.connectors.audit_heads import HeadFolder
    from gemeinwerk.connectors.file_store import FileStore
    from gemeinwerk.connectors.key_store import KeyStore
    from gemeinwerk.project import reactions

    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    plugs = [
        (ports.key_store, KeyStore(tmp_path / "keys", life=0)),
        (ports.file_store, FileStore(tmp_path / "files")),
        (ports.audit_heads, HeadFolder(tmp_path / "audit-heads")),
        (ports.reactions, reactions.names_by_event()),
    ]
    before = [port._connector for port, _ in plugs]
    for port, connector in plugs:
        port.plug(connector)
    yield
    for (port, _), connector in zip(plugs, before, strict=True):
        port._connector = connector


@pytest.fixture
def towns(
    db: None, plugged: None, as_owner: Callable[[], AbstractContextManager[None]]
) -> Iterator[tuple[int, int]]:
    """The ids of Lindenau (ours) and Birkenfurt (the other town)."""
    from gemeinwerk.web.ui.middleware.town import forget_towns

    forget_towns()
    with as_owner():
        ids = make_towns()
    yield ids
    forget_towns()


def make_towns() -> tuple[int, int]:
    """Create both towns; the running role must be the owner."""
    from gemeinwerk.apps.municipalities.actions import create_town

    first, second = (
        create_town(
            key=key,
            slug=name.lower(),
            name=name,
            kind="Stadt",
            state="BW",
            population=12_000,
            brand={"colour": "#1a3da5"},
            contact={"email": f"rathaus@{name.lower()}.example"},
            legal={},
        ).id
        for key, name in (("990000000001", "Lindenau"), ("990000000002", "Birkenfurt"))
    )
    return first, second


@pytest.fixture
def lindenau(towns: tuple[int, int]) -> Iterator[int]:
    """Run the test in the name of Lindenau."""
    from gemeinwerk.apps.municipalities import tenancy

    with tenancy.town(towns[0]):
        yield towns[0]


def operator(town_id: int):  # type: ignore[no-untyped-def]  # the actor is imported late
    """Return the actor of a command."""
    from gemeinwerk.core.access import system

    return system(town_id, name="test")


def hire(
    town_id: int, name: str, *roles: str, units: tuple[UUID, ...] = (), at: datetime = NOW
) -> Person:
    """Add a person by actions and let her set up her access."""
    from gemeinwerk.apps.identity import enrolment, factors, office
    from gemeinwerk.core.access import Role

    email = f"{name.split()[0].lower()}@rathaus.example"
    staff, code = office.add_person(
        actor=operator(town_id),
        name=name,
        email=email,
        roles=[Role(role) for role in roles],
        unit_ids=units,
        now=at,
    )
    session, _ = enrolment.begin(email=email, code=code, net="hire", now=at)
    secret = factors.offered_secret(session, staff.id)
    moment = at - timedelta(minutes=5)  # so that tests have fresh codes at NOW
    session.created_at = moment
    enrolment.finish(session, password=PASSWORD, code=pyotp.TOTP(secret).at(moment), now=moment)
    return Person(staff.id, email, secret)


@pytest.fixture
def staff_pages() -> Iterator[None]:
    """Only the staff pages are routed; a text without entry fails the test."""
    from django.test import override_settings

    with override_settings(ROOT_URLCONF="tests.web.staff_routes", STRICT_SENTENCES=True):
        yield


Browser = Callable[..., Any]


@pytest.fixture
def browser(towns: tuple[int, int], staff_pages: None) -> Browser:
    """Return a maker of browsers: `browser()` for Lindenau, `browser("birkenfurt")`."""
    from django.test import Client

    def open_one(town: str = "lindenau", **options: Any) -> Any:
        return Client(headers={"host": f"{town}.localhost"}, **options)

    return open_one


@pytest.fixture
def signed_in(browser: Browser, towns: tuple[int, int]) -> Browser:
    """Return a maker of browsers of signed-in staff: `signed_in("Ben Arslan", "caseworker")`."""
    from django.utils import timezone

    from gemeinwerk.apps.identity.actions import begin_session
    from gemeinwerk.apps.municipalities import tenancy

    def come_in(
        name: str, *roles: str, town: str = "lindenau", units: tuple[UUID, ...] = ()
    ) -> Any:
        town_id = towns[0] if town == "lindenau" else towns[1]
        with tenancy.town(town_id):
            person = hire(town_id, name, *roles, units=units, at=timezone.now())
            _, token = begin_session(now=timezone.now(), staff_id=person.id)
        client = browser(town)
        client.cookies["__Host-session"] = token
        client.person = person
        return client

    return come_in
