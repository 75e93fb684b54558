"""Who may do what: default deny, units as walls, four eyes."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.access import (
    TABLE,
    Actor,
    Right,
    Role,
    anonymous,
    holds,
    may,
    require,
    system,
    units_with,
)
from gemeinwerk.core.kernel import RefusedError

TOWN = uuid4()
OTHER_TOWN = uuid4()
PARKING = uuid4()
TAXES = uuid4()
CASE = uuid4()


def staff(*roles: Role, unit: UUID = PARKING, town: UUID = TOWN) -> Actor:
    return Actor(
        kind="staff",
        municipality_id=town,
        staff_id=uuid4(),
        name="Ben Beispiel",
        unit_ids=frozenset({unit}),
        roles=frozenset(roles),
    )


def anna(*dossiers: UUID) -> Actor:
    return Actor(kind="citizen", municipality_id=TOWN, dossier_ids=frozenset(dossiers))


def test_every_right_stands_in_the_table() -> None:
    assert set(TABLE) == set(Right)


def test_anonymous_may_nothing() -> None:
    visitor = anonymous(TOWN)
    for right in Right:
        assert not may(visitor, right, unit_id=PARKING, dossier_id=CASE)
        assert not holds(visitor, right)


def test_an_actor_without_a_town_may_nothing() -> None:
    lost = Actor(kind="staff", staff_id=uuid4(), roles=frozenset(Role), unit_ids=frozenset({TAXES}))
    assert not any(may(lost, right, unit_id=TAXES) for right in Right)


def test_ben_works_the_cases_of_his_unit_only() -> None:
    ben = staff(Role.CASEWORKER)
    assert may(ben, Right.DECIDE_CASE, unit_id=PARKING)
    assert not may(ben, Right.DECIDE_CASE, unit_id=TAXES)
    assert not may(ben, Right.DECIDE_CASE)
    assert units_with(ben, Right.READ_CASE) == {PARKING}


def test_carla_of_the_other_town_is_refused_even_with_the_same_unit() -> None:
    carla = staff(Role.CASEWORKER, Role.TEAM_LEAD, town=OTHER_TOWN)
    assert not may(carla, Right.READ_CASE, unit_id=PARKING, municipality_id=TOWN)


def test_anna_reads_only_the_dossier_she_opened() -> None:
    assert may(anna(CASE), Right.READ_CASE, dossier_id=CASE)
    assert not may(anna(CASE), Right.READ_CASE, dossier_id=uuid4())
    assert not may(anna(CASE), Right.READ_CASE)
    assert not may(anna(CASE), Right.DECIDE_CASE, dossier_id=CASE, unit_id=PARKING)


def test_author_and_operator_see_no_case() -> None:
    for role in (Role.AUTHOR, Role.OPERATOR):
        person = staff(role)
        assert not may(person, Right.READ_CASE, unit_id=PARKING)
        assert units_with(person, Right.READ_CASE) == frozenset()
    assert may(staff(Role.AUTHOR), Right.PUBLISH_SERVICE)
    assert not may(staff(Role.CASEWORKER), Right.PUBLISH_SERVICE)


def test_nobody_confirms_a_decision_of_her_own() -> None:
    lead = staff(Role.TEAM_LEAD)
    assert lead.staff_id is not None
    right = Right.CONFIRM_DECISION
    assert not may(lead, right, unit_id=PARKING, involved_staff_ids=[lead.staff_id])
    assert may(lead, right, unit_id=PARKING, involved_staff_ids=[uuid4()])


def test_a_four_eyes_right_is_refused_while_nobody_is_named() -> None:
    assert not may(staff(Role.TEAM_LEAD), Right.CONFIRM_DECISION, unit_id=PARKING)


def test_the_system_decides_but_never_confirms() -> None:
    job = system(TOWN, name="automatic decision")
    assert may(job, Right.DECIDE_CASE, unit_id=PARKING)
    assert not may(job, Right.CONFIRM_DECISION, unit_id=PARKING, involved_staff_ids=[uuid4()])


def test_require_names_the_right_that_is_missing() -> None:
    with pytest.raises(RefusedError) as caught:
        require(anna(CASE), Right.SHRED_CASE, dossier_id=CASE)
    assert caught.value.params == {"right": "shred_case"}


_ACTORS = st.builds(
    Actor,
    kind=st.sampled_from(["citizen", "staff", "system", "anonymous"]),
    municipality_id=st.sampled_from([None, TOWN, OTHER_TOWN]),
    staff_id=st.sampled_from([None, uuid4()]),
    unit_ids=st.frozensets(st.sampled_from([PARKING, TAXES])),
    roles=st.frozensets(st.sampled_from(list(Role))),
    dossier_ids=st.frozensets(st.just(CASE)),
)


@given(_ACTORS, st.sampled_from(list(Right)), st.sampled_from([PARKING, TAXES]))
def test_what_may_be_done_somewhere_is_held(actor: Actor, right: Right, unit: UUID) -> None:
    allowed = may(actor, right, unit_id=unit, dossier_id=CASE, involved_staff_ids=[uuid4()])
    if allowed:
        assert holds(actor, right)
        assert actor.municipality_id is not None
    if allowed and actor.kind == "staff" and not TABLE[right].town_roles & actor.roles:
        assert unit in units_with(actor, right)
