"""The page of a submitted dossier: for Anna who owns it, and for nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.parking import Office, applicant, apply, photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loud_sentences")]


@pytest.fixture
def loud_sentences(settings: Any) -> None:
    settings.STRICT_SENTENCES = True


def anna(*dossiers: UUID) -> Client:
    """Return the browser in which these dossiers were begun."""
    from gemeinwerk.apps.identity.actions import begin_session, remember_dossier

    session, token = begin_session(now=timezone.now())
    for dossier in dossiers:
        remember_dossier(session, dossier)
    client = Client(headers={"host": "lindenau.localhost"})
    client.cookies["__Host-session"] = token
    return client


def page_of(dossier: UUID, rest: str = "") -> str:
    return f"/vorgang/{dossier}{rest}"


def shown(client: Client, dossier: UUID, rest: str = "") -> str:
    response = client.get(page_of(dossier, rest))
    assert response.status_code == 200
    return response.content.decode()


def test_the_receipt_is_there_before_the_case_is(office: Office) -> None:
    dossier = apply(office, now=timezone.now())
    client = anna(dossier)
    receipt = shown(client, dossier, "/eingang")
    assert "So geht es weiter" in receipt
    assert "Alle Unterlagen sind da" in receipt
    status = shown(client, dossier)
    assert "Ihr Antrag liegt im zuständigen Team" in status
    assert "Sie müssen etwas tun" not in status


def test_the_copy_holds_what_was_declared(office: Office) -> None:
    import io

    import pypdfium2

    dossier = apply(office, now=timezone.now())
    response = anna(dossier).get(page_of(dossier, "/kopie.pdf"))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    pages = pypdfium2.PdfDocument(io.BytesIO(response.content))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    for declared in ("Anna Maria", "WB-XY 123", "Fahrzeugschein.png", "Kosten", "30,00 EUR"):
        assert declared in text


def test_the_access_code_shows_once_and_opens(office: Office) -> None:
    dossier = apply(office, now=timezone.now())
    first = anna(dossier).post(page_of(dossier, "/zugangscode")).content.decode()
    code = first.split('gw-reference__value">')[2].split("<")[0]
    assert code not in shown(anna(dossier), dossier, "/eingang")
    other = Client(headers={"host": "lindenau.localhost"})
    assert other.get(page_of(dossier)).status_code == 404
    other.post(f"/weiter/{dossier}", {"code": code})
    assert other.get(page_of(dossier)).status_code == 200


@pytest.mark.parametrize(
    "rest",
    ["", "/eingang", "/kopie.pdf", "/nachreichen", "/nachricht", "/bescheid", "/zugangscode"],
)
def test_nobody_else_sees_anything(office: Office, rest: str) -> None:
    dossier, other = apply(office, now=timezone.now()), apply(office, now=timezone.now())
    office.work(timezone.now())
    method = "get" if rest in ("", "/eingang", "/kopie.pdf") else "post"
    for client in (anna(other), Client(headers={"host": "lindenau.localhost"})):
        response = getattr(client, method)(page_of(dossier, rest), {"text": "x"})
        assert response.status_code == 404
    carla = Client(headers={"host": "birkenfurt.localhost"})
    carla.cookies["__Host-session"] = anna(dossier).cookies["__Host-session"].value
    assert getattr(carla, method)(page_of(dossier, rest)).status_code == 404


def test_the_permit_is_fetched_by_a_button(office: Office) -> None:
    dossier = apply(office, now=timezone.now())
    office.work(timezone.now())
    client = anna(dossier)
    before = shown(client, dossier)
    assert "Ihr Antrag ist bewilligt." in before
    assert "Bescheid abrufen" in before
    assert "Was Sie dagegen tun können" not in before
    assert client.get(page_of(dossier, "/bescheid")).status_code == 405
    response = client.post(page_of(dossier, "/bescheid"))
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("attachment")
    after = shown(client, dossier)
    assert "Was Sie dagegen tun können" in after
    assert "Er gilt am Tag danach als bekannt gegeben" in after
    assert "30,00" in after
    assert client.post(page_of(dossier, "/bescheid")).content == response.content


def test_the_notice_does_not_open_as_a_plain_file(office: Office) -> None:
    from gemeinwerk.apps.notices import queries

    dossier = apply(office, now=timezone.now())
    office.work(timezone.now())
    found = queries.decision_of(applicant(office.town_id, dossier), dossier)
    assert found is not None
    response = anna(dossier).get(page_of(dossier, f"/datei/{found.file_id}"))
    assert response.status_code == 404


def asked(office: Office) -> UUID:
    """A case in which Ben asks for the vehicle papers."""
    from gemeinwerk.apps.cases import actions

    dossier = apply(office, now=timezone.now(), remark="Hallo")
    office.work(timezone.now())
    ben, day = office.actor("Ben"), timezone.localdate()
    actions.claim(actor=ben, case_id=dossier, now=timezone.now())
    due = day + timedelta(14)
    while due.weekday() > 4 or (due.month, due.day) in ((12, 24), (12, 25), (12, 26), (12, 31)):
        due += timedelta(1)
    actions.ask_for_documents(
        actor=ben,
        case_id=dossier,
        wanted=[("vehicle_papers", "Fahrzeugschein, lesbar")],
        text="Das Foto ist unscharf.",
        due_on=due,
        today=day,
        now=timezone.now(),
    )
    return dossier


def request_of(client: Client, dossier: UUID) -> str:
    return shown(client, dossier).split('name="anfrage" value="')[1].split('"')[0]


def test_an_open_request_is_the_loud_thing_and_goes_with_the_answer(office: Office) -> None:
    from gemeinwerk.apps.cases.models import Case

    dossier = asked(office)
    client = anna(dossier)
    page = shown(client, dossier)
    assert "Sie müssen etwas tun" in page
    assert "Das Foto ist unscharf." in page
    paper = SimpleUploadedFile("Schein.png", photo(), "image/png")
    response = client.post(
        page_of(dossier, "/nachreichen"),
        {
            "anfrage": request_of(client, dossier),
            "text": "Bitte schön",
            "datei-vehicle_papers": paper,
        },
    )
    assert response.status_code == 302
    page = shown(client, dossier)
    assert "Sie müssen etwas tun" not in page
    assert "Bitte schön" in page
    assert "Schein.png" in page
    case = Case.objects.get(pk=dossier)
    assert (case.state, case.changed) == ("in_progress", True)


def test_a_wrong_file_is_told_at_once_and_the_text_stays(office: Office) -> None:
    dossier = asked(office)
    client = anna(dossier)
    bad = SimpleUploadedFile("Schein.pdf", b"PK\x03\x04 kein Dokument", "application/pdf")
    response = client.post(
        page_of(dossier, "/nachreichen"),
        {"anfrage": request_of(client, dossier), "text": "Mein Text", "datei-vehicle_papers": bad},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Mein Text" in page
    assert "Erlaubt sind PDF, JPG, PNG, HEIC" in page


def test_one_bad_file_of_two_is_named(office: Office) -> None:
    dossier = asked(office)
    client = anna(dossier)
    good = SimpleUploadedFile("Schein vorn.png", photo(), "image/png")
    bad = SimpleUploadedFile("Schein hinten.pdf", b"PK\x03\x04 kein Dokument", "application/pdf")
    response = client.post(
        page_of(dossier, "/nachreichen"),
        {"anfrage": request_of(client, dossier), "datei-vehicle_papers": [good, bad]},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert page.count("Schein hinten.pdf: ") >= 2, "in the summary and at the field"
    assert "Schein vorn.png: " not in page


def test_a_document_has_one_day_and_that_of_the_request_counts(office: Office) -> None:
    from gemeinwerk.apps.applications.contents import SubmittedEvidence
    from gemeinwerk.web.portal import standing

    dossier = asked(office)
    found = standing.open_standing(applicant(office.town_id, dossier), dossier)
    (request,) = found.open_requests
    own = timezone.localdate() + timedelta(3)
    for key, day in (("vehicle_papers", request.due_on), ("other", own)):
        item = SubmittedEvidence(key=key, label="Papier", required=True, follows_on=own.isoformat())
        content = msgspec.structs.replace(found.submission.content, evidence=(item,))
        one = replace(found, submission=replace(found.submission, content=content), delivered={})
        (row,) = standing.evidence(one, today=timezone.localdate())
        assert (row["state"], date.fromisoformat(row["follows_on"])) == ("follows", day)


def test_an_empty_answer_is_asked_for(office: Office) -> None:
    dossier = asked(office)
    client = anna(dossier)
    data = {"anfrage": request_of(client, dossier), "text": "  "}
    response = client.post(page_of(dossier, "/nachreichen"), data)
    assert response.status_code == 422
    assert (
        "Wählen Sie mindestens eine Datei aus, oder schreiben Sie eine Antwort."
        in response.content.decode()
    )


def test_missing_evidence_is_listed_once_and_handed_in(office: Office) -> None:
    dossier = apply(office, now=timezone.now(), evidence=False)
    office.work(timezone.now())
    client = anna(dossier)
    assert "Diese Unterlagen fehlen noch" in shown(client, dossier)
    paper = SimpleUploadedFile("Ja.png", photo(), "image/png")
    client.post(page_of(dossier, "/nachreichen"), {"datei-keeper_permission": paper})
    assert "Diese Unterlagen fehlen noch" not in shown(client, dossier)


def test_unknown_file_fields_are_ignored(office: Office) -> None:
    dossier = apply(office, now=timezone.now())
    paper = SimpleUploadedFile("Ja.png", photo(), "image/png")
    response = anna(dossier).post(page_of(dossier, "/nachreichen"), {"datei-erfunden": paper})
    assert response.status_code == 422


def test_a_message_reaches_the_office_and_marks_the_case(office: Office) -> None:
    from gemeinwerk.apps.cases.models import Case

    dossier = apply(office, now=timezone.now(), remark="Hallo")
    office.work(timezone.now())
    client = anna(dossier)
    assert client.post(page_of(dossier, "/nachricht"), {"text": ""}).status_code == 422
    client.post(page_of(dossier, "/nachricht"), {"text": "<b>Wann</b> geht es weiter?"})
    assert "&lt;b&gt;Wann" in shown(client, dossier)
    assert Case.objects.get(pk=dossier).changed


def test_every_text_has_an_english_one(office: Office) -> None:
    dossier = asked(office)
    client = anna(dossier)
    client.cookies["__Host-sprache"] = "en"
    assert "You need to do something" in shown(client, dossier)
    assert "What happens next" in shown(client, dossier, "/eingang")


def test_deadlines_stand_on_the_page_and_go_into_the_calendar(office: Office) -> None:
    from tests.web.ui.test_ical import read

    now = timezone.now()
    dossier = apply(office, now=now, evidence=False)
    office.work(now)
    client = anna(dossier)
    page = shown(client, dossier)
    assert "Ihre Fristen" in page
    assert "Unterlagen nachreichen" in page
    response = client.get(page_of(dossier, "/fristen.ics"))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = read(response.content)
    day = now.date() + timedelta(5)
    assert event["DTSTART;VALUE=DATE"] == f"{day:%Y%m%d}"
    assert event["URL"].endswith(page_of(dossier))
    assert "park" not in response.content.decode().lower(), "it does not say what it is about"


def test_the_end_of_the_remedy_period_is_a_deadline(office: Office) -> None:
    from tests.web.ui.test_ical import read

    dossier = apply(office, now=timezone.now())
    office.work(timezone.now())
    client = anna(dossier)
    names = [
        event["SUMMARY"] for event in read(client.get(page_of(dossier, "/fristen.ics")).content)
    ]
    assert [name.split(" (")[0] for name in names] == ["Letzter Tag: Bescheid abrufen"]
    client.post(page_of(dossier, "/bescheid"))
    (event,) = read(client.get(page_of(dossier, "/fristen.ics")).content)
    assert event["SUMMARY"].startswith("Letzter Tag: gegen den Bescheid vorgehen")


def test_a_letter_is_not_with_her_before_law_says_so(office: Office) -> None:
    from gemeinwerk.apps.notices import actions, queries

    dossier = apply(office, now=timezone.now(), consent="false")
    office.work(timezone.now())
    client = anna(dossier)
    assert "Wir drucken den Brief und geben ihn zur Post." in shown(client, dossier)
    ben = office.actor("Petra")
    (letter,) = queries.print_queue(ben)
    today = timezone.localdate()
    actions.mark_printed(actor=ben, job_id=letter.id, posted_on=today, now=timezone.now())
    page = shown(client, dossier)
    assert "Der Brief ist auf dem Weg zu Ihnen." in page
    assert "Der Brief ist bei Ihnen." not in page


def test_the_address_for_the_notice_is_known_already(office: Office) -> None:
    """Consent to the download asks for an address; the one she gave stands there."""
    from gemeinwerk.apps.applications import actions
    from gemeinwerk.apps.catalogue import queries as catalogue

    draft = actions.start(offer_version_id=office.version_id, language="de", now=timezone.now())
    owner = applicant(office.town_id, draft.id)
    actions.ask_for_link(
        actor=owner, draft_id=draft.id, email="anna@example.org", now=timezone.now()
    )
    roles = catalogue.package_of(office.version_id).roles
    client = anna(draft.id)
    place = f"/antrag/{draft.id}/seite/contact"
    assert 'value="anna@example.org"' in client.get(place).content.decode()
    said = {roles["email"]: "berta@example.org", roles["delivery_consent"]: "true"}
    page = client.post(place, said).content.decode()
    assert page.count('value="berta@example.org"') == 2
    # Without a script the second question may be sent empty, e.g. after a slip in the first.
    empty = client.post(place, said | {roles["delivery_email"]: ""})
    assert empty.status_code == 422
    for page in (empty.content.decode(), client.get(place).content.decode()):
        assert page.count('value="berta@example.org"') == 2
    other = client.post(place, said | {roles["delivery_email"]: "cora@"}).content.decode()
    assert 'value="cora@"' in other, "what she typed is hers"
    cleared = client.post(place, said | {roles["email"]: ""}).content.decode()
    assert 'value="berta@example.org"' not in cleared


def test_the_copy_of_an_english_application_speaks_english(office: Office) -> None:
    import io

    import pypdfium2

    from gemeinwerk.apps.applications.models import Submission

    dossier = apply(office, now=timezone.now())
    Submission.objects.filter(pk=dossier).update(language="en")
    response = anna(dossier).get(page_of(dossier, "/kopie.pdf"))
    pages = pypdfium2.PdfDocument(io.BytesIO(response.content))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    for words in ("Confirmation of receipt", "What happens next", "Your answer", "Page 1 of"):
        assert words in text
    for words in ("Eingangsbestätigung", "Ihre Angabe", "Seite 1"):
        assert words not in text
