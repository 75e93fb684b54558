"""The expression tree: parse, compile, run."""

from __future__ import annotations

from decimal import Decimal

from benchmarks.forms import cpu_ms
from benchmarks.rows import Row
from gemeinwerk.core.expressions import Type, compile_expression, parse

TEXT = 'if count(G1.F1) > 2 and G1.F2 in ["a", "b"] then round(G1.F3 * 1.19, 2) else 0'


def run() -> list[Row]:
    """Measure one expression as fees use them."""
    types = {"G1.F1": Type.TEXT_LIST, "G1.F2": Type.TEXT, "G1.F3": Type.NUMBER}
    tree = parse(TEXT)
    ready = compile_expression(tree, types)
    values = {"G1.F1": ["x", "y", "z"], "G1.F2": "a", "G1.F3": Decimal("12.50")}
    return [
        Row("expressions: parse", cpu_ms(lambda: parse(TEXT)) * 1000, "µs"),
        Row("expressions: compile", cpu_ms(lambda: compile_expression(tree, types)) * 1000, "µs"),
        Row("expressions: run", cpu_ms(lambda: ready(values)) * 1000, "µs"),
    ]
