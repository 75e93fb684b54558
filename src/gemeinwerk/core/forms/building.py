"""Builds the plan of a form and reports everything that is wrong with the form at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gemeinwerk.core.expressions import Type
from gemeinwerk.core.forms.arranging import arranged
from gemeinwerk.core.forms.binding import Binder
from gemeinwerk.core.forms.fields import checker, parser, shower, valuer
from gemeinwerk.core.forms.kinds import TYPES
from gemeinwerk.core.forms.model import Field, Form, Group, Node
from gemeinwerk.core.forms.pattern_syntax import PatternError
from gemeinwerk.core.forms.patterns import compile_pattern
from gemeinwerk.core.forms.plan import FieldPlan, GroupPlan, NodePlan, PagePlan, Plan
from gemeinwerk.core.forms.reach import unreachable
from gemeinwerk.core.forms.view import base_view
from gemeinwerk.core.kernel import Fault, FaultsError

MOST_LEVELS = 12
MOST_NODES = 3000
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")


def build_plan(form: Form, supplied: Mapping[str, object]) -> Plan:
    """Return the plan, or raise `FaultsError` with every fault of the form."""
    plan = Plan(arranged(form), supplied)
    builder = _Builder(plan)
    builder.pages()
    if not builder.faults:
        _Wiring(builder).wire()
    if builder.faults:
        raise FaultsError(builder.faults)
    plan.notes += unreachable(plan)
    return plan


class _Builder:
    """Lays out pages, groups and fields."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.faults: list[Fault] = []
        self.number = 0
        self.placed: list[NodePlan] = []

    def say(self, place: str, code: str, **params: str | int) -> None:
        self.faults.append(Fault(place, code, params))

    def pages(self) -> None:
        for page in self.plan.form.pages:
            if not _ID.fullmatch(page.id):
                self.say(page.id, "form.bad_id", id=page.id)
            if page.id in self.plan.pages:
                self.say(page.id, "form.page_doubled", id=page.id)
            self.number += 1
            made = PagePlan(page, self.number)
            self.plan.pages[page.id] = made
            made.nodes = self._nodes(page.nodes, made, made, 1)

    def _nodes(
        self, nodes: Sequence[Node], parent: PagePlan | GroupPlan, page: PagePlan, level: int
    ) -> tuple[NodePlan, ...]:
        made: list[NodePlan] = []
        for node in nodes:
            self.number += 1
            if level > MOST_LEVELS or self.number > MOST_NODES:
                self.say(node.id, "form.too_large", levels=MOST_LEVELS, limit=MOST_NODES)
                return tuple(made)
            if not _ID.fullmatch(node.id):
                self.say(node.id, "form.bad_id", id=node.id)
                continue
            if node.maximum is not None and node.maximum < max(node.minimum, 1):
                self.say(node.id, "form.bad_occurrence", id=node.id)
                continue
            if isinstance(node, Group):
                made.append(self._group(node, parent, page, level))
            else:
                made.append(self._field(node, parent, page))
        self.placed.extend(made)
        return tuple(made)

    def _group(
        self, group: Group, parent: PagePlan | GroupPlan, page: PagePlan, level: int
    ) -> GroupPlan:
        made = GroupPlan(group, parent, page, self.number)
        parts = self.plan.groups.setdefault(made.path, [])
        if made.path in self.plan.fields:
            self.say(made.path, "form.path_doubled", path=made.path)
        if parts and (made.repeated or group.choice or not _same(parts[0].group, group)):
            self.say(made.path, "form.group_doubled", path=made.path)
        parts.append(made)
        if group.entry_pages and (not made.repeated or made.depth or made.in_choice):
            self.say(made.path, "form.entry_pages", label=group.label)
        if group.table and not _is_table(group):
            self.say(made.path, "form.no_table", label=group.label)
        made.nodes = self._nodes(group.nodes, made, page, level + 1)
        return made

    def _field(self, field: Field, parent: PagePlan | GroupPlan, page: PagePlan) -> FieldPlan:
        made = FieldPlan(field, parent, page, self.number)
        if made.path in self.plan.fields or made.path in self.plan.groups:
            self.say(made.path, "form.path_doubled", path=made.path)
        self.plan.fields[made.path] = made
        self._pattern(made)
        made.parse = parser(field)
        try:
            made.check = checker(field, field.label)
        except PatternError as error:
            self.say(made.path, "form.pattern", pattern=field.pattern, why=str(error))
            return made
        made.to_value, made.show = valuer(field), shower(field)
        if field.kind == "choice" and not field.options:
            self.say(made.path, "form.no_options", label=field.label)
        elif field.default and field.kind != "note":
            if made.check(field.default):
                self.say(made.path, "form.bad_default", label=field.label, default=field.default)
            made.default_value = made.to_value(field.default)
        made.base_view = base_view(made)
        return made

    def _pattern(self, made: FieldPlan) -> None:
        """Note what was tolerated in a pattern; a refused pattern is reported by the caller."""
        try:
            notes = compile_pattern(made.field.pattern).notes if made.field.pattern else ()
        except PatternError:
            return
        for note in notes:
            params: dict[str, str | int] = {"pattern": made.field.pattern}
            self.plan.notes.append(Fault(made.path, f"form.pattern_{note}", params))


