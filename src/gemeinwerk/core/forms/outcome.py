"""What a filled form amounts to: effective answers, rows to read, evidence to hand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from gemeinwerk.core.forms.model import EvidenceSpec
from gemeinwerk.core.forms.plan import At, FieldPlan, GroupPlan, NodePlan, PagePlan
from gemeinwerk.core.forms.state import State


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the check page: `group` is the heading it stands under, "" for the page's own."""

    path: str
    label: str
    text: str
    page_id: str
    given: bool
    group: str = ""
    missing: bool = False
    """It is required and was left out, which is allowed when applying (`Field.may_lack`)."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one page."""

    page_id: str
    title: str
    rows: tuple[Row, ...]


def has_content(state: State, page: PagePlan) -> bool:
    """Tell whether there is anything to see on a page."""
    return state.applies(page) and any(_seen(state, node, ()) for node in page.nodes)


def _seen(state: State, node: NodePlan, at: At) -> bool:
    if not state.applies(node, at):
        return False
    if isinstance(node, FieldPlan):
        return node.visible
    if node.repeated:
        return any(_ever_seen(each) for each in node.nodes)
    return any(_seen(state, each, at) for each in node.nodes)


def _ever_seen(node: NodePlan) -> bool:
    """Tell whether an entry of a repeated group can show this node."""
    if isinstance(node, FieldPlan):
        return node.visible
    return any(_ever_seen(each) for each in node.nodes)


def effective(state: State) -> dict[str, str]:
    """Return all answers that count: applicable ones, with defaults, locked and calculated."""
    found: dict[str, str] = {}
    for page in state.plan.pages.values():
        if state.applies(page):
            for node in page.nodes:
                collect(state, node, (), found)
    return found


def collect(state: State, node: NodePlan, at: At, found: dict[str, str]) -> None:
    """Add the answers of a node that count."""
    if not state.applies(node, at):
        return
    if not all(state.answered(gate, at[: gate.inner]) for gate in node.gates):
        return
    if isinstance(node, FieldPlan):
        _collect_field(state, node, at, found)
        return
    if node.repeated:
        found[node.name(at) + "[]"] = str(state.count(node, at))
    for place in state.places(node, at):
        for each in node.nodes:
            collect(state, each, place, found)


def _collect_field(state: State, field: FieldPlan, at: At, found: dict[str, str]) -> None:
    if field.field.kind == "note":
        return
    answers = [state.canonical(field, at, name) for name in state.names(field, at)]
    name = field.name(at)
    if not field.repeated:
        if answers[0]:
            found[name] = answers[0]
        return
    given = [answer for answer in answers if answer]
    if given:
        found[name + "[]"] = str(len(given))
    for index, answer in enumerate(given):
        found[f"{name}[{index}]"] = answer


def set_aside(state: State) -> tuple[str, ...]:
    """Return the names of stored answers that do not apply at present."""
    kept = {
        name
        for page in state.plan.pages.values()
        if state.applies(page)
        for field, at in state.walk(page.nodes)
        if field.editable
        for name in state.names(field, at)
    }
    return tuple(
        sorted(
            name
            for name, answer in state.answers.items()
            if answer and name not in kept and not name.endswith("[]")
        )
    )


def sections(state: State) -> tuple[Section, ...]:
    """Return what people read on the check page, the receipt and the case page."""
    found: list[Section] = []
    for page in state.plan.pages.values():
        if not state.applies(page):
            continue
        rows = tuple(row for node in page.nodes for row in _rows(state, page, node, (), ""))
        title = page.page.section or page.page.title
        if rows and found and page.page.section and found[-1].title == title:
            found[-1] = Section(found[-1].page_id, title, (*found[-1].rows, *rows))
        elif rows:
            found.append(Section(page.page.id, title, rows))
    return tuple(found)


def _rows(state: State, page: PagePlan, node: NodePlan, at: At, heading: str) -> Iterator[Row]:
    if not state.applies(node, at):
        return
    if isinstance(node, FieldPlan):
        if node.visible and node.field.kind != "note":
            yield _row(state, page, node, at, heading)
        return
    places = list(state.places(node, at))
    if not places or (node.optional and not state.answered(node, places[0])):
        if not node.in_choice:
            yield Row(node.name(at), node.group.label, "", page.page.id, False, heading)
        return
    for place in places:
        inner = _heading(page, node, place, heading)
        for each in node.nodes:
            if not node.group.choice or state.node_answered(each, place):
                yield from _rows(state, page, each, place, inner)


def _heading(page: PagePlan, group: GroupPlan, place: At, heading: str) -> str:
    if group.repeated:
        own = f"{group.group.label} {place[-1] + 1}"
    elif group.group.label == page.page.title:
        return heading
    else:
        own = group.group.label
    return f"{heading}, {own}" if heading else own


def _row(state: State, page: PagePlan, field: FieldPlan, at: At, heading: str) -> Row:
    answers = [state.canonical(field, at, name) for name in state.names(field, at)]
    text = ", ".join(field.show(answer) for answer in answers if answer)
    missing = (
        not text
        and bool(field.field.may_lack)
        and state.required(field, at)
        and state.counts(field, at)
    )
    return Row(field.name(at), field.field.label, text, page.page.id, bool(text), heading, missing)


def evidence(state: State) -> tuple[EvidenceSpec, ...]:
    """Return the documents asked for, with `required` decided and one per instance."""
    found: list[EvidenceSpec] = []
    for spec, shown, needed in state.plan.bound_evidence:
        for at, key, begun in _places(state, spec):
            if shown is not None and shown.run(state, at) is not True:
                continue
            required = spec.required or (needed is not None and needed.run(state, at) is True)
            found.append(
                msgspec.structs.replace(
                    spec, key=key, required=required and begun, required_when="", visible_when=""
                )
            )
    return tuple(found)


def _places(state: State, spec: EvidenceSpec) -> Iterator[tuple[At, str, bool]]:
    """Yield each place a document is asked at, its key there, and whether its group counts."""
    if not spec.within:
        yield (), spec.key, True
        return
    group = state.plan.groups[spec.within][0]
    for at in state.outer_places(group.chain, ()):
        if not state.applies(group, at):
            continue
        gates = (*group.gates, group) if group.optional else group.gates
        for place in state.places(group, at):
            begun = all(state.answered(gate, place[: gate.inner]) for gate in gates)
            yield place, _numbered(spec.key, place), begun


def _numbered(key: str, place: At) -> str:
    return key + "".join(f"[{index}]" for index in place)


def values(state: State) -> Mapping[str, object]:
    """Return typed values by path without indexes, variables and `today` included.

    A field that stands in a repeated group, or is repeated, is the list of its values.
    """
    found: dict[str, object] = {"today": state.today}
    for name in state.plan.variables:
        found[name] = state.variable(name)
    for path, field in state.plan.fields.items():
        if field.field.kind != "note":
            found[path] = state.everywhere(field, ())
    return found
