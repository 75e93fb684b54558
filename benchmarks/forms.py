"""Core alone: compile, read and show a form; no Django, no database."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from benchmarks.rows import Row
from benchmarks.services import answers_of, package_of_size
from gemeinwerk.core.forms import compile_form

TODAY = date(2026, 11, 23)


def run() -> list[Row]:
    """Measure a form of three pages with thirty fields each."""
    package = package_of_size(3, 30)
    form = compile_form(package.form)
    page, posted = answers_of(package)[0]
    given = {name: [value] for name, value in posted.items()}
    answers = form.read_page(page, given, {}, today=TODAY).answers
    return [
        Row("forms: compile 90 fields", cpu_ms(lambda: compile_form(package.form)), "ms"),
        Row(
            "forms: read a page of 30 fields",
            cpu_ms(lambda: form.read_page(page, given, {}, today=TODAY)),
            "ms",
        ),
        Row(
            "forms: show a page of 30 fields",
            cpu_ms(lambda: form.page_view(page, answers, today=TODAY)),
            "ms",
        ),
        Row("forms: check all", cpu_ms(lambda: form.faults(answers, today=TODAY)), "ms"),
    ]


def cpu_ms(work: Callable[[], object], *, seconds: float = 0.5) -> float:
    """Return the CPU milliseconds of one call."""
    work()
    calls, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        work()
        calls += 1
    return spent / calls * 1000
