"""The rarer kinds: partial dates, places, worded declarations, answers that may be missing,
layouts, entries with pages of their own, parts of a choice, tables."""

from __future__ import annotations

from datetime import date

import pytest

from gemeinwerk.core.forms import Field, Form, Group, Option, Page, compile_form
from gemeinwerk.core.forms.partial_dates import (
    first_day,
    last_day,
    read_partial_date,
    shown_partial_date,
    typed_partial_date,
)
from gemeinwerk.core.forms.places import area, from_utm, point, shown_place, typed_place
from gemeinwerk.core.forms.values import Refusal
from gemeinwerk.core.kernel import FaultsError
from tests.core.forms.form_samples import DECLARED, KINDS, TODAY, form_of, page_of

ASKED = {"F1": "1950", "F4": "true", "F5": "12/3"}
PERIOD = {"G1[]": "1", "G1[0].F1": "2027-05-01", "G1[0].F2": "m"}
WHOLE = {**ASKED, **PERIOD}


@pytest.mark.parametrize(
    ("typed", "answer", "first", "last"),
    [
        ("1950", "1950", date(1950, 1, 1), date(1950, 12, 31)),
        ("00.00.1950", "1950", date(1950, 1, 1), date(1950, 12, 31)),
        ("00.02.1952", "1952-02", date(1952, 2, 1), date(1952, 2, 29)),
        ("3.1950", "1950-03", date(1950, 3, 1), date(1950, 3, 31)),
        ("03/1950", "1950-03", date(1950, 3, 1), date(1950, 3, 31)),
        ("März 1950", "1950-03", date(1950, 3, 1), date(1950, 3, 31)),
        ("1950-03-00", "1950-03", date(1950, 3, 1), date(1950, 3, 31)),
        ("14.3.1950", "1950-03-14", date(1950, 3, 14), date(1950, 3, 14)),
    ],
)
def test_what_is_known_of_a_birth_date_is_kept(typed, answer, first, last):
    assert read_partial_date(typed) == answer
    assert (first_day(answer), last_day(answer)) == (first, last)
    assert read_partial_date(typed_partial_date(answer)) == answer


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("13.1950", "no_such_month"),
        ("31.2.1950", "no_such_day"),
        ("00.00.0000", "not_a_partial_date"),
        ("irgendwann", "not_a_partial_date"),
        ("1.2.50", "date_short_year"),
        ("Murz 1950", "no_such_month"),
    ],
)
def test_what_is_no_birth_date_is_refused(typed, code):
    assert read_partial_date(typed) == Refusal(f"answer.{code}")


def test_a_partial_date_says_what_is_not_known():
    assert shown_partial_date("1950") == "1950 (Tag und Monat nicht bekannt)"
    assert shown_partial_date("1950-03") == "März 1950 (Tag nicht bekannt)"
    assert shown_partial_date("1950-03-14") == "14.03.1950"
    assert (last_day("1950-13"), last_day("195"), last_day("²950")) == (None, None, None)


def test_bounds_refuse_only_what_is_outside_on_every_day():
    field = Field(id="F1", label="Geburt", kind="partial_date", not_after="today")
    form = compile_form(form_of(page_of(field)))
    assert not form.faults({"F1": "2026"}, today=TODAY)
    assert not form.faults({"F1": "2026-11"}, today=TODAY)
    for late in ("2027", "2026-12", "2026-11-23"):
        (fault,) = form.faults({"F1": late}, today=TODAY)
        assert fault.code == "answer.date_in_future"


def test_an_age_counts_from_the_last_day_it_can_be():
    nodes = (
        Field(id="F1", label="Geburt", kind="partial_date"),
        Field(id="F2", label="Alter", kind="integer", value="years_between(F1, today)"),
    )
    form = compile_form(form_of(page_of(*nodes)))
    assert form.effective({"F1": "1950"}, today=TODAY)["F2"] == "75"
    assert form.effective({"F1": "1950-11-22"}, today=TODAY)["F2"] == "76"


