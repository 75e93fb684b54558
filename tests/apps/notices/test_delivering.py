"""A notice reaches the person: by button, or by letter; each day is explained."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.parking import NOW, TODAY, Office, applicant, apply

pytestmark = pytest.mark.django_db


def decided(office: Office, **changed: str):  # type: ignore[no-untyped-def]
    dossier = apply(office, **changed)
    office.work()
    return dossier, applicant(office.town_id, dossier)


def view_of(actor, dossier):  # type: ignore[no-untyped-def]
    from gemeinwerk.apps.notices import queries

    return queries.decision_of(actor, dossier)


def test_the_day_after_the_retrieval_counts(office: Office) -> None:
    from gemeinwerk.apps.audit.models import Entry
    from gemeinwerk.apps.notices import actions

    dossier, anna = decided(office)
    first = actions.retrieve(actor=anna, dossier_id=dossier, now=NOW)
    again = actions.retrieve(actor=anna, dossier_id=dossier, now=NOW + timedelta(days=40))
    assert first.data == again.data
    found = view_of(anna, dossier)
    assert (found.delivery, found.notified_on) == ("retrieved", date(2026, 11, 24))
    assert found.remedy_until == date(2026, 12, 24)
    assert len(found.steps) >= 3
    assert Entry.objects.filter(subject=dossier, verb="notice.retrieved").count() == 2


def test_ten_days_without_a_retrieval_make_it_a_letter(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.apps.notices.errors import DownloadEndedError

    dossier, anna = decided(office)
    last_day = NOW + timedelta(days=10)
    assert view_of(anna, dossier).lapses_on == last_day.date()
    with office.as_worker():
        assert actions.lapse_downloads(now=last_day) == 0
        assert actions.lapse_downloads(now=last_day + timedelta(days=1)) == 1
        assert actions.lapse_downloads(now=last_day + timedelta(days=1)) == 0
    with pytest.raises(DownloadEndedError):
        actions.retrieve(actor=anna, dossier_id=dossier, now=last_day + timedelta(days=1))
    row = queries.print_queue(office.actor("Ben"))[0]
    assert (row.case_id, row.reason) == (dossier, "not_retrieved")
    assert view_of(anna, dossier).delivery == "lapsed"
    office.work(last_day + timedelta(days=1))
    assert office.outside.mails[-1].subject == "Ihr Bescheid kommt jetzt mit der Post"


def test_law_does_not_wait_for_the_job(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.errors import DownloadEndedError

    dossier, anna = decided(office)
    with pytest.raises(DownloadEndedError):
        actions.retrieve(actor=anna, dossier_id=dossier, now=NOW + timedelta(days=11))


def test_the_ten_days_begin_when_the_alert_has_left(office: Office) -> None:
    dossier = apply(office)
    office.outside.away = True
    office.work()  # mail and register are away: a person decides
    assert view_of(applicant(office.town_id, dossier), dossier) is None

    office.outside.away = False
    dossier, anna = decided(office, plate="WB-AB 9", family_name="Neu", given_names="Person")
    assert view_of(anna, dossier).lapses_on == TODAY + timedelta(days=10)


@pytest.fixture
def tax(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tax code count the days of every service."""
    from gemeinwerk.apps.catalogue import queries
    from gemeinwerk.core.calendars import Law

    known = queries.package_of

    def under_ao(version_id: UUID, **named: str):  # type: ignore[no-untyped-def]
        return replace(known(version_id, **named), procedural_law=Law.AO)

    monkeypatch.setattr(queries, "package_of", under_ao)


