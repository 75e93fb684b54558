"""Logins of the demo: they really sign in, and outside the demo nobody can be given one (S98)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from django.utils import timezone

from gemeinwerk.project.demo import logins
from gemeinwerk.project.demo.towns import TOWNS
from tests.offices import plugged, towns

__all__ = ["plugged", "towns"]


def colleague(town_id: int) -> Any:
    from gemeinwerk.apps.municipalities import actions
    from gemeinwerk.core.access import Role, system

    return actions.add_staff(
        actor=system(town_id, name="demo"),
        name="Petra Probe",
        email=logins.address("lindenau", 7),
        roles=[Role.CASEWORKER],
        unit_ids=[],
    )


@pytest.mark.django_db
def test_demo_staff_sign_in_with_what_is_shown(
    towns: tuple[int, int], settings: Any, tmp_path: Path
) -> None:
    from gemeinwerk.apps.identity import sign_in
    from gemeinwerk.apps.municipalities import tenancy

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mode="demo", data=tmp_path)
    now = timezone.now()
    with tenancy.town(towns[0]):
        person = colleague(towns[0])
        logins.give(person.id, now=now)
        shown = logins.of(tmp_path)
        assert shown is not None
        half, _ = sign_in.check_password(
            email=person.email, password=shown.password, net="n", now=now
        )
        code = pyotp.TOTP(shown.totp).at(now + timedelta(seconds=30))
        whole, _ = sign_in.check_totp(half, code, net="n", now=now + timedelta(seconds=30))
        assert whole.staff_id == person.id
    path = tmp_path / "secrets" / logins.NAME
    assert path.stat().st_mode & 0o777 == 0o600
    told = "\n".join(logins.lines(tmp_path))
    assert shown.password in told
    assert shown.totp in told
    assert all(person.name in told for town in TOWNS for person in town.staff)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["production", "test"])
def test_outside_the_demo_nobody_gets_such_a_login(
    towns: tuple[int, int], settings: Any, tmp_path: Path, mode: str
) -> None:
    from gemeinwerk.apps.identity.models import Credential
    from gemeinwerk.apps.municipalities import tenancy

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, mode=mode, data=tmp_path)
    with tenancy.town(towns[0]):
        person = colleague(towns[0])
        with pytest.raises(RuntimeError, match="demo mode only"):
            logins.give(person.id, now=timezone.now())
        assert not Credential.objects.filter(staff_id=person.id).exists()
    assert logins.of(tmp_path) is None
