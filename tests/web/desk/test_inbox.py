"""The inbox of a unit: what it shows, records, and never shows."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.cases import actions
from gemeinwerk.apps.cases.models import Case
from tests.apps.cases.test_shelves import plant


def test_ben_sees_his_unit_and_no_names(client_of, office, annas_case: UUID):
    page = client_of("Ben").get("/amt/?fach=open")
    text, case = page.content.decode(), Case.objects.get(pk=annas_case)
    ben = office.actor("Ben")
    name = submissions.submission_for(ben, annas_case, unit_id=office.unit_id).content.name
    assert page.status_code == 200
    assert case.number in text
    assert f"/amt/vorgang/{annas_case}?fach=open" in text.replace("&#x2f;", "/")
    assert not any(word in text for word in name.split())
    (entry,) = Entry.objects.filter(verb="case.listed")
    assert entry.details["ids"] == [str(annas_case)]


def test_an_empty_shelf_teaches(client_of):
    text = client_of("Ben").get("/amt/?fach=overdue").content.decode()
    assert "Nichts ist überfällig." in text
    assert "<table" not in text


def test_odd_addresses_show_a_page_or_nothing(client_of, annas_case: UUID):
    ben = client_of("Ben")
    for odd in ("seite=0", "seite=99999", "seite=-1", "seite=x", "einheit=x"):
        assert ben.get(f"/amt/?fach=open&{odd}").status_code == 200, odd
    assert ben.get("/amt/?fach=open&leistung=%00").status_code == 400
    assert ben.get("/amt/?fach=secret").status_code == 404


def test_statements_do_not_grow(client_of, office, annas_case: UUID):
    ben = client_of("Ben")
    ben.get("/amt/?fach=open")
    with CaptureQueriesContext(connection) as few:
        ben.get("/amt/?fach=open")
    plant(office, annas_case, 120)
    with CaptureQueriesContext(connection) as many:
        page = ben.get("/amt/?fach=open")
    assert "Seite 1 von" in page.content.decode()
    assert len(many) == len(few)


def test_a_second_person_sees_who_has_it(client_of, office, annas_case: UUID):
    actions.see(actor=office.actor("Petra"), case_id=annas_case, now=timezone.now())
    text = client_of("Ben").get("/amt/?fach=open").content.decode()
    assert "geöffnet bei Petra Lorenz" in text
    page = client_of("Ben").get(f"/amt/vorgang/{annas_case}").content.decode()
    assert "Gerade auch geöffnet von Petra Lorenz" in page


def test_search_is_posted_and_finds(client_of, office, annas_case: UUID):
    ben = office.actor("Ben")
    name = submissions.submission_for(ben, annas_case, unit_id=office.unit_id).content.name
    page = client_of("Ben").post("/amt/suche", {"q": name})
    assert str(annas_case) in page.content.decode()
    assert Entry.objects.filter(verb="case.listed").count() == 1
    assert "Nichts gefunden" in client_of("Ben").post("/amt/suche", {"q": "Xyz"}).content.decode()
    # The address alone finds nothing: names stand in no address (S53).
    assert str(annas_case) not in client_of("Ben").get(f"/amt/suche?q={name}").content.decode()