@pytest.mark.usefixtures("tax")
def test_a_tax_notice_counts_from_the_alert_and_never_lapses(office: Office) -> None:
    from gemeinwerk.apps.notices import actions

    dossier, anna = decided(office)
    assert office.outside.mails[-1].subject == "Ihr Steuerbescheid liegt bereit"
    found = view_of(anna, dossier)
    assert (found.delivery, found.lapses_on) == ("ready", None)
    assert found.notified_on == date(2026, 11, 27)  # a Friday: nothing moves
    assert "Abgabenordnung" in found.steps[0][0]
    late = NOW + timedelta(days=40)
    with office.as_worker():
        assert actions.lapse_downloads(now=late) == 0
    actions.retrieve(actor=anna, dossier_id=dossier, now=late)
    found = view_of(anna, dossier)
    assert (found.delivery, found.notified_on) == ("retrieved", date(2026, 11, 27))


@pytest.mark.usefixtures("tax")
def test_a_tax_notice_fetched_before_its_alert_counts_from_that_day(office: Office) -> None:
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.models import Delivery

    dossier, anna = decided(office)
    Delivery.objects.update(alerted_at=None, notified_on=None, lapses_on=TODAY)
    actions.retrieve(actor=anna, dossier_id=dossier, now=NOW)
    assert view_of(anna, dossier).notified_on == TODAY


def test_without_consent_a_letter_goes_and_counts_on_day_four(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.apps.notices.errors import NoDownloadError

    dossier, anna = decided(office, consent="false")
    assert view_of(anna, dossier).delivery == "printing"
    with pytest.raises(NoDownloadError):
        actions.retrieve(actor=anna, dossier_id=dossier, now=NOW)
    ben = office.actor("Ben")
    row = queries.print_queue(ben)[0]
    assert row.reason == "no_consent"
    actions.mark_printed(actor=ben, job_id=row.id, posted_on=TODAY, now=NOW)
    found = view_of(anna, dossier)
    assert (found.delivery, found.notified_on) == ("posted", date(2026, 11, 27))
    assert found.remedy_until == date(2026, 12, 28)  # 27 December is a Sunday
    assert queries.print_queue(ben) == []
    assert [one.id for one in queries.print_queue(ben, printed=True)] == [row.id]


def test_printing_twice_counts_once(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries

    dossier, anna = decided(office, consent="false")
    ben = office.actor("Ben")
    row = queries.print_queue(ben)[0]
    actions.mark_printed(actor=ben, job_id=row.id, posted_on=TODAY, now=NOW)
    later = TODAY + timedelta(days=5)
    actions.mark_printed(actor=ben, job_id=row.id, posted_on=later, now=NOW)
    assert view_of(anna, dossier).notified_on == date(2026, 11, 27)


def test_strangers_neither_fetch_nor_print(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries
    from gemeinwerk.core.kernel import RefusedError

    dossier, _ = decided(office, consent="false")
    with pytest.raises(RefusedError):
        actions.retrieve(actor=applicant(office.town_id), dossier_id=dossier, now=NOW)
    row = queries.print_queue(office.actor("Ben"))[0]
    with pytest.raises(RefusedError):
        actions.mark_printed(actor=office.actor("Oke"), job_id=row.id, posted_on=TODAY, now=NOW)


def test_mails_hold_no_content_of_the_case(office: Office) -> None:
    dossier, _ = decided(office)
    sent = office.outside.mails
    assert {mail.subject for mail in sent} >= {
        "Ihr Antrag ist angekommen",
        "Ihr Bescheid liegt bereit",
    }
    for mail in sent:
        words = f"{mail.subject} {mail.text}"
        assert not any(word in words for word in ("Beispiel", "WB-XY", "Bewohnerpark", "bewilligt"))
    assert any(f"/weiter/{dossier}" in mail.text for mail in sent)


def test_only_the_issued_bytes_are_handed_over_byte_for_byte(office: Office) -> None:
    from gemeinwerk.apps.documents.queries import FileChangedError
    from gemeinwerk.apps.notices import actions
    from gemeinwerk.apps.notices.models import Decision

    dossier, anna = decided(office)
    Decision.objects.filter(dossier=dossier).update(file_sha256=bytes(32))
    with pytest.raises(FileChangedError):
        actions.retrieve(actor=anna, dossier_id=dossier, now=NOW)
