"""Writes what a generated check has to know before it looks at a field (see `generation`).

Everything is written once, before it is first read, in local variables:
`a5` the stored answer of node 5, `v5` its value, `s5` its calculated answer, `p5` whether it
applies, `q5` whether it was answered, `g5` whether anything stored stands in it.
What lies in repeated elements is asked of `State`, which knows instances.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from gemeinwerk.core.expressions import Type, dependencies, fits, type_of, walk
from gemeinwerk.core.expressions.emitting import emit_expression, never_null
from gemeinwerk.core.forms.kinds import TYPES
from gemeinwerk.core.forms.plan import Bound, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan
from gemeinwerk.core.forms.soundness import few_numbers
from gemeinwerk.core.forms.values import (
    from_value,
    settled_integer,
    settled_money,
    to_boolean,
    to_date,
    to_text,
)
from gemeinwerk.core.kernel.generated import (
    Block,
    Operand,
    Unit,
    attempt,
    both,
    call,
    choose,
    compare,
    constant,
    either,
    given,
    local,
    missing,
    pair,
    put,
    when,
)

MOST_STEPS = 150
"""A larger expression is run as closures; as code it would only make the function long."""

_SETTLED = {"money": settled_money, "integer": settled_integer}
_TRUTHS = {"true": True, "false": False}
_HERE: Callable[[], Operand] = lambda: pair(())  # noqa: E731  # the place outside all repetition


class Quantities:
    """Writes locals on demand; `first` is the code that computes them, in order."""

    def __init__(self, plan: Plan, unit: Unit) -> None:
        self.plan = plan
        self.unit = unit
        self.first: Block = []
        self.asks_state = False
        self._written: set[str] = set()

    def answer(self, field: FieldPlan) -> Operand:
        """The stored answer, None if there is none."""
        name = f"a{field.number}"
        if name not in self._written:
            self._put(name, call("get", constant(field.template)))
        return local(name)

    def applies(self, node: NodePlan | PagePlan) -> Operand | None:
        """Whether a node is shown; None where it always is."""
        if node.always:
            return None
        name = f"p{node.number}"
        if name not in self._written:
            parts = [self.applies(node.parent) if node.parent is not None else None]
            if node.shown_by is not None:
                parts.append(self.holds(node.shown_by))
            self._put(name, both(*(part for part in parts if part is not None)))
        return local(name)

    def holds(self, bound: Bound) -> Operand:
        """Whether a condition is true."""
        value = self.result(bound)
        if never_null(bound.expr):
            return value
        return compare(value, "is", constant(True))

    def result(self, bound: Bound) -> Operand:
        """The value of an expression."""
        return self.written(bound, self.first)

    def written(self, bound: Bound, out: Block) -> Operand:
        """The value of an expression whose code goes to `out`, not before everything else."""
        if sum(1 for _ in walk(bound.expr)) > MOST_STEPS or self._odd(bound):
            return self._ask(bound.run)
        block: Block = []
        value = emit_expression(bound.expr, lambda path: self._named(bound, path), self.unit, block)
        out += block
        return value

    def _named(self, bound: Bound, path: str) -> Operand:
        """Where the value of a name stands."""
        node = bound.nodes.get(path)
        if isinstance(node, FieldPlan) and is_single(node):
            return self.value(node)
        if isinstance(node, GroupPlan) and is_single(node):
            name = f"y{node.number}"
            if name not in self._written:
                self._put(name, choose(self.answered(node), constant(True), constant(None)))
            return local(name)
        if node is None and path in self.plan.variables:
            return self._variable(path)
        if node is None and path == "today":
            return local("today")
        getter = dict(bound.getters).get(path)
        return constant(None) if getter is None else self._ask(getter)

    def _odd(self, bound: Bound) -> bool:
        """Whether a supplied value is not of the type that was promised: closures take care."""
        for name in dependencies(bound.expr) - set(bound.nodes):
            variable, calculation = self.plan.variables.get(name, (None, None))
            if variable is not None and calculation is None:
                value = self.plan.supplied.get(name)
                if not is_of_type(value, TYPES[variable.kind]):
                    return True
        return False

    def _variable(self, path: str) -> Operand:
        bound = self.plan.variables[path][1]
        if bound is None:
            return self.unit.value(self.plan.supplied.get(path))
        name = f"w{list(self.plan.variables).index(path)}"
        if name not in self._written:
            self._put(name, self.result(bound))
        return local(name)

    def _ask(self, way: Callable[..., object]) -> Operand:
        """Ask the state: it finds out by itself what it needs."""
        self.asks_state = True
        return call(self.unit.use(way), local("state"), _HERE())

    def known_value(self, field: FieldPlan) -> Operand | None:
        """The value if an expression has asked for it already."""
        name = f"v{field.number}"
        return local(name) if name in self._written else None

    def value(self, field: FieldPlan) -> Operand:
        """The value expressions see; None where the field does not apply."""
        name = f"v{field.number}"
        if name in self._written:
            return local(name)
        if field.editable and field.to_value is to_date and field.default_value is None:
            return self._day(field)
        if field.editable:
            value = self._typed(field)
        elif field.computed is not None:
            value = self._if_begun(field, self._settled(field, field.computed))
        else:
            value = self._if_begun(field, self.unit.value(field.default_value))
        shown = self.applies(field)
        self._put(name, value if shown is None else choose(shown, value, constant(None)))
        return local(name)

    def _day(self, field: FieldPlan) -> Operand:
        """The day that was typed; `to_date` written out, for days are many."""
        name, error = f"v{field.number}", self.unit.use(ValueError)
        read = put(name, call(self.unit.use(date.fromisoformat), self.answer(field)))
        conditions = [c for c in (self.applies(field), self.answer(field)) if c is not None]
        self._put(name, constant(None))
        self.first.append(
            when(both(*conditions), [attempt([read], error, [put(name, constant(None))])])
        )
        return local(name)

    def _typed(self, field: FieldPlan) -> Operand:
        """The value of what was typed, or of the default while nothing was."""
        answer = self.answer(field)
        if field.default_value is None and field.to_value is to_text:
            return either(answer, constant(None))
        if field.default_value is None and field.to_value is to_boolean:
            return call(self.unit.use(_TRUTHS.get), answer)
        value: Operand = call(self.unit.use(field.to_value), self.answer(field))
        few = few_numbers(field.field)
        if few is not None:  # looked up; zero counts as not found and is read the usual way
            value = either(call(self.unit.use(few.get), self.answer(field)), value)
        if field.default_value is None:
            return choose(answer, value, constant(None))
        default = self._if_begun(field, self.unit.value(field.default_value))
        return choose(missing(answer), default, value)

    def _settled(self, field: FieldPlan, computed: Bound) -> Operand:
        """The value of a calculation, as it is once it was written down as an answer."""
        settle = _SETTLED.get(field.field.kind)
        if settle is not None:
            return call(self.unit.use(settle), self.result(computed))
        text = self._text(field, self.result(computed))
        return call(self.unit.use(field.to_value), text)

    def computed(self, field: FieldPlan) -> Operand:
        """The calculated answer as canonical text, "" if there is none."""
        name = f"s{field.number}"
        if name not in self._written:
            value = self.value(field)
            if field.field.kind in _SETTLED:
                written = call(self.unit.use(Decimal.__str__), value)
                self._put(name, choose(missing(value), constant(""), written))
            else:
                self._put(name, self._text(field, value))
        return local(name)

    def _text(self, field: FieldPlan, value: Operand) -> Operand:
        return call(self.unit.use(from_value), value, constant(field.field.kind))

    def _if_begun(self, field: FieldPlan, value: Operand) -> Operand:
        """Defaults and calculations count once all optional groups around were begun."""
        if not field.gates:
            return value
        begun = [self._touched(gate) for gate in field.gates]
        return choose(both(*begun), value, constant(None))

    def _touched(self, group: GroupPlan) -> Operand:
        """Whether anything stored stands in a group, applicable or not."""
        name = f"g{group.number}"
        if name not in self._written:
            parts: list[Operand] = []
            for node in self.plan.group_nodes(group):
                if not is_single(node):
                    parts.append(self._ask(_touches(node)))
                elif isinstance(node, GroupPlan):
                    parts.append(self._touched(node))
                elif node.editable:
                    parts.append(self._own(node))
            self._put(name, either(*parts) if parts else constant(False))
        return local(name)

    def _own(self, field: FieldPlan) -> Operand:
        """Whether an answer other than the default is stored."""
        answer = self.answer(field)
        other = compare(answer, "!=", constant(field.field.default))
        return both(given(self.answer(field)), other)

    def answered(self, node: NodePlan) -> Operand:
        """Whether a node holds an answer that applies and is not just its default."""
        name = f"q{node.number}"
        if name in self._written:
            return local(name)
        if not is_single(node):
            value = self._ask(_holds_answer(node))
        elif isinstance(node, FieldPlan):
            value = self._own(node) if node.editable else constant(False)
        else:
            return self._answered_group(node)
        shown = self.applies(node)
        self._put(name, value if shown is None else both(shown, value))
        return local(name)

    def _answered_group(self, group: GroupPlan) -> Operand:
        """Any of its nodes; it may go on on other pages."""
        name = f"q{group.number}"
        parts = [
            self.answered(node) for part in self.plan.groups[group.path] for node in part.nodes
        ]
        value = either(*parts) if parts else constant(False)
        shown = self.applies(group)
        self._put(name, value if shown is None else both(shown, value))
        return local(name)

    def inside(self, group: GroupPlan) -> Operand:
        """Whether anything in a group was answered, given that the group applies."""
        return self.answered(group)

    def counts(self, gates: Sequence[GroupPlan]) -> Operand | None:
        """Whether all optional groups around were begun; None where there is none."""
        return both(*(self.answered(gate) for gate in gates)) if gates else None

    def _put(self, name: str, value: Operand) -> None:
        self._written.add(name)
        self.first.append(put(name, value))


def is_of_type(value: object, wanted: Type) -> bool:
    """Whether a value is what a variable of this type may hold."""
    return isinstance(value, str | Decimal | bool | date | None) and fits(type_of(value), wanted)


def is_single(node: NodePlan) -> bool:
    """Whether a node stands exactly once in the form."""
    return not node.repeated and node.depth == 0


def _touches(node: NodePlan) -> Callable[..., object]:
    return lambda state, at: state.touched(node, at)


def _holds_answer(node: NodePlan) -> Callable[..., object]:
    return lambda state, at: state.node_answered(node, at)
