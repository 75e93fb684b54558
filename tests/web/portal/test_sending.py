"""Check page and submission: exactly one application in every case, and she knows it (S60, S61)."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from gemeinwerk.apps.applications import queries
from tests.parking import Office
from tests.web.portal.citizen import Citizen, sample, text_of

strict = pytest.mark.usefixtures("strict_sentences")


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen().ready()


def submissions() -> int:
    from gemeinwerk.apps.applications.models import Submission

    return Submission.objects.count()


@strict
@pytest.mark.django_db
def test_a_second_click_leads_to_the_same_receipt(anna: Citizen) -> None:
    revision = anna.revision()
    receipts = {anna.submit(revision).headers["Location"] for _ in range(3)}
    assert receipts == {f"/vorgang/{anna.draft}/eingang"}
    assert submissions() == 1


@strict
@pytest.mark.django_db
def test_the_way_back_leads_to_the_receipt(anna: Citizen) -> None:
    anna.submit()
    assert anna.get("/pruefen").headers["Location"].endswith("/eingang")
    assert anna.get("/seite/person").headers["Location"].endswith("/eingang")
    saved = anna.post("/seite/person", sample(family_name="Anders"))
    assert saved.headers["Location"].endswith("/eingang")
    assert anna.get().headers["Location"] == f"/vorgang/{anna.draft}"
    assert anna.upload().status_code == 302
    assert anna.post("/verwerfen").status_code == 409
    assert anna.post("/merken", {"nur_code": "1"}).status_code == 302


@strict
@pytest.mark.django_db
def test_a_check_page_older_than_the_answers_is_shown_again(anna: Citizen) -> None:
    shown = anna.revision()
    anna.post("/seite/person", sample(family_name="Andere"))
    response = anna.submit(shown)
    assert response.status_code == 422
    assert "inzwischen geändert" in text_of(response)
    assert "Andere" in text_of(response)
    assert submissions() == 0
    assert anna.submit().status_code == 302


@strict
@pytest.mark.django_db
@pytest.mark.parametrize("revision", ["", "-1", "x", "١٢", "9" * 4000])
def test_a_strange_state_is_a_stale_one(anna: Citizen, revision: str) -> None:
    assert anna.post("/absenden", {"stand": revision}).status_code == 422
    assert submissions() == 0


@strict
@pytest.mark.django_db
def test_two_windows_keep_each_others_pages(anna: Citizen) -> None:
    anna.post("/seite/person", sample(family_name="Erstens"))
    anna.post("/seite/contact", sample(email="zweitens@example.org"))
    page = text_of(anna.get("/pruefen"))
    assert "Erstens" in page
    assert "zweitens@example.org" in page


@strict
@pytest.mark.django_db
def test_what_is_missing_is_named_with_the_way_to_it(office: Office) -> None:
    anna = Citizen().begin().fill("person")
    page = text_of(anna.get("/pruefen"))
    assert "Bevor Sie absenden können, fehlt noch etwas" in page
    assert anna.at("/seite/vehicle?zurueck=pruefen") in page
    assert "Der Nachweis" in page
    assert anna.submit().status_code == 422
    assert submissions() == 0


@strict
@pytest.mark.django_db
def test_the_task_list_shows_what_cannot_start_yet_without_link(office: Office) -> None:
    anna = Citizen().begin().fill("person")
    page = text_of(anna.get())
    assert "Erst die anderen Schritte" in page
    assert f'href="{anna.at("/pruefen")}"' not in page
    anna.fill()
    anna.upload()
    assert f'href="{anna.at("/pruefen")}"' in text_of(anna.get())


@strict
@pytest.mark.django_db
def test_what_was_sent_is_what_was_shown(anna: Citizen, office: Office) -> None:
    from tests.parking import applicant

    page = text_of(anna.get("/pruefen"))
    anna.submit()
    content = queries.submission_for(applicant(office.town_id, anna.id), anna.id).content
    for section in content.sections:
        assert section.title in page
        for row in section.rows:
            assert row.text in page or not row.given


def test_sixteen_hands_send_one_application(running_office: int, tmp_path: Path) -> None:
    from django.db import connections

    from gemeinwerk.apps.applications.models import Submission
    from gemeinwerk.apps.municipalities import tenancy
    from gemeinwerk.apps.outbox.models import Job

    with tenancy.town(running_office):
        answers = sample()
    anna = Citizen().begin()
    for page in ("person", "vehicle", "period", "remark", "contact"):
        assert anna.post(f"/seite/{page}", answers).status_code in (200, 302)
    anna.post("/seite/contact", answers)
    anna.upload()
    revision, cookie = anna.revision(), anna.client.cookies["__Host-session"].value
    found: list[str] = []
    gate = threading.Barrier(16)

    def send() -> None:
        twin = Citizen()
        twin.client.cookies["__Host-session"] = cookie
        twin.draft = anna.draft
        gate.wait()
        try:
            found.append(twin.submit(revision).headers.get("Location", "?"))
        finally:
            connections.close_all()

    hands = [threading.Thread(target=send) for _ in range(16)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert found == [f"/vorgang/{anna.draft}/eingang"] * 16
    with tenancy.town(running_office):
        assert Submission.objects.count() == 1
        handlers = list(Job.objects.filter(event="ApplicationSubmitted").values_list("handler"))
        assert len(handlers) == len(set(handlers)) > 0
