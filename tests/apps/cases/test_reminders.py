"""Evidence that was announced: one reminder before its day, one after, and none too many."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.parking import NOW, Office, applicant, apply, photo

pytestmark = pytest.mark.django_db

BEFORE, AFTER = NOW + timedelta(days=3), NOW + timedelta(days=7)


@pytest.fixture
def waiting(office: Office) -> UUID:
    """A case whose keeper's permission follows in five days."""
    dossier = apply(office, evidence=False)
    office.work()
    office.outside.mails.clear()
    return dossier


def subjects(office: Office) -> list[str]:
    found = [mail.subject for mail in office.outside.mails]  # type: ignore[attr-defined]
    office.outside.mails.clear()
    return found


def hand_in(office: Office, dossier: UUID) -> None:
    from gemeinwerk.apps.applications import actions

    actions.add_later(
        actor=applicant(office.town_id, dossier),
        dossier_id=dossier,
        key="keeper_permission",
        name="Zustimmung.png",
        data=photo(),
        now=NOW,
    )


def test_a_mail_before_the_day_and_one_after(office: Office, waiting: UUID) -> None:
    office.work(NOW + timedelta(days=1))
    assert subjects(office) == []
    office.work(BEFORE)
    assert subjects(office) == ["Erinnerung: Unterlagen bis Samstag, 28. November 2026"]
    office.work(BEFORE)
    assert subjects(office) == [], "told once"
    office.work(AFTER)
    assert subjects(office) == ["Ihre Unterlagen fehlen noch"]


def test_what_has_come_is_not_asked_for(office: Office, waiting: UUID) -> None:
    hand_in(office, waiting)
    office.work()
    assert subjects(office) == ["Ihre Unterlagen sind angekommen"]
    office.work(AFTER)
    assert subjects(office) == []


def test_a_second_run_of_the_handler_plans_nothing_twice(office: Office, waiting: UUID) -> None:
    from gemeinwerk.apps.outbox.models import Job

    planned = Job.objects.filter(handler="cases.remind_of_evidence")
    assert planned.count() == 2
    office.work()
    assert planned.count() == 2


def test_a_decided_case_is_left_in_peace(office: Office, waiting: UUID) -> None:
    from gemeinwerk.apps.cases.models import Case

    Case.objects.filter(pk=waiting).update(state="decided")
    office.work(AFTER)
    assert subjects(office) == []


def test_an_open_request_reminds_by_itself(office: Office, waiting: UUID) -> None:
    from gemeinwerk.apps.cases import actions

    ben = office.actor("Ben")
    actions.claim(actor=ben, case_id=waiting, now=NOW)
    actions.ask_for_documents(
        actor=ben,
        case_id=waiting,
        text="Schicken Sie uns die Zustimmung.",
        wanted=[("keeper_permission", "Zustimmung")],
        due_on=(NOW + timedelta(days=14)).date(),
        today=NOW.date(),
        now=NOW,
    )
    office.work()
    subjects(office)
    office.work(AFTER)
    assert subjects(office) == []
