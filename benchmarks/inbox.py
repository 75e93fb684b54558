"""The inbox of a unit with 1,000, 10,000 and 100,000 cases, multiplied from cases actions made."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

from benchmarks import senders
from benchmarks.hall import Hall, open_hall
from benchmarks.rows import Row, percentile
from benchmarks.services import answers_of, package_of_size

CLIENTS = 8
SECONDS = 5.0
SIZES = (1_000, 10_000, 100_000)


def run() -> list[Row]:
    """Measure the first page of the inbox as its caseworker sees it."""
    with open_hall() as hall:
        _send_some(hall)
        job = {
            "kind": "read",
            "port": hall.port,
            "host": hall.host,
            "path": "/amt/",
            "cookies": {"__Host-session": _signed_in(hall)},
        }
        rows: list[Row] = []
        first = 0.0
        for size in SIZES:
            _multiply(hall, size)
            senders.run(job, senders=CLIENTS, seconds=1.0)
            with hall.measured() as cost:
                found = senders.run(job, senders=CLIENTS, seconds=SECONDS)
            count = len(found["times"])
            spent = (cost.web + cost.database) / count * 1000
            first = first or spent
            last = size == SIZES[-1]
            name = f"inbox of {size:,}"
            p99 = percentile(found["times"], 0.99) * 1000
            rows += [
                Row(f"{name}: p99 at {CLIENTS} clients", p99, "ms", goal=60 if last else None),
                Row(f"{name}: CPU of the web workers", cost.web / count * 1000, "ms"),
                Row(f"{name}: CPU in all", spent, "ms", first, goal=first * 1.5 if last else None),
                Row(f"{name}: SQL", cost.statements / count, "statements"),
                Row(f"{name}: failures", len(found["failures"]), "", goal=0),
            ]
        return rows


def _send_some(hall: Hall) -> None:
    """Have ten citizens apply and the worker open their cases."""
    package = package_of_size(2, 10)
    slug = hall.publish(package)
    browser = senders.Browser(hall.port, hall.host)
    browser.get(f"/leistung/{slug}")
    for _ in range(10):
        senders.apply(browser, slug, answers_of(package))
    browser.close()
    command = [sys.executable, "-m", "gemeinwerk.project.command_line", "worker", "--once"]
    environment = {**os.environ, "GEMEINWERK_SUPERVISED": "bench", "GEMEINWERK_ROLE": "worker"}
    subprocess.run(command, env=environment, check=True, capture_output=True)


def _signed_in(hall: Hall) -> str:
    """Return the session of a caseworker of the unit."""
    from gemeinwerk.apps.identity.actions import begin_session
    from gemeinwerk.apps.municipalities import actions, tenancy
    from gemeinwerk.core.access import Role, system

    with tenancy.town(hall.town_id):
        staff = actions.add_staff(
            actor=system(hall.town_id, name="bench"),
            name="Ben Arslan",
            email="ben@lindenau.example",
            roles=[Role.CASEWORKER],
            unit_ids=[hall.unit_id] if hall.unit_id else [],
        )
        return begin_session(now=datetime.now(UTC), staff_id=staff.id)[1]


def _multiply(hall: Hall, size: int) -> None:
    """Copy cases until there are so many, with ids, numbers and days of their own."""
    with hall.connect() as connection:
        row = connection.execute("SELECT count(*) FROM cases_case").fetchone()
        missing = size - (int(row[0]) if row else 0)
        connection.execute(
            "INSERT INTO cases_case SELECT (jsonb_populate_record(c, jsonb_build_object("
            " 'id', gen_random_uuid(), 'number', left('B-' || gen_random_uuid()::text, 30),"
            " 'due_on', c.due_on + n %% 90))).*"
            " FROM cases_case c, generate_series(1, %s) n"
            " WHERE c.id = (SELECT id FROM cases_case LIMIT 1)",
            (missing,),
        )
        connection.execute("VACUUM ANALYZE cases_case")
