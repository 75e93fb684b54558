"""The inbox: every number is exact after every deed, pages follow the index, towns are apart."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.cases.models import DONE, OPEN, Case, Tally
from gemeinwerk.core.access import Actor
from gemeinwerk.core.kernel import NotFoundError, RefusedError, new_id
from tests.parking import Office, apply


def today():
    return timezone.now().date()


def counted(actor: Actor) -> dict[str, int]:
    """Count the shelves the slow way, row by row."""
    rows = list(Case.objects.filter(unit_id__in=actor.unit_ids))
    opened = [row for row in rows if row.state in OPEN]
    return {
        "unread": sum(row.unread or row.changed for row in opened),
        "mine": sum(row.assignee_id == actor.staff_id for row in opened),
        "open": len(opened),
        "waiting": sum(row.state in ("awaiting_applicant", "hearing") for row in opened),
        "second": sum(row.state == "awaiting_second" for row in opened),
        "overdue": sum(row.due_on < today() for row in opened),
        "done": sum(row.state in DONE for row in rows),
    }


def plant(office: Office, like: UUID, number: int) -> None:
    """Multiply a case made by actions, in bulk, in all states."""
    one = Case.objects.get(pk=like)
    states = (*OPEN, *DONE)
    copies = []
    for index in range(number):
        copy = Case(**{f.attname: getattr(one, f.attname) for f in Case._meta.concrete_fields})
        copy.id, copy.number = new_id(), f"T-{index}"
        copy.state = states[index % len(states)]
        copy.assignee_id = office.staff["Ben"] if index % 3 == 0 else None
        copy.unread, copy.changed = index % 4 == 0, index % 5 == 0
        copy.due_on = today() + timedelta(days=index % 21 - 10)
        copies.append(copy)
    Case.objects.bulk_create(copies)


def test_numbers_are_exact_after_every_deed(office: Office, annas_case: UUID):
    ben, now = office.actor("Ben"), timezone.now()
    assert queries.counts(ben, today=today()) == counted(ben)
    deeds = (
        lambda: actions.claim(actor=ben, case_id=annas_case, now=now),
        lambda: actions.ask_for_documents(
            actor=ben,
            case_id=annas_case,
            wanted=[("", "Foto")],
            text="Bitte ein Foto",
            due_on=actions.usual_due_on(today()),
            today=today(),
            now=now,
        ),
        lambda: actions.withdraw_request(
            actor=ben, request_id=queries.requests(annas_case)[0].id, now=now
        ),
        lambda: actions.release(actor=ben, case_id=annas_case, now=now),
        lambda: Case.objects.filter(pk=annas_case).update(due_on=today() - timedelta(days=1)),
        lambda: Case.objects.filter(pk=annas_case).update(state="closed"),
    )
    for deed in deeds:
        deed()
        assert queries.counts(ben, today=today()) == counted(ben)


def test_numbers_survive_adding_up(office: Office, annas_case: UUID, as_worker):
    ben = office.actor("Ben")
    plant(office, annas_case, 90)
    Case.objects.filter(number__in=["T-1", "T-2"]).update(changed=True)
    before, rows = queries.counts(ben, today=today()), Tally.objects.count()
    assert before == counted(ben)
    with as_worker():
        actions.compact_counts()
    assert queries.counts(ben, today=today()) == before
    assert Tally.objects.count() < rows


def test_a_deleted_case_is_not_counted(office: Office, annas_case: UUID):
    Case.objects.filter(pk=annas_case).delete()
    assert set(queries.counts(office.actor("Ben"), today=today()).values()) == {0}


@pytest.mark.parametrize("shelf", queries.SHELVES)
def test_pages_hold_the_whole_shelf_once_in_order(office: Office, annas_case: UUID, shelf: str):
    ben = office.actor("Ben")
    plant(office, annas_case, 150)
    seen: list[Case] = []
    number, pages = 1, 1
    while number <= pages:
        page = queries.inbox(ben, shelf, today=today(), number=number)
        seen += page.rows
        pages, number = page.pages, number + 1
    assert len(seen) == len({row.id for row in seen}) == page.total == counted(ben)[shelf]
    days = [row.due_on for row in seen]
    assert days == sorted(days, reverse=shelf == "done")


def test_statements_do_not_grow_with_the_rows(office: Office, annas_case: UUID):
    ben = office.actor("Ben")
    with CaptureQueriesContext(
        connection,
    ) as few:
        actions.look(
            actor=ben, shelf="open", today=today(), number=1,
            narrowing=queries.Narrowing(), now=timezone.now(),
        )  # fmt: skip
    plant(office, annas_case, 150)
    with CaptureQueriesContext(connection) as many:
        actions.look(
            actor=ben, shelf="open", today=today(), number=1,
            narrowing=queries.Narrowing(), now=timezone.now(),
        )  # fmt: skip
    assert len(many) == len(few)


def test_neighbours_lead_through_the_shelf(office: Office, annas_case: UUID):
    ben = office.actor("Ben")
    plant(office, annas_case, 30)
    rows = queries.inbox(ben, "open", today=today()).rows
    for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
        found = queries.neighbours(ben, "open", row, today=today())
        assert found == (before.id, after.id)
    assert queries.neighbours(ben, "open", rows[0], today=today())[0] is None


def test_narrowed_lists_and_numbers_agree(office: Office, annas_case: UUID):
    ben = office.actor("Ben")
    plant(office, annas_case, 20)
    Case.objects.filter(number="T-0").update(service_key="other")
    wide = queries.inbox(ben, "open", today=today())
    only = queries.Narrowing(service_key="other")
    narrow = queries.inbox(ben, "open", today=today(), narrowing=only)
    assert (narrow.total, len(narrow.rows)) == (1, 1)
    assert wide.total > 1
    foreign = queries.Narrowing(unit_id=new_id())
    assert queries.inbox(ben, "open", today=today(), narrowing=foreign).rows == []


def test_another_unit_sees_an_empty_inbox(office: Office, annas_case: UUID):
    assert queries.inbox(office.actor("Oke"), "open", today=today()).rows == []
    assert set(queries.counts(office.actor("Oke"), today=today()).values()) == {0}
    assert queries.search(office.actor("Oke"), "Beispiel") == []


def test_search_finds_whole_words_numbers_and_plates(office: Office):
    from gemeinwerk.apps.applications import queries as submissions

    dossier_id = apply(office, now=timezone.now())
    case = actions.open_case(dossier_id, now=timezone.now())
    ben = office.actor("Ben")
    view = submissions.submission_for(ben, dossier_id, unit_id=office.unit_id)
    plate = view.content.answers[view.package.roles["plate"]]
    for text in (view.content.name, case.number.lower(), plate, plate.replace(" ", "")):
        assert [row.id for row in queries.search(ben, text)] == [dossier_id], text
    assert queries.search(ben, view.content.name[:3]) == []
    assert queries.search(ben, "  ") == []


def test_a_citizen_has_no_inbox(office: Office, annas_case: UUID):
    anna = Actor(
        kind="citizen", municipality_id=office.town_id, dossier_ids=frozenset({annas_case})
    )
    for refused in (
        lambda: queries.inbox(anna, "open", today=today()),
        lambda: queries.counts(anna, today=today()),
        lambda: queries.search(anna, "Beispiel"),
    ):
        with pytest.raises(RefusedError):
            refused()


def test_an_unknown_shelf_is_not_there(office: Office):
    with pytest.raises(NotFoundError):
        queries.inbox(office.actor("Ben"), "secret", today=today())


def test_the_list_is_recorded_once_with_its_ids(office: Office, annas_case: UUID):
    from gemeinwerk.apps.audit.models import Entry

    actions.look(
        actor=office.actor("Ben"), shelf="open", today=today(), number=1,
        narrowing=queries.Narrowing(), now=timezone.now(),
    )  # fmt: skip
    (entry,) = Entry.objects.filter(verb="case.listed")
    assert entry.details["ids"] == [str(annas_case)]
