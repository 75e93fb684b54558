"""What was typed survives an ended session and a stale page, also without scripts (S23, S52)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.parking import Office
from tests.web.portal.citizen import SLUG, Citizen, sample, text_of
from tests.web.portal.test_coming_back import code_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("strict_sentences")]

PLATE = "LB-ZZ 987"
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


@pytest.fixture
def anna(office: Office) -> Citizen:
    return Citizen().begin().fill("person")


def version_of(anna: Citizen, page: str = "vehicle") -> str:
    found = re.search(r'name="_fassung" value="([^"]+)"', text_of(anna.get(f"/seite/{page}")))
    assert found
    return found[1]


def end_session(anna: Citizen, *, cookies: bool = False) -> None:
    from gemeinwerk.apps.identity.models import Session

    Session.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    if cookies:
        anna.client.cookies.clear()


def typed(anna: Citizen, page: str = "vehicle") -> dict[str, str]:
    return sample(plate=PLATE) | {"_fassung": version_of(anna, page), "_seite": page}


def test_the_box_stands_early_until_a_code_is_taken(anna: Citizen) -> None:
    page = text_of(anna.get("/seite/vehicle"))
    assert "Ihre erste Seite ist gespeichert" in page
    assert "Antrag sichern" in page
    code_of(anna)
    page = text_of(anna.get("/seite/vehicle"))
    assert "Antrag sichern" not in page
    assert "Ihr Zugangscode öffnet ihn" in page


@pytest.mark.parametrize("cookies", [False, True])
def test_a_page_sent_after_the_end_is_shown_with_what_was_typed(
    anna: Citizen, cookies: bool
) -> None:
    data = typed(anna)
    end_session(anna, cookies=cookies)
    answer = anna.post("/seite/vehicle", data)
    assert answer.status_code == 404
    page = text_of(answer)
    assert "ist nicht verloren" in page
    assert PLATE in page
    assert f'action="/leistung/{SLUG}/beginnen"' in page
    assert f'formaction="/weiter/{anna.draft}"' in page


def test_it_tells_nothing_about_the_dossier(anna: Citizen) -> None:
    """S04: the same page for a foreign and an unknown dossier."""
    data = typed(anna)
    stranger, nobody = Citizen(), Citizen()
    stranger.draft, nobody.draft = anna.draft, "0190d4f0-0000-7000-8000-000000000000"
    pages = [text_of(one.post("/seite/vehicle", data)) for one in (stranger, nobody)]
    plain = [re.sub(r"csrf.*?>|[0-9a-f-]{36}", "", page) for page in pages]
    assert plain[0] == plain[1]


def test_a_new_draft_takes_the_answers_along(anna: Citizen) -> None:
    data = typed(anna)
    end_session(anna, cookies=True)
    answer = anna.client.post(f"/leistung/{SLUG}/beginnen", data)
    assert answer.status_code == 302
    fresh = Citizen()
    fresh.client, fresh.draft = anna.client, answer.headers["Location"].split("/")[2]
    assert fresh.draft != anna.draft
    assert PLATE in text_of(fresh.get("/seite/vehicle"))


def test_wrong_answers_come_along_as_typed(anna: Citizen) -> None:
    name = next(key for key, value in sample(plate=PLATE).items() if value == PLATE)
    data = typed(anna) | {name: "kein Kennzeichen"}
    answer = anna.client.post(f"/leistung/{SLUG}/beginnen", data)
    page = anna.client.get(answer.headers["Location"] + "/seite/vehicle")
    assert "kein Kennzeichen" in text_of(page)


def test_the_code_brings_them_into_the_old_draft(anna: Citizen) -> None:
    data, code = typed(anna), code_of(anna)
    end_session(anna, cookies=True)
    refused = anna.client.post(f"/weiter/{anna.draft}", data | {"code": "falsch"})
    assert refused.status_code == 422
    assert PLATE in text_of(refused), "a wrong code loses nothing either"
    assert anna.client.post(f"/weiter/{anna.draft}", data | {"code": code}).status_code == 302
    assert PLATE in text_of(anna.get("/seite/vehicle"))


@pytest.mark.parametrize("version", ["", "kein", "0190d4f0-0000-7000-8000-000000000000"])
def test_an_unknown_form_falls_back_to_the_door(anna: Citizen, version: str) -> None:
    data = typed(anna) | {"_fassung": version}
    end_session(anna)
    answer = anna.post("/seite/vehicle", data)
    assert answer.status_code == 404
    assert f'action="/weiter/{anna.draft}"' in text_of(answer)


def test_a_message_comes_along_to_the_status_page(office: Office) -> None:
    anna = Citizen().ready()
    code = code_of(anna)
    assert anna.submit().status_code == 302
    end_session(anna, cookies=True)
    words = "Ich habe noch eine Frage zum Ausweis."
    answer = anna.client.post(f"/vorgang/{anna.draft}/nachricht", {"text": words})
    assert answer.status_code == 404
    assert words in text_of(answer)
    opened = anna.client.post(f"/weiter/{anna.draft}", {"code": code, "text": words})
    assert opened.status_code == 200
    assert words in text_of(opened).split('id="nachricht"')[1]


def test_leaving_asks_once_more_while_a_draft_has_no_code(anna: Citizen) -> None:
    page = anna.client.post("/beenden")
    assert page.status_code == 200
    assert "Sichern Sie zuerst Ihren Antrag" in text_of(page)
    assert anna.get("/seite/vehicle").status_code == 200
    code_of(anna)
    assert anna.client.post("/beenden").headers["Location"] == "/beendet"


def test_leaving_without_securing_is_possible(anna: Citizen) -> None:
    assert anna.client.post("/beenden", {"sicher": "ja"}).headers["Location"] == "/beendet"


class TestStalePages:
    """The token of the page is gone or old; nothing is stored, nothing is lost."""

    @pytest.fixture
    def strict(self, office: Office) -> Citizen:
        anna = Citizen().begin().fill("person")
        anna.client.handler.enforce_csrf_checks = True
        return anna

    def test_the_form_comes_again_as_typed(self, strict: Citizen) -> None:
        answer = strict.post("/seite/vehicle", typed(strict), **HERE)
        assert answer.status_code == 403
        page = text_of(answer)
        assert "Speichern Sie diese Seite noch einmal" in page
        assert PLATE in page
        again = text_of(strict.get("/seite/vehicle"))
        assert PLATE not in again, "nothing was stored"

    def test_with_all_cookies_gone_it_comes_as_typed_too(self, strict: Citizen) -> None:
        data = typed(strict)
        end_session(strict, cookies=True)
        answer = strict.post("/seite/vehicle", data, **HERE)
        assert answer.status_code == 403
        assert PLATE in text_of(answer)
        assert "Ihre Sitzung ist beendet" in text_of(answer)

    def test_other_forms_are_sent_once_more(self, strict: Citizen) -> None:
        words = "Die Karte lässt sich nicht bedienen."
        answer = strict.client.post("/barriere-melden", {"text": words}, **HERE)
        assert answer.status_code == 403
        assert words in text_of(answer)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', text_of(answer))
        assert token
        data = {"text": words, "csrfmiddlewaretoken": token[1]}
        assert strict.client.post("/barriere-melden", data, **HERE).status_code == 200

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
    def test_what_another_site_sent_is_never_offered(self, strict: Citizen, site: str) -> None:
        headers = {"headers": {"Sec-Fetch-Site": site}}
        for path in (strict.at("/seite/vehicle"), "/barriere-melden"):
            answer = strict.client.post(
                path, sample(plate=PLATE) | {"text": "Ein Satz von außen"}, **headers
            )
            assert answer.status_code == 403
            assert "Ein Satz von außen" not in text_of(answer)
            assert PLATE not in text_of(answer)

    def test_codes_and_passwords_are_never_shown_again(self, strict: Citizen) -> None:
        answer = strict.client.post(f"/weiter/{strict.draft}", {"code": "GEHEIM-CODE"}, **HERE)
        assert answer.status_code == 403
        assert "GEHEIM-CODE" not in text_of(answer)
