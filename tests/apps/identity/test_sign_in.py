"""Staff sign in: password, second factor, limits that hold, the same answer for everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gemeinwerk.apps.identity import office, queries, sign_in
from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.apps.identity.errors import (
    SignInExpiredError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.models import Session
from tests.offices import NOW, PASSWORD, Person, hire, operator

NET = "203.0.113.0/24"


@pytest.fixture
def ben(lindenau: int) -> Person:
    return hire(lindenau, "Ben Arslan", "caseworker")


def half(person: Person, password: str = PASSWORD, net: str = NET, at=NOW) -> Session:
    return sign_in.check_password(email=person.email, password=password, net=net, now=at)[0]


def test_password_alone_opens_nothing(ben: Person, lindenau: int) -> None:
    session = half(ben)
    assert queries.actor_of(session, lindenau).kind == "anonymous"


def test_password_and_code_sign_in_with_a_new_session(ben: Person, lindenau: int) -> None:
    first = half(ben)
    session, token = sign_in.check_totp(first, ben.code(NOW), net=NET, now=NOW)
    actor = queries.actor_of(queries.session_by_token(token, now=NOW), lindenau)
    assert session.id != first.id
    assert (actor.staff_id, actor.name) == (ben.id, "Ben Arslan")


def test_a_code_works_once(ben: Person) -> None:
    sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)
    with pytest.raises(WrongFactorError):
        sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)


@pytest.mark.parametrize(("seconds", "good"), [(-30, True), (30, True), (-90, False), (90, False)])
def test_a_clock_may_be_off_by_one_step(ben: Person, seconds: int, good: bool) -> None:
    code = ben.code(NOW + timedelta(seconds=seconds))
    if good:
        sign_in.check_totp(half(ben), code, net=NET, now=NOW)
    else:
        with pytest.raises(WrongFactorError):
            sign_in.check_totp(half(ben), code, net=NET, now=NOW)


def test_an_older_step_is_refused_after_a_newer_one(ben: Person) -> None:
    sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)
    with pytest.raises(WrongFactorError):
        sign_in.check_totp(half(ben), ben.code(NOW - timedelta(seconds=30)), net=NET, now=NOW)


@pytest.mark.parametrize("code", ["", "abc", "١٢٣٤٥٦", "0" * 500, "12 34"])
def test_nonsense_is_a_wrong_code(ben: Person, code: str) -> None:
    with pytest.raises(WrongFactorError):
        sign_in.check_totp(half(ben), code, net=NET, now=NOW)


def test_unknown_and_known_names_get_the_same_answer(ben: Person) -> None:
    with pytest.raises(WrongCredentialsError) as known:
        half(ben, "wrong password")
    with pytest.raises(WrongCredentialsError) as unknown:
        sign_in.check_password(email="no@one.example", password=PASSWORD, net=NET, now=NOW)
    assert str(known.value) == str(unknown.value)


def test_the_account_closes_after_ten_tries_and_opens_again(ben: Person) -> None:
    spellings = [ben.email, ben.email.upper(), f" {ben.email} ", ben.email.replace("b", "ｂ", 1)]
    for number in range(10):
        with pytest.raises(WrongCredentialsError):
            sign_in.check_password(
                email=spellings[number % 4], password="wrong", net=f"net {number}", now=NOW
            )
    with pytest.raises(TooManyTriesError) as refused:
        half(ben, net="another net")
    assert 0 < refused.value.params["wait"] <= 901
    assert half(ben, at=NOW + timedelta(minutes=16))


def test_a_net_closes_after_sixty_tries(ben: Person) -> None:
    for number in range(60):
        with pytest.raises(WrongCredentialsError):
            sign_in.check_password(email=f"{number}@x.example", password="wrong", net=NET, now=NOW)
    with pytest.raises(TooManyTriesError):
        half(ben)
    assert half(ben, net="198.51.100.0/24")


def test_success_clears_the_tries(ben: Person) -> None:
    for round_ in range(3):
        at = NOW + timedelta(minutes=round_)
        for _ in range(8):
            with pytest.raises(WrongCredentialsError):
                half(ben, "wrong", at=at)
        sign_in.check_totp(half(ben, at=at), ben.code(at), net=NET, now=at)


def test_five_wrong_codes_end_the_half_sign_in(ben: Person) -> None:
    session = half(ben)
    for _ in range(5):
        with pytest.raises(WrongFactorError):
            sign_in.check_totp(session, "000000", net=NET, now=NOW)
    with pytest.raises(TooManyTriesError):
        sign_in.check_totp(session, ben.code(NOW), net=NET, now=NOW)


def test_new_half_sign_ins_do_not_give_endless_codes(ben: Person) -> None:
    for _ in range(2):
        session = half(ben)
        for _ in range(5):
            with pytest.raises(WrongFactorError):
                sign_in.check_totp(session, "000000", net=NET, now=NOW)
    with pytest.raises(TooManyTriesError):
        sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)


def test_the_second_step_has_ten_minutes(ben: Person) -> None:
    later = NOW + timedelta(minutes=11)
    with pytest.raises(SignInExpiredError):
        sign_in.check_totp(half(ben), ben.code(later), net=NET, now=later)


def test_idle_and_total_life_of_a_session(ben: Person) -> None:
    from gemeinwerk.apps.identity.actions import touch

    session, token = sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)
    assert queries.session_by_token(token, now=NOW + timedelta(minutes=31)) is None
    at = NOW
    while at < NOW + timedelta(hours=12):
        touch(session, now=at)
        at += timedelta(minutes=20)
    assert queries.session_by_token(token, now=NOW + timedelta(hours=12)) is None


def test_whoever_left_is_out_at_once(ben: Person, lindenau: int) -> None:
    _, token = sign_in.check_totp(half(ben), ben.code(NOW), net=NET, now=NOW)
    office.person_leaves(actor=operator(lindenau), staff_id=ben.id, now=NOW)
    assert queries.session_by_token(token, now=NOW) is None
    with pytest.raises(WrongCredentialsError):
        half(ben)


def test_a_town_does_not_know_the_staff_of_another(ben: Person, towns: tuple[int, int]) -> None:
    from gemeinwerk.apps.municipalities import tenancy

    with tenancy.town(towns[1]), pytest.raises(WrongCredentialsError):
        half(ben)
