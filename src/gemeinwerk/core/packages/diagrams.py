"""Checks that the process file (BPMN) of a package can be read and runs from a start to an end."""

from __future__ import annotations

from collections.abc import Iterator

from gemeinwerk.core.schemas import SchemaRefusedError
from gemeinwerk.core.schemas.xml import events, line_of

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MOST_BYTES = 1_000_000
_STEPS = frozenset(
    {
        "startEvent",
        "endEvent",
        "userTask",
        "serviceTask",
        "manualTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "exclusiveGateway",
        "parallelGateway",
        "intermediateCatchEvent",
        "subProcess",
    }
)

Params = dict[str, str | int]


def process_faults(text: str) -> tuple[tuple[str, Params], ...]:
    """Return code and parameters of everything wrong with a process, the line among them."""
    try:
        return tuple(_faults(text.encode()))
    except SchemaRefusedError as refused:
        return (("package.process_unreadable", dict(refused.params)),)


def _faults(data: bytes) -> Iterator[tuple[str, Params]]:
    steps: dict[str, tuple[str, int]] = {}
    flows: list[tuple[str, str, int]] = []
    processes = 0
    for name, element in events(data, limit=MOST_BYTES):
        space, _, tag = str(element.tag).rpartition("}")
        if name == "end" or space != f"{{{MODEL}":
            continue
        processes += tag == "process"
        if tag in _STEPS:
            steps[element.get("id", "")] = (tag, line_of(element))
        elif tag == "sequenceFlow":
            ends = element.get("sourceRef", ""), element.get("targetRef", "")
            flows.append((*ends, line_of(element)))
    if processes != 1:
        yield "package.process_count", {"count": processes}
    kinds = [kind for kind, _ in steps.values()]
    if kinds.count("startEvent") != 1 or "endEvent" not in kinds:
        yield "package.process_without_ends", {}
    if not {"userTask", "serviceTask"} & set(kinds):
        yield "package.process_without_task", {}
    for source, target, line in flows:
        for end in (source, target):
            if end not in steps:
                yield "package.process_flow_nowhere", {"name": end, "line": line}
    yield from _unreached(steps, flows)


def _unreached(
    steps: dict[str, tuple[str, int]], flows: list[tuple[str, str, int]]
) -> Iterator[tuple[str, Params]]:
    reached = {step for step, (kind, _) in steps.items() if kind == "startEvent"}
    todo = list(reached)
    while todo:
        here = todo.pop()
        after = {target for source, target, _ in flows if source == here} - reached
        reached |= after
        todo += after
    for step, (_, line) in steps.items():
        if step not in reached:
            yield "package.process_step_unreached", {"name": step, "line": line}
