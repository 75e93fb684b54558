"""What operators do and see: shredded cases, people who leave, alarms and figures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from gemeinwerk.apps import ports, sealing
from gemeinwerk.apps.applications.models import FoundBy, Submission
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.apps.documents.models import StoredFile
from gemeinwerk.apps.identity import office as people
from gemeinwerk.apps.mailbox.models import Message
from gemeinwerk.apps.portfolio import queries
from gemeinwerk.connectors.key_store import KeyGoneError, KeyStore
from gemeinwerk.core.access import Actor, Role
from gemeinwerk.core.kernel import NotFoundError, RefusedError, new_id
from gemeinwerk.project.command_line import build_parser
from gemeinwerk.project.commands import case as case_command
from tests.offices import operator
from tests.parking import NOW, Office, apply

AsRole = Callable[[], AbstractContextManager[None]]


def shred(case: str, *more: str) -> int:
    words = ("case", "shred", case, "--municipality", "lindenau", *more)
    return case_command.shred(build_parser("case").parse_args(words))


def manager(town: int, *roles: Role) -> Actor:
    return Actor(kind="staff", municipality_id=town, staff_id=new_id(), roles=frozenset(roles))


@pytest.fixture
def opened(office: Office) -> Case:
    """An application with evidence that became a case."""
    dossier = apply(office)
    office.work()
    return Case.objects.get(pk=dossier)


def test_a_shredded_case_is_unreadable_in_an_old_backup_too(
    opened: Case, as_worker: AsRole, tmp_path: Path
) -> None:
    kept = bytes(Submission.objects.get(pk=opened.id).sealed_content)
    shutil.copytree(tmp_path / "keys", tmp_path / "backup")
    assert any(each.is_file() for each in (tmp_path / "files").rglob("*"))
    with as_worker():
        assert shred(opened.number, "--yes") == 0
    opened.refresh_from_db()
    assert opened.shredded_at is not None
    assert not StoredFile.objects.filter(subject=opened.id).exists()
    assert not Message.objects.filter(subject=opened.id).exists()
    assert not FoundBy.objects.filter(dossier=opened.id).exists()
    assert not any(each.is_file() for each in (tmp_path / "files").rglob("*"))
    assert Entry.objects.filter(verb="case.shredded", subject=opened.id).count() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(length(sealed_content)), 0) FROM notices_decision")
        assert cursor.fetchone()[0] == 0
    # The dossier keys of an older backup laid back beside today's tombstones open nothing.
    shutil.copytree(
        tmp_path / "backup" / "dossiers", tmp_path / "keys" / "dossiers", dirs_exist_ok=True
    )
    ports.key_store.plug(KeyStore(tmp_path / "keys", life=0))
    with pytest.raises(KeyGoneError):
        sealing.unseal(opened.id, "submission.content", kept)


def test_shredding_asks_and_finds_only_its_town(opened: Case, as_worker: AsRole) -> None:
    with as_worker():
        assert shred(opened.number) == 1  # no terminal, no --yes: nothing happens
        with pytest.raises(NotFoundError):
            shred("unknown", "--yes")
        words = ("case", "shred", str(opened.id), "--municipality", "birkenfurt", "--yes")
        with pytest.raises(NotFoundError):
            case_command.shred(build_parser("case").parse_args(words))
    opened.refresh_from_db()
    assert opened.shredded_at is None


def test_shredding_twice_does_no_harm(opened: Case, as_worker: AsRole) -> None:
    with as_worker():
        assert shred(str(opened.id), "--yes") == 0
        assert shred(opened.number, "--yes") == 0


def test_cases_of_people_who_leave_go_back(office: Office) -> None:
    dossier = apply(office, evidence=False)
    office.work()
    ben = office.actor("Ben")
    assert ben is not None
    cases.claim(actor=ben, case_id=dossier, now=NOW)
    people.person_leaves(actor=operator(office.town_id), staff_id=office.staff["Ben"], now=NOW)
    office.work()
    case = Case.objects.get(pk=dossier)
    assert (case.assignee_id, case.state, case.unread) == (None, "received", True)


def test_a_submission_without_case_is_an_alarm(office: Office) -> None:
    apply(office)
    late = NOW + timedelta(hours=1)
    found = {each.key: each for each in queries.readings(late)}
    assert found["submissions_without_case"].alarm
    assert found["oldest_job_seconds"].alarm
    office.work(late)
    found = {each.key: each for each in queries.readings(late)}
    assert not found["submissions_without_case"].alarm
    assert not found["oldest_job_seconds"].alarm


def test_small_numbers_are_held_back(office: Office) -> None:
    apply(office, evidence=False)
    office.work()
    (figure,) = queries.figures(manager(office.town_id, Role.MAYOR))
    assert figure.count is None


def test_alarms_and_figures_are_refused_to_others(office: Office) -> None:
    for role in (Role.CASEWORKER, Role.AUTHOR):
        with pytest.raises(RefusedError):
            queries.alarms(manager(office.town_id, role), NOW)
        with pytest.raises(RefusedError):
            queries.chain_report(manager(office.town_id, role))
    for role in (Role.CASEWORKER, Role.OPERATOR):
        with pytest.raises(RefusedError):
            queries.figures(manager(office.town_id, role))
