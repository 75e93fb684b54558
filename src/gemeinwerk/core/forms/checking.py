"""Finds everything that is wrong with the answers of a page, in the order of the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from gemeinwerk.core.forms.partial_dates import first_day, last_day
from gemeinwerk.core.forms.plan import At, FieldPlan, GroupPlan, NodePlan, PagePlan, day_of
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.forms.values import Refusal, german_date, to_date
from gemeinwerk.core.kernel import Fault

_CHOSEN = ("choice", "boolean")


class Inspection:
    """Goes over one page.

    `refused` holds what was just typed and is no answer; `unasked` the names of questions that
    were not on the page yet when it was sent: they are not reported as missing.
    """

    def __init__(
        self,
        state: State,
        refused: Mapping[str, Refusal] | None = None,
        unasked: Collection[str] = (),
    ) -> None:
        self.state = state
        self.refused = refused or {}
        self.unasked = unasked
        self.faults: list[Fault] = []

    def page(self, page: PagePlan) -> list[Fault]:
        """Return the faults of a page, nothing if the page does not apply."""
        if self.state.applies(page):
            for node in page.nodes:
                self._node(node, ())
        return self.faults

    def node(self, node: NodePlan) -> list[Fault]:
        """Return the faults of one node that stands in no repeated group."""
        self._node(node, ())
        return self.faults

    def _node(self, node: NodePlan, at: At) -> None:
        if not self.state.applies(node, at):
            return
        if isinstance(node, FieldPlan):
            if node.editable:
                self._field(node, at)
        else:
            self._group(node, at)
        self._rules(node, at)

    def own(self, group: GroupPlan) -> list[Fault]:
        """Return the faults of a group itself that stands once, not those of its nodes."""
        if self.state.applies(group):
            if group.group.choice:
                self._choice(group, (), ())
            self._rules(group, ())
        return self.faults

    def _rules(self, node: NodePlan, at: At) -> None:
        for check, bound in self.state.plan.checks.get(node.number, ()):
            if bound.run(self.state, at) is False:
                label = node.group.label if isinstance(node, GroupPlan) else node.field.label
                params: dict[str, str | int] = {"label": label, "message": check.message}
                self.faults.append(Fault(node.name(at), "answer.check_failed", params))

    def _group(self, group: GroupPlan, at: At) -> None:
        if group.repeated:
            stored = self.state.answers.get(group.name(at) + "[]", "")
            if len(stored) > 4 or (
                stored.isascii() and stored.isdigit() and int(stored) > group.most
            ):
                params: dict[str, str | int] = {"label": group.group.label, "limit": group.most}
                self.faults.append(Fault(group.name(at), "answer.too_many", params))
        for place in self.state.places(group, at):
            for node in group.nodes:
                self._node(node, place)
            if group.group.choice:
                self._choice(group, at, place)

    def _choice(self, group: GroupPlan, at: At, place: At) -> None:
        given = sum(self._begun(node, place) for node in group.nodes)
        if given == 1:
            return
        if given == 0 and (
            group.group.minimum == 0
            or group.in_choice
            or not all(self.state.answered(gate, at[: gate.inner]) for gate in group.gates)
        ):
            return
        name = group.name(at) + (f"[{place[-1]}]" if group.repeated else "")
        code = "answer.choice_group_one" if given else "answer.choice_group_none"
        self.faults.append(Fault(name, code, {"label": group.group.label}))

    def _begun(self, node: NodePlan, at: At) -> bool:
        name = node.name(at)
        return self.state.node_answered(node, at) or any(
            refused == name or refused.startswith((name + ".", name + "["))
            for refused in self.refused
        )

    def _field(self, field: FieldPlan, at: At) -> None:
        blank = []
        names = self.state.names(field, at)
        for name in names:
            refusal = self.refused.get(name)
            if refusal is None:
                answer = self.state.answers.get(name)
                if answer is None:
                    answer = field.field.default
                if not answer:
                    blank.append(name)
                    continue
                refusal = field.check(answer) or self._bounds(field, at, answer)
            if refusal is not None:
                self._say(field, name, refusal.code, refusal.params)
        if blank:
            self._missing(field, at, names, blank)

    def _missing(self, field: FieldPlan, at: At, names: list[str], blank: list[str]) -> None:
        state = self.state
        if field.field.may_lack or not state.required(field, at) or not state.counts(field, at):
            return
        wanted = max(field.field.minimum, 1) - (len(names) - len(blank))
        for name in blank[: max(wanted, 0)]:
            if name in self.unasked:
                continue
            if field.field.must_be_true:
                self._say(field, name, "answer.not_confirmed", {})
            else:
                chosen = field.field.kind in _CHOSEN
                self._say(field, name, f"answer.required{'_choice' * chosen}", {})

    def _bounds(self, field: FieldPlan, at: At, answer: str) -> Refusal | None:
        if field.not_before is None and field.not_after is None:
            return None
        first = day_of(field.not_before.run(self.state, at)) if field.not_before else None
        last = day_of(field.not_after.run(self.state, at)) if field.not_after else None
        earliest, latest = days_of(field, answer)
        return bounds_refusal(earliest, latest, first, last, self.state.today)

    def _say(self, field: FieldPlan, name: str, code: str, params: Mapping[str, str | int]) -> None:
        self.faults.append(Fault(name, code, {"label": field.field.label, **params}))


def days_of(field: FieldPlan, answer: str) -> tuple[date | None, date | None]:
    """Return the first and the last day an answer can mean."""
    if field.field.kind == "partial_date":
        return first_day(answer), last_day(answer)
    day = to_date(answer)
    return day, day


def bounds_refusal(
    earliest: date | None,
    latest: date | None,
    first: date | None,
    last: date | None,
    today: date,
) -> Refusal | None:
    """Return why a day lies outside the days that are allowed, if it does whichever it is."""
    if latest is not None and first is not None and latest < first:
        if first == today:
            return Refusal("answer.date_in_past")
        return Refusal("answer.date_too_early", {"earliest": german_date(first)})
    if earliest is not None and last is not None and earliest > last:
        if last == today:
            return Refusal("answer.date_in_future")
        return Refusal("answer.date_too_late", {"latest": german_date(last)})
    return None
