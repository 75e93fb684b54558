"""Many hands at one lock: the limit on access codes holds under parallel tries (S24)."""

from __future__ import annotations

import threading

from tests.web.portal.citizen import Citizen
from tests.web.portal.test_coming_back import code_of, open_with, wrong


def test_parallel_tries_cannot_slip_past_the_limit(running_office: int) -> None:
    """S24: of twenty hands at once exactly five get to try; each sees its code refused."""
    from django.db import connections

    from gemeinwerk.apps.municipalities import tenancy

    with tenancy.town(running_office):
        anna = Citizen().begin().fill("person")
    code = code_of(anna)
    guesses = [wrong(code) for _ in range(20)]
    gate = threading.Barrier(len(guesses))
    found: list[int] = []

    def guess(one: str) -> None:
        gate.wait()
        try:
            found.append(open_with(one, anna.draft).status_code)  # type: ignore[attr-defined]
        finally:
            connections.close_all()

    hands = [threading.Thread(target=guess, args=(one,)) for one in guesses]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(found) == [422] * 5 + [429] * 15
    assert open_with(code, anna.draft).status_code == 429  # type: ignore[attr-defined]