@pytest.mark.parametrize(
    "typed",
    ["51,8667 12,6433", "51.8667, 12.6433", "51,8667° N, 12,6433° O", "51.866700,12.643300"],
)
def test_a_point_is_read_as_people_write_it(typed):
    assert point(typed) == "51.866700,12.643300"


def test_eastings_and_northings_become_degrees():
    # Invented points, worked out backwards with the series in the other direction.
    assert (
        point("32 500000 5761038") == "52.000000,9.000000"
        or abs(from_utm(32, 500000, 5761038)[0] - 52) < 1e-4
    )
    assert point("32 691608 5334785") == point("32691608 5334785")
    assert point("0,0 0,0") is None
    assert point("irgendwo") is None


def test_an_area_has_corners():
    corners = "51,8667 12,6433\n51,8668 12,6433\n51,8668 12,6434\n51,8667 12,6433"
    found = area(corners)
    assert found is not None
    assert found.count(";") == 2  # the last corner closes the line and is left out
    assert area(typed_place(found)) == found
    assert shown_place(found).startswith("51,866700° N, 12,643300° O; ")
    assert area("51,8667 12,6433\n51,8668 12,6433") is None
    assert area("51,8667 12,6433\n51,8668 12,6433\nhier") is None


def test_a_declaration_is_kept_with_its_words_and_their_version():
    form = compile_form(KINDS)
    (section,) = form.rows(WHOLE, today=TODAY)
    row = next(row for row in section.rows if row.path == "F4")
    assert row.text == f"Ja: {DECLARED} (Fassung 2026-01)"
    codes = {one.path: one.code for one in form.faults({**WHOLE, "F4": "false"}, today=TODAY)}
    assert codes == {"F4": "answer.not_confirmed"}


def test_what_may_be_missing_is_not_refused_but_named():
    form = compile_form(KINDS)
    without = {key: text for key, text in WHOLE.items() if key != "F5"}
    assert form.faults(without, today=TODAY) == ()
    missing = {
        row.path for section in form.rows(without, today=TODAY) for row in section.rows
        if row.missing
    }  # fmt: skip
    assert missing == {"F5"}
    assert not any(row.missing for part in form.rows(WHOLE, today=TODAY) for row in part.rows)
    field = form.page_view("kinds", {}, today=TODAY)["nodes"][4]
    assert (field["required"], field["may_lack"][:7]) == (True, "Das Amt")


def press(form, button, answers, today):
    return form.read_page("kinds", typed_of(form, answers) | button, answers, today=today)


def entry(form, answers, number, **typed):
    posted = {f"G2[{number}].{key}": [text] for key, text in typed.items()}
    return form.read_page("kinds", {**posted, "_entry": [f"G2[{number}]"]}, answers, today=TODAY)


def test_entries_are_added_changed_and_removed_on_pages_of_their_own():
    form = compile_form(KINDS)
    added = form.read_page("kinds", typed_of(form, WHOLE) | {"_add": ["G2"]}, WHOLE, today=TODAY)
    assert (added.go, added.answers["G2[]"], added.faults) == ("G2[0]", "1", ())
    view = form.page_view("kinds", added.answers, today=TODAY, entry="G2[0]")
    assert [node["name"] for node in view["nodes"]] == ["G2[0].F1", "G2[0].F2"]

    blank = entry(form, added.answers, 0, F1="", F2="Dackel")
    assert [(fault.path, fault.code) for fault in blank.faults] == [("G2[0].F1", "answer.required")]
    filled = entry(form, added.answers, 0, F1="Bello", F2="Dackel")
    assert (filled.go, filled.faults, filled.stay) == ("", (), True)
    assert form.entry_of("G2[0].F1") == "G2[0]" and form.entry_of("G1[0].F1") == ""

    second = press(form, {"_add": ["G2"]}, filled.answers, today=TODAY)
    listed = form.page_view("kinds", second.answers, today=TODAY)["nodes"][-1]
    assert [(one["text"], one["begun"]) for one in listed["instances"]] == [
        ("Bello, Dackel", True), ("", False),
    ]  # fmt: skip
    on = form.read_page("kinds", typed_of(form, second.answers), second.answers, today=TODAY)
    assert [(one.path, one.code) for one in on.faults] == [("G2[1]", "answer.entry_incomplete")]

    change = press(form, {"_open": ["G2[1]"]}, second.answers, today=TODAY)
    assert change.go == "G2[1]"
    removed = press(form, {"_remove": ["G2[1]"]}, second.answers, today=TODAY)
    assert (removed.go, removed.answers["G2[]"]) == ("", "1")
    done = form.read_page("kinds", typed_of(form, removed.answers), removed.answers, today=TODAY)
    assert (done.faults, done.stay, done.go) == ((), False, None)
    assert done.answers["G2[0].F1"] == "Bello"  # the list page did not empty the entry


