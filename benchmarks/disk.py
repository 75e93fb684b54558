"""How long the disk takes to make a small write durable: the floor under every receipt."""

from __future__ import annotations

import os
import tempfile
import time

from benchmarks.rows import Row, percentile

WRITES = 300


def run() -> list[Row]:
    """Measure fdatasync after 8 KB, as PostgreSQL writes its log."""
    times = []
    with tempfile.TemporaryFile() as file:
        number = file.fileno()
        os.write(number, bytes(8192 * 64))
        os.fsync(number)
        for turn in range(WRITES):
            began = time.perf_counter()
            os.pwrite(number, os.urandom(8192), turn % 64 * 8192)
            os.fdatasync(number)
            times.append(time.perf_counter() - began)
    return [
        Row("disk: flush, p50", percentile(times, 0.5) * 1000, "ms"),
        Row("disk: flush, p99", percentile(times, 0.99) * 1000, "ms"),
    ]
