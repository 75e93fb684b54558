"""Rows by their key: the same as the ORM gives, behind the same walls."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gemeinwerk.apps.identity.actions import begin_session
from gemeinwerk.apps.identity.models import Session
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.municipalities.models import Municipality, Parameter
from gemeinwerk.apps.municipalities.rows import RowByKey
from gemeinwerk.core.kernel import new_id

sessions = RowByKey(Session, "id")
by_hash = RowByKey(Session, "token_hash")


@pytest.fixture
def session(lindenau: int) -> Session:
    return begin_session(now=timezone.now())[0]


def values(row: Session | Parameter | Municipality) -> dict[str, object]:
    """Return each column with its value; binary ones as bytes, however the driver holds them."""
    found = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {
        name: bytes(value) if isinstance(value, memoryview) else value
        for name, value in found.items()
    }


def types(row: Session | Parameter | Municipality) -> dict[str, type]:
    return {name: type(value) for name, value in values(row).items()}


def test_a_row_is_found_by_each_of_its_keys(session: Session):
    for found in (sessions.find(session.id), by_hash.find(bytes(session.token_hash))):
        assert found == session


def test_what_is_not_there_is_none(session: Session):
    assert sessions.find(new_id()) is None
    assert by_hash.find(b"") is None


def test_all_given_keys_have_to_fit(session: Session):
    both = RowByKey(Session, "id", "token_hash")
    assert both.find(session.id, bytes(session.token_hash)) == session
    assert both.find(session.id, b"other") is None


def test_columns_come_back_as_the_orm_gives_them(session: Session):
    session.data = {"dossiers": [str(new_id())], "äöü": {"x": None}}
    session.save(update_fields=["data"])
    Parameter.objects.create(
        service_key="99000000000000",
        name="fee",
        valid_from=date(2026, 1, 31),
        value=[12, "a"],
        set_at=timezone.now(),
    )
    parameter = Parameter.objects.get()
    for found, wanted in (
        (sessions.find(session.id), Session.objects.get(pk=session.pk)),
        (RowByKey(Parameter, "name").find("fee"), parameter),
        (RowByKey(Municipality, "id").find(tenancy.current_id()), Municipality.objects.get(
            pk=tenancy.current_id()
        )),
    ):  # fmt: skip
        assert found is not None
        assert values(found) == values(wanted)
        assert types(found) == types(wanted)


def test_a_found_row_saves_as_a_change_and_not_as_a_new_row(session: Session):
    found = sessions.find(session.id)
    assert found is not None
    found.data = {"seen": "1"}
    found.save()
    assert Session.objects.get(pk=session.pk).data == {"seen": "1"}
    assert Session.objects.count() == 1


def test_a_lock_is_taken_only_when_asked(session: Session):
    with CaptureQueriesContext(connection) as queries:
        assert sessions.find(session.id) == session
        assert sessions.find(session.id, lock=True) == session
    assert [entry["sql"].endswith("FOR UPDATE") for entry in queries] == [False, True]


def test_a_row_of_another_town_is_not_found(session: Session, towns: tuple[int, int]):
    token_hash = bytes(session.token_hash)
    with tenancy.town(towns[1]):
        assert sessions.find(session.id) is None
        assert sessions.find(session.id, lock=True) is None
        assert by_hash.find(token_hash) is None
    assert sessions.find(session.id) == session
