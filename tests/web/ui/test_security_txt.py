"""security.txt: a town says whom to tell, and for how long that holds (RFC 9116, S97)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui import security_txt


def asked(rf: RequestFactory, *, contact: dict[str, str], legal: dict[str, str]):
    request = rf.get("/.well-known/security.txt", headers={"host": "kirchtal.example"})
    request.here = SimpleNamespace(contact=contact, legal=legal)
    return security_txt.security_txt(request)


def fields(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_a_town_names_its_office_or_a_contact_of_its_own(rf: RequestFactory):
    office = {"email": "buergerbuero@kirchtal.example"}
    response = asked(rf, contact=office, legal={})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    found = fields(response.content.decode())
    assert found["Contact"] == "mailto:buergerbuero@kirchtal.example"
    assert found["Canonical"] == "http://kirchtal.example/.well-known/security.txt"

    own = asked(rf, contact=office, legal={"security_contact": "it@kirchtal.example"})
    assert fields(own.content.decode())["Contact"] == "mailto:it@kirchtal.example"


def test_without_anybody_to_tell_there_is_no_file(rf: RequestFactory):
    with pytest.raises(NotFoundError):
        asked(rf, contact={}, legal={})


def test_it_holds_for_less_than_a_year_from_the_release_and_still_does():
    expires = security_txt.expires()
    released = datetime.combine(security_txt.RELEASED_ON, datetime.min.time(), UTC)
    assert timedelta(0) < expires - released < timedelta(days=365)
    # Fails when a release is overdue: then RELEASED_ON moves, and dependencies with it.
    assert expires > datetime.now(UTC)
    stated = fields(security_txt.content(email="a@b.example", address="https://b.example/"))
    assert datetime.fromisoformat(stated["Expires"]) == expires


def test_an_odd_address_cannot_add_a_line():
    text = security_txt.content(email="a@b.example\nPolicy: x", address="https://b.example/")
    assert "Policy" not in fields(text)


def test_only_reading_is_answered(rf: RequestFactory):
    request = rf.post("/.well-known/security.txt")
    assert security_txt.security_txt(request).status_code == 405
