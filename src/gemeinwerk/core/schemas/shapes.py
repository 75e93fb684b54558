"""Derives from the classes of the messages which element may stand where, in which order."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from gemeinwerk.core.schemas import genericode_model
from gemeinwerk.core.schemas.relations import Relation, Relations
from gemeinwerk.core.schemas.words import Foreign, Part


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """One kind of child: its element, the field it fills, and what it is made of."""

    element: str
    name: str
    namespace: str
    shape: Shape | None
    many: bool
    qualified: bool
    foreign: bool = False
    relations: bool = False
    # fields of one element stand in ascending order
    rank: int = 0


@dataclass(slots=True, eq=False)
class Shape:
    """How the element of a class is written in one namespace; made once per class."""

    made: type[Part]
    namespace: str
    attributes: Mapping[str, str]
    text_field: str
    qualified: bool
    slots: tuple[Slot, ...] = ()
    by_tag: dict[str, Slot] = field(default_factory=dict)
    # for a child of one field that may be of several classes
    by_class: dict[tuple[str, type], Slot] = field(default_factory=dict)
    # whether it belongs to a code list, where real files err about the namespace
    is_list: bool = False
    # fields in the order in which their elements are written
    order: tuple[str, ...] = ()
    single: dict[str, Slot] = field(default_factory=dict)


@cache
def shape_of(made: type[Part], namespace: str) -> Shape:
    """Return the shape of a class within the standard of this namespace."""
    return _shapes(made, namespace)


@cache
def _shapes(made: type[Part], namespace: str) -> Shape:
    shape = Shape(made, namespace, made.attributes, made.text_field, made.qualified)
    shape.is_list = issubclass(made, genericode_model.GenericodePart)
    _pending[(made, namespace)] = shape  # classes may hold themselves
    hints = get_type_hints(made)
    skipped = {*made.attributes.values(), made.text_field}
    slots: list[Slot] = []
    for rank, name in enumerate(made.__struct_fields__):
        if name not in skipped:
            slots += _slots(shape, name, hints[name], rank)
    shape.slots = tuple(slots)
    shape.order = tuple(dict.fromkeys(slot.name for slot in slots))
    for slot in slots:
        for tag in _tags(slot, slot.namespace):
            shape.by_tag[tag] = slot
        if slot.shape is not None:
            shape.by_class[(slot.name, slot.shape.made)] = slot
        shape.single.setdefault(slot.name, slot)
    del _pending[(made, namespace)]
    return shape


_pending: dict[tuple[type[Part], str], Shape] = {}


def _slots(shape: Shape, name: str, hint: Any, rank: int) -> list[Slot]:
    """Return the slots of one field: one, or one for each class it may hold."""
    kinds = [kind for kind in _union(hint) if kind is not types.NoneType]
    many = get_origin(kinds[0]) is tuple
    if many:
        kinds = _union(get_args(kinds[0])[0])
    made = shape.made
    element = made.renamed.get(name) or made.naming.get(name)
    return [
        Slot(
            element=element or kind.__name__,
            name=name,
            namespace=_namespace_below(shape),
            shape=_shape_below(shape, kind),
            many=many or kind is Relations,
            qualified=shape.qualified,
            foreign=kind is Foreign,
            relations=kind is Relations,
            rank=rank,
        )
        for kind in kinds
    ]


def _shape_below(shape: Shape, kind: Any) -> Shape | None:
    if kind is Relations:
        kind = Relation
    if kind is str or kind is Foreign:
        return None
    namespace = _namespace_below(shape)
    return _pending.get((kind, namespace)) or _shapes(kind, namespace)


def _namespace_below(shape: Shape) -> str:
    """Return the namespace of the children; in a list within a message it is another one."""
    inside = shape.made is genericode_model.Genericode
    return genericode_model.NAMESPACE if inside else shape.namespace


def _union(hint: Any) -> list[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return list(get_args(hint))
    return [hint]


def _tags(slot: Slot, namespace: str) -> tuple[str, ...]:
    """Return the tags under which an element is known.

    Codes and the inside of code lists stand without a namespace, but real files err in it.
    """
    full = f"{{{namespace}}}{slot.element}"
    return (full,) if slot.qualified else (slot.element, full)


def places(shape: Shape, value: Any) -> int:
    """Count the places of a part: its start, its end when it holds others, and all below."""
    if shape.text_field:
        return 1
    count = 2
    for name in shape.order:
        held = getattr(value, name)
        slot = shape.single[name]
        if held is None:
            continue
        if isinstance(held, Relations):
            count += sum(run.size * (run.form.elements + run.form.containers) for run in held.runs)
        elif slot.shape is None:
            count += len(held) if slot.many else 1
        else:
            for one in held if slot.many else (held,):
                below = shape.by_class[(name, type(one))].shape
                count += places(below, one) if below is not None else 1
    return count
