"""Entries with pages of their own: which entry a page was about, and what its list has to say.

A repeated group with `entry_pages` stands on its page as a list. A page of one entry is the same
page with the name of the entry beside it ("G1[0]", sent as `_entry`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gemeinwerk.core.forms.plan import At, GroupPlan, NodePlan, PagePlan
from gemeinwerk.core.forms.state import State
from gemeinwerk.core.kernel import Fault

_ENTRY = re.compile(r"([^\[\]]{1,900})\[([0-9]{1,3})\]")


def listed(nodes: Iterable[NodePlan]) -> Iterator[GroupPlan]:
    """Yield the groups below these nodes whose entries have pages of their own."""
    for node in nodes:
        if isinstance(node, GroupPlan):
            if node.group.entry_pages:
                yield node
            elif not node.repeated:
                yield from listed(node.nodes)


def entry_at(state: State, page: PagePlan, name: str) -> tuple[GroupPlan, At] | None:
    """Return group and place of an entry that is there; None for any other name."""
    found = _ENTRY.fullmatch(name)
    if found is None:
        return None
    for group in listed(page.nodes):
        place = (int(found[2]),)
        if group.path == found[1] and place[0] < state.count(group, ()) and state.applies(group):
            return group, place
    return None


def is_within(path: str, name: str) -> bool:
    """Tell whether an answer path lies in an entry."""
    return path == name or path.startswith((f"{name}.", f"{name}["))


def told_in_the_list(state: State, page: PagePlan, faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults of a page as its lists show them: one for each entry that has any."""
    groups = [group for group in listed(page.nodes) if state.applies(group)]
    found: dict[str, Fault] = {}
    for fault in faults:
        name, shown = fault.path, fault
        for group in groups:
            for (number,) in state.places(group, ()):
                own = f"{group.path}[{number}]"
                if is_within(fault.path, own):
                    params: dict[str, str | int] = {
                        "label": group.group.label,
                        "number": number + 1,
                    }
                    name, shown = own, Fault(own, "answer.entry_incomplete", params)
        found.setdefault(name, shown)
    return list(found.values())
