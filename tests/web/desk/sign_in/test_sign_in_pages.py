"""The sign-in in a browser without JavaScript: from the enrolment code to the sign-out."""

from __future__ import annotations

import html
import re
from typing import Any

import pyotp
import pytest
from django.utils import timezone

from gemeinwerk.apps.identity import office
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.core.access import Role
from tests.offices import PASSWORD, Browser, hire, operator

SIGN_IN, FACTOR = "/amt/anmelden", "/amt/anmelden/bestaetigen"


@pytest.fixture
def ben(towns: tuple[int, int]) -> Any:
    with tenancy.town(towns[0]):
        return hire(towns[0], "Ben Arslan", "caseworker", at=timezone.now())


def give_password(client: Any, person: Any, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"email": person.email, "passwort": password, **more})


def test_from_the_enrolment_code_to_the_sign_out(browser: Browser, towns: tuple[int, int]) -> None:
    client = browser()
    with tenancy.town(towns[0]):
        _, code = office.add_person(
            actor=operator(towns[0]),
            name="Nora Neumann",
            email="nora@rathaus.example",
            roles=[Role.CASEWORKER],
            unit_ids=[],
            now=timezone.now(),
        )
    answer = client.post("/amt/einrichten", {"email": "nora@rathaus.example", "code": code})
    assert answer.headers["Location"] == "/amt/einrichten/zugang"
    page = html.unescape(client.get("/amt/einrichten/zugang").content.decode())
    assert "data:image/svg+xml" in page
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert shown
    digits = pyotp.TOTP(shown[1].replace(" ", "")).now()
    entry = {"passwort": PASSWORD, "wiederholt": PASSWORD, "code": digits}
    wrong = client.post("/amt/einrichten/zugang", {**entry, "wiederholt": "etwas anderes"})
    assert wrong.status_code == 422
    assert PASSWORD not in wrong.content.decode()
    assert (
        client.post("/amt/einrichten/zugang", entry).headers["Location"].startswith("/amt/zugang")
    )
    assert "Nora Neumann" in client.get("/amt/zugang").content.decode()
    out = client.post("/amt/abmelden")
    assert "cookies" in out.headers["Clear-Site-Data"]
    assert client.get("/amt/zugang").headers["Location"].startswith(SIGN_IN)


def test_a_stolen_cookie_is_worth_nothing_after_the_sign_out(
    signed_in: Browser, browser: Browser
) -> None:
    client = signed_in("Ben Arslan", "caseworker")
    thief = browser()
    thief.cookies["__Host-session"] = client.cookies["__Host-session"].value
    assert thief.get("/amt/zugang").status_code == 200
    client.post("/amt/abmelden")
    assert thief.get("/amt/zugang").status_code == 302


def test_both_steps_give_a_new_cookie(browser: Browser, ben: Any) -> None:
    client = browser()
    assert give_password(client, ben, weiter="/amt/zugang").headers["Location"] == FACTOR
    half = client.cookies["__Host-session"].value
    assert client.get("/amt/zugang").status_code == 302
    answer = client.post(FACTOR, {"code": ben.code(timezone.now())})
    assert answer.headers["Location"] == "/amt/zugang"
    cookie = client.cookies["__Host-session"]
    assert cookie.value != half
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
    client.cookies["__Host-session"] = half
    assert client.get("/amt/zugang").status_code == 302


def test_wrong_password_and_unknown_name_look_the_same(browser: Browser, ben: Any) -> None:
    known = give_password(browser(), ben, "falsch falsch")
    unknown = browser().post(SIGN_IN, {"email": "no@one.example", "passwort": "falsch falsch"})
    texts = [re.sub(r'value="[^"]*"', "", answer.content.decode()) for answer in (known, unknown)]
    assert known.status_code == unknown.status_code == 422
    assert texts[0] == texts[1]


