"""The office with resident parking, and a partner's machine with its key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.offices import lindenau, operator, plugged, towns
from tests.parking import Office, office
from tests.people import strict_sentences

__all__ = ["lindenau", "office", "plugged", "strict_sentences", "towns"]

MakeKey = Callable[..., str]


@pytest.fixture
def make_key(office: Office, strict_sentences: None) -> MakeKey:
    from django.utils import timezone

    from gemeinwerk.apps.identity import partners

    def make(*services: str, days: int = 30, revoked: bool = False) -> str:
        now = timezone.now()
        actor = operator(office.town_id)
        row, text = partners.add_key(
            actor=actor,
            name="Partnerportal",
            services=services or ("*",),
            expires_at=now + timedelta(days=days),
            now=now,
        )
        if revoked:
            partners.revoke_key(actor=actor, key_id=row.id, now=now)
        return text

    return make


@pytest.fixture
def machine(office: Office, strict_sentences: None) -> Any:
    from django.test import Client

    return Client(headers={"host": "lindenau.localhost"}, enforce_csrf_checks=True)
