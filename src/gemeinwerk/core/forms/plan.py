"""The compiled shape of a form: one plan per page, group and field, with everything precomputed.

`at` is the tuple of instance numbers of the repeated groups around a node, outermost first; the
name of an answer follows from the path of its node and `at` ("G1[0].F2").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from gemeinwerk.core.expressions import Evaluate, Expr, ExpressionError
from gemeinwerk.core.forms.model import Check, EvidenceSpec, Field, Form, Group, Page, Variable
from gemeinwerk.core.forms.values import Refusal, Value
from gemeinwerk.core.kernel import Fault

if TYPE_CHECKING:
    from gemeinwerk.core.forms.state import State

At = tuple[int, ...]
Getter = Callable[["State", At], object]

MOST_INSTANCES = 50
"""Bound of an element whose maximum is open (S33)."""


class Bound:
    """An expression with the ways to its values."""

    __slots__ = ("evaluate", "expr", "getters", "names", "nodes")

    def __init__(
        self,
        evaluate: Evaluate,
        getters: tuple[tuple[str, Getter], ...],
        expr: Expr,
        nodes: Mapping[str, NodePlan],
    ) -> None:
        self.evaluate = evaluate
        self.getters = getters
        self.expr = expr
        self.nodes = nodes
        """Which field or group each name means; the others are variables and `today`."""
        self.names: tuple[str, ...] = ()

    def run(self, state: State, at: At) -> object:
        """Return the value at this place; None where it cannot be computed."""
        try:
            return self.evaluate({name: get(state, at) for name, get in self.getters})
        except ExpressionError:
            return None


class PagePlan:
    """A page."""

    __slots__ = ("always", "depth", "inner", "nodes", "number", "page", "parent", "shown_by")

    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.number = number
        self.parent: None = None
        self.depth = self.inner = 0
        self.nodes: tuple[NodePlan, ...] = ()
        self.shown_by: Bound | None = None
        self.always: bool = not page.visible_when


class _Placed:
    """What groups and fields have in common."""

    __slots__ = (
        "always",
        "chain",
        "depth",
        "html_id",
        "most",
        "number",
        "page",
        "parent",
        "path",
        "repeated",
        "shown_by",
        "template",
    )

    def __init__(
        self, node: Group | Field, parent: PagePlan | GroupPlan, page: PagePlan, number: int
    ) -> None:
        above = parent if isinstance(parent, GroupPlan) else None
        self.path: str = f"{above.path}.{node.id}" if above else node.id
        self.template: str = f"{above.inner_template}.{node.id}" if above else node.id
        self.chain: tuple[str, ...] = above.inner_chain if above else ()
        self.depth = len(self.chain)
        self.parent = parent
        self.page = page
        self.number = number
        self.repeated = node.maximum is None or node.maximum > 1
        self.most = min(node.maximum or MOST_INSTANCES, MOST_INSTANCES)
        self.shown_by: Bound | None = None
        self.always: bool = parent.always and not node.visible_when
        self.html_id = html_id(self.template)

    def name(self, at: At) -> str:
        """Return the name of its answers at this place, without an own index."""
        return self.template % at if self.depth else self.template


class GroupPlan(_Placed):
    """A group; `inner` is how many repeated groups lie around its nodes."""

    __slots__ = ("gates", "group", "in_choice", "inner", "inner_chain", "inner_template", "nodes")

    def __init__(
        self, group: Group, parent: PagePlan | GroupPlan, page: PagePlan, number: int
    ) -> None:
        super().__init__(group, parent, page, number)
        self.group = group
        self.inner_chain: tuple[str, ...] = (
            (*self.chain, self.path) if self.repeated else self.chain
        )
        self.inner: int = len(self.inner_chain)
        self.inner_template: str = self.template + "[%d]" if self.repeated else self.template
        self.in_choice = isinstance(parent, GroupPlan) and parent.group.choice
        self.gates = _gates(parent)
        self.nodes: tuple[NodePlan, ...] = ()

    @property
    def optional(self) -> bool:
        """Whether its questions count only once one of them is answered."""
        return not self.repeated and (self.group.minimum == 0 or self.in_choice)


class FieldPlan(_Placed):
    """A field."""

    __slots__ = (
        "base_view",
        "check",
        "computed",
        "default_value",
        "editable",
        "field",
        "gates",
        "in_choice",
        "not_after",
        "not_before",
        "parse",
        "required_by",
        "show",
        "to_value",
    )

    def __init__(
        self, field: Field, parent: PagePlan | GroupPlan, page: PagePlan, number: int
    ) -> None:
        super().__init__(field, parent, page, number)
        self.field = field
        self.editable = not (
            field.hidden or field.locked or field.value or field.kind in ("note", "hidden")
        )
        self.in_choice = isinstance(parent, GroupPlan) and parent.group.choice
        self.gates = _gates(parent)
        self.computed: Bound | None = None
        self.required_by: Bound | None = None
        self.not_before: Bound | None = None
        self.not_after: Bound | None = None
        self.parse: Callable[[str], str | Refusal]
        self.check: Callable[[str], Refusal | None]
        self.to_value: Callable[[str], Value]
        self.show: Callable[[str], str]
        self.default_value: Value = None
        self.base_view: dict[str, Any] = {}

    @property
    def visible(self) -> bool:
        """Whether people ever see it."""
        return not (self.field.hidden or self.field.kind == "hidden")


NodePlan = GroupPlan | FieldPlan


class Plan:
    """A whole form, compiled."""

    __slots__ = (
        "bound_evidence",
        "checks",
        "edges",
        "fields",
        "form",
        "groups",
        "notes",
        "pages",
        "supplied",
        "variables",
    )

    def __init__(self, form: Form, supplied: Mapping[str, object]) -> None:
        self.form = form
        self.supplied = supplied
        self.pages: dict[str, PagePlan] = {}
        self.fields: dict[str, FieldPlan] = {}
        self.groups: dict[str, list[GroupPlan]] = {}
        self.variables: dict[str, tuple[Variable, Bound | None]] = {}
        self.checks: dict[int, list[tuple[Check, Bound]]] = {}
        self.bound_evidence: list[tuple[EvidenceSpec, Bound | None, Bound | None]] = []
        self.notes: list[Fault] = []
        self.edges: dict[str, set[str]] = {}
        """Which values each value is worked out from, as `Bound.names` calls them."""

    def group_nodes(self, group: GroupPlan) -> Iterator[NodePlan]:
        """Yield the nodes of a group on whatever page they stand."""
        for part in self.groups[group.path]:
            yield from part.nodes


def _gates(parent: PagePlan | GroupPlan) -> tuple[GroupPlan, ...]:
    """Return the optional groups around a node: nothing in them is required until one is begun."""
    gates: list[GroupPlan] = []
    above: PagePlan | GroupPlan | None = parent
    while isinstance(above, GroupPlan):
        if above.optional:
            gates.append(above)
        above = above.parent
    return tuple(gates)


_HTML = str.maketrans({".": "-", "[": "-", "]": None})


def html_id(name: str) -> str:
    """Return the id of the element on the page that belongs to an answer."""
    return "f-" + name.translate(_HTML)


def day_of(value: object) -> date | None:
    """Return a computed bound if it is a day."""
    return value if isinstance(value, date) else None
