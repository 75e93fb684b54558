"""Rounds (Rundgänge): periodic work, once per town and interval, however many workers run."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from gemeinwerk.apps.municipalities import queries, tenancy

log = logging.getLogger("gemeinwerk.outbox")

_LOCK = 4713


@dataclass(frozen=True, slots=True)
class Round:
    """One kind of periodic work: `run(now)` in the name of a town, every `seconds`."""

    seconds: float
    run: Callable[[datetime], None]


class Rounds:
    """Runs what is due; all of it can be repeated, so a fresh start simply begins anew."""

    def __init__(self, table: Mapping[str, Round], *, clock: Callable[[], datetime]) -> None:
        self._table = table
        self._clock = clock
        self._due: dict[str, float] = {}

    def run_due(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Run every round that is due in every town; return how many rounds were run."""
        count = 0
        for name, each in self._table.items():
            if stop() or self._due.get(name, 0.0) > time.monotonic():
                continue
            self._due[name] = time.monotonic() + each.seconds
            for town in queries.all_towns():
                if not stop():
                    self._run(name, each, town.id)
            count += 1
        return count

    def _run(self, name: str, each: Round, municipality_id: int) -> None:
        try:
            with tenancy.town(municipality_id):
                if _alone(name, municipality_id):
                    each.run(self._clock())
        except Exception as failure:
            # One town's trouble stops neither the others nor the next round.
            log.warning(
                "outbox.round_failed",
                extra={"round": name, "town": municipality_id, "kind": type(failure).__name__},
            )


def _alone(name: str, municipality_id: int) -> bool:
    """Take the round for this transaction; False when another worker has it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))",
            [_LOCK, f"{name}/{municipality_id}"],
        )
        return bool(cursor.fetchone()[0])