def test_too_many_tries_say_when_to_come_back(browser: Browser, ben: Any) -> None:
    for _ in range(10):
        assert give_password(browser(), ben, "falsch falsch").status_code == 422
    # Neither a new browser nor a forged forwarding header opens the account again.
    answer = browser().post(
        SIGN_IN,
        {"email": ben.email.upper(), "passwort": PASSWORD},
        headers={"X-Forwarded-For": "192.0.2.1"},
    )
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_way_back_leads_nowhere_else(browser: Browser, ben: Any, target: str) -> None:
    client = browser()
    give_password(client, ben, weiter=target)
    answer = client.post(FACTOR, {"code": ben.code(timezone.now())})
    assert answer.headers["Location"] == "/amt/"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"email": "a\x00b", "passwort": "x\x00"},
        {"email": "x" * 5000, "passwort": "y" * 5000},
        {"email": ["a@b.example", "c@d.example"], "passwort": ["1", "2"]},
    ],
)
def test_hostile_input_is_a_refusal(browser: Browser, ben: Any, data: dict[str, Any]) -> None:
    for path in (SIGN_IN, "/amt/einrichten"):
        assert browser().post(path, data).status_code in (400, 422)
        # Half of a surrogate pair, and bytes that are no UTF-8.
        raw = "email=%ED%A0%80&passwort=%FF%00&code=%ED%A0%80"
        form = "application/x-www-form-urlencoded"
        assert browser().post(path, raw, content_type=form).status_code == 400


@pytest.mark.parametrize("passkey", ["", "{", "[]", '{"id": "x"}', '{"id": 1, "rawId": "?"}'])
def test_a_broken_passkey_answer_is_a_refusal(browser: Browser, ben: Any, passkey: str) -> None:
    client = browser()
    give_password(client, ben)
    answer = client.post(FACTOR, {"passkey": passkey, "code": "1"})
    assert answer.status_code in (302, 422)
    assert client.get("/amt/zugang").status_code == 302


def test_carla_cannot_use_her_session_in_our_town(signed_in: Browser, browser: Browser) -> None:
    carla = signed_in("Carla Lang", "operator", town="birkenfurt")
    assert carla.get("/amt/zugang").status_code == 200
    here = browser()
    here.cookies["__Host-session"] = carla.cookies["__Host-session"].value
    assert here.get("/amt/zugang").status_code == 302


def test_staff_pages_ask_to_sign_in_and_posts_find_nothing(browser: Browser) -> None:
    answer = browser().get("/amt/zugang")
    assert answer.headers["Location"] == "/amt/anmelden?weiter=/amt/zugang"
    assert browser().post("/amt/zugang/passwort", {}).status_code == 404


def test_forms_need_their_token(towns: tuple[int, int], browser: Browser) -> None:
    client = browser(enforce_csrf_checks=True)
    assert client.post(SIGN_IN, {"email": "x", "passwort": "y"}).status_code == 403


def test_old_sign_ins_are_renewed_before_a_change(
    signed_in: Browser, towns: tuple[int, int]
) -> None:
    from datetime import timedelta

    from gemeinwerk.apps.identity.models import Session

    client = signed_in("Ben Arslan", "caseworker")
    assert "Passwort ändern" in client.get("/amt/zugang").content.decode()
    with tenancy.town(towns[0]):
        Session.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert "Passwort ändern" not in client.get("/amt/zugang").content.decode()
    new = "Acht Gänse im Gras"
    entry = {"passwort": PASSWORD, "neu": new, "wiederholt": new}
    answer = client.post("/amt/zugang/passwort", entry)
    assert answer.headers["Location"] == "/amt/anmelden?weiter=/amt/zugang"


def test_change_of_the_password_in_the_browser(signed_in: Browser) -> None:
    client = signed_in("Ben Arslan", "caseworker")
    new = "Acht Gänse im Gras"
    entry = {"passwort": PASSWORD, "neu": new, "wiederholt": new}
    assert client.post("/amt/zugang/passwort", {**entry, "neu": "kurz"}).status_code == 422
    done = client.post("/amt/zugang/passwort", entry, follow=True)
    assert "Geändert." in done.content.decode()
