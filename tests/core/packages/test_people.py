"""Several people in one form: who is asked, whose turn it is, who reads what, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from gemeinwerk.core.forms import compile_form
from gemeinwerk.core.kernel import FaultsError
from gemeinwerk.core.packages import (
    APPLICANT,
    Package,
    asked,
    due_on,
    is_required,
    load_package,
    own_pages,
    participant_of,
    readable,
    readable_answers,
    released,
    route_of,
    translate,
    waits_for,
    without_pages,
)
from tests.core.packages.folders import folder

TODAY = date(2026, 11, 22)
CONSENT, REMARK, PHONE = (f"G99000053.F9900053{n}" for n in (1, 2, 3))


@cache
def felling() -> Package:
    return load_package(folder("tree-felling"))


def answers(**changed: str) -> dict[str, str]:
    both = felling().tests[3].answers
    names = {"own": "G99000051.F99000514", "girth": "G99000051.F99000513", "remark": REMARK}
    return {**both, **{names[key]: value for key, value in changed.items()}}


def test_each_page_has_one_owner_and_the_rest_is_the_applicants() -> None:
    route = ("person", "tree", "reason", "owner", "expert", "contact")
    assert own_pages(felling(), APPLICANT, route) == ("person", "tree", "reason", "contact")
    assert own_pages(felling(), "owner", route) == ("owner",)
    assert own_pages(felling(), "nobody", route) == ()


def test_a_form_of_one_person_is_hers_alone() -> None:
    parking = load_package(folder("resident-parking"))
    assert own_pages(parking, APPLICANT, ("person", "vehicle")) == ("person", "vehicle")
    assert own_pages(parking, "owner", ("person",)) == ()
    assert asked(parking, ("person", "vehicle")) == ()
    assert readable_answers(parking, APPLICANT, {"G1.F2": "x"}) == {"G1.F2": "x"}


@pytest.mark.parametrize(
    ("changed", "roles", "needed"),
    [
        ({}, ["owner", "expert"], ["owner", "expert"]),
        ({"girth": "149"}, ["owner", "expert"], ["owner"]),
        ({"own": "true"}, ["expert"], ["expert"]),
    ],
)
def test_who_is_asked_and_needed_follows_the_answers(
    changed: dict[str, str], roles: list[str], needed: list[str]
) -> None:
    form = compile_form(felling().form)
    given = answers(**changed)
    people = asked(felling(), form.route(given, today=TODAY))
    values = form.values(given, today=TODAY)
    assert [one.role for one in people] == roles
    assert [one.role for one in people if is_required(one, values)] == needed


def test_the_order_counts_only_who_is_asked() -> None:
    expert = participant_of(felling(), "expert")
    owner = participant_of(felling(), "owner")
    assert expert is not None
    assert owner is not None
    assert waits_for(owner, ["owner"], []) == (APPLICANT,)
    assert waits_for(owner, ["owner"], [APPLICANT]) == ()
    assert waits_for(expert, ["owner", "expert"], [APPLICANT]) == ("owner",)
    assert waits_for(expert, ["expert"], [APPLICANT]) == ()


def test_days_to_answer() -> None:
    owner = participant_of(felling(), "owner")
    assert owner is not None
    assert due_on(owner, TODAY) == date(2026, 12, 6)


def test_nobody_reads_more_than_the_own_and_the_released() -> None:
    form = compile_form(felling().form)
    sections = form.rows(answers(remark="Bitte nicht weitersagen"), today=TODAY)
    seen = {
        role: {row.path for one in readable(felling(), role, sections) for row in one.rows}
        for role in (APPLICANT, "owner", "expert", "somebody")
    }
    assert CONSENT in seen[APPLICANT]
    assert not {REMARK, PHONE} & seen[APPLICANT]
    assert not any(path.startswith("G99000054") for path in seen[APPLICANT] | seen["owner"])
    assert {REMARK, CONSENT, "G99000011.F99000101"} <= seen["owner"]
    assert "G99000011.F99000103" not in seen["owner"]
    assert not any(path.startswith("G99000053") for path in seen["expert"])
    assert seen["somebody"] == set()


def test_what_is_released_is_never_the_own() -> None:
    sections = compile_form(felling().form).rows(answers(), today=TODAY)
    pages = [one.page_id for one in released(felling(), "owner", sections)]
    assert pages == ["person", "tree"]


def test_answers_are_cut_like_rows() -> None:
    given = answers(remark="geheim") | {"G99000053[]": "1"}
    mine = readable_answers(felling(), APPLICANT, given)
    assert CONSENT in mine
    assert REMARK not in mine
    assert "G99000013.F99000121" in mine


def test_answers_of_a_page_go_when_the_person_is_replaced() -> None:
    kept = without_pages(felling().form, answers(remark="geheim"), ("owner",))
    assert CONSENT not in kept
    assert REMARK not in kept
    assert kept["G99000051.F99000513"] == "180"


def test_what_several_people_say_a_person_reads() -> None:
    given = {CONSENT: True}
    automatic = load_package(folder("resident-parking")).automation
    package = replace(felling(), automation=automatic, discretion=False)
    routing = route_of(package, given, evidence_complete=True, checks={})
    assert "people" in [one.path for one in routing.reasons]
    alone = route_of(package, {}, evidence_complete=True, checks={})
    assert "people" not in [one.path for one in alone.reasons]


def test_names_and_texts_are_translated() -> None:
    english = translate(felling(), "en").participants[0]
    assert english.name == "Owner of the land"
    assert english.pages == ("owner",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('pages = ["owner"]', 'pages = ["nowhere"]', "package.participant_page"),
        ('pages = ["owner"]', "pages = []", "package.participant_without_pages"),
        ('pages = ["owner"]', 'pages = ["owner", "expert"]', "package.page_of_two"),
        ('role = "owner"', 'role = "applicant"', "package.participant_role"),
        ('role = "owner"', 'role = "expert"', "package.participant_role"),
        ('after = ["applicant"]', 'after = ["expert"]', "package.people_wait_for_each_other"),
        ('after = ["applicant"]', 'after = ["aunt"]', "package.unknown_role"),
        ('sees = ["tree", "G9', 'sees = ["G1.F1", "G9', "package.unknown_name"),
        ('sees = ["tree", "G9', 'sees = ["owner", "G9', "package.sees_own"),
        ('tells = ["G99000053.F99000531"]', 'tells = ["tree"]', "package.tells_of_others"),
        ("days = 14", "days = 29", "package.participant_days"),
        (">= 150", ">= true", "expression.wrong_type"),
        ('when = "G99000051.F99000514 = false"', 'when = "G1.F1 = 1"', "expression.unknown_name"),
    ],
)
def test_people_that_cannot_work_together_are_refused(old: str, new: str, code: str) -> None:
    files = folder("tree-felling", participants=(old, new))
    del files["en.toml"]  # it translates the names of roles
    with pytest.raises(FaultsError) as refused:
        load_package(files)
    assert code in [fault.code for fault in refused.value.faults], refused.value.faults


def test_somebody_has_to_apply() -> None:
    pages = '"person", "tree", "reason", "contact", "owner"'
    with pytest.raises(FaultsError) as refused:
        load_package(folder("tree-felling", participants=('"owner"]\nwhen', f"{pages}]\nwhen")))
    assert "package.nothing_for_applicant" in [fault.code for fault in refused.value.faults]


def test_a_group_that_repeats_on_pages_of_two_is_refused() -> None:
    from gemeinwerk.core.forms import Field, Form, Group, Page
    from gemeinwerk.core.packages.model import Participant
    from gemeinwerk.core.packages.people import participant_faults

    group = Group(id="G1", label="Kind", maximum=3, nodes=(Field(id="F1", label="Name"),))
    more = Group(id="G1", label="Kind", maximum=3, nodes=(Field(id="F2", label="Alter"),))
    pages = (Page(id="a", title="A", nodes=(group,)), Page(id="b", title="B", nodes=(more,)))
    package = replace(
        felling(),
        form=Form(key="x", version="1", title="X", pages=pages),
        participants=(Participant(role="other", name="Andere", pages=("b",)),),
    )
    assert [fault.code for fault in participant_faults(package)] == ["package.repeated_by_two"]
