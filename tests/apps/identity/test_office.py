"""People and units come, change and go; each verb is refused to those without the right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.identity import office
from gemeinwerk.apps.identity.models import Credential, Session
from gemeinwerk.apps.identity.office import LastOperatorError, OwnAccessError
from gemeinwerk.apps.municipalities import queries
from gemeinwerk.apps.municipalities.actions import EmailTakenError, UnitInUseError
from gemeinwerk.core.access import Role, anonymous
from gemeinwerk.core.kernel import NotFoundError, RefusedError
from tests.offices import NOW, hire, operator


def opened(town: int, name: str = "Ordnungsamt"):  # type: ignore[no-untyped-def]  # a unit
    return office.open_unit(actor=operator(town), name=name, email="", phone="", now=NOW)


def test_roles_and_units_change_at_once(lindenau: int) -> None:
    first, second = opened(lindenau), opened(lindenau, "Bauamt")
    ben = hire(lindenau, "Ben Arslan", "caseworker", units=(first.id,))
    office.change_person(
        actor=operator(lindenau),
        staff_id=ben.id,
        roles=[Role.TEAM_LEAD, Role.CASEWORKER],
        unit_ids=[second.id],
        now=NOW,
    )
    actor = queries.staff_actor(ben.id)
    assert actor is not None
    assert (actor.unit_ids, actor.roles) == ({second.id}, {Role.TEAM_LEAD, Role.CASEWORKER})


def test_an_address_is_given_once_in_a_town(lindenau: int) -> None:
    hire(lindenau, "Ben Arslan")
    with pytest.raises(EmailTakenError):
        hire(lindenau, "Ben Zweig")


def test_who_leaves_loses_access_and_keeps_the_name(lindenau: int) -> None:
    ben = hire(lindenau, "Ben Arslan", "caseworker")
    office.person_leaves(actor=operator(lindenau), staff_id=ben.id, now=NOW)
    assert queries.staff_names({ben.id}) == {ben.id: "Ben Arslan"}
    assert not Session.objects.filter(staff_id=ben.id).exists()
    assert not Credential.objects.filter(staff_id=ben.id).exists()
    with pytest.raises(NotFoundError):
        office.person_leaves(actor=operator(lindenau), staff_id=ben.id, now=NOW)


def test_a_unit_closes_only_when_nobody_works_there(lindenau: int) -> None:
    unit = opened(lindenau)
    ben = hire(lindenau, "Ben Arslan", units=(unit.id,))
    with pytest.raises(UnitInUseError):
        office.close_unit(actor=operator(lindenau), unit_id=unit.id, now=NOW)
    office.person_leaves(actor=operator(lindenau), staff_id=ben.id, now=NOW)
    office.close_unit(actor=operator(lindenau), unit_id=unit.id, now=NOW)
    assert queries.units() == []


def test_nobody_resets_or_dismisses_herself(lindenau: int) -> None:
    otto = hire(lindenau, "Otto Berg", "operator")
    actor = queries.staff_actor(otto.id)
    assert actor is not None
    with pytest.raises(OwnAccessError):
        office.reset_access(actor=actor, staff_id=otto.id, now=NOW)
    with pytest.raises(OwnAccessError):
        office.person_leaves(actor=actor, staff_id=otto.id, now=NOW)


def test_the_last_operator_keeps_her_role(lindenau: int) -> None:
    otto = hire(lindenau, "Otto Berg", "operator")
    actor = queries.staff_actor(otto.id)
    assert actor is not None
    change = {"actor": actor, "staff_id": otto.id, "roles": [], "unit_ids": []}
    with pytest.raises(LastOperatorError):
        office.change_person(now=NOW, **change)
    hire(lindenau, "Olga Peters", "operator")
    assert office.change_person(now=NOW, **change).roles == []


@pytest.mark.parametrize("role", ["caseworker", "team_lead", "author", "mayor", ""])
def test_all_verbs_are_refused_without_the_right(lindenau: int, role: str) -> None:
    unit = opened(lindenau)
    ben = hire(lindenau, "Ben Arslan", *([role] if role else []))
    actor = queries.staff_actor(ben.id)
    victim = hire(lindenau, "Vera Voss", "caseworker").id
    unit_facts: dict[str, object] = {"name": "X", "email": "", "phone": ""}
    who: dict[str, object] = {
        "name": "X",
        "email": "x@x.example",
        "roles": [Role.OPERATOR],
        "unit_ids": [],
    }
    who |= {"staff_id": victim, "roles": [Role.OPERATOR]}
    unit_facts["unit_id"] = unit.id
    verbs: dict[Callable[..., object], dict[str, object]] = {
        office.add_person: {key: who[key] for key in ("name", "email", "roles", "unit_ids")},
        office.change_person: {key: who[key] for key in ("staff_id", "roles", "unit_ids")},
        office.person_leaves: {"staff_id": victim},
        office.reset_access: {"staff_id": victim},
        office.open_unit: {key: unit_facts[key] for key in ("name", "email", "phone")},
        office.change_unit: unit_facts,
        office.close_unit: {"unit_id": unit.id},
    }
    for verb, details in verbs.items():
        for each in (actor, anonymous(lindenau), anonymous()):
            with pytest.raises(RefusedError):
                verb(actor=each, now=NOW, **details)


def test_each_verb_is_recorded_without_names(lindenau: int) -> None:
    unit = opened(lindenau)
    ben = hire(lindenau, "Ben Arslan", units=(unit.id,))
    office.person_leaves(actor=operator(lindenau), staff_id=ben.id, now=NOW)
    office.close_unit(actor=operator(lindenau), unit_id=unit.id, now=NOW)
    verbs = list(Entry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == [
        "unit.opened",
        "staff.added",
        "access.enrolled",
        "session.began",
        "staff.left",
        "unit.closed",
    ]
    text = str(list(Entry.objects.values()))
    assert "Arslan" not in text
    assert "rathaus.example" not in text
