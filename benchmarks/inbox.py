"""The inbox of a unit with 1,000, 10,000 and 100,000 cases, multiplied from cases actions made."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from uuid import UUID

from benchmarks import senders
from benchmarks.hall import Cost, Hall, open_hall
from benchmarks.rows import Row, percentile
from benchmarks.services import answers_of, package_of_size

CLIENTS = 8
SECONDS = 6.0
WARM = 1.5
SIZES = (1_000, 10_000, 100_000)
MADE = 10
GROWTH = 1.25
"""What a page may cost with a hundred times as many cases; the rest is the noise of a machine."""


def run() -> list[Row]:
    """Measure the first page of the inbox as its caseworker sees it."""
    with open_hall() as hall:
        _make_some(hall)
        staff_id, token = _signed_in(hall)
        job = {
            "kind": "read",
            "port": hall.port,
            "host": hall.host,
            "path": "/amt/",
            "cookies": {"__Host-session": token},
        }
        rows: list[Row] = []
        costs: list[float] = []
        for size in SIZES:
            _multiply(hall, size, staff_id)
            senders.run(job, senders=CLIENTS, seconds=WARM)
            with hall.measured() as cost:
                found = senders.run(job, senders=CLIENTS, seconds=SECONDS)
            count = len(found["times"])
            if not count:
                raise RuntimeError(f"no page got through: {found['failures'][:3]}")
            costs.append((cost.web + cost.database) / count * 1000)
            rows += _rows(size, cost, found["times"])
            rows.append(Row(f"inbox of {size:,}: failures", len(found["failures"]), "", goal=0))
    most = costs[0] * GROWTH
    rows.append(Row("inbox: CPU in all at 100,000 against 1,000", costs[-1], "ms", costs[0], most))
    return rows


def _rows(size: int, cost: Cost, times: list[float]) -> list[Row]:
    name, count, last = f"inbox of {size:,}", len(times), size == SIZES[-1]
    p50, p99 = (percentile(times, share) * 1000 for share in (0.5, 0.99))
    return [
        Row(f"{name}: p50 at {CLIENTS} clients", p50, "ms"),
        Row(f"{name}: p99 at {CLIENTS} clients", p99, "ms", goal=60 if last else None),
        Row(f"{name}: CPU of the web workers", cost.web / count * 1000, "ms"),
        Row(f"{name}: CPU of PostgreSQL", cost.database / count * 1000, "ms"),
        Row(f"{name}: SQL per page", cost.statements / count, "statements"),
    ]


def _make_some(hall: Hall) -> None:
    """Have ten citizens apply and the worker open their cases."""
    package = package_of_size(2, 10)
    slug = hall.publish(package)
    browser = senders.Browser(hall.port, hall.host)
    browser.get(f"/leistung/{slug}")
    for _ in range(MADE):
        senders.apply(browser, slug, answers_of(package))
    browser.close()
    command = [sys.executable, "-m", "gemeinwerk.project.command_line", "worker", "--once"]
    environment = {**os.environ, "GEMEINWERK_SUPERVISED": "bench", "GEMEINWERK_ROLE": "worker"}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=60)
    if (made := _count(hall)) != MADE:
        raise RuntimeError(f"{MADE} applications became {made} cases")


def _signed_in(hall: Hall) -> tuple[UUID, str]:
    """Return a caseworker of the unit and the session she has signed in to."""
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
        return staff.id, begin_session(now=datetime.now(UTC), staff_id=staff.id)[1]


_COPY = """
    WITH made AS (SELECT c, row_number() OVER (ORDER BY id) - 1 AS place FROM cases_case c LIMIT %s)
    INSERT INTO cases_case
    SELECT (jsonb_populate_record(c, jsonb_build_object(
        'id', gen_random_uuid(),
        'number', left('B-' || gen_random_uuid()::text, 30),
        'due_on', (c).due_on + n %% 90 - 10,
        'state', (ARRAY['received', 'in_progress', 'awaiting_applicant', 'decided', 'closed',
                        'closed', 'closed', 'closed', 'closed', 'closed'])[1 + n %% 10],
        'assignee_id', CASE WHEN n %% 10 IN (1, 2) AND n %% 3 = 0 THEN %s::uuid END,
        'unread', n %% 10 = 0,
        'changed', n %% 10 = 2 AND n %% 7 = 0,
        'complete', n %% 2 = 0
    ))).*
    FROM generate_series(1, %s) AS n JOIN made ON place = n %% %s
"""
"""A third of the cases is open, a tenth unread, the rest done; each with a day of its own."""


def _multiply(hall: Hall, size: int, staff_id: UUID) -> None:
    """Copy what actions made until there are so many; triggers keep the numbers of the shelves."""
    missing = size - _count(hall)
    with hall.connect() as connection:
        connection.execute(_COPY, (MADE, staff_id, missing, MADE))
        connection.execute("VACUUM ANALYZE cases_case, cases_tally")


def _count(hall: Hall) -> int:
    with hall.connect() as connection:
        row = connection.execute("SELECT count(*) FROM cases_case").fetchone()
        return int(row[0]) if row else 0
