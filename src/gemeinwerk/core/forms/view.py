"""A page as a tree of plain dicts, ready for a template.

Field nodes: type "field", name, id, label, help, why, purpose, may_lack, statement, example, kind,
cell (it stands in a table), value (as it stands in the input: German dates and numbers, codes,
"true"/"false"), options, required, locked, must_be_true, max_length, autocomplete, unit, format,
pattern_help, repeated, error_code, error_params, and `token`, which stands for all that never
changes about a field of one compiled form.
Group nodes: type "group", name, id, label, help, why, choice, optional, show_label, repeated,
error_code, error_params, nodes. What is repeated has `instances`, can_add and `add` (the value of
the button `_add`); each instance has number, can_remove and `remove` (the value for `_remove`);
the instances of a group hold nodes, those of a field are field nodes. A choice has `parts` (code,
label, chosen, node), a table `columns` and `rows`, a list of entries with pages of their own
`entries` (each with text, begun and `open`, the value of the button `_open`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count, islice
from typing import Any

from gemeinwerk.core.forms.entries import entry_at
from gemeinwerk.core.forms.fields import input_text
from gemeinwerk.core.forms.plan import At, FieldPlan, GroupPlan, NodePlan, PagePlan, html_id
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.kernel import Fault

View = dict[str, Any]

_tokens = count(1)
_IN_SHORT = 3
"""So many answers name an entry in its list."""


def base_view(plan: FieldPlan) -> View:
    """Return what never changes about a field."""
    field = plan.field
    return {
        "type": "field",
        "token": next(_tokens),
        "name": plan.template,
        "id": plan.html_id,
        "label": field.label,
        "help": field.help,
        "why": field.why,
        "purpose": field.purpose,
        "may_lack": field.may_lack,
        "statement": field.statement,
        "cell": _in_table(plan),
        "example": field.example,
        "kind": field.kind,
        "value": "",
        "options": [
            {"code": option.code, "label": option.label, "help": option.help}
            for option in field.options
        ],
        "required": field.minimum > 0 and not plan.in_choice,
        "locked": field.locked or bool(field.value),
        "must_be_true": field.must_be_true,
        "max_length": field.max_length or 0,
        "autocomplete": field.autocomplete,
        "unit": field.unit,
        "format": field.format,
        "pattern_help": field.pattern_help,
        "code_list": field.code_list,
        "repeated": False,
        "error_code": "",
        "error_params": {},
    }


def page_view(
    page: PagePlan,
    state: State,
    raw: Mapping[str, str],
    faults: Iterable[Fault],
    entry: str = "",
) -> View:
    """Return the page, or the page of one entry.

    Faults that belong to none of its nodes stand under "faults".
    """
    by_path: dict[str, Fault] = {}
    for fault in faults:
        by_path.setdefault(fault.path, fault)
    shower = _Shower(state, raw, by_path)
    opened = entry_at(state, page, entry) if entry else None
    if opened is not None:
        return _entry_view(page, shower, entry, *opened)
    nodes = shower.nodes(page.nodes, ())
    if len(nodes) == 1 and nodes[0]["type"] == "group":
        nodes[0]["show_label"] = nodes[0]["label"] != page.page.title
    return {
        "id": page.page.id,
        "title": page.page.title,
        "titled": _titled(nodes, page.page.title),
        "help": page.page.help,
        "nodes": nodes,
        "entry": "",
        "faults": shower.untold(),
    }


def _entry_view(page: PagePlan, shower: _Shower, entry: str, group: GroupPlan, place: At) -> View:
    """Return the page of one entry: only its questions."""
    return {
        "id": page.page.id,
        "title": group.group.label,
        "titled": False,
        "help": group.group.help,
        "nodes": shower.nodes(group.nodes, place),
        "entry": entry,
        "number": place[-1] + 1,
        "faults": shower.untold(),
    }


def _in_table(plan: FieldPlan) -> bool:
    """Tell whether a field stands in a table: in its group, or in a group that is a row of it."""
    above = plan.parent
    if not isinstance(above, GroupPlan):
        return False
    around = above.parent
    return above.group.table or (isinstance(around, GroupPlan) and around.group.table)


def _titled(nodes: list[View], title: str) -> bool:
    """Tell whether the title of the page is the one question on it; groups say nothing then."""
    around: list[View] = []
    while len(nodes) == 1 and nodes[0]["type"] == "group" and "nodes" in nodes[0]:
        around.append(nodes[0])
        nodes = nodes[0]["nodes"]
    found = len(nodes) == 1 and nodes[0]["type"] == "field" and nodes[0]["label"] == title
    for group in around if found else ():
        group["show_label"] = False
    return found


class _Shower:
    """Builds the nodes of one page."""

    def __init__(self, state: State, raw: Mapping[str, str], faults: Mapping[str, Fault]) -> None:
        self.state = state
        self.raw = raw
        self.faults = faults
        self.told: set[str] = set()

    def untold(self) -> list[View]:
        """Return the faults that no node has shown."""
        return [
            {"path": fault.path, "code": fault.code, "params": fault.params}
            for path, fault in self.faults.items()
            if path not in self.told
        ]

    def nodes(self, plans: Iterable[NodePlan], at: At) -> list[View]:
        """Return the nodes that apply and are seen."""
        found: list[View] = []
        for plan in plans:
            if not self.state.applies(plan, at):
                continue
            if isinstance(plan, GroupPlan):
                found.append(self._group(plan, at))
            elif plan.visible:
                found.append(self._repeated(plan, at) if plan.repeated else self._field(plan, at))
        return found

    def _field(self, plan: FieldPlan, at: At, name: str = "") -> View:
        node = plan.base_view.copy()
        if not name:
            name = plan.name(at)
        if name != plan.template:
            node["name"] = name
            node["id"] = html_id(name)
        if plan.field.kind == "note":
            return node
        typed = self.raw.get(name) if plan.editable else None
        if typed is None:
            kind, text_format = plan.field.kind, plan.field.format
            typed = input_text(kind, self.state.canonical(plan, at, name), text_format)
        elif plan.field.kind == "boolean" and typed not in ("true", "false"):
            typed = self.state.answers.get(name, "")
        node["value"] = typed
        if plan.required_by is not None:
            node["required"] = self.state.required(plan, at)
        self._error(node, name)
        return node

    def _error(self, node: View, name: str) -> None:
        fault = self.faults.get(name) if self.faults else None
        if fault is not None:
            self.told.add(name)
            node["error_code"], node["error_params"] = fault.code, fault.params

    def _repeated(self, plan: FieldPlan, at: At) -> View:
        name = plan.name(at)
        node = {**plan.base_view, "name": name, "id": html_id(name), "repeated": True}
        names = self.state.names(plan, at)
        least = max(1, plan.field.minimum)
        node["instances"] = [
            self._field(plan, at, each)
            | {"number": number, "can_remove": len(names) > least, "remove": each}
            for number, each in enumerate(names, start=1)
        ]
        node["can_add"] = plan.editable and len(names) < plan.most
        node["add"] = name
        self._error(node, name)
        return node

    def _group(self, plan: GroupPlan, at: At) -> View:
        name, group = plan.name(at), plan.group
        node: View = {
            "type": "group",
            "name": name,
            "id": html_id(name),
            "label": group.label,
            "help": group.help,
            "why": group.why,
            "choice": group.choice,
            "optional": plan.optional,
            "show_label": True,
            "repeated": plan.repeated,
            "error_code": "",
            "error_params": {},
        }
        self._error(node, name)
        if not plan.repeated:
            node["nodes"] = self.nodes(plan.nodes, at)
            if group.choice:
                node["parts"] = self._parts(plan, name, node["nodes"], at)
            elif group.table:
                rows = [row for row in node["nodes"] if row["type"] == "group"]
                node["columns"], node["rows"] = _table(rows)
            return node
        places = list(self.state.places(plan, at))
        node["can_add"] = len(places) < plan.most
        node["add"] = name
        if group.entry_pages:
            node["entries"] = True
        node["instances"] = [self._instance(plan, name, place, len(places)) for place in places]
        if group.table:
            node["columns"], node["rows"] = _table(node["instances"])
        return node

    def _parts(self, plan: GroupPlan, own: str, nodes: list[View], place: At) -> list[View]:
        """Return the parts of a choice, with which of them is ticked."""
        answered = {
            each.name(place) for each in plan.nodes if self.state.node_answered(each, place)
        }
        typed = self.raw.get(f"{own}?")
        found = []
        for node in nodes:
            code = node["name"].removeprefix(own).lstrip(".")
            chosen = typed == code if typed is not None else node["name"] in answered
            found.append({"code": code, "label": node["label"], "chosen": chosen, "node": node})
        return found

    def _instance(self, plan: GroupPlan, name: str, place: At, count: int) -> View:
        own = f"{name}[{place[-1]}]"
        instance: View = {
            "name": own,
            "id": html_id(own),
            "number": place[-1] + 1,
            "can_remove": count > plan.group.minimum,
            "remove": own,
            "label": plan.group.label,
            "nodes": [] if plan.group.entry_pages else self.nodes(plan.nodes, place),
            "error_code": "",
            "error_params": {},
        }
        if plan.group.choice:
            instance["parts"] = self._parts(plan, own, instance["nodes"], place)
        if plan.group.entry_pages:
            texts = list(islice(self._texts(plan, place), _IN_SHORT))
            instance |= {"text": ", ".join(texts), "begun": bool(texts), "open": own}
        self._error(instance, own)
        return instance

    def _texts(self, group: GroupPlan, place: At) -> Iterator[str]:
        """Yield what was answered in an entry."""
        for field, at in self.state.walk(group.nodes, place):
            if field.visible and field.field.kind != "note":
                for name in self.state.names(field, at):
                    answer = self.state.canonical(field, at, name)
                    if answer and answer != field.field.default:
                        yield field.show(answer)


def _table(rows: list[View]) -> tuple[list[View], list[View]]:
    """Return the columns of a table and its rows, each with a cell or None per column."""
    columns: dict[str, str] = {}
    for row in rows:
        for node in row["nodes"]:
            columns.setdefault(node["name"].rpartition(".")[2], node["label"])
    made = []
    for row in rows:
        cells = {node["name"].rpartition(".")[2]: node for node in row["nodes"]}
        made.append(row | {"cells": [cells.get(key) for key in columns]})
    return [{"label": label} for label in columns.values()], made
