"""Lindenau with resident parking: applications by actions, jobs run as the worker would."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from PIL import Image

from tests.offices import hire, operator
from tests.paths import CONTENT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def photo() -> bytes:
    """Return a small sound picture."""
    made = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 210, 220)).save(made, "PNG")
    return made.getvalue()


@dataclass
class Outside:
    """What stands in for the world: mails that left, who is registered, who is away."""

    mails: list[object] = field(default_factory=list)
    resident: bool = True
    away: bool = False

    def deliver(self, mail: object) -> None:
        if self.away:
            raise ConnectionError
        self.mails.append(mail)

    def matches(self, key: str, question: object) -> bool:
        if self.away:
            raise ConnectionError
        return self.resident

    def of_town(self, slug: str) -> str:
        return f"http://{slug}.localhost:8000"


@dataclass
class Office:
    """The town's people and the way to run its jobs."""

    town_id: int
    unit_id: UUID
    staff: dict[str, UUID]
    version_id: UUID
    outside: Outside
    as_worker: Callable[[], AbstractContextManager[None]]

    def actor(self, name: str):  # type: ignore[no-untyped-def]  # the actor is imported late
        from gemeinwerk.apps.municipalities import queries

        return queries.staff_actor(self.staff[name])

    def work(self, now: datetime = NOW) -> int:
        """Run what is due and return how many jobs; a failing one is tried again later."""
        from gemeinwerk.apps.outbox.worker import run_one
        from gemeinwerk.project.reactions import handlers_by_name

        count = 0
        with self.as_worker():
            while run_one(handlers_by_name(), clock=lambda: now):
                count += 1
        return count


def open_office(
    town_id: int, outside: Outside, as_worker: Callable[[], AbstractContextManager[None]]
) -> Office:
    """Publish resident parking in the current town, with Ben, Petra and Oke of another unit."""
    from gemeinwerk.apps.catalogue import actions as catalogue
    from gemeinwerk.apps.municipalities import actions as municipalities
    from gemeinwerk.core.packages import load_package

    actor = operator(town_id)
    unit = municipalities.add_unit(actor=actor, name="Ordnungsamt", phone="0000 12").id
    other = municipalities.add_unit(actor=actor, name="Steueramt").id
    staff = {
        "Ben": hire(town_id, "Ben Aydın", "caseworker", units=(unit,)).id,
        "Petra": hire(town_id, "Petra Lorenz", "team_lead", units=(unit,)).id,
        "Oke": hire(town_id, "Oke Hansen", "caseworker", "team_lead", units=(other,)).id,
    }
    folder = CONTENT / "packages" / "resident-parking"
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}
    files |= {f"blocks/{p.name}": p.read_bytes() for p in (CONTENT / "blocks").glob("*.toml")}
    package = load_package(files)
    for name, value in package.tests[0].parameters.items():
        municipalities.set_parameter(
            actor=actor,
            service_key=package.key,
            name=name,
            value=value,
            valid_from=date(2026, 1, 1),
            norm="Test",
            now=NOW,
        )
    version = catalogue.publish(actor=actor, package=package, unit_id=unit, source="test", now=NOW)
    return Office(town_id, unit, staff, version.id, outside, as_worker)


def applicant(town_id: int, *dossiers: UUID):  # type: ignore[no-untyped-def]  # imported late
    """Return the citizen whose browser has these dossiers open."""
    from gemeinwerk.core.access import Actor

    return Actor(kind="citizen", municipality_id=town_id, dossier_ids=frozenset(dossiers))


def apply(office: Office, *, now: datetime = NOW, evidence: bool = True, **changed: str) -> UUID:
    """Apply for a permit as Anna and return the dossier; `changed` by role of the field.

    `consent="false"` asks for a letter. Without `evidence` the keeper's permission follows.
    """
    from gemeinwerk.apps.applications import actions

    draft_id = fill_in(office, now=now, evidence=evidence, **changed)
    actor = applicant(office.town_id, draft_id)
    return actions.submit(actor=actor, draft_id=draft_id, revision=None, today=now.date(), now=now)


def fill_in(office: Office, *, now: datetime = NOW, evidence: bool = True, **changed: str) -> UUID:
    """Fill in everything as `apply` does, but do not submit; return the draft."""
    from gemeinwerk.apps.applications import actions, queries
    from gemeinwerk.apps.catalogue import queries as catalogue

    package = catalogue.package_of(office.version_id)
    sample = package.tests[0]
    moved = {**sample.answers, package.roles["valid_from"]: (now.date() + timedelta(3)).isoformat()}
    for role, value in changed.items():
        moved[package.roles[{"consent": "delivery_consent"}.get(role, role)]] = value
    if not evidence:
        moved |= {"G99000031.F99000312": "false", "G99000031.F99000313": "Ben Muster"}
    draft = actions.start(offer_version_id=office.version_id, language="de", now=now)
    actor = applicant(office.town_id, draft.id)
    posted = {path: [value] for path, value in moved.items()}
    done: list[str] = []
    while True:
        view = queries.draft_for(actor, draft.id, today=now.date())
        left = [p for p in view.form.route(view.answers, today=now.date()) if p not in done]
        if not left:
            break
        reading = actions.save_page(
            actor=actor, draft_id=draft.id, page_id=left[0], posted=posted, now=now
        )
        assert not reading.faults, reading.faults
        done.append(left[0])
    _hand_in(actor, draft.id, now)
    return draft.id


def _hand_in(actor, draft_id: UUID, now: datetime) -> None:  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.applications import actions, queries

    view = queries.draft_for(actor, draft_id, today=now.date())
    for state in queries.evidence_states(view, today=now.date()):
        if state.spec.may_follow:
            actions.say_follows(
                actor=actor,
                draft_id=draft_id,
                key=state.spec.key,
                on=now.date() + timedelta(5),
                now=now,
            )
        else:
            actions.upload(
                actor=actor,
                draft_id=draft_id,
                key=state.spec.key,
                name="Fahrzeugschein.png",
                data=photo(),
                now=now,
            )


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
    made = open_office(lindenau, outside, as_worker)
    made.work()  # tells the new people of their access
    outside.mails.clear()
    return made


_made: list[object] = []


def _press() -> object:
    from gemeinwerk.project.press import Press

    if not _made:
        _made.append(Press())
    return _made[0]
