"""Addresses elements by path: ids are reused, even within one parent chain."""

from __future__ import annotations

from collections.abc import Iterator

from gemeinwerk.core.schemas.model import Field, Group, Occurrence, Schema


def element_paths(holder: Schema | Group, above: str = "") -> Iterator[tuple[str, Occurrence]]:
    """Yield path and place of every element below, parents first, in the order of the schema."""
    for occurrence in holder.children:
        element = occurrence.element
        path = f"{above}.{element.id}" if above else element.id
        yield path, occurrence
        if isinstance(element, Group):
            yield from element_paths(element, path)


def element_at(schema: Schema, path: str) -> Field | Group | None:
    """Return the element at a path of ids such as "G1.G2.F3", None when there is none."""
    holder: Schema | Field | Group = schema
    for number in path.split("."):
        if isinstance(holder, Field):
            return None
        for occurrence in holder.children:
            if occurrence.element.id == number:
                holder = occurrence.element
                break
        else:
            return None
    return holder if not isinstance(holder, Schema) else None
