"""Writes the check of a whole form, or of one page, as one straight-line function (ADR 21).

The code follows the pages from top to bottom: is the node shown, is there an answer, is it plainly
sound (`soundness`, one entry per kind), is it missing where it has to be there. What was found
goes to `say` as faults and into `e` as effective answers. Whatever is not plainly sound is handed
to the checks of `fields`, and whatever repeats to `Inspection`, which know all cases; so there is
one meaning, and the generated code is its short way.

    check(get, today, e, say, refused, unasked, state)
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Mapping

from gemeinwerk.core.expressions import Name
from gemeinwerk.core.forms.checking import Inspection, bounds_refusal
from gemeinwerk.core.forms.outcome import collect
from gemeinwerk.core.forms.partial_dates import first_day, last_day
from gemeinwerk.core.forms.plan import Bound, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan, day_of
from gemeinwerk.core.forms.quantities import Quantities, is_single
from gemeinwerk.core.forms.soundness import EXACT, SOUND, Asked
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.forms.values import Refusal, to_date
from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.kernel.generated import (
    Block,
    Operand,
    Unit,
    both,
    call,
    choose,
    compare,
    compute,
    constant,
    do,
    either,
    entry,
    given,
    local,
    missing,
    no,
    put,
    store,
    when,
)

Say = Callable[[Fault], object]
Check = Callable[..., None]

_NEVER_SOUND = "\x00"
ARGUMENTS = ("get", "today", "e", "say", "refused", "unasked", "state")


def generate(plan: Plan, pages: Iterable[PagePlan]) -> tuple[Check, bool]:
    """Return the check of these pages and whether it needs a `State`."""
    writer = _Checks(plan)
    body: Block = []
    for page in pages:
        inner: Block = []
        for node in page.nodes:
            writer.node(node, inner)
        _guarded(writer.known.applies(page), inner, body)
    function = writer.unit.function(ARGUMENTS, [*writer.known.first, *body])
    return function, writer.known.asks_state


def _guarded(condition: Operand | None, inner: Block, out: Block) -> None:
    """Put a block under a condition if there is one."""
    if condition is None:
        out += inner
    elif inner:
        out.append(when(condition, inner))


class _Checks:
    """Writes the checks of one function."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.unit = Unit()
        self.known = Quantities(plan, self.unit)

    def node(self, node: NodePlan, out: Block) -> None:
        """Write all about one node."""
        if not is_single(node):
            self.known.asks_state = True
            way = self.unit.use(_asker(node))
            names = ("state", "e", "say", "refused", "unasked")
            out.append(do(call(way, *(local(name) for name in names))))
            return
        inner: Block = []
        if isinstance(node, GroupPlan):
            for each in node.nodes:
                self.node(each, inner)
            if node.group.choice:
                self._choice(node, inner)
        elif node.editable:
            self._field(node, inner)
        else:
            self._fixed(node, inner)
        self._rules(node, inner)
        condition = None if node.shown_by is None else self.known.applies(node)
        _guarded(condition, inner, out)

    def _say(self, fault: Fault, out: Block) -> None:
        out.append(do(call("say", local(self.unit.use(fault)))))

    def _field(self, field: FieldPlan, out: Block) -> None:
        """A question: effective answer and check if answered, complaint if it is missing."""
        answer = f"a{field.number}"
        stored = self.known.answer(field)
        if field.field.default:
            answer = self.unit.fresh()
            default = constant(field.field.default)
            out.append(put(answer, choose(missing(stored), default, self.known.answer(field))))
        present: Block = []
        counted = self.known.counts(field.gates)
        _guarded(counted, [store("e", field.template, local(answer))], present)
        self._judge(field, answer, present)
        blank: Block = [
            when(
                compare(constant(field.template), "in", local("refused")),
                [self._refuse(field, entry("refused", field.template))],
                self._missing(field),
            )
        ]
        out.append(when(local(answer), present, blank))

    def _judge(self, field: FieldPlan, answer: str, out: Block) -> None:
        refusal = self.unit.fresh()
        bounds = self._bounds(
            field, answer, refusal
        )  # first: it may want the value, which helps the test
        writer = SOUND.get(field.field.kind)
        maybe_none = field.gates and field.field.default
        value = None if maybe_none else self.known.known_value(field)
        asked = Asked(field.field, answer, value, self.unit)
        sound = writer(asked) if writer else None
        if field.field.kind in EXACT and not field.field.must_be_true and sound is not None:
            self._exact(field, sound, bounds, refusal, out)
            return
        slow: Block = [put(refusal, call(self.unit.use(field.check), local(answer)))]
        refuse = when(given(local(refusal)), [self._refuse(field, local(refusal))])
        if bounds and sound is not None:
            out += [when(sound, [put(refusal, constant(None))], slow)]
            out += [when(missing(local(refusal)), bounds), refuse]
        elif bounds:
            out += [*slow, when(missing(local(refusal)), bounds), refuse]
        elif sound is not None:
            out.append(when(no(sound), [*slow, refuse]))
        else:
            out += [*slow, refuse]

    def _exact(
        self, field: FieldPlan, sound: Operand, bounds: Block, refusal: str, out: Block
    ) -> None:
        """A kind that can be refused in one way only: its fault is made beforehand."""
        always = field.check(_NEVER_SOUND)
        said: Block = []
        if always is not None:
            params = {"label": field.field.label, **always.params}
            self._say(Fault(field.template, always.code, params), said)
        if bounds:
            refuse = when(given(local(refusal)), [self._refuse(field, local(refusal))])
            bounds = [put(refusal, constant(None)), *bounds, refuse]
            out.append(when(sound, bounds, said))
        else:
            out.append(when(no(sound), said))

    def _bounds(self, field: FieldPlan, answer: str, refusal: str) -> Block:
        """First and last allowed day; the days are only worded when one is broken."""
        if field.not_before is None and field.not_after is None:
            return []
        out: Block = []
        day = latest = self.unit.fresh()
        out.append(put(latest, self._day(field, answer)))
        if field.field.kind == "partial_date":
            day = self.unit.fresh()
            out.append(put(day, call(self.unit.use(first_day), local(answer))))
        tests: list[Operand] = []
        limits: list[Operand] = []
        for bound, operator in ((field.not_before, "<"), (field.not_after, ">")):
            limit = constant(None) if bound is None else self._limit(bound, out)
            limits.append(limit)
            if bound is not None:
                edge = latest if operator == "<" else day
                tests.append(both(given(limit), compare(local(edge), operator, limit)))
        edges = (local(day), local(latest))
        words = call(self.unit.use(bounds_refusal), *edges, *limits, local("today"))
        broken = both(given(local(day)), either(*tests))
        return [*out, when(broken, [put(refusal, words)])]

    def _day(self, field: FieldPlan, answer: str) -> Operand:
        if field.field.kind == "date":
            return self.known.value(field)
        way = last_day if field.field.kind == "partial_date" else to_date
        return call(self.unit.use(way), local(answer))

    def _limit(self, bound: Bound, out: Block) -> Operand:
        value = self.known.written(bound, out)
        if isinstance(bound.expr, Name) and bound.expr.path == "today":
            return value
        name = self.unit.fresh()
        out.append(put(name, call(self.unit.use(day_of), value)))
        return local(name)

    def _refuse(self, field: FieldPlan, refusal: Operand) -> ast.stmt:
        return do(call(self.unit.use(_refuser(field)), local("say"), refusal))

    def _missing(self, field: FieldPlan) -> Block:
        """Complain about a blank question that has to be answered."""
        optional = field.field.minimum == 0 and field.required_by is None
        if field.in_choice or optional or field.field.may_lack:
            return []
        asked: list[Operand] = []
        if field.field.minimum == 0 and field.required_by is not None:
            asked.append(self.known.holds(field.required_by))
        counted = self.known.counts(field.gates)
        if counted is not None:
            asked.append(counted)
        asked.append(compare(constant(field.template), "not in", local("unasked")))
        fault = Fault(field.template, missing_code(field), {"label": field.field.label})
        said: Block = []
        self._say(fault, said)
        return [when(both(*asked), said)]

    def _fixed(self, field: FieldPlan, out: Block) -> None:
        """Locked, hidden and calculated answers count; nothing about them can be wrong."""
        if field.field.kind == "note":
            return
        inner: Block = []
        if field.computed is not None:
            text = self.known.computed(field)
            inner.append(when(text, [store("e", field.template, self.known.computed(field))]))
        elif field.field.default:
            inner.append(store("e", field.template, constant(field.field.default)))
        _guarded(self.known.counts(field.gates), inner, out)

    def _choice(self, group: GroupPlan, out: Block) -> None:
        """Exactly one alternative is answered."""
        begun: Operand = constant(0)
        for node in group.nodes:
            begun = compute(begun, "+", self._begun(node))
        count = self.unit.fresh()
        out.append(put(count, begun))
        params: dict[str, str | int] = {"label": group.group.label}
        several: Block = []
        self._say(Fault(group.template, "answer.choice_group_one", params), several)
        none: Block = []
        if group.group.minimum > 0 and not group.in_choice:
            said: Block = []
            self._say(Fault(group.template, "answer.choice_group_none", params), said)
            _guarded(self.known.counts(group.gates), said, none)
        out.append(
            when(compare(local(count), "!=", constant(1)), [when(local(count), several, none)])
        )

    def _begun(self, node: NodePlan) -> Operand:
        """Whether an alternative was begun, be it with something that was refused."""
        typed = call(self.unit.use(_refused_within), local("refused"), constant(node.template))
        answered = self.known.answered(node)
        return choose(
            answered, constant(1), choose(both(local("refused"), typed), constant(1), constant(0))
        )

    def _rules(self, node: NodePlan, out: Block) -> None:
        """Rules across fields that were hung on this node."""
        for check, bound in self.plan.checks.get(node.number, ()):
            label = node.group.label if isinstance(node, GroupPlan) else node.field.label
            params: dict[str, str | int] = {"label": label, "message": check.message}
            said: Block = []
            self._say(Fault(node.template, "answer.check_failed", params), said)
            value = self.known.written(bound, out)
            out.append(when(compare(value, "is", constant(False)), said))


def missing_code(field: FieldPlan) -> str:
    """Return the code of the complaint about a blank question."""
    if field.field.must_be_true:
        return "answer.not_confirmed"
    chosen = field.field.kind in ("choice", "boolean")
    return "answer.required_choice" if chosen else "answer.required"


def _refuser(field: FieldPlan) -> Callable[[Say, Refusal], None]:
    name, label = field.template, field.field.label

    def refuse(say: Say, refusal: Refusal) -> None:
        say(Fault(name, refusal.code, {"label": label, **refusal.params}))

    return refuse


def _refused_within(refused: Iterable[str], name: str) -> bool:
    return any(one == name or one.startswith((name + ".", name + "[")) for one in refused)


def _asker(node: NodePlan) -> Callable[..., None]:
    """Return the way to a node that repeats: instance by instance, by the rules of `State`."""

    def ask(
        state: State,
        found: dict[str, str],
        say: Say,
        refused: Mapping[str, Refusal],
        unasked: Collection[str],
    ) -> None:
        for fault in Inspection(state, refused, unasked).node(node):
            say(fault)
        collect(state, node, (), found)

    return ask
