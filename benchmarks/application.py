"""A full application: begin, three pages of ten fields, check, submit, receipt: ten requests."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import Any

from benchmarks import senders
from benchmarks.hall import Hall, open_hall
from benchmarks.rows import Row, percentile
from benchmarks.services import answers_of, package_of_size

SENDERS = 16
SECONDS = 12.0
WARM = 2.0
REQUESTS = 10


def run() -> list[Row]:
    """Measure with two web workers at sixteen parallel senders."""
    package = package_of_size(3, 10)
    with open_hall() as hall:
        job = {
            "kind": "apply",
            "port": hall.port,
            "host": hall.host,
            "slug": hall.publish(package),
            "pages": answers_of(package),
        }
        senders.run(job, senders=SENDERS, seconds=WARM)
        with hall.measured() as cost:
            found = senders.run(job, senders=SENDERS, seconds=SECONDS)
        count = len(found["times"])
        if not count:
            raise RuntimeError(f"no application got through: {found['failures'][:3]}")
        rate = count / SECONDS
        bare = _bare_inserts(hall)
        lost = _lost(hall, found["results"])
    conflicts = len(found["failures"])
    return [
        Row("application: CPU of the web workers", cost.web / count * 1000, "ms", goal=30),
        Row("application: CPU of PostgreSQL", cost.database / count * 1000, "ms"),
        Row("application: rate", rate, "1/s", bare, goal=25, at_least=True),
        Row("application: p50", percentile(found["times"], 0.5) * 1000, "ms"),
        Row("application: p99", percentile(found["times"], 0.99) * 1000, "ms"),
        Row("application: SQL per request", cost.statements / count / REQUESTS, "statements"),
        Row(f"application: failures at {SENDERS} senders", conflicts, "", goal=0),
        Row("application: acknowledged but not stored", lost, "", goal=0),
        Row("application: bare durable inserts of the same bytes", bare, "1/s"),
    ]


def _lost(hall: Hall, receipts: list[str]) -> int:
    with hall.connect() as connection:
        rows = connection.execute("SELECT id::text FROM applications_submission").fetchall()
    return len({receipt.split("/")[2] for receipt in receipts} - {name for (name,) in rows})


def _bare_inserts(hall: Hall, seconds: float = 4.0) -> float:
    """Return how many rows per second the same server takes with the bytes of a submission."""
    with hall.connect() as connection:
        query = "SELECT avg(length(sealed_content))::int FROM applications_submission"
        row = connection.execute(query).fetchone()
        size = int(row[0]) if row else 1000
        connection.execute("CREATE TABLE bench_bare (id uuid PRIMARY KEY, body bytea NOT NULL)")
    code = "from benchmarks.application import insert; import sys; insert(*sys.argv[1:])"
    address = hall.cluster.superuser("gemeinwerk")
    command = [sys.executable, "-c", code, address.host, address.password, str(size), str(seconds)]
    workers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=senders.REPOSITORY, text=True)
        for _ in range(senders.PROCESSES)
    ]
    return sum(float(worker.communicate()[0]) for worker in workers)


def insert(host: str, password: str, size: str, seconds: str) -> None:
    """Insert with half of the senders until the time is over; print the rate."""
    import psycopg

    counts: list[int] = []

    def work() -> None:
        from uuid import uuid4

        done, until = 0, time.monotonic() + float(seconds)
        body = bytes(int(size))
        with psycopg.connect(
            host=host, user="postgres", password=password, dbname="gemeinwerk", autocommit=True
        ) as connection:
            while time.monotonic() < until:
                values: tuple[Any, ...] = (uuid4(), body)
                connection.execute("INSERT INTO bench_bare VALUES (%s, %s)", values, prepare=True)
                done += 1
        counts.append(done)

    threads = [threading.Thread(target=work) for _ in range(SENDERS // senders.PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(counts) / float(seconds))
