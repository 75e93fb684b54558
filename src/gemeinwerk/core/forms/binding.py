"""Ties the expressions of a form to its fields: names, types, and circles found beforehand.

A name is looked up as a path from the top, then from each group around the owner outwards, then
among variables. Inside a repeated group it means the same instance; from outside it is the list
of all instances. A repeated group itself is the list of its instance numbers, another group is
true once it is answered.
"""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from gemeinwerk.core.expressions import (
    ExpressionError,
    Type,
    check,
    compile_expression,
    dependencies,
    list_of,
    parse,
)
from gemeinwerk.core.forms.kinds import TYPES
from gemeinwerk.core.forms.plan import (
    At,
    Bound,
    FieldPlan,
    Getter,
    GroupPlan,
    NodePlan,
    PagePlan,
    Plan,
)
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.kernel import Fault

MOST_STEPS = 60
"""How many fields may depend on each other in a row."""


class Binder:
    """Binds expressions one after the other and remembers who depends on whom."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.faults: list[Fault] = []
        self.edges: dict[str, set[str]] = {}

    def bind(
        self, text: str, owner: NodePlan | PagePlan | None, place: str, wanted: Type
    ) -> Bound | None:
        """Return the expression ready to run; None without text or after a fault."""
        if not text:
            return None
        scope, chain = _scope(owner)
        types: dict[str, Type] = {}
        getters: list[tuple[str, Getter]] = []
        names: list[str] = []
        nodes: dict[str, NodePlan] = {}
        try:
            expr = parse(text)
            for name in sorted(dependencies(expr)):
                known = self._resolve(name, scope, chain)
                if known is not None:
                    types[name], getter, key, node = known
                    getters.append((name, getter))
                    names.append(key)
                    if node is not None:
                        nodes[name] = node
            check(expr, types, wanted)
            bound = Bound(compile_expression(expr, types), tuple(getters), expr, nodes)
        except ExpressionError as error:
            params = {**error.params, "expression": text, "position": error.position + 1}
            self.faults.append(Fault(place, error.code, params))
            return None
        bound.names = tuple(names)
        return bound

    def _resolve(
        self, name: str, scope: tuple[str, ...], chain: tuple[str, ...]
    ) -> tuple[Type, Getter, str, NodePlan | None] | None:
        for prefix in ("", *scope):
            path = f"{prefix}.{name}" if prefix else name
            if path in self.plan.fields:
                return _field(self.plan.fields[path], chain)
            if path in self.plan.groups:
                return _group(self.plan.groups[path][0], chain)
        if name in self.plan.variables:
            kind = TYPES[self.plan.variables[name][0].kind]
            return kind, lambda state, at: state.variable(name), f"variable {name}", None
        if name == "today":
            return Type.DATE, lambda state, at: state.today, "today", None
        return None

    def depend(self, key: str, *bounds: Bound | None) -> None:
        """Note that `key` needs what these expressions read."""
        self.edges.setdefault(key, set()).update(
            name for bound in bounds if bound is not None for name in bound.names
        )

    def circles(self) -> None:
        """Find values that need themselves, and chains that are too long."""
        done: dict[str, int] = {}
        for key in self.edges:
            self._visit(key, [], done)

    def _visit(self, key: str, above: list[str], done: dict[str, int]) -> int:
        if key in done:
            return done[key]
        if key in above:
            chain = [*above[above.index(key) :], key]
            self.faults.append(Fault(key, "form.circle", {"chain": " → ".join(chain)}))
            return 0
        if len(above) >= MOST_STEPS:
            self.faults.append(Fault(above[0], "form.chain_too_long", {"limit": MOST_STEPS}))
            return 0
        above.append(key)
        steps = [self._visit(each, above, done) for each in sorted(self.edges.get(key, ()))]
        above.pop()
        done[key] = 1 + max(steps, default=0)
        if done[key] > MOST_STEPS:
            self.faults.append(Fault(key, "form.chain_too_long", {"limit": MOST_STEPS}))
            done[key] = 0
        return done[key]


def _scope(owner: NodePlan | PagePlan | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the groups around an owner from the inside, and the repeated ones among them."""
    if owner is None or isinstance(owner, PagePlan):
        return (), ()
    scope: list[str] = []
    above: NodePlan | PagePlan | None = owner.parent
    while isinstance(above, GroupPlan):
        scope.append(above.path)
        above = above.parent
    return tuple(scope), owner.chain


def _shared(node: NodePlan, chain: tuple[str, ...]) -> int:
    """Return how many repeated groups a node and its reader stand in together."""
    count = 0
    for mine, other in zip(node.chain, chain, strict=False):
        if mine != other:
            break
        count += 1
    return count


def _field(field: FieldPlan, chain: tuple[str, ...]) -> tuple[Type, Getter, str, NodePlan | None]:
    kind, shared = TYPES[field.field.kind], _shared(field, chain)
    if shared < field.depth:
        everywhere: Getter = lambda state, at: state.everywhere(field, at[:shared])  # noqa: E731
        return list_of(kind), everywhere, field.path, field
    if field.repeated:
        kind = list_of(kind)
    depth = field.depth
    return kind, lambda state, at: state.value(field, at[:depth]), field.path, field


def _group(group: GroupPlan, chain: tuple[str, ...]) -> tuple[Type, Getter, str, NodePlan | None]:
    shared, depth = _shared(group, chain), group.depth
    key = f"group {group.path}"
    if group.repeated:
        return Type.NUMBER_LIST, lambda state, at: _numbers(state, group, at[:shared]), key, group
    if shared < depth:
        return Type.BOOLEAN, lambda state, at: None, key, group
    return (
        Type.BOOLEAN,
        lambda state, at: state.node_answered(group, at[:depth]) or None,
        key,
        group,
    )


def _numbers(state: State, group: GroupPlan, at: At) -> list[object]:
    if len(at) < group.depth or not state.applies(group, at):
        return []
    return [cast("object", Decimal(number + 1)) for number in range(state.count(group, at))]
