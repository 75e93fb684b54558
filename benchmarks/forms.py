"""Core alone: compile, check, read and show forms; no Django, no database. Peers beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

from benchmarks import peers, thirty
from benchmarks.rows import Row
from benchmarks.services import answers_of, package_of_size
from gemeinwerk.core.forms import CompiledForm, compile_form

TODAY = date(2026, 11, 23)
RATIO = 60
"""How many times the submissions of `@formio/core` have to be checked."""


def run() -> list[Row]:
    """Measure pages of thirty fields, whole submissions beside peers, and the largest schema."""
    return [*_pages(), *_rendering(), *_submissions(), *_largest()]


def _pages() -> list[Row]:
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
            "forms: view of a page of 30 fields",
            cpu_ms(lambda: form.page_view(page, answers, today=TODAY)),
            "ms",
        ),
        Row("forms: check 90 fields", cpu_ms(lambda: form.faults(answers, today=TODAY)), "ms"),
    ]


def _rendering() -> list[Row]:
    """The page of `thirty`: the questions as HTML, and the view they are made from."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gemeinwerk.project.settings")
    from gemeinwerk.web.ui import language
    from gemeinwerk.web.ui.render import environment

    form, answers = compile_form(thirty.FORM), thirty.submissions()[0]
    view = form.page_view("all", answers, today=thirty.TODAY)
    source = """{% import "parts/questions.html" as q %}{{ q.questions(view.nodes) }}"""
    page = environment()
    page.add_template("measured.html", source)

    def render() -> None:
        with language.spoken("de"):
            page.render_template("measured.html", view=view, language="de")

    return [
        Row("forms: render the page of 30 fields", cpu_ms(render), "ms", goal=0.3),
        Row(
            "forms: its view",
            cpu_ms(lambda: form.page_view("all", answers, today=thirty.TODAY)),
            "ms",
        ),
    ]


def _submissions() -> list[Row]:
    """Whole submissions of `thirty`: faults with paths, conditions, values, DIN 91379."""
    submissions = thirty.submissions()
    form = compile_form(thirty.FORM)
    peers.install()

    def refuses(submission: thirty.Submission) -> bool:
        return bool(form.evaluate(submission, today=thirty.TODAY).faults)

    refuses({})
    ours, refused = peers.measured(refuses, submissions)
    rows = [Row("forms: check of 30 fields", ours, f"1/s, {refused} refused", goal=60_000,
                at_least=True)]  # fmt: skip
    for name, found in peers.rates(submissions).items():
        if isinstance(found, str):
            rows.append(Row(f"forms: {name}", None, f"not run: {found}"))
            continue
        rate, refused = found
        rows.append(Row(f"forms: {name}", rate, f"1/s, {refused} refused", ours))
        if name == peers.FORMIO:
            rows.append(Row(f"forms: times {name}", ours / rate, "", goal=RATIO, at_least=True))
    return rows + _changes(form, submissions[0])


def _changes(form: CompiledForm, submission: thirty.Submission) -> list[Row]:
    """One changed answer, with everything that depends on it."""
    live = form.live(submission, today=thirty.TODAY)
    turns = {
        "G99000803.F17": ("2", "3"),
        "G99000801.F04": ("VH", "LD"),
        "G99000802.F11": ("X", "Y"),
    }
    state = {"count": 0}

    def change() -> None:
        state["count"] += 1
        for name, values in turns.items():
            live.change(name, values[state["count"] % 2])

    return [
        Row("forms: one changed answer of 30 fields", cpu_ms(change) / 3 * 1000, "µs", goal=50),
    ]


def _largest() -> list[Row]:
    """The largest real schema: made in a process of its own, so that its memory can be told."""
    code = "from benchmarks.largest import tell; tell()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if done.returncode:
        return [Row("forms: largest real schema", None, f"not run: {done.stderr.strip()[-120:]}")]
    figures = dict(line.split("=") for line in done.stdout.split())
    return [
        Row("forms: fields of the largest schema", float(figures["fields"]), ""),
        Row("forms: compile it, check included", float(figures["compile"]), "ms", goal=300),
        Row("forms: check it whole", float(figures["check"]), "µs"),
        Row("forms: one changed answer in it", float(figures["change"]), "µs", goal=50),
        Row("forms: its memory once compiled", float(figures["memory"]), "MB", goal=5),
        Row("forms: the shelf of a process full of such", float(figures["town"]), "MB", goal=1000),
        Row(
            "forms: pause when one that left is asked for",
            float(figures["compile"]),
            "ms",
            goal=300,
        ),
    ]


def cpu_ms(work: Callable[[], object], *, seconds: float = 0.5) -> float:
    """Return the CPU milliseconds of one call."""
    work()
    calls, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        work()
        calls += 1
    return spent / calls * 1000
