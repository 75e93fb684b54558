"""Claims: once per dossier and purpose, settled once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.parking import NOW, Office, apply

pytestmark = pytest.mark.django_db


def test_a_repeat_returns_the_first_claim(office: Office) -> None:
    from gemeinwerk.apps.payments import actions, queries

    dossier = apply(office)
    for amount in ("30.00", "99.00"):
        actions.claim(
            subject=dossier,
            reference="2026-TEST",
            amount=Decimal(amount),
            purpose="Gebühr",
            due_on=None,
            now=NOW,
        )
    assert [claim.amount for claim in queries.claims(dossier)] == [Decimal("30.00")]


def test_paid_is_noted_once(office: Office) -> None:
    from gemeinwerk.apps.payments import actions, queries

    dossier = apply(office)
    office.work()
    claim = queries.claims(dossier)[0]
    actions.settle(claim.id, now=NOW)
    actions.settle(claim.id, now=NOW + timedelta(days=1))
    assert queries.claims(dossier)[0].settled_at == NOW