def typed_of(form, answers):
    """What a browser sends for the list page: its own questions, nothing of the entries."""
    found = {}
    nodes = list(form.page_view("kinds", answers, today=TODAY)["nodes"])
    while nodes:
        node = nodes.pop()
        if node.get("type") == "field":
            found[node["name"]] = [node["value"]]
        nodes += node.get("instances") or node.get("nodes") or ()
    return found


@pytest.mark.parametrize("name", ["G2[7]", "G2", "G1[0]", "G2[0].F1", "x" * 2000, "G2[-1]"])
def test_an_entry_that_is_not_there_is_the_whole_page(name):
    form = compile_form(KINDS)
    answers = {**WHOLE, "G2[]": "1", "G2[0].F1": "Bello"}
    assert form.page_view("kinds", answers, today=TODAY, entry=name)["entry"] == ""
    reading = form.read_page("kinds", {"_entry": [name], "_open": [name]}, answers, today=TODAY)
    assert reading.answers["G2[0].F1"] == "Bello"


WAYS = Group(
    id="G1",
    label="Erreichbar",
    choice=True,
    nodes=(Field(id="F1", label="Telefon"), Field(id="F2", label="E-Mail", kind="email")),
)


def test_the_ticked_part_of_a_choice_counts():
    form = compile_form(form_of(page_of(WAYS)))
    both = {"G1.F1": ["030 12345"], "G1.F2": ["a@example.org"]}
    reading = form.read_page("page", {**both, "G1?": ["F2"]}, {}, today=TODAY)
    assert (reading.answers, reading.faults) == ({"G1.F2": "a@example.org"}, ())
    without = form.read_page("page", both, {}, today=TODAY)
    assert [fault.code for fault in without.faults] == ["answer.choice_group_one"]
    shown = form.page_view("page", {}, today=TODAY, raw={"G1?": "F1"})["nodes"][0]["parts"]
    assert [(part["code"], part["chosen"]) for part in shown] == [("F1", True), ("F2", False)]
    none = form.read_page("page", {**both, "G1?": [""]}, {"G1.F1": "x"}, today=TODAY)
    assert [fault.code for fault in none.faults] == ["answer.choice_group_none"]


