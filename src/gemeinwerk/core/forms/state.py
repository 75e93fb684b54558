"""What answers mean: which nodes apply, how often, and with which values. Worked out on demand.

Rules that are not plain from the model:
- A node applies if its page, all groups around it and the node itself are visible; an unknown
  condition hides.
- An optional group (0..1) and each alternative of a choice group count once one of their
  questions is answered with something other than its default. Until then nothing in them is
  required, and their defaults, locked and calculated values are no answers.
- An answer stored as "" was emptied on purpose; the default does not come back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from gemeinwerk.core.forms.plan import At, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan
from gemeinwerk.core.forms.values import Value, from_value


class State:
    """One set of answers on one day."""

    __slots__ = ("_answered", "_applies", "_values", "_variables", "answers", "plan", "today")

    def __init__(self, plan: Plan, answers: Mapping[str, str], today: date) -> None:
        self.plan = plan
        self.answers = answers
        self.today = today
        self._applies: dict[tuple[int, At], bool] = {}
        self._values: dict[tuple[int, At], object] = {}
        self._answered: dict[tuple[int, At], bool] = {}
        self._variables: dict[str, object] = {}

    def forget(
        self, single: Iterable[int], deep: Collection[int], variables: Iterable[str]
    ) -> None:
        """Work some nodes and variables out anew when they are asked for next.

        `single` are numbers of nodes that stand once, `deep` of those in repeated groups.
        """
        caches: tuple[dict[tuple[int, At], Any], ...]
        caches = (self._applies, self._values, self._answered)
        for cache in caches:
            for number in single:
                cache.pop((number, ()), None)
            if deep:
                for key in [key for key in cache if key[0] in deep]:
                    del cache[key]
        for name in variables:
            self._variables.pop(name, None)

    def applies(self, node: NodePlan | PagePlan, at: At = ()) -> bool:
        """Tell whether a node is to be shown at a place (its own instances aside)."""
        if node.always:
            return True
        key = (node.number, at)
        known = self._applies.get(key)
        if known is None:
            parent = node.parent
            known = parent is None or self.applies(parent, at[: parent.depth])
            if known and node.shown_by is not None:
                known = node.shown_by.run(self, at) is True
            self._applies[key] = known
        return known

    def count(self, node: NodePlan, at: At) -> int:
        """Return how many instances of a repeated node there are."""
        stored = self.answers.get(node.name(at) + "[]", "")
        number = int(stored) if len(stored) < 5 and stored.isascii() and stored.isdigit() else 0
        least = node.group.minimum if isinstance(node, GroupPlan) else max(1, node.field.minimum)
        return min(max(number, least), node.most)

    def places(self, group: GroupPlan, at: At) -> Iterator[At]:
        """Yield the place of each instance of a group."""
        if group.repeated:
            for index in range(self.count(group, at)):
                yield (*at, index)
        else:
            yield at

    def names(self, field: FieldPlan, at: At) -> list[str]:
        """Return the names of all answers of a field at a place."""
        name = field.name(at)
        if not field.repeated:
            return [name]
        return [f"{name}[{index}]" for index in range(self.count(field, at))]

    def value(self, field: FieldPlan, at: At) -> object:
        """Return what expressions see: a value, None, or a list for a repeated field."""
        key = (field.number, at)
        if key in self._values:
            return self._values[key]
        value: object = None
        if self.applies(field, at):
            items = [self._one(field, at, name) for name in self.names(field, at)]
            value = [i for i in items if i is not None] if field.repeated else items[0]
        elif field.repeated:
            value = []
        self._values[key] = value
        return value

    def _one(self, field: FieldPlan, at: At, name: str) -> Value:
        if field.editable:
            answer = self.answers.get(name)
            if answer is not None:
                return field.to_value(answer)
        if field.gates and not self._begun(field, at):
            return None
        if field.computed is not None:
            kind = field.field.kind
            return field.to_value(from_value(field.computed.run(self, at), kind))
        return field.default_value

    def _begun(self, field: FieldPlan, at: At) -> bool:
        """Tell whether all optional groups around a field hold answers, applicable or not.

        Looks at stored answers only: what applies may itself depend on this value.
        """
        return all(self._touched(group, at[: group.depth]) for group in field.gates)

    def _touched(self, group: GroupPlan, at: At) -> bool:
        return any(self.touched(node, at) for node in self.plan.group_nodes(group))

    def touched(self, node: NodePlan, at: At) -> bool:
        """Tell whether anything but defaults is stored in a node, applicable or not."""
        if isinstance(node, GroupPlan):
            return any(self._touched(node, place) for place in self.places(node, at))
        return node.editable and self._own_answer(node, at)

    def _own_answer(self, field: FieldPlan, at: At) -> bool:
        default = field.field.default
        return any(self.answers.get(name, default) != default for name in self.names(field, at))

    def answered(self, group: GroupPlan, at: At) -> bool:
        """Tell whether anything that applies in this instance was answered (`at` inside it)."""
        key = (group.number, at)
        known = self._answered.get(key)
        if known is None:
            known = any(self.node_answered(node, at) for node in group.nodes)
            if not known:  # the group may go on on another page
                parts = self.plan.groups[group.path]
                known = any(
                    self.node_answered(node, at)
                    for part in parts
                    if part is not group and self.applies(part, at[: part.depth])
                    for node in part.nodes
                )
            self._answered[key] = known
        return known

    def node_answered(self, node: NodePlan, at: At) -> bool:
        """Tell whether a node holds an answer that applies and is not just its default."""
        if not self.applies(node, at):
            return False
        if isinstance(node, FieldPlan):
            return node.editable and self._own_answer(node, at)
        if node.repeated:
            return any(self.answered(node, place) for place in self.places(node, at))
        return self.answered(node, at)

    def counts(self, field: FieldPlan, at: At) -> bool:
        """Tell whether all optional groups around a field were begun."""
        return all(self.answered(gate, at[: gate.inner]) for gate in field.gates)

    def required(self, field: FieldPlan, at: At) -> bool:
        """Tell whether a field has to be answered once its group counts."""
        if field.in_choice:
            return False
        if field.field.minimum > 0:
            return True
        return field.required_by is not None and field.required_by.run(self, at) is True

    def canonical(self, field: FieldPlan, at: At, name: str) -> str:
        """Return the effective answer under a name, "" if there is none."""
        if field.editable:
            answer = self.answers.get(name)
            return field.field.default if answer is None else answer
        if field.computed is not None:
            return from_value(self.value(field, at), field.field.kind)
        return field.field.default

    def variable(self, name: str) -> object:
        """Return the value of a variable."""
        if name not in self._variables:
            bound = self.plan.variables[name][1]
            self._variables[name] = (
                self.plan.supplied.get(name) if bound is None else bound.run(self, ())
            )
        return self._variables[name]

    def outer_places(self, chain: tuple[str, ...], at: At) -> list[At]:
        """Return the places that exist in the repeated groups of a chain, from `at` on."""
        places = [at]
        for path in chain[len(at) :]:
            group = self.plan.groups[path][0]
            places = [
                inner
                for place in places
                if self.applies(group, place)
                for inner in self.places(group, place)
            ]
        return places

    def everywhere(self, field: FieldPlan, at: At) -> object:
        """Return the value of a field seen from `at`: a list if repeated groups lie between."""
        if len(at) == field.depth:
            return self.value(field, at)
        found: list[object] = []
        for place in self.outer_places(field.chain, at):
            value = self.value(field, place)
            if isinstance(value, list):
                found.extend(value)
            elif value is not None:
                found.append(value)
        return found

    def walk(self, nodes: tuple[NodePlan, ...], at: At = ()) -> Iterator[tuple[FieldPlan, At]]:
        """Yield every field that applies below these nodes, with its place."""
        for node in nodes:
            if not self.applies(node, at):
                continue
            if isinstance(node, FieldPlan):
                yield node, at
            else:
                for place in self.places(node, at):
                    yield from self.walk(node.nodes, place)
