"""The form as one tree without pages: groups that go on over several pages are put together.

Every export walks this tree: the nesting of a document follows the ids of groups and fields, the
order that of the form. Notes (texts without an answer) are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from gemeinwerk.core.forms.model import Field, Form, Group, Node
from gemeinwerk.core.forms.plan import MOST_INSTANCES


@dataclass(slots=True)
class Outline:
    """One group or field in its place; `conditions` are its own ones and that of its page."""

    node: Group | Field
    path: str
    conditions: tuple[str, ...] = ()
    parent: Outline | None = None
    children: list[Outline] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.node.id

    @property
    def repeated(self) -> bool:
        return self.node.maximum is None or self.node.maximum > 1

    @property
    def most(self) -> int:
        """How many instances are taken; open maxima have the bound of the house."""
        return min(self.node.maximum or MOST_INSTANCES, MOST_INSTANCES)

    @property
    def chain(self) -> tuple[str, ...]:
        """Paths of the repeated groups around the node, outermost first."""
        above = self.parent
        found: list[str] = []
        while above is not None:
            if above.repeated:
                found.append(above.path)
            above = above.parent
        return tuple(reversed(found))

    @property
    def in_choice(self) -> bool:
        above = self.parent.node if self.parent is not None else None
        return isinstance(above, Group) and above.choice

    @property
    def optional(self) -> bool:
        """A group whose questions count only once one of them is answered."""
        group = isinstance(self.node, Group) and not self.repeated
        return group and (self.node.minimum == 0 or self.in_choice)

    @property
    def editable(self) -> bool:
        """Whether an answer may come from outside."""
        node = self.node
        if isinstance(node, Group):
            return any(child.editable for child in self.children)
        return not (node.hidden or node.locked or node.value or node.kind == "hidden")

    def walk(self) -> Iterator[Outline]:
        """Yield the node and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Outlined:
    """A whole form: its roots in order, and every node by path."""

    form: Form
    roots: tuple[Outline, ...]
    by_path: dict[str, Outline]


def outline(form: Form) -> Outlined:
    """Return the tree of a form."""
    roots: list[Outline] = []
    pages: dict[str, set[str]] = {}
    for page in form.pages:
        for node in page.nodes:
            pages.setdefault(node.id, set()).add(page.visible_when)
    by_path: dict[str, Outline] = {}
    for page in form.pages:
        for node in page.nodes:
            # Parts of a group on pages with different conditions: each part keeps its own.
            shared = len(pages[node.id]) == 1
            _add(node, None, roots, by_path, page.visible_when, shared)
    return Outlined(form, tuple(roots), by_path)


def _add(
    node: Node,
    parent: Outline | None,
    into: list[Outline],
    by_path: dict[str, Outline],
    page_condition: str,
    shared: bool,
) -> None:
    if isinstance(node, Field) and node.kind == "note":
        return
    path = f"{parent.path}.{node.id}" if parent else node.id
    hanging = shared or isinstance(node, Field)
    known = by_path.get(path)
    if known is None:
        own = (page_condition if hanging else "", node.visible_when)
        known = Outline(node, path, tuple(dict.fromkeys(one for one in own if one)), parent)
        by_path[path] = known
        into.append(known)
    if isinstance(node, Group):
        for child in node.nodes:
            _add(child, known, known.children, by_path, "" if hanging else page_condition, False)


def needed(one: Outline) -> bool:
    """Tell whether a document without this node is refused whenever what is around it counts.

    Conditions are not looked at. A default answers its question, so nobody has to.
    """
    node = one.node
    if isinstance(node, Field):
        asked = one.editable and node.minimum > 0 and not node.default and not node.may_lack
        return asked and not one.in_choice
    if node.minimum == 0 or one.in_choice:
        return False
    if node.choice:
        return True
    return any(needed(child) and not child.conditions for child in one.children)


def resolve(outlined: Outlined, name: str, around: Outline | None) -> Outline | None:
    """Find what a name in an expression means: from the top, then from each group outwards."""
    if name in outlined.by_path:
        return outlined.by_path[name]
    while around is not None:
        if isinstance(around.node, Group):
            found = outlined.by_path.get(f"{around.path}.{name}")
            if found is not None:
                return found
        around = around.parent
    return None
