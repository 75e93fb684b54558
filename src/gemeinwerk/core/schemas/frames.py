"""An element that is being read, and whether its value says anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeinwerk.core.schemas.relations import Packer
from gemeinwerk.core.schemas.shapes import Shape, Slot
from gemeinwerk.core.schemas.words import Part


class Frame:
    """An element that is being read."""

    __slots__ = (
        "attributes", "child_line", "count", "disorder", "empty", "line", "names", "place", "rank",
        "runs", "scope", "shape", "slot", "twins", "values",
    )  # fmt: skip

    def __init__(self, slot: Slot | None, shape: Shape | None, line: int, place: int) -> None:
        self.slot = slot
        self.shape = shape
        self.values: dict[str, Any] = {}
        self.runs: Packer | None = None
        self.twins: list[str] = []
        self.empty: dict[str, int] = {}
        self.attributes: Mapping[str, str] = {}
        self.line = line
        self.place = place
        self.child_line = 0
        self.count = 0
        self.names: list[str] = []
        self.rank = 0
        self.disorder = False
        self.scope: Mapping[str, str] = {}


def says_something(value: Any) -> bool:
    """Tell whether there is any text in a value; attributes do not count."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, tuple):
        return any(says_something(each) for each in value)
    if not isinstance(value, Part):
        return bool(value)
    said = set(value.__struct_fields__) - set(type(value).attributes.values())
    return any(says_something(getattr(value, name)) for name in said)
