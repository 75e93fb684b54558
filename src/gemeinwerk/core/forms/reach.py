"""Finds branches of a form that nobody can ever reach, by trying out what conditions ask for.

A condition is brought down to questions with few answers: a choice or a yes-or-no has its own; a
number, day or text only matters in relation to the values it is compared with; everything else is
an open question that may be answered either way. Then all combinations are tried, up to a limit:
what is reported is certain, what is not reported may still be unreachable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod

from gemeinwerk.core.expressions import (
    Call,
    Compare,
    Expr,
    If,
    ListOf,
    Literal,
    Logic,
    Name,
    Not,
    compile_expression,
    to_text,
)
from gemeinwerk.core.forms.plan import Bound, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan
from gemeinwerk.core.kernel import Fault

MOST_TRIES = 4000
"""Combinations per condition."""
MOST_WORK = 60_000
"""Combinations per form; what comes after is not looked at."""

Domain = tuple[object, ...]


def unreachable(plan: Plan) -> Iterator[Fault]:
    """Yield a note for each branch that is never shown, and each answer that is never offered."""
    search = _Search()
    dead: set[int] = set()
    for page in plan.pages.values():
        yield from search.shown(page, page.page.id, dead)
        for node in _nodes(page.nodes):
            yield from search.shown(node, node.path, dead)
            if isinstance(node, FieldPlan) and node.number not in dead:
                yield from search.needed(node)


def _nodes(nodes: Sequence[NodePlan]) -> Iterator[NodePlan]:
    for node in nodes:
        yield node
        if isinstance(node, GroupPlan):
            yield from _nodes(node.nodes)


class _Search:
    """Tries out conditions as long as the work for the form lasts."""

    def __init__(self) -> None:
        self.work = MOST_WORK

    def shown(self, node: NodePlan | PagePlan, place: str, dead: set[int]) -> Iterator[Fault]:
        if node.parent is not None and node.parent.number in dead:
            dead.add(node.number)  # told of the branch already
            return
        if node.shown_by is None:
            return
        yield from _never_offered(node.shown_by, place)
        if not self._possible([*_conditions(node)]):
            dead.add(node.number)
            text = to_text(node.shown_by.expr)
            yield Fault(place, "form.never_shown", {"condition": text})

    def needed(self, field: FieldPlan) -> Iterator[Fault]:
        if field.required_by is None:
            return
        yield from _never_offered(field.required_by, field.path)
        if not self._possible([field.required_by, *_conditions(field)]):
            text = to_text(field.required_by.expr)
            yield Fault(field.path, "form.never_required", {"condition": text})

    def _possible(self, bounds: Sequence[Bound]) -> bool:
        """Say whether all these conditions can be true at once; True also where it is too much."""
        questions = _Questions()
        parts = [questions.ask(bound.expr, bound) for bound in bounds]
        for path in list(questions.fields):  # an answer needs its own question to be shown
            parts += questions.shown(path)
        domains = questions.domains()
        tries = prod(map(len, domains.values()))
        if tries > MOST_TRIES or tries > self.work:
            return True
        tests = [compile_expression(part, None) for part in parts]
        for values in product(*domains.values()):
            self.work -= 1
            known = dict(zip(domains, values, strict=True))
            if all(test(known) is True for test in tests):
                return True
        return False


class _Questions:
    """Brings conditions down to names with few values."""

    def __init__(self) -> None:
        self.fields: dict[str, FieldPlan] = {}
        self.others: dict[str, Domain] = {}
        self.compared: dict[str, set[object]] = {}
        self._open: dict[Expr, Name] = {}

    def ask(self, expr: Expr, bound: Bound) -> Expr:
        """Return the condition with open questions in place of what is not looked into."""
        match expr:
            case Literal():
                return expr
            case Logic(operator=operator, operands=operands):
                return Logic(operator, tuple(self.ask(part, bound) for part in operands))
            case Not(operand=operand):
                return Not(self.ask(operand, bound))
            case If(condition=condition, then=then, otherwise=otherwise):
                asked, one = self.ask(condition, bound), self.ask(then, bound)
                return If(asked, one, self.ask(otherwise, bound))
            case Name(path=path):
                return self._name(path, bound) or self._either_way(expr, (True, False, None))
            case Compare(operator=operator, left=Name(path=path), right=right):
                name, values = self._name(path, bound), _values_of(right)
                if name is not None and values is not None:
                    self.compared.setdefault(name.path, set()).update(values)
                    return Compare(operator, name, right)
            case Call(function="is_given", arguments=(Name(path=path),)):
                name = self._name(path, bound)
                if name is not None:
                    return Call("is_given", (name,))
        return self._either_way(
            expr, (True, False) if isinstance(expr, Compare) else (True, False, None)
        )

    def shown(self, path: str) -> list[Expr]:
        """Return what has to hold for a field to have an answer: its own conditions."""
        field = self.fields[path]
        name = Name(path)
        found: list[Expr] = []
        for bound in _conditions(field):
            holds = self.ask(bound.expr, bound)
            # "nothing answered, or the question is shown"
            found.append(Logic("or", (Compare("=", name, Literal(None)), holds)))
        return found

    def _name(self, path: str, bound: Bound) -> Name | None:
        """Return the name of one value; None for lists and what is no answer."""
        node = bound.nodes.get(path)
        if node is None or node.repeated or node.depth:
            return None
        if isinstance(node, FieldPlan):
            if node.computed is not None:
                return None
            self.fields[node.path] = node
        else:
            self.others[f"group {node.path}"] = (True, None)
            return Name(f"group {node.path}")
        return Name(node.path)

    def _either_way(self, expr: Expr, domain: Domain) -> Name:
        name = self._open.setdefault(expr, Name(f"open {len(self._open)}"))
        self.others[name.path] = domain
        return name

    def domains(self) -> Mapping[str, Domain]:
        """Return the values to try for each name."""
        found = dict(self.others)
        for path, field in self.fields.items():
            found[path] = _answers_of(field, self.compared.get(path, set()))
        return found


def _conditions(node: NodePlan | PagePlan) -> Iterator[Bound]:
    above: NodePlan | PagePlan | None = node
    while above is not None:
        if above.shown_by is not None:
            yield above.shown_by
        above = above.parent


def _values_of(expr: Expr) -> list[object] | None:
    if isinstance(expr, Literal):
        return [expr.value]
    if isinstance(expr, ListOf) and all(isinstance(item, Literal) for item in expr.items):
        return [item.value for item in expr.items if isinstance(item, Literal)]
    return None


def _answers_of(field: FieldPlan, compared: set[object]) -> Domain:
    """Return one value for each way a field's answer can stand to what it is compared with."""
    kind = field.field.kind
    if not field.editable:
        return tuple({field.default_value, None})
    if kind == "choice":
        return (*(option.code for option in field.field.options), None)
    if kind == "boolean":
        return (True, False, None)
    if kind in ("integer", "decimal", "money"):
        return (*_numbers_of(field, compared), None)
    if kind in ("date", "partial_date"):
        days = [day for day in compared if isinstance(day, date)]
        near = {day + timedelta(days=by) for day in days for by in (-1, 0, 1) if _inside(day)}
        return (*near, date(2000, 1, 1), None)
    texts = {text for text in compared if isinstance(text, str)}
    lower, upper = "\x00", "\U0010ffff"
    between = {text + lower for text in texts}
    return (*texts, *between, lower, upper, None)