def _is_table(group: Group) -> bool:
    """Tell whether a group has rows (entries, or groups in it) of fields and nothing else."""
    if group.choice or group.entry_pages:
        return False
    if group.maximum == 1:
        rows = [node for node in group.nodes if isinstance(node, Group)]
        return len(rows) == len(group.nodes) and all(_is_row(row) for row in rows)
    return _is_row(group)


def _is_row(group: Group) -> bool:
    plain = all(isinstance(node, Field) and node.maximum == 1 for node in group.nodes)
    return plain and not (group.maximum == 1 and group.choice)


def _same(first: Group, second: Group) -> bool:
    return (first.minimum, first.maximum, first.visible_when) == (
        second.minimum,
        second.maximum,
        second.visible_when,
    )


class _Wiring:
    """Binds the expressions of a plan that is laid out."""

    def __init__(self, builder: _Builder) -> None:
        self.plan = builder.plan
        self.placed = builder.placed
        self.say = builder.say
        self.faults = builder.faults
        self.binder = Binder(builder.plan)

    def wire(self) -> None:
        self._variables()
        for page in self.plan.pages.values():
            page.shown_by = self.binder.bind(
                page.page.visible_when, page, page.page.id, Type.BOOLEAN
            )
        for node in self.placed:
            if isinstance(node, GroupPlan):
                node.shown_by = self.binder.bind(
                    node.group.visible_when, node, node.path, Type.BOOLEAN
                )
            else:
                self._field(node)
        self._checks()
        self._evidence()
        self._dependencies()
        if not self.binder.faults:
            self.binder.circles()
        self.plan.edges = self.binder.edges
        self.faults.extend(self.binder.faults)

    def _variables(self) -> None:
        for variable in self.plan.form.variables:
            if variable.name in self.plan.variables or variable.name in self.plan.fields:
                self.say(variable.name, "form.path_doubled", path=variable.name)
            self.plan.variables[variable.name] = (variable, None)
        for variable in self.plan.form.variables:
            bound = self.binder.bind(variable.value, None, variable.name, TYPES[variable.kind])
            self.plan.variables[variable.name] = (variable, bound)
            self.binder.depend(f"variable {variable.name}", bound)

    def _field(self, node: FieldPlan) -> None:
        field, bind = node.field, self.binder.bind
        node.shown_by = bind(field.visible_when, node, node.path, Type.BOOLEAN)
        node.required_by = bind(field.required_when, node, node.path, Type.BOOLEAN)
        if field.kind != "note":
            node.computed = bind(field.value, node, node.path, TYPES[field.kind])
        node.not_before = bind(field.not_before, node, node.path, Type.DATE)
        node.not_after = bind(field.not_after, node, node.path, Type.DATE)
        if field.value and node.repeated:
            self.say(node.path, "form.repeated_calculation", label=field.label)

    def _checks(self) -> None:
        for check in self.plan.form.checks:
            found = self.plan.fields.get(check.path) or next(
                iter(self.plan.groups.get(check.path, ())), None
            )
            if found is None:
                self.say(check.key, "form.unknown_path", path=check.path)
                continue
            bound = self.binder.bind(check.holds, found, check.key, Type.BOOLEAN)
            if bound is not None:
                self.plan.checks.setdefault(found.number, []).append((check, bound))

    def _evidence(self) -> None:
        keys: set[str] = set()
        for spec in self.plan.form.evidence:
            if spec.key in keys:
                self.say(spec.key, "form.evidence_doubled", key=spec.key)
            keys.add(spec.key)
            owner: NodePlan | None = None
            if spec.within:
                if spec.within not in self.plan.groups:
                    self.say(spec.key, "form.unknown_path", path=spec.within)
                    continue
                group = self.plan.groups[spec.within][0]
                owner = next(iter(group.nodes), group)
            shown = self.binder.bind(spec.visible_when, owner, spec.key, Type.BOOLEAN)
            needed = self.binder.bind(spec.required_when, owner, spec.key, Type.BOOLEAN)
            self.plan.bound_evidence.append((spec, shown, needed))

    def _dependencies(self) -> None:
        for node in self.placed:
            key = node.path if isinstance(node, FieldPlan) else f"group {node.path}"
            above: NodePlan | PagePlan | None = node
            while above is not None:
                self.binder.depend(key, above.shown_by)
                above = above.parent
            if isinstance(node, FieldPlan):
                self.binder.depend(key, node.computed)
            elif not node.repeated:
                inside = [f for f in self.plan.fields if f.startswith(node.path + ".")]
                self.binder.edges.setdefault(key, set()).update(inside)
