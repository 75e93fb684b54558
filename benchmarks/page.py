"""A form page of thirty fields with session, town and sealed draft."""

from __future__ import annotations

from benchmarks import senders
from benchmarks.hall import Hall, open_hall
from benchmarks.rows import Row, percentile
from benchmarks.services import answers_of, package_of_size

CLIENTS = 8
SECONDS = 8.0
FIELDS = (10, 30, 60)
PEERS = 30.0
"""CPU milliseconds of the better of two known Django form servers for such a page."""


def run() -> list[Row]:
    """Measure thirty fields; count the statements for ten, thirty and sixty."""
    with open_hall() as hall:
        jobs = {fields: _filled_page(hall, fields) for fields in FIELDS}
        counts = {fields: _statements(hall, job) for fields, job in jobs.items()}
        senders.run(jobs[30], senders=CLIENTS, seconds=1.5)
        with hall.measured() as cost:
            found = senders.run(jobs[30], senders=CLIENTS, seconds=SECONDS)
    count = len(found["times"])
    times = found["times"]
    return [
        Row("page: CPU of the web workers", cost.web / count * 1000, "ms", PEERS, goal=4),
        Row("page: CPU of PostgreSQL", cost.database / count * 1000, "ms"),
        Row("page: rate", count / SECONDS, "1/s"),
        Row("page: p50", percentile(times, 0.5) * 1000, "ms"),
        Row(f"page: p99 at {CLIENTS} clients", percentile(times, 0.99) * 1000, "ms", goal=40),
        Row("page: SQL with 30 fields", counts[30], "statements"),
        Row("page: SQL with 60 fields", counts[60], "statements", counts[10], goal=counts[10]),
        Row("page: failures", len(found["failures"]), "", goal=0),
    ]


def _filled_page(hall: Hall, fields: int) -> dict[str, object]:
    """Begin a draft, answer its first page, and return how to ask for that page again."""
    package = package_of_size(2, fields)
    slug = hall.publish(package)
    browser = senders.Browser(hall.port, hall.host)
    browser.get(f"/leistung/{slug}")
    place = browser.post(f"/leistung/{slug}/beginnen", {})
    browser.get(place)
    browser.post(place, answers_of(package)[0][1])
    browser.close()
    return {
        "kind": "read",
        "port": hall.port,
        "host": hall.host,
        "path": place,
        "cookies": browser.cookies,
    }


def _statements(hall: Hall, job: dict[str, object], times: int = 10) -> float:
    read = senders.prepared(job)
    read()
    with hall.measured() as cost:
        for _ in range(times):
            read()
    return cost.statements / times
