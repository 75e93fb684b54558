"""Pages: what is asked, what is read, what is said when something is wrong."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gemeinwerk.core.forms import (
    Check,
    EvidenceSpec,
    Field,
    Group,
    UnknownPageError,
    Variable,
    compile_form,
)
from tests.core.forms.form_samples import (
    FAMILY,
    PERSON_ANSWERS,
    SOUND,
    TODAY,
    fields_of,
    form_of,
    page_of,
)

FORM = compile_form(FAMILY)


def codes(faults):
    return {fault.path: fault.code for fault in faults}


def test_all_faults_of_a_page_come_at_once_with_what_was_typed():
    posted = {
        "G99000901.F1": ["Muster\0"],
        "G99000901.F2": ["1.2.2990"],
        "G99000901.F3": [""],
        "G99000901.F5": ["12,345"],
    }
    reading = FORM.read_page("person", posted, {}, today=TODAY)
    assert codes(reading.faults) == {
        "G99000901.F1": "answer.character_not_allowed",
        "G99000901.F2": "answer.date_in_future",
        "G99000901.F3": "answer.required_choice",
        "G99000901.F5": "answer.too_many_decimals",
    }
    assert reading.faults[0].params["character"] == "U+0000"
    view = FORM.page_view(
        "person", reading.answers, today=TODAY, raw=reading.raw, faults=reading.faults
    )
    shown = {node["name"]: node for node in fields_of(view["nodes"])}
    assert shown["G99000901.F5"]["value"] == "12,345"
    assert shown["G99000901.F2"]["error_code"] == "answer.date_in_future"
    json.dumps(view).encode()


def test_typed_german_becomes_canonical_and_is_shown_german_again():
    posted = {
        "G99000901.F1": [" Mu\u0308ller "],
        "G99000901.F2": ["1.2.1990"],
        "G99000901.F3": ["", "false"],
        "G99000901.F5": ["1.234,5"],
        "unknown": ["x"],
        "G99000901.F6": ["9"],
        "G99000901.F7": ["Hacker"],
        "G99000901.F8": ["Hacker"],
    }
    reading = FORM.read_page("person", posted, {}, today=TODAY)
    assert not reading.faults and not reading.stay
    assert reading.answers == PERSON_ANSWERS | {"G99000901.F5": "1234.50"}
    view = FORM.page_view("person", reading.answers, today=TODAY)
    shown = {node["id"]: node["value"] for node in fields_of(view["nodes"])}
    assert shown["f-G99000901-F2"] == "01.02.1990"
    assert shown["f-G99000901-F6"] == "2469,00"
    assert shown["f-G99000901-F7"] == "Bürgeramt"
    assert "f-G99000901-F8" not in shown
    effective = FORM.effective(reading.answers, today=TODAY)
    assert effective["G99000901.F6"] == "2469.00"
    assert effective["G99000901.F8"] == "online"


def test_a_new_question_is_asked_without_complaint_and_later_required():
    posted = {"G99000901.F1": ["A"], "G99000901.F2": ["1.2.1990"], "G99000901.F3": ["ja"]}
    reading = FORM.read_page("person", posted, {}, today=TODAY)
    assert reading.stay and not reading.faults and reading.focus == "f-G99000901-F4"
    again = FORM.read_page("person", posted, reading.answers, today=TODAY)
    assert codes(again.faults) == {"G99000901.F4": "answer.required"}


def test_answers_that_no_longer_apply_are_set_aside_and_come_back():
    answers = PERSON_ANSWERS | {"G99000901.F3": "true", "G99000901.F4": "Ben"}
    posted = {"G99000901.F1": ["A"], "G99000901.F2": ["1.2.1990"], "G99000901.F3": ["nein"]}
    posted["G99000901.F4"] = ["Ben"]
    reading = FORM.read_page("person", posted, answers, today=TODAY)
    assert FORM.set_aside(reading.answers, today=TODAY) == ("G99000901.F4",)
    assert "G99000901.F4" not in FORM.effective(reading.answers, today=TODAY)
    back = reading.answers | {"G99000901.F3": "true"}
    assert FORM.effective(back, today=TODAY)["G99000901.F4"] == "Ben"


def test_instances_are_added_and_removed_without_losing_typed_text():
    first = FORM.read_page("children", {"_add": ["G99000902"]}, {}, today=TODAY)
    assert first.stay and first.answers == {"G99000902[]": "1"}
    posted = {"G99000902[0].F1": ["Bo"], "G99000902[0].F2": ["x"], "_add": ["G99000902"]}
    second = FORM.read_page("children", posted, first.answers, today=TODAY)
    assert second.faults == () and second.raw["G99000902[0].F2"] == "x"
    assert second.answers == {"G99000902[]": "2", "G99000902[0].F1": "Bo"}
    posted = {"G99000902[0].F1": ["Bo"], "G99000902[1].F1": ["Cy"], "G99000902[1].F2": ["y"]}
    posted["_remove"] = ["G99000902[0]"]
    third = FORM.read_page("children", posted, second.answers, today=TODAY)
    assert third.answers == {"G99000902[]": "1", "G99000902[0].F1": "Cy"}
    assert third.raw == {"G99000902[0].F1": "Cy", "G99000902[0].F2": "y"}


def test_the_maximum_of_instances_is_kept():
    answers = {"G99000902[]": "3"}
    reading = FORM.read_page("children", {"_add": ["G99000902"]}, answers, today=TODAY)
    assert reading.answers["G99000902[]"] == "3"
    group = FORM.page_view("children", answers, today=TODAY)["nodes"][0]
    assert len(group["instances"]) == 3 and not group["can_add"]
    faults = FORM.faults(SOUND | {"G99000902[]": "99999999999"}, today=TODAY)
    assert codes(faults)["G99000902"] == "answer.too_many"


def test_conditions_inside_an_instance_read_that_instance():
    answers = {
        "G99000902[]": "2",
        "G99000902[0].F1": "Bo",
        "G99000902[0].F2": "7",
        "G99000902[1].F1": "Cy",
        "G99000902[1].F2": "3",
    }
    names = [
        node["name"]
        for node in fields_of(FORM.page_view("children", answers, today=TODAY)["nodes"])
    ]
    assert "G99000902[0].F3" in names and "G99000902[1].F3" not in names
    assert FORM.values(answers, today=TODAY)["G99000902.F1"] == ["Bo", "Cy"]


def test_an_optional_group_asks_nothing_until_it_is_begun():
    assert FORM.faults(SOUND, today=TODAY) == ()
    assert "G99000904.F3" not in FORM.effective(SOUND, today=TODAY)
    begun = SOUND | {"G99000904.F2": "Anna"}
    assert codes(FORM.faults(begun, today=TODAY)) == {"G99000904.F1": "answer.required"}
    assert FORM.effective(begun, today=TODAY)["G99000904.F3"] == "DE"


def test_exactly_one_way_of_a_choice_group_is_answered():
    without = {key: value for key, value in SOUND.items() if "G99000903" not in key}
    assert codes(FORM.faults(without, today=TODAY)) == {"G99000903": "answer.choice_group_none"}
    both = SOUND | {"G99000903.F1": "0391 123456"}
    assert codes(FORM.faults(both, today=TODAY)) == {"G99000903": "answer.choice_group_one"}


def test_a_default_that_was_emptied_does_not_come_back():
    form = compile_form(form_of(page_of(Field(id="F1", label="Land", default="DE", minimum=0))))
    assert form.effective({}, today=TODAY) == {"F1": "DE"}
    reading = form.read_page("page", {"F1": [""]}, {}, today=TODAY)
    assert form.effective(reading.answers, today=TODAY) == {}
    assert form.page_view("page", reading.answers, today=TODAY)["nodes"][0]["value"] == ""


def test_repeated_fields_close_their_gaps():
    form = compile_form(form_of(page_of(Field(id="F1", label="Titel", maximum=4))))
    posted = {"F1[0]": ["a"], "F1[1]": [""], "F1[2]": ["c"]}
    reading = form.read_page("page", posted, {"F1[]": "3"}, today=TODAY)
    assert reading.answers == {"F1[]": "2", "F1[0]": "a", "F1[1]": "c"}
    empty = form.read_page("page", {"F1[0]": [""]}, {}, today=TODAY)
    assert codes(empty.faults) == {"F1[0]": "answer.required"}


def test_rows_tell_what_people_read():
    sections = FORM.rows(SOUND, today=TODAY)
    rows = {row.path: row for section in sections for row in section.rows}
    assert [section.page_id for section in sections] == ["person", "children", "contact"]
    assert rows["G99000901.F2"].text == "01.02.1990"
    assert rows["G99000901.F3"].text == "Nein"
    assert rows["F99000905"].text == "Klein"
    assert not rows["G99000901.F5"].given
    assert not rows["G99000902"].given and not rows["G99000904"].given
    assert "G99000903.F1" not in rows


def test_pages_and_evidence_follow_conditions_checks_and_variables():
    form = compile_form(
        form_of(
            page_of(Field(id="F1", label="Alter", kind="integer"), key="one"),
            page_of(Field(id="F2", label="Vormund"), key="two", visible_when="minor"),
            variables=(Variable(name="minor", kind="boolean", value="F1 < limit"),
                       Variable(name="limit", kind="integer")),
            evidence=(
                EvidenceSpec(key="id", label="Ausweis"),
                EvidenceSpec(key="care", label="Sorge", required=False, required_when="minor",
                             visible_when="F1 < 20"),
            ),
            checks=(Check(key="c", path="F1", holds="F1 < 120", message="Prüfen Sie das Alter."),),
        ),
        {"limit": Decimal(18)},
    )  # fmt: skip
    assert form.route({"F1": "17"}, today=TODAY) == ("one", "two")
    assert form.route({"F1": "18"}, today=TODAY) == ("one",)
    asked = {spec.key: spec.required for spec in form.evidence({"F1": "17"}, today=TODAY)}
    assert asked == {"id": True, "care": True}
    assert [spec.key for spec in form.evidence({"F1": "44"}, today=TODAY)] == ["id"]
    (fault,) = form.faults({"F1": "130"}, today=TODAY)
    assert (fault.path, fault.params["message"]) == ("F1", "Prüfen Sie das Alter.")


def test_evidence_of_a_repeated_group_is_asked_once_per_instance():
    group = Group(id="G1", label="Kind", maximum=None, nodes=(Field(id="F1", label="Name"),))
    spec = EvidenceSpec(key="proof", label="Nachweis", within="G1")
    form = compile_form(form_of(page_of(group), evidence=(spec,)))
    keys = [each.key for each in form.evidence({"G1[]": "2"}, today=TODAY)]
    assert keys == ["proof[0]", "proof[1]"]


def test_an_unknown_page_is_refused():
    with pytest.raises(UnknownPageError):
        FORM.page_view("nowhere", {}, today=TODAY)
