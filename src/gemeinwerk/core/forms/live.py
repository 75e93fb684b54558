"""A form while it is being filled in: a changed answer works out only what depends on it.

Answers that no longer apply stay stored (set aside) and count again when their condition returns;
they are never among the answers that count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gemeinwerk.core.forms.checking import Inspection
from gemeinwerk.core.forms.evaluation import Evaluation
from gemeinwerk.core.forms.outcome import collect
from gemeinwerk.core.forms.plan import Bound, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan
from gemeinwerk.core.forms.quantities import is_single
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.kernel import Fault

_INDEX = re.compile(r"\[[0-9]*\]")


@dataclass(frozen=True, slots=True)
class Change:
    """What a changed answer brought about."""

    answers: Mapping[str, str]
    """Answers that count now and did not before, or otherwise; "" for those that no longer do."""
    solved: tuple[Fault, ...]
    raised: tuple[Fault, ...]


_Result = tuple[dict[str, str], list[Fault]]


@dataclass(frozen=True, slots=True)
class _Impact:
    """What has to be worked out anew once an answer changes."""

    single: tuple[int, ...]
    deep: frozenset[int]
    variables: tuple[str, ...]
    cells: tuple[NodePlan, ...]


class Dependents:
    """Who depends on whom in a form, from an answer to what it can change."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.cells = tuple(cell for page in plan.pages.values() for cell in _cells_of(page.nodes))
        self._readers: dict[str, set[str]] = {}
        for key, needed in plan.edges.items():
            for one in needed:
                self._readers.setdefault(one, set()).add(key)
        self._neighbours: dict[str, set[str]] = {}
        """By whatever stands in an optional group it is begun, and its other fields count."""
        for path, field in plan.fields.items():
            for gate in field.gates:
                for one in plan.fields:
                    if one.startswith(gate.path + "."):
                        self._neighbours.setdefault(one, set()).add(path)
        self._impacts: dict[tuple[str, bool], _Impact] = {}

    def of(self, path: str, *, alone: bool = False) -> _Impact:
        """Return what an answer of this field, or a count of this element, can change.

        `alone`: whether anything is answered in the groups around it stays as it was, which is all
        that most of its neighbours want to know.
        """
        impact = self._impacts.get((path, alone))
        if impact is None:
            impact = self._impacts[path, alone] = self._impact(path, alone)
        return impact

    def _impact(self, path: str, alone: bool) -> _Impact:
        keys: set[str] = set()
        waiting = [path]
        if not alone:
            waiting += [f"group {path}", *(f"group {one}" for one in _above(path))]
            waiting += [one for one in self.plan.fields if one.startswith(path + ".")]
        while waiting:
            key = waiting.pop()
            if key not in keys and not (alone and key.startswith("group ")):
                keys.add(key)
                waiting += self._readers.get(key, ())
                waiting += () if alone else self._neighbours.get(key, ())
        if alone and any(not keys.isdisjoint(_conditions(node)) for node in self._nodes()):
            return self.of(path)  # what is shown changes what is answered
        nodes = [
            node
            for node in self._nodes()
            if _key(node) in keys or not keys.isdisjoint(_conditions(node))
        ]
        pages = (page for page in self.plan.pages.values() if _reads(page.shown_by, keys))
        single = [node.number for node in nodes if _stands_once(node)]
        single += [page.number for page in pages]
        deep = frozenset(node.number for node in nodes if not _stands_once(node))
        variables = tuple(name for name in self.plan.variables if f"variable {name}" in keys)
        around = {f"group {one}" for one in _above(path)} if alone else set()
        cells = tuple(
            cell for cell in self.cells if _key(cell) in around or self._touched(cell, keys)
        )
        return _Impact(tuple(single), deep, variables, cells)

    def _nodes(self) -> Iterator[NodePlan]:
        yield from self.plan.fields.values()
        for parts in self.plan.groups.values():
            yield from parts

    def _touched(self, cell: NodePlan, keys: set[str]) -> bool:
        """Whether anything a cell says may be another thing now."""
        return any(
            _key(node) in keys
            or not keys.isdisjoint(_conditions(node))
            or any(_reads(bound, keys) for bound in self._bounds(node))
            or any(f"group {gate.path}" in keys for gate in node.gates)
            for node in _within(cell)
        )

    def _bounds(self, node: NodePlan) -> Iterator[Bound | None]:
        if isinstance(node, FieldPlan):
            yield from (node.computed, node.required_by, node.not_before, node.not_after)
        for _, bound in self.plan.checks.get(node.number, ()):
            yield bound


