"""A notice as PDF/UA-1 and PDF/A-3a, with another case number each time."""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks.rows import Row, percentile
from gemeinwerk.connectors.typesetting import Typesetter
from tests.connectors.test_typesetting import NOTICE

TIMES = 60


def run() -> list[Row]:
    """Measure after the first letter, which loads the fonts."""
    typesetter = Typesetter()
    typesetter.notice(NOTICE)
    seconds, began = [], time.process_time()
    for number in range(TIMES):
        draft = replace(NOTICE.draft, case_number=f"2026-7K4M-{number:04d}-F")
        start = time.perf_counter()
        typesetter.notice(replace(NOTICE, draft=draft))
        seconds.append(time.perf_counter() - start)
    cpu = (time.process_time() - began) / TIMES * 1000
    return [
        Row("notice: CPU of one PDF", cpu, "ms", goal=15),
        Row("notice: p50", percentile(seconds, 0.5) * 1000, "ms"),
        Row("notice: p99", percentile(seconds, 0.99) * 1000, "ms"),
    ]
