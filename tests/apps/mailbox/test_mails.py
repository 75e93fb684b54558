"""Mails: words in both languages, sealed while they wait, delivered once, and only a hint."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from gemeinwerk.apps.mailbox import texts
from tests.offices import operator
from tests.parking import NOW, TODAY, Office, applicant, apply

FIELDS = {"link", "town", "day", "what"}


def test_every_mail_says_who_where_and_nothing_else():
    for language in ("de", "en"):
        for name, words in texts.templates(language).items():
            used = set(re.findall(r"\{(\w+)\}", words.subject + words.text))
            assert used <= FIELDS, name
            asks = {"link"} if name != "person_ended" else set()  # her link opens nothing any more
            assert {"town"} | asks <= used, name
            assert "\n" not in words.subject


def test_people_can_read_every_mail_in_english():
    for_people = {n for n in texts.templates("de") if not n.startswith("staff_")}
    assert for_people == set(texts.templates("en"))
    for name in for_people:
        german, english = texts.words_of(name, "de"), texts.words_of(name, "en")
        assert german != english
        assert german.proof == english.proof


def test_an_unknown_language_reads_german():
    assert texts.words_of("receipt", "xx") == texts.words_of("receipt", "de")


@pytest.mark.django_db
def test_the_recipient_is_sealed_in_the_database(office: Office) -> None:
    from gemeinwerk.apps.mailbox.models import OutgoingMail

    dossier = apply(office)
    office.work()
    rows = OutgoingMail.objects.filter(subject=dossier)
    assert rows.count() == 2
    for row in rows:
        assert b"anna@example.org" not in bytes(row.sealed_recipient) + bytes(row.sealed_fields)
        assert row.sent_at is not None


@pytest.mark.django_db
def test_a_server_that_is_away_delays_a_mail_and_loses_none(office: Office) -> None:
    apply(office, remark="Hallo")
    office.outside.away = True
    office.work()
    assert office.outside.mails == []
    office.outside.away = False
    office.work(NOW + timedelta(hours=2))
    assert [mail.subject for mail in office.outside.mails] == ["Ihr Antrag ist angekommen"]
    office.work(NOW + timedelta(hours=4))
    assert len(office.outside.mails) == 1


@pytest.mark.django_db
def test_a_line_end_in_a_field_adds_no_header(office: Office) -> None:
    from gemeinwerk.apps.mailbox import actions

    actions.mail(
        subject=None,
        template="message",
        recipient="anna@example.org",
        fields={"link": "http://x\r\nBcc: boese@example.org"},
        now=NOW,
    )
    office.work()
    assert "\r" not in office.outside.mails[0].text
    assert "http://x Bcc: boese@example.org" in office.outside.mails[0].text


@pytest.mark.django_db
def test_the_link_to_a_draft_goes_without_the_code(office: Office) -> None:
    from gemeinwerk.apps.applications import actions

    draft = actions.start(offer_version_id=office.version_id, language="en", now=NOW)
    code = actions.ask_for_link(
        actor=applicant(office.town_id, draft.id),
        draft_id=draft.id,
        email="anna@example.org",
        now=NOW,
    )
    office.work()
    mail = office.outside.mails[0]
    assert mail.subject == "Your link to continue"
    assert f"http://lindenau.localhost:8000/weiter/{draft.id}" in mail.text
    assert code not in mail.text
    assert "Wednesday, 23 December 2026" in mail.text


@pytest.mark.django_db
def test_asked_and_reminded(office: Office) -> None:
    from gemeinwerk.apps.cases import actions

    dossier = apply(office, remark="Hallo")
    office.work()
    ben = office.actor("Ben")
    actions.claim(actor=ben, case_id=dossier, now=NOW)
    due = TODAY + timedelta(days=14)
    actions.ask_for_documents(
        actor=ben,
        case_id=dossier,
        wanted=[("vehicle_papers", "Schein")],
        text="Unscharf.",
        due_on=due,
        today=TODAY,
        now=NOW,
    )
    office.work()
    assert "Montag, 7. Dezember 2026" in office.outside.mails[-1].text
    office.work(NOW + timedelta(days=10))
    assert office.outside.mails[-1].subject == "Wir brauchen etwas von Ihnen"
    office.work(NOW + timedelta(days=12))
    assert office.outside.mails[-1].subject == "Erinnerung: Wir warten auf Ihre Antwort"


@pytest.mark.django_db
def test_whoever_has_answered_is_not_reminded(office: Office) -> None:
    from gemeinwerk.apps.cases import actions

    dossier = apply(office, remark="Hallo")
    office.work()
    ben = office.actor("Ben")
    actions.claim(actor=ben, case_id=dossier, now=NOW)
    asked = actions.open_hearing(
        actor=ben,
        case_id=dossier,
        text="Wir wollen ablehnen.",
        due_on=TODAY + timedelta(days=14),
        today=TODAY,
        now=NOW,
    )
    office.work()
    anna = applicant(office.town_id, dossier)
    actions.answer(actor=anna, request_id=asked.id, text="Nein.", now=NOW)
    before = len(office.outside.mails)
    office.work(NOW + timedelta(days=12))
    assert len(office.outside.mails) == before


@pytest.mark.django_db
def test_staff_hear_of_a_change_of_their_access(office: Office) -> None:
    from gemeinwerk.apps.identity import factors

    factors.changed(operator(office.town_id), office.staff["Ben"], "password", now=NOW)
    office.work()
    mail = office.outside.mails[0]
    assert mail.recipient == "ben@rathaus.example"
    assert "das Passwort" in mail.text
