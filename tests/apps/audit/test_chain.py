"""The audit chain: linked, proven, append-only, and its end cannot be cut off unseen."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from gemeinwerk.apps.audit import actions, chain, handlers, heads, proofs, queries
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Actor, Role
from gemeinwerk.core.kernel import RefusedError, new_id
from tests.offices import NOW, operator

AsRole = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def linked(lindenau: int, as_worker: AsRole) -> int:
    """A chain of five links."""
    for number in range(5):
        time.sleep(0.002)  # ids of one millisecond have no order
        actions.record(
            operator(lindenau), "test.done", now=NOW, object_kind="test", object_id=str(number)
        )
    with as_worker():
        handlers.link_all(NOW)
    return lindenau


def staff(town: int, *roles: Role) -> Actor:
    return Actor(kind="staff", municipality_id=town, staff_id=new_id(), roles=frozenset(roles))


def forge(as_owner: AsRole, statement: str) -> None:
    """Do what only somebody with the owner's password could do."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_fresh_chain_is_sound(linked: int) -> None:
    report = chain.verify()
    assert report.sound
    assert (report.length, report.unlinked) == (5, 0)


def test_linking_goes_on_where_it_stopped(linked: int, as_worker: AsRole) -> None:
    actions.record(operator(linked), "test.done", now=NOW, object_kind="test")
    assert chain.verify().unlinked == 1
    with as_worker():
        handlers.link_all(NOW)
        handlers.link_all(NOW)
    assert chain.verify().length == 6


def test_stragglers_are_linked_by_the_full_run(linked: int, as_worker: AsRole) -> None:
    actions.record(operator(linked), "test.done", now=NOW, object_kind="test")
    Entry.objects.bulk_create(
        [Entry(id=UUID(int=7), at=NOW, actor_kind="system", verb="test.late", object_kind="test")]
    )
    with as_worker():
        handlers.link_all(NOW)
        assert chain.verify().unlinked == 1
        handlers.export_head(NOW)
    assert (chain.verify().length, chain.verify().unlinked) == (7, 0)


@pytest.mark.parametrize(
    ("statement", "place", "reason"),
    [
        ("UPDATE audit_entry SET verb = 'x' WHERE object_id = '2'", 3, "the entry was changed"),
        (
            "UPDATE audit_entry SET details = '{\"a\": 1}' WHERE object_id = '0'",
            1,
            "the entry was changed",
        ),
        (
            "UPDATE audit_entry SET at = at + interval '1 us' WHERE object_id = '4'",
            5,
            "the entry was changed",
        ),
        ("DELETE FROM audit_link WHERE id = 2", 2, "a link is missing"),
        (
            "UPDATE audit_link SET previous_hash = hash WHERE id = 4",
            4,
            "the link does not follow the one before",
        ),
        (
            "SET CONSTRAINTS ALL DEFERRED; DELETE FROM audit_entry WHERE object_id = '3'",
            4,
            "the entry was deleted",
        ),
    ],
)
def test_each_forgery_is_named(
    linked: int, as_owner: AsRole, statement: str, place: int, reason: str
) -> None:
    with transaction.atomic():
        forge(as_owner, statement)
        report = chain.verify()
        assert (report.broken_at, report.reason) == (place, reason)
        transaction.set_rollback(True)
    assert chain.verify().sound


def test_a_cut_end_shows_against_the_exported_head(linked: int, as_owner: AsRole) -> None:
    heads.export(NOW.date())
    forge(as_owner, "DELETE FROM audit_link WHERE id > 3")
    assert chain.verify().sound  # the rest alone looks right
    report = chain.verify(heads.exported_heads())
    assert (report.broken_at, report.reason) == (4, "the end of the chain was removed")


def test_a_chain_written_anew_shows_against_the_exported_head(
    linked: int, as_owner: AsRole, as_worker: AsRole
) -> None:
    heads.export(NOW.date())
    forge(as_owner, "DELETE FROM audit_link")
    forge(as_owner, "UPDATE audit_entry SET verb = 'x' WHERE object_id = '1'")
    with as_worker():
        handlers.export_head(NOW)  # the first head of the day stays
    assert chain.verify().sound
    report = chain.verify(heads.exported_heads())
    assert report.reason == "the link differs from the exported head"