def _inside(day: date) -> bool:
    return date.min < day < date.max


def _numbers_of(field: FieldPlan, compared: set[object]) -> Iterator[Decimal]:
    """Yield the compared numbers, and one on each side, as far as the field allows them."""
    step = Decimal(1) if field.field.kind == "integer" else Decimal("0.01")
    low, high = field.field.min_value, field.field.max_value
    marks = {number for number in compared if isinstance(number, Decimal)}
    marks |= {bound for bound in (low, high) if bound is not None}
    near = {mark + by for mark in marks for by in (-step, 0, step)} or {step}
    ordered = sorted(near)
    if field.field.kind != "integer":
        near |= {(one + other) / 2 for one, other in pairwise(ordered)}
    for number in sorted(near):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


def _never_offered(bound: Bound, place: str) -> Iterator[Fault]:
    """Yield a note for each answer a condition waits for that its choice does not have."""
    waiting: list[Expr] = [bound.expr]
    while waiting:
        expr = waiting.pop()
        if isinstance(expr, Logic):
            waiting += expr.operands
        elif isinstance(expr, Not):
            waiting.append(expr.operand)
        elif isinstance(expr, Compare) and isinstance(expr.left, Name):
            node = bound.nodes.get(expr.left.path)
            if isinstance(node, FieldPlan) and node.field.kind == "choice":
                codes = {option.code for option in node.field.options}
                for value in _values_of(expr.right) or ():
                    if isinstance(value, str) and value not in codes:
                        params: dict[str, str | int] = {"path": node.path, "value": value}
                        yield Fault(place, "form.value_never_offered", params)
