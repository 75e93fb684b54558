"""Leaving and coming back: link and code together, few tries, same words for all (S10, S24)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.applications.queries import BERLIN
from tests.parking import NOW, Office
from tests.web.portal.citizen import Citizen, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen().begin().fill("person")


def code_of(anna: Citizen, **data: str) -> str:
    page = text_of(anna.post("/merken", data or {"nur_code": "1"}))
    return re.search(r"gw-reference__value\">([^<]+)<", page)[1]  # type: ignore[index]


def wrong(code: str) -> str:
    """Return another code whose check character is right."""
    from gemeinwerk.core.applications import new_access_code

    found = code
    while found == code:
        found = new_access_code(lambda limit: uuid4().int % limit)
    return found


@pytest.mark.parametrize("zone", [UTC, BERLIN])
@pytest.mark.parametrize("delete_on", [date(2026, 12, 23), date(2026, 7, 1)])
def test_the_last_day_is_the_same_however_the_hour_is_kept(delete_on: date, zone: tzinfo) -> None:
    """Just saved it stands in Berlin's time, from the database in UTC."""
    expires_at = datetime.combine(delete_on, time.min, BERLIN).astimezone(zone)
    assert queries.last_day(expires_at) == delete_on - timedelta(days=1)


def open_with(code: str, draft: str, friend: Citizen | None = None) -> object:
    return (friend or Citizen()).client.post(f"/weiter/{draft}", {"code": code})


def test_the_link_opens_with_the_code_in_another_browser(anna: Citizen, office: Office) -> None:
    code = code_of(anna, email="anna@example.org")
    office.work(timezone.now())
    mail = office.outside.mails[-1]
    assert f"/weiter/{anna.draft}" in str(mail)
    assert code not in str(mail), "the mail opens nothing by itself"
    friend = Citizen()
    assert friend.client.get(anna.at("/pruefen")).status_code == 404
    typed = f" {code.lower().replace('-', ' ')} "
    assert open_with(typed, anna.draft, friend).headers["Location"] == anna.at()  # type: ignore[attr-defined]
    assert friend.client.get(anna.at("/pruefen")).status_code == 200


def test_a_new_code_ends_the_old_one(anna: Citizen) -> None:
    old, new = code_of(anna), code_of(anna)
    assert open_with(old, anna.draft).status_code == 422  # type: ignore[attr-defined]
    assert open_with(new, anna.draft).status_code == 302  # type: ignore[attr-defined]


def test_a_wrong_address_is_told_and_kept(anna: Citizen) -> None:
    response = anna.post("/merken", {"email": "anna@"})
    assert response.status_code == 422
    assert 'value="anna@"' in text_of(response)


def test_unknown_link_and_wrong_code_get_the_same_words(anna: Citizen) -> None:
    guess = wrong(code_of(anna))
    known = open_with(guess, anna.draft)
    unknown = open_with(guess, str(uuid4()))
    plain = [re.sub(r"csrf.*?>|[0-9a-f-]{36}", "", text_of(answer)) for answer in (known, unknown)]
    assert plain[0] == plain[1]
    assert known.status_code == unknown.status_code == 422  # type: ignore[attr-defined]


def test_after_five_wrong_codes_even_the_right_one_waits(anna: Citizen) -> None:
    code = code_of(anna)
    for _ in range(5):
        assert open_with(wrong(code), anna.draft).status_code == 422  # type: ignore[attr-defined]
    refused = open_with(code, anna.draft)
    assert refused.status_code == 429  # type: ignore[attr-defined]
    assert 0 < int(refused.headers["Retry-After"]) <= 901  # type: ignore[attr-defined]
    assert anna.get("/seite/person").status_code == 200, "her own browser is not locked out"


def test_right_codes_do_not_use_up_the_net(anna: Citizen) -> None:
    code = code_of(anna)
    for _ in range(61):
        assert open_with(code, anna.draft).status_code == 302  # type: ignore[attr-defined]


def test_a_net_cannot_try_many_links(anna: Citizen) -> None:
    guess = wrong(code_of(anna))
    answers = [open_with(guess, str(uuid4())).status_code for _ in range(61)]  # type: ignore[attr-defined]
    assert answers == [422] * 60 + [429]


def test_an_ended_session_is_told_and_the_code_opens_again(anna: Citizen) -> None:
    from gemeinwerk.apps.identity.models import Session

    code = code_of(anna)
    Session.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    for rest in ("", "/seite/person", "/nachweise", "/pruefen"):
        answer = anna.get(rest)
        assert answer.status_code == 404
        assert "Ihre Sitzung ist beendet" in text_of(answer)
        assert f'action="/weiter/{anna.draft}"' in text_of(answer)
    sent = anna.submit("1")
    assert sent.status_code == 404
    assert "Was gespeichert war, ist noch da." in text_of(sent)
    open_with(code, anna.draft, anna)
    assert "Beispiel" in text_of(anna.get("/pruefen"))


def test_drafts_end_after_thirty_days_and_she_is_told_before(office: Office) -> None:
    """R09: told once, then deleted with key and files; a saved page begins the month anew."""
    from gemeinwerk.apps import ports
    from gemeinwerk.apps.applications import actions
    from gemeinwerk.apps.applications.models import Draft
    from tests.parking import applicant

    draft = actions.start(offer_version_id=office.version_id, language="de", now=NOW)
    owner = applicant(office.town_id, draft.id)
    actions.ask_for_link(actor=owner, draft_id=draft.id, email="anna@example.org", now=NOW)
    office.work(NOW)
    office.outside.mails.clear()
    assert actions.warn_of_expiry(now=NOW + timedelta(days=20)) == 0
    soon = NOW + timedelta(days=28)
    assert actions.warn_of_expiry(now=soon) == 1
    assert actions.warn_of_expiry(now=soon) == 0
    office.work(soon)
    assert len(office.outside.mails) == 1
    assert actions.expire_drafts(now=soon) == 0
    assert actions.expire_drafts(now=NOW + timedelta(days=32)) == 1
    assert not Draft.objects.filter(pk=draft.id).exists()
    with pytest.raises(Exception, match=r".*"):
        ports.key_store().get(office.town_id, UUID(str(draft.id)))