class LiveForm:
    """Answers in the making (laufende Eingabe), with what counts and what is wrong at any time."""

    def __init__(self, dependents: Dependents, answers: Mapping[str, str], today: date) -> None:
        self.answers = dict(answers)
        """All answers, those set aside included."""
        self._dependents = dependents
        self._state = State(dependents.plan, self.answers, today)
        self._results: dict[int, _Result] = {
            cell.number: self._work_out(cell) for cell in dependents.cells
        }

    def change(self, name: str, answer: str | None) -> Change:
        """Store an answer under its name, or take it away with None, and tell what follows."""
        path = _INDEX.sub("", name) if "[" in name else name
        field = self._dependents.plan.fields.get(path)
        groups = _groups_around(field)
        before = self._stands_out(field, name), self._all_answered(groups)
        if answer is None:
            self.answers.pop(name, None)
        else:
            self.answers[name] = answer
        alone = field is not None and name[-1:] != "]"
        if alone and before[0] != self._stands_out(field, name):
            self._forget(groups)
            alone = before[1] and self._all_answered(groups)
        impact = self._dependents.of(path, alone=alone)
        self._state.forget(impact.single, impact.deep, impact.variables)
        changed: dict[str, str] = {}
        solved: list[Fault] = []
        raised: list[Fault] = []
        for cell in impact.cells:
            old = self._results[cell.number]
            new = self._results[cell.number] = self._work_out(cell)
            if new[0] != old[0]:
                changed.update((one, "") for one in old[0] if one not in new[0])
                changed.update(item for item in new[0].items() if old[0].get(item[0]) != item[1])
            if new[1] != old[1]:
                solved += [fault for fault in old[1] if fault not in new[1]]
                raised += [fault for fault in new[1] if fault not in old[1]]
        return Change(changed, tuple(solved), tuple(raised))

    def _stands_out(self, field: FieldPlan | None, name: str) -> bool:
        """Whether an answer is stored that is not just the default."""
        if field is None:
            return False
        return self.answers.get(name, field.field.default) != field.field.default

    def _all_answered(self, groups: Sequence[GroupPlan]) -> bool:
        """Whether all these groups are answered; False where there is none or they repeat."""
        return bool(groups) and all(self._state.answered(group, ()) for group in groups)

    def _forget(self, groups: Sequence[GroupPlan]) -> None:
        parts = self._dependents.plan.groups
        numbers = [part.number for group in groups for part in parts[group.path]]
        self._state.forget(numbers, (), ())

    def evaluation(self) -> Evaluation:
        """Return the answers that count and every fault, as `CompiledForm.evaluate` does."""
        found: dict[str, str] = {}
        faults: list[Fault] = []
        for answers, wrong in self._results.values():
            found |= answers
            faults += wrong
        return Evaluation(found, tuple(faults))

    def _work_out(self, cell: NodePlan) -> _Result:
        found: dict[str, str] = {}
        inspection = Inspection(self._state)
        if isinstance(cell, GroupPlan) and is_single(cell):
            return found, inspection.own(cell)
        collect(self._state, cell, (), found)
        return found, inspection.node(cell)


def _groups_around(field: FieldPlan | None) -> list[GroupPlan]:
    """Return the groups around a field that stands once; none for others."""
    groups: list[GroupPlan] = []
    if field is not None and field.depth == 0 and not field.repeated:
        above = field.parent
        while isinstance(above, GroupPlan):
            groups.append(above)
            above = above.parent
    return groups


def _cells_of(nodes: tuple[NodePlan, ...]) -> Iterator[NodePlan]:
    """Yield what is worked out as one: fields, whole repeated groups, and groups for themselves."""
    for node in nodes:
        if isinstance(node, GroupPlan) and is_single(node):
            yield from _cells_of(node.nodes)
        yield node


def _within(cell: NodePlan) -> Iterator[NodePlan]:
    yield cell
    if isinstance(cell, GroupPlan):
        for node in cell.nodes:
            yield from _within(node)


def _above(path: str) -> Iterator[str]:
    parts = path.split(".")
    for count in range(1, len(parts)):
        yield ".".join(parts[:count])


def _key(node: NodePlan) -> str:
    return node.path if isinstance(node, FieldPlan) else f"group {node.path}"


def _conditions(node: NodePlan) -> Iterator[str]:
    """Yield the values that decide whether a node is shown."""
    above: NodePlan | PagePlan | None = node
    while above is not None:
        if above.shown_by is not None:
            yield from above.shown_by.names
        above = above.parent


def _stands_once(node: NodePlan) -> bool:
    """Whether what is known of a node never carries an instance number."""
    return (node.inner if isinstance(node, GroupPlan) else node.depth) == 0


def _reads(bound: Bound | None, keys: set[str]) -> bool:
    return bound is not None and not keys.isdisjoint(bound.names)