@pytest.mark.parametrize("table", ["audit_entry", "audit_link"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("worker", [False, True])
def test_web_and_worker_can_only_add(
    linked: int, as_worker: AsRole, table: str, verb: str, worker: bool
) -> None:
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic():
        if worker:
            with as_worker(), connection.cursor() as cursor:
                cursor.execute(verb.format(table))
        else:
            with connection.cursor() as cursor:
                cursor.execute(verb.format(table))


def test_the_web_role_forges_no_links(linked: int) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        actions.record(operator(linked), "test.done", now=NOW, object_kind="test")
        chain.link(now=NOW)


def test_each_town_has_its_own_chain(
    linked: int, towns: tuple[int, int], as_worker: AsRole
) -> None:
    with tenancy.town(towns[1]):
        actions.record(operator(towns[1]), "test.done", now=NOW, object_kind="test")
        with as_worker():
            handlers.link_all(NOW)
        assert chain.verify().length == 1
    assert chain.verify().length == 5


def test_a_list_is_recorded_for_staff_and_not_for_citizens(lindenau: int) -> None:
    case, reader = new_id(), staff(lindenau, Role.CASEWORKER)
    actions.record_reads(reader, "case", [case, new_id()], right="see_inbox", now=NOW)
    actions.record_reads(reader, "case", [], right="see_inbox", now=NOW)
    citizen = Actor(kind="citizen", municipality_id=lindenau, dossier_ids=frozenset({case}))
    actions.record_reads(citizen, "case", [case], right="see_inbox", now=NOW)
    entry = Entry.objects.get()
    assert (entry.verb, len(entry.details["ids"])) == ("case.listed", 2)


def test_a_look_at_the_record_is_recorded(linked: int) -> None:
    page = actions.look(staff(linked, Role.OPERATOR), queries.Filter(verb="test.done"), now=NOW)
    assert len(page.entries) == 5
    latest = Entry.objects.order_by("-id")[0]
    assert (latest.verb, len(latest.details["ids"])) == ("audit.listed", 5)


def test_a_caseworker_sees_no_record(linked: int) -> None:
    for role in (Role.CASEWORKER, Role.TEAM_LEAD, Role.AUTHOR):
        with pytest.raises(RefusedError):
            actions.look(staff(linked, role), queries.Filter(), now=NOW)
        with pytest.raises(RefusedError):
            queries.chain_report(staff(linked, role))


def test_pages_follow_each_other(linked: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    actor, seen, wanted = staff(linked, Role.MAYOR), [], queries.Filter(verb="test.done")
    while True:
        page = queries.entries(actor, wanted)
        seen += [entry.object_id for entry in page.entries]
        if page.more is None:
            break
        wanted = queries.Filter(verb="test.done", before=page.more)
    assert seen == ["4", "3", "2", "1", "0"]


def test_a_look_walks_only_what_came_since_the_last_proof(linked: int, as_worker: AsRole) -> None:
    with as_worker():
        assert proofs.prove(NOW).length == 5
    actions.record(operator(linked), "test.done", now=NOW, object_kind="test")
    with as_worker():
        handlers.link_all(NOW)
    real = chain.entry_hash
    seen: list[int] = []

    def counted(entry: Entry, position: int, previous: bytes) -> bytes:
        seen.append(position)
        return real(entry, position, previous)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chain, "entry_hash", counted)
        assert proofs.report().length == 6
    assert seen == [6]


def test_a_change_behind_the_proof_is_found_within_a_day(
    linked: int, as_worker: AsRole, as_owner: AsRole
) -> None:
    with as_worker():
        proofs.prove(NOW)
    forge(as_owner, "UPDATE audit_entry SET verb = 'test.other' WHERE object_id = '2'")
    assert proofs.report().sound  # not walked again at each look
    with as_worker():
        assert proofs.prove(NOW + timedelta(hours=1)).sound
        assert proofs.prove(NOW + proofs.WHOLE_EVERY).broken_at == 3
        assert proofs.prove(NOW + proofs.WHOLE_EVERY + timedelta(hours=1)).broken_at == 3
    assert proofs.report().broken_at == 3


def test_a_chain_written_anew_does_not_pass_for_the_proven_one(
    linked: int, as_worker: AsRole, as_owner: AsRole
) -> None:
    with as_worker():
        proofs.prove(NOW)
    forge(as_owner, "DELETE FROM audit_link WHERE id = 5")
    assert proofs.report().broken_at == 5
