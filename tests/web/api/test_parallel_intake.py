"""Many sendings of the same application at once become one case with one receipt (S61)."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

from tests.web.api.test_intake import application, send
from tests.web.portal.conftest import running_office

__all__ = ["running_office"]


def test_parallel_sendings_are_one(running_office: int) -> None:
    from django.db import connections
    from django.test import Client
    from django.utils import timezone

    from gemeinwerk.apps.applications.models import Draft, Intake, Submission
    from gemeinwerk.apps.catalogue import queries as catalogue
    from gemeinwerk.apps.identity import partners
    from gemeinwerk.apps.municipalities import tenancy
    from tests.offices import operator

    now = timezone.now()
    with tenancy.town(running_office):
        document = application()
        (offer,) = catalogue.live_offers()
        _, key = partners.add_key(
            actor=operator(running_office),
            name="Portal",
            services=["*"],
            expires_at=now + timedelta(days=1),
            now=now,
        )
    gate, found = threading.Barrier(6), []  # type: ignore[var-annotated]  # answers of the client

    def post() -> None:
        machine: Any = Client(headers={"host": "lindenau.localhost"})
        gate.wait()
        try:
            found.append(send(machine, key, document, slug=offer.slug))
        finally:
            connections.close_all()

    hands = [threading.Thread(target=post) for _ in range(6)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert [answer.status_code for answer in found] == [201] * 6
    assert len({answer.json()["number"] for answer in found}) == 1
    assert sum("Idempotent-Replayed" not in answer for answer in found) == 1
    with tenancy.town(running_office):
        counts = [one.objects.count() for one in (Draft, Submission, Intake)]
    assert counts == [1, 1, 1]