def test_a_table_has_a_cell_for_each_column():
    form = compile_form(KINDS)
    grid = form.page_view("kinds", WHOLE, today=TODAY)["nodes"][5]
    assert [column["label"] for column in grid["columns"]] == ["Erster Tag", "Anlass"]
    assert [cell["value"] for cell in grid["rows"][0]["cells"]] == ["01.05.2027", "m"]
    day = Group(id="G1", label="Tage", table=True, nodes=tuple(
        Group(id=f"G{n}", label=name, minimum=0, nodes=(Field(id="F1", label="Von"),))
        for n, name in enumerate(("Montag", "Dienstag"))
    ))  # fmt: skip
    rows = compile_form(form_of(page_of(day))).page_view("page", {}, today=TODAY)["nodes"][0][
        "rows"
    ]
    assert [row["label"] for row in rows] == ["Montag", "Dienstag"]


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (Group(id="G1", label="A", entry_pages=True, nodes=(Field(id="F1", label="F"),)),
         "form.entry_pages"),
        (Group(id="G1", label="A", table=True, nodes=(Field(id="F1", label="F"),)),
         "form.no_table"),
        (Group(id="G1", label="A", table=True, maximum=3, nodes=(WAYS,)), "form.no_table"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_so_is_told(group, code):
    with pytest.raises(FaultsError) as told:
        compile_form(form_of(page_of(group)))
    assert code in [fault.code for fault in told.value.faults]


def test_a_repeated_group_that_nobody_sees_has_no_page():
    hidden = Group(id="G1", label="A", maximum=3, nodes=(
        Field(id="F1", label="Kanal", hidden=True, default="online"),
    ))  # fmt: skip
    form = compile_form(form_of(page_of(hidden), page_of(Field(id="F2", label="B"), key="two")))
    assert form.route({}, today=TODAY) == ("two",)


ABOUT = Group(
    id="G1",
    label="Vorhaben",
    nodes=(
        Field(id="F0", label="Lesen Sie das.", kind="note", minimum=0),
        Field(id="F1", label="Was?", kind="choice", options=(Option(code="a", label="A"),
                                                             Option(code="b", label="B"))),
        Field(id="F2", label="Warum?", visible_when='F1 = "b"'),
        Group(id="G2", label="Anschrift", nodes=(
            Field(id="F1", label="Straße"), Field(id="F2", label="Ort"))),
        Field(id="F3", label="Kanal", hidden=True, default="online"),
    ),
)  # fmt: skip
LONG = Form(
    key="long",
    version="1",
    title="Erlaubnis",
    pages=(
        Page(id="what", title="Das Vorhaben", nodes=(ABOUT,)),
        Page(id="who", title="Sie", nodes=(Field(id="F9", label="Ihr Name"),),
             visible_when='G1.F1 = "a"'),
    ),
)  # fmt: skip
GIVEN = {"G1.F1": "a", "G1.G2.F1": "Weg 1", "G1.G2.F2": "Ort", "F9": "Kim"}


def laid_out(layout):
    import msgspec

    return compile_form(msgspec.structs.replace(LONG, layout=layout))


def test_one_thing_per_page():
    form = laid_out("one_per_page")
    assert [(page.id, page.title) for page in form.form.pages] == [
        ("what", "Was?"), ("what-2", "Warum?"), ("what-3", "Anschrift"), ("who", "Sie"),
    ]  # fmt: skip
    assert form.route(GIVEN, today=TODAY) == ("what", "what-3", "who")
    assert form.route({"G1.F1": "b"}, today=TODAY) == ("what", "what-2", "what-3")
    view = form.page_view("what", {}, today=TODAY)
    assert [node["name"] for node in view["nodes"][0]["nodes"]] == ["G1.F0", "G1.F1"]
    assert form.page_view("who", GIVEN, today=TODAY)["titled"] is False
    lone = form.page_view("what-2", {"G1.F1": "b"}, today=TODAY)
    assert lone["titled"] and not lone["nodes"][0]["show_label"]


def test_everything_on_one_page():
    form = laid_out("compact")
    assert form.route({}, today=TODAY) == ("what",)
    assert form.page_view("what", {}, today=TODAY)["title"] == "Erlaubnis"
    names = {row.path for row in form.rows(GIVEN, today=TODAY)[0].rows}
    assert "F9" in names
    other = form.rows({**GIVEN, "G1.F1": "b"}, today=TODAY)[0].rows
    assert "F9" not in {row.path for row in other}


@pytest.mark.parametrize("layout", ["one_per_page", "compact"])
@pytest.mark.parametrize("answers", [{}, GIVEN, {"G1.F1": "b"}, {**GIVEN, "G1.F1": "b"}])
def test_a_layout_changes_no_meaning(layout, answers):
    plain, other = compile_form(LONG), laid_out(layout)
    assert other.effective(answers, today=TODAY) == plain.effective(answers, today=TODAY)
    told = {(fault.path, fault.code) for fault in plain.faults(answers, today=TODAY)}
    assert {(fault.path, fault.code) for fault in other.faults(answers, today=TODAY)} == told


def test_sections_of_the_check_page_are_those_of_the_author():
    titles = [section.title for section in laid_out("one_per_page").rows(GIVEN, today=TODAY)]
    assert titles == ["Das Vorhaben", "Sie"]
