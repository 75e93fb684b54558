"""Keeps the sums behind the shelves short."""

from __future__ import annotations

from django.db import connection

_COMPACT = """
    WITH gone AS (
        DELETE FROM cases_tally
        RETURNING municipality_id, unit_id, service_key, kind, key, count
    )
    INSERT INTO cases_tally (id, municipality_id, unit_id, service_key, kind, key, count)
    SELECT gen_random_uuid(), municipality_id, unit_id, service_key, kind, key, sum(count)
    FROM gone
    GROUP BY municipality_id, unit_id, service_key, kind, key
    HAVING sum(count) <> 0
"""


def compact_counts() -> None:
    """Add up the small changes of the current town's shelves; run now and then by the worker.

    Changes that commit meanwhile are not seen and stay; a second run at the same time finds the
    rows gone. So the sums never differ, whoever reads.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT)
