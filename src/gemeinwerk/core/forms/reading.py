"""Reads a page that was sent: typed texts become answers, buttons add and remove instances."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gemeinwerk.core.forms.entries import entry_at, is_within, listed, told_in_the_list
from gemeinwerk.core.forms.evaluation import Checks
from gemeinwerk.core.forms.fields import displayable
from gemeinwerk.core.forms.plan import At, FieldPlan, GroupPlan, NodePlan, PagePlan, Plan, html_id
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.forms.values import Refusal
from gemeinwerk.core.kernel import Fault

Answers = dict[str, str]
Posted = Mapping[str, Sequence[str]]

_INDEX = re.compile(r"\[([0-9]{1,3})\]")


class PageReading(NamedTuple):
    """What a sent page gave.

    `answers` are all answers of the form, with those of this page that can be kept; `raw` holds
    the texts as typed, by name, for showing the page again. With `stay` the page is shown again
    without complaint: an instance was added or removed, or an answer raised new questions;
    `focus` is the id of the element to look at then, or "".
    """

    answers: Answers
    raw: dict[str, str]
    faults: tuple[Fault, ...]
    stay: bool = False
    focus: str = ""
    go: str | None = None
    """With entries that have pages of their own: the entry to open now, "" for their list."""
    entry: str = ""
    """The entry whose page was sent."""

    @property
    def opened(self) -> str:
        """The entry to show now, "" for the whole page."""
        return self.entry if self.go is None else self.go


def read_page(
    plan: Plan,
    checks: Checks,
    page: PagePlan,
    posted: Posted,
    answers: Mapping[str, str],
    today: date,
) -> PageReading:
    """Read what was sent for a page; never raises, whatever was sent."""
    before = State(plan, answers, today)
    draft = _Draft(posted, before)
    entry = draft.take_page(page)
    pressed = draft.press(plan, page)
    if pressed is not None:
        go = draft.go(page, entry)
        return PageReading(draft.answers, draft.raw, (), True, pressed, go, entry)
    after = State(plan, draft.answers, today)
    draft.keep_old(after)
    unasked = _unasked(page, before, after, posted)
    faults = checks.page(page, after, draft.refused, unasked)
    if entry:
        unasked = {name: None for name in unasked if is_within(name, entry)}
        faults = [fault for fault in faults if is_within(fault.path, entry)]
        if not (faults or unasked):
            return PageReading(draft.answers, draft.raw, (), stay=True, go="")
    else:
        faults = told_in_the_list(after, page, faults)
    if not faults:
        draft.close_gaps(page, after)
    return PageReading(
        draft.answers,
        draft.raw,
        tuple(faults),
        stay=bool(unasked) and not faults,
        focus=html_id(next(iter(unasked), "")) if unasked and not faults else "",
        entry=entry,
    )


def _last(values: Sequence[str] | None) -> str:
    """Return the value that counts of those sent under one name."""
    if not values:
        return ""
    return values if isinstance(values, str) else values[-1]


def _unasked(page: PagePlan, before: State, after: State, posted: Posted) -> dict[str, None]:
    """Return the names of questions on the page now that were not on it when it was shown."""
    if page.always and all(_plain(node) for node in page.nodes):
        return {}
    shown = {
        name
        for field, at in before.walk(page.nodes)
        if field.editable
        for name in before.names(field, at)
    }
    return {
        name: None
        for field, at in after.walk(page.nodes)
        if field.editable
        for name in after.names(field, at)
        if name not in shown and name not in posted
    }


def _plain(node: NodePlan) -> bool:
    if isinstance(node, FieldPlan):
        return node.always
    return node.always and not node.repeated and all(_plain(each) for each in node.nodes)


class _Draft:
    """Answers in the making."""

    def __init__(self, posted: Posted, before: State) -> None:
        self.posted = posted
        self.before = before
        self.answers: Answers = dict(before.answers)
        self.raw: dict[str, str] = {}
        self.refused: dict[str, Refusal] = {}
        self.places: dict[str, tuple[FieldPlan, At]] = {}
        """Where the refused texts stand."""
        self.target = ""
        """The entry a button was for."""

    def take_page(self, page: PagePlan) -> str:
        """Read all that was sent, or one entry; return the name of that entry, else ""."""
        entry = _last(self.posted.get("_entry"))
        opened = entry_at(self.before, page, entry)
        nodes, at = (page.nodes, ()) if opened is None else (opened[0].nodes, opened[1])
        for node in nodes:
            self.take(node, at)
        return "" if opened is None else entry

    def keep_old(self, after: State) -> None:
        """What was typed into a question that no longer applies must not cost its old answer."""
        for name, (field, at) in self.places.items():
            if name in self.before.answers and not after.applies(field, at):
                self.answers[name] = self.before.answers[name]

    def take(self, node: NodePlan, at: At) -> None:
        """Read all fields below a node, in as many instances as the page had."""
        if isinstance(node, FieldPlan):
            if node.editable:
                for name in self.before.names(node, at):
                    self._field(node, at, name)
            return
        for place in self.before.places(node, at):
            own = f"{node.name(at)}[{place[-1]}]" if node.repeated else node.name(at)
            if node.group.entry_pages and not any(is_within(name, own) for name in self.posted):
                continue  # it stands on a page of its own
            chosen = _last(self.posted.get(f"{own}?")) if node.group.choice else ""
            if f"{own}?" in self.posted and node.group.choice:
                self.raw[f"{own}?"] = displayable(chosen)[:100]
            for each in node.nodes:
                if self._is_other(node, each, own, chosen):
                    self._leave(each, place)
                else:
                    self.take(each, place)

    def _is_other(self, group: GroupPlan, part: NodePlan, own: str, chosen: str) -> bool:
        """Tell whether another part of a choice was ticked."""
        if not group.group.choice or f"{own}?" not in self.posted:
            return False
        known = {_id(one) for one in group.nodes}
        return (chosen in known or not chosen) and _id(part) != chosen

    def _leave(self, node: NodePlan, at: At) -> None:
        """Empty a part of a choice that was not ticked."""
        if isinstance(node, FieldPlan):
            if node.editable and self.before.applies(node, at):
                for name in self.before.names(node, at):
                    self._clear(node, name)
            return
        for place in self.before.places(node, at):
            for each in node.nodes:
                self._leave(each, place)

    def _field(self, field: FieldPlan, at: At, name: str) -> None:
        values = self.posted.get(name)
        if values is None:
            if name in self.answers and self.before.applies(field, at):
                self._clear(field, name)
            return
        # the last one counts: an empty hidden input may precede radio buttons and boxes
        typed = values if isinstance(values, str) else (values[-1] if values else "")
        self.raw[name] = displayable(typed)
        if not typed or typed.isspace():
            self._clear(field, name)
            return
        answer = field.parse(typed)
        refusal = answer if isinstance(answer, Refusal) else field.check(answer)
        if refusal is None and not isinstance(answer, Refusal):
            self.answers[name] = answer
        elif refusal is not None:
            self.refused[name] = refusal
            self.places[name] = (field, at)
            self._clear(field, name)

    def _clear(self, field: FieldPlan, name: str) -> None:
        if field.field.default:
            self.answers[name] = ""
        else:
            self.answers.pop(name, None)

    def press(self, plan: Plan, page: PagePlan) -> str | None:
        """Do what an add or remove button asks; None if none was pressed on this page."""
        target = _last(self.posted.get("_open"))
        if target and entry_at(self.before, page, target) is not None:
            self.target = target
            return html_id(target)
        for button in ("_add", "_remove"):
            target = _last(self.posted.get(button))
            found = self._repeated(plan, page, target, own_index=button == "_remove")
            if found is not None:
                node, at, index = found
                return self._add(node, at) if index is None else self._remove(node, at, index)
        return None

    def _repeated(
        self, plan: Plan, page: PagePlan, target: str, *, own_index: bool
    ) -> tuple[NodePlan, At, int | None] | None:
        if not target or len(target) > 1000:
            return None
        at = tuple(int(number) for number in _INDEX.findall(target))
        path = _INDEX.sub("", target)
        nodes: list[NodePlan] = list(plan.groups.get(path, ()))
        if path in plan.fields:
            nodes.append(plan.fields[path])
        for node in nodes:
            if node.page is not page or not node.repeated or len(at) != node.depth + own_index:
                continue
            name = node.name(at[: node.depth])
            if not own_index and name == target:
                return node, at, None
            if own_index and f"{name}[{at[-1]}]" == target:
                return node, at[:-1], at[-1]
        return None

    def _add(self, node: NodePlan, at: At) -> str:
        name, count = node.name(at), self.before.count(node, at)
        if count >= node.most:
            return html_id(name)
        self.answers[f"{name}[]"] = str(count + 1)
        if isinstance(node, GroupPlan) and node.group.entry_pages:
            self.target = f"{name}[{count}]"
        return html_id(f"{name}[{count}]")

    def _remove(self, node: NodePlan, at: At, index: int) -> str:
        name, count = node.name(at), self.before.count(node, at)
        least = node.group.minimum if isinstance(node, GroupPlan) else max(1, node.field.minimum)
        if index >= count:
            return html_id(name)
        self.answers = _without(self.answers, name, index)
        self.raw = _without(self.raw, name, index)
        self.answers[f"{name}[]"] = str(max(count - 1, least))
        return html_id(name)

    def go(self, page: PagePlan, entry: str) -> str | None:
        """Return which entry to show after a button; None on a page without such entries."""
        return self.target or entry or ("" if any(True for _ in listed(page.nodes)) else None)

    def close_gaps(self, page: PagePlan, after: State) -> None:
        """Move the answers of repeated fields together, so that none of them is blank."""
        for field, at in after.walk(page.nodes):
            if not (field.repeated and field.editable):
                continue
            name = field.name(at)
            names = after.names(field, at)
            given = [self.answers.pop(each) for each in names if self.answers.get(each)]
            for each in names:
                self.answers.pop(each, None)
            for index, answer in enumerate(given):
                self.answers[f"{name}[{index}]"] = answer
            if given or f"{name}[]" in self.answers:
                self.answers[f"{name}[]"] = str(len(given))


def _without(answers: Mapping[str, str], name: str, index: int) -> Answers:
    """Return answers without one instance; later ones move up."""
    kept: Answers = {}
    start = name + "["
    for key, value in answers.items():
        digits, closed, rest = key.removeprefix(start).partition("]")
        if not key.startswith(start) or not closed or not _is_index(digits) or int(digits) < index:
            kept[key] = value
        elif int(digits) > index:
            kept[f"{start}{int(digits) - 1}]{rest}"] = value
    return kept


def _id(node: NodePlan) -> str:
    return node.group.id if isinstance(node, GroupPlan) else node.field.id


def _is_index(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) < 5
