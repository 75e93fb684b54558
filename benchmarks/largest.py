"""The largest real schema with its rules: time, memory and one changed answer, by itself."""

from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable

from benchmarks.thirty import TODAY
from gemeinwerk.apps.catalogue.cache import FORMS_KEPT
from gemeinwerk.core.forms import CompiledForm, Form, compile_form, form_from_schema
from gemeinwerk.core.packages import RuleDecision, stored, with_rules
from gemeinwerk.core.rules import Names, translate_schema
from gemeinwerk.core.schemas import COMMAND_LIMIT, read_schema, unpack
from tests.paths import STANDARDS

NAME = "S05000001162"


def tell() -> None:
    """Print name=value lines."""
    form = form_of_largest()
    ready(form)  # patterns and letter tables that all forms share
    compile_ms = least(lambda: ready(form)) * 1000
    compiled = ready(form)
    answers = dict.fromkeys((path for path in compiled.types if "." in path), "2026-01-31")
    live = compiled.live(answers, today=TODAY)
    names = [name for name in compiled.evaluate(answers, today=TODAY).answers if "[" not in name]
    for name in names:
        live.change(name, "y")
    turns = iter(range(10**9))
    change = least(lambda: [live.change(name, f"x{next(turns)}") for name in names]) / len(names)
    whole = least(lambda: compiled.evaluate(answers, today=TODAY))
    memory = megabytes(form)
    print(f"fields={len(compiled.types) - 1} compile={compile_ms} change={change * 1e6}")
    print(f"check={whole * 1e6} memory={memory} town={memory * FORMS_KEPT}")


def form_of_largest() -> Form:
    """Read the schema and put its rules into the form; this is not counted."""
    path = next((STANDARDS / "xdatenfelder" / "xdf3").glob(f"*{NAME}*"))
    schema = read_schema(unpack(path.read_bytes(), COMMAND_LIMIT), name=path.name)
    decisions = [
        RuleDecision(each.rule_id, each.owner, each.text, "confirmed", stored(each.effects))
        for each in translate_schema(schema)
        if each.status == "translated"
    ]
    return with_rules(form_from_schema(schema, {})[0], Names(schema), decisions).form


def ready(form: Form) -> CompiledForm:
    """Compile a form and make its check."""
    compiled = compile_form(form)
    compiled.evaluate({}, today=TODAY)
    return compiled


def least(work: Callable[[], object], times: int = 5) -> float:
    """Return the CPU seconds of the quickest of some runs."""
    found = []
    for _ in range(times):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return min(found)


def megabytes(form: Form) -> float:
    """Return what one compiled form holds, checks included, by the allocator's own count."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [ready(form) for _ in range(3)]
    gc.collect()
    spent = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return spent / len(kept) / 1e6
