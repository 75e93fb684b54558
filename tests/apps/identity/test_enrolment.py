"""First sign-in with a one-use code, lost second factors, and changes of access."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from django.db import IntegrityError, connection, transaction

from gemeinwerk.apps import sealing
from gemeinwerk.apps.audit.models import Entry
from gemeinwerk.apps.identity import enrolment, factors, office, recovery, sign_in
from gemeinwerk.apps.identity.actions import TooManyTriesError
from gemeinwerk.apps.identity.errors import (
    EnrolCodeError,
    FreshSignInError,
    RecoveryGoneError,
    SignInExpiredError,
    WeakPasswordError,
    WrongCredentialsError,
    WrongFactorError,
)
from gemeinwerk.apps.identity.models import Credential, Recovery, Session
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.access import Actor, Role
from gemeinwerk.core.kernel import RefusedError
from tests.offices import NOW, PASSWORD, Person, hire, operator

NET = "203.0.113.0/24"


@pytest.fixture
def ben(lindenau: int) -> Person:
    return hire(lindenau, "Ben Arslan", "caseworker")


@pytest.fixture
def tilda(lindenau: int) -> Person:
    return hire(lindenau, "Tilda Engel", "team_lead")


def acting(person: Person) -> Actor:
    actor = municipalities.staff_actor(person.id)
    assert actor is not None
    return actor


def added(town: int) -> tuple[str, str]:
    staff, code = office.add_person(
        actor=operator(town),
        name="Nora Neumann",
        email="Nora@Rathaus.example",
        roles=[Role.CASEWORKER],
        unit_ids=[],
        now=NOW,
    )
    return staff.email, code


def signed_in(person: Person) -> Session:
    half, _ = sign_in.check_password(email=person.email, password=PASSWORD, net=NET, now=NOW)
    return sign_in.check_totp(half, person.code(NOW), net=NET, now=NOW)[0]


def set_up(session: Session, password: str = PASSWORD) -> tuple[Session, str]:
    assert session.half_signed_in is not None
    secret = factors.offered_secret(session, session.half_signed_in)
    code = pyotp.TOTP(secret).at(NOW)
    return enrolment.finish(session, password=password, code=code, now=NOW)


def test_the_code_works_once_and_in_any_spelling(lindenau: int) -> None:
    email, code = added(lindenau)
    session, _ = enrolment.begin(
        email=email.upper(), code=code.lower().replace("-", " "), net=NET, now=NOW
    )
    signed, _ = set_up(session)
    assert signed.staff_id is not None
    with pytest.raises(EnrolCodeError):
        enrolment.begin(email=email, code=code, net=NET, now=NOW)


def test_two_browsers_with_one_code_set_up_one_access(lindenau: int) -> None:
    email, code = added(lindenau)
    first, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    second, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    set_up(first)
    assert not Session.objects.filter(pk=second.id).exists()
    with pytest.raises(SignInExpiredError):
        enrolment.finish(second, password=PASSWORD, code="000000", now=NOW)


def test_the_code_ends_after_three_days(lindenau: int) -> None:
    email, code = added(lindenau)
    with pytest.raises(EnrolCodeError):
        enrolment.begin(email=email, code=code, net=NET, now=NOW + timedelta(days=3))


def test_codes_cannot_be_tried_out(lindenau: int) -> None:
    email, code = added(lindenau)
    for _ in range(5):
        with pytest.raises(EnrolCodeError):
            enrolment.begin(email=email, code="AAAA-AAAA", net=NET, now=NOW)
    with pytest.raises(TooManyTriesError):
        enrolment.begin(email=email, code=code, net=NET, now=NOW)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("kurz", "short"),
        ("x" * 129, "long"),
        ("abababababab", "uniform"),
        ("Nora Neumann 1", "name"),
        ("nora@rathaus.example", "name"),
    ],
)
def test_weak_passwords_are_refused(lindenau: int, password: str, reason: str) -> None:
    email, code = added(lindenau)
    session, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    with pytest.raises(WeakPasswordError) as refused:
        set_up(session, password)
    assert refused.value.reason == reason


def test_a_wrong_code_of_the_app_sets_nothing_up(lindenau: int) -> None:
    email, code = added(lindenau)
    session, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    assert session.half_signed_in is not None
    factors.offered_secret(session, session.half_signed_in)
    with pytest.raises(WrongFactorError):
        enrolment.finish(session, password=PASSWORD, code="000000", now=NOW)
    assert not enrolment.has_password(session.half_signed_in)


def test_stages_cannot_be_mixed(lindenau: int, ben: Person) -> None:
    email, code = added(lindenau)
    enrolling, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    waiting, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
    with pytest.raises(SignInExpiredError):
        sign_in.check_totp(enrolling, "000000", net=NET, now=NOW)
    with pytest.raises(SignInExpiredError):
        set_up(waiting)


def test_secrets_lie_sealed_and_hashed(lindenau: int) -> None:
    email, code = added(lindenau)
    session, _ = enrolment.begin(email=email, code=code, net=NET, now=NOW)
    assert session.half_signed_in is not None
    secret = factors.offered_secret(session, session.half_signed_in)
    set_up(session)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM identity_credential t")
        rows = str(cursor.fetchall())
        cursor.execute("SELECT t::text FROM identity_session t")
        rows += str(cursor.fetchall())
    for bare in (PASSWORD, secret, secret.encode().hex(), code, code.replace("-", "")):
        assert bare not in rows
    assert "$argon2id$" in rows
    kept = Credential.objects.get().sealed_totp
    assert kept is not None
    with pytest.raises(Exception, match=r"seal\.broken"):
        sealing.unseal_for_town("credential.totp/of somebody else", bytes(kept))


def test_a_lost_factor_is_released_by_a_second_person(ben: Person, tilda: Person) -> None:
    session = signed_in(ben)
    half, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
    recovery.ask(half, now=NOW)
    (request,) = recovery.waiting(acting(tilda), now=NOW)
    assert (request.name, request.own) == ("Ben Arslan", False)
    code = recovery.release(acting(tilda), request.id, now=NOW)
    assert not Session.objects.filter(pk=session.id).exists()
    with pytest.raises(WrongFactorError):
        again, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
        sign_in.check_totp(again, ben.code(NOW + timedelta(seconds=30)), net=NET, now=NOW)
    # The code alone is not enough: it needs the password of before.
    enrolling, _ = enrolment.begin(email=ben.email, code=code, net=NET, now=NOW)
    with pytest.raises(EnrolCodeError):
        set_up(enrolling, "Tildas eigene Wahl 1")
    assert set_up(enrolling)[0].staff_id == ben.id
    with pytest.raises(RecoveryGoneError):
        recovery.release(acting(tilda), request.id, now=NOW)
    assert Entry.objects.filter(verb="recovery.released", actor_id=tilda.id).count() == 1


def test_nobody_releases_her_own_factor(tilda: Person) -> None:
    half, _ = sign_in.check_password(email=tilda.email, password=PASSWORD, net=NET, now=NOW)
    recovery.ask(half, now=NOW)
    (request,) = recovery.waiting(acting(tilda), now=NOW)
    assert request.own
    with pytest.raises(RefusedError):
        recovery.release(acting(tilda), request.id, now=NOW)


def test_the_database_refuses_an_own_release_too(tilda: Person) -> None:
    row = Recovery.objects.create(staff_id=tilda.id, asked_at=NOW)
    broken = pytest.raises(IntegrityError, match="recovery_needs_second_person")
    with broken, transaction.atomic():
        Recovery.objects.filter(pk=row.id).update(released_by_id=tilda.id)


def test_a_caseworker_releases_nothing(ben: Person, tilda: Person) -> None:
    half, _ = sign_in.check_password(email=tilda.email, password=PASSWORD, net=NET, now=NOW)
    recovery.ask(half, now=NOW)
    with pytest.raises(RefusedError):
        recovery.waiting(acting(ben), now=NOW)
    with pytest.raises(RefusedError):
        recovery.release(acting(ben), Recovery.objects.get().id, now=NOW)


def test_asking_twice_makes_one_request(ben: Person) -> None:
    for _ in range(2):
        half, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
        recovery.ask(half, now=NOW)
    assert Recovery.objects.count() == 1


def test_a_new_password_ends_other_sessions(ben: Person) -> None:
    here, elsewhere = signed_in(ben), sign_in.begin_session(now=NOW, staff_id=ben.id)[0]
    new = "Acht Gänse im Gras"
    factors.change_password(acting(ben), here, present=PASSWORD, new=new, now=NOW)
    assert list(Session.objects.filter(staff_id=ben.id)) == [here]
    assert elsewhere.id != here.id
    with pytest.raises(WrongCredentialsError):
        sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
    assert sign_in.check_password(email=ben.email, password=new, net=NET, now=NOW)


def test_changes_need_a_fresh_sign_in(ben: Person) -> None:
    session, late = signed_in(ben), NOW + timedelta(minutes=6)
    with pytest.raises(FreshSignInError):
        factors.change_password(
            acting(ben), session, present=PASSWORD, new="Acht Gänse im Gras", now=late
        )
    with pytest.raises(FreshSignInError):
        factors.change_totp(acting(ben), session, code="000000", now=late)
    with pytest.raises(FreshSignInError):
        factors.change_totp(acting(ben), None, code="000000", now=NOW)


def test_another_app_replaces_the_first(ben: Person) -> None:
    session = signed_in(ben)
    secret = factors.offered_secret(session, ben.id)
    factors.change_totp(acting(ben), session, code=pyotp.TOTP(secret).at(NOW), now=NOW)
    half, _ = sign_in.check_password(email=ben.email, password=PASSWORD, net=NET, now=NOW)
    later = NOW + timedelta(seconds=60)
    with pytest.raises(WrongFactorError):
        sign_in.check_totp(half, ben.code(later), net=NET, now=later)
    assert sign_in.check_totp(half, pyotp.TOTP(secret).at(later), net=NET, now=later)
