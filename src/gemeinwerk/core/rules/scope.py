"""Finds what a rule speaks of: elements by id, by path and by label, seen from the rule's owner.

Groups are reused, so an id alone may stand at many places. Nearest wins: first what lies inside
the owner, then inside the group around it, and so on to the top.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gemeinwerk.core.expressions import Type
from gemeinwerk.core.rules.lexicon import stem
from gemeinwerk.core.rules.model import ContradictionError
from gemeinwerk.core.rules.tokens import words_of
from gemeinwerk.core.schemas import CodeEntry, CodeList, Field, Group, Occurrence, Schema

Ids = tuple[str, ...]

_TYPES: Mapping[str, Type] = {
    "bool": Type.BOOLEAN,
    "date": Type.DATE,
    "num": Type.NUMBER,
    "num_int": Type.NUMBER,
    "num_currency": Type.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One place of an element in the tree (Stelle)."""

    ids: Ids
    element: Group | Field
    minimum: int
    maximum: int | None

    @property
    def path(self) -> str:
        """The path as expressions write it."""
        return ".".join(self.ids)

    @property
    def type(self) -> Type:
        """The type its value has in an expression."""
        if isinstance(self.element, Group):
            return Type.BOOLEAN
        if self.element.art == "select":
            return Type.TEXT
        return _TYPES.get(self.element.datatype, Type.TEXT)


class Names:
    """All places of one schema by id and by label (Verzeichnis)."""

    def __init__(self, schema: Schema, lists: Mapping[str, CodeList] | None = None) -> None:
        self.schema = schema
        self.lists = lists or {}
        self.places: dict[str, Place] = {}
        self.by_id: dict[str, list[Place]] = {}
        self.claims: dict[tuple[str, Ids], set[str]] = {}
        """Codes the prose gives for a label of a field whose list is missing."""
        self.mended: list[str] = []
        """What was read tolerantly in the rule at hand."""
        self._by_first: dict[str, list[tuple[Ids, Place]]] | None = None
        for occurrence in schema.children:
            self._add(occurrence, ())

    def _add(self, occurrence: Occurrence, above: Ids) -> None:
        element = occurrence.element
        place = Place((*above, element.id), element, occurrence.minimum, occurrence.maximum)
        self.places[place.path] = place
        self.by_id.setdefault(element.id, []).append(place)
        if isinstance(element, Group):
            for child in element.children:
                self._add(child, place.ids)

    @property
    def by_first(self) -> Mapping[str, Sequence[tuple[Ids, Place]]]:
        """All labels as stems, longest first, by their first stem; made when first asked for."""
        if self._by_first is None:
            made: dict[str, list[tuple[Ids, Place]]] = {}
            for place in self.places.values():
                for stems in labels_of(place.element):
                    made.setdefault(stems[0], []).append((stems, place))
            for entries in made.values():
                entries.sort(key=lambda entry: -len(entry[0]))
            self._by_first = made
        return self._by_first

    def entries(self, place: Place) -> tuple[CodeEntry, ...] | None:
        """Return the values a field may have; None when any, or when the list is missing."""
        element = place.element
        if isinstance(element, Group):
            return None
        if element.options:
            return element.options
        if element.code_list is None:
            return None
        found = element.code_list.pick(self.lists)
        return None if found is None else found.entries


def labels_of(element: Group | Field) -> tuple[Ids, ...]:
    """Return the name and the labels of an element as stems, without empty ones."""
    found = (stems_of(text) for text in (element.name, element.label, element.output_label))
    return tuple(dict.fromkeys(stems for stems in found if stems))


def stems_of(text: str) -> Ids:
    """Return the stems of the words of a text."""
    return tuple(stem(word) for word in words_of(text))


class Scope:
    """The schema as a rule of one owner sees it (Sichtbereich)."""

    def __init__(self, names: Names, owner: Ids, itself: Ids = ()) -> None:
        self.names = names
        self.owner = owner
        self.itself = names.places.get(".".join(itself or owner))
        """The field or group whose rule it is; None for rules of the schema."""

    def find(self, ids: Ids) -> Place:
        """Return the place meant by an id or a path; refuse what is unknown or ambiguous."""
        places = self.names.by_id.get(ids[-1], [])
        fitting = [p for p in places if p.ids[-len(ids) :] == ids]
        if not fitting:
            fitting = [p for p in places if _in_order(ids, p.ids)]
        if len(ids) > 1 and ids[0] == self.names.schema.id:
            exact = self.names.places.get(".".join(ids[1:]))
            return exact if exact is not None else self.find(ids[1:])
        if not fitting and len(ids) > 2:
            # A wrong group at the front, but what follows stands at one place only.
            fitting = [p for p in places if p.ids[-len(ids) + 1 :] == ids[1:]]
            if len(fitting) == 1:
                said = ".".join(ids)
                self.names.mended.append(f"{said} gibt es nicht; gelesen als {fitting[0].path}.")
                return fitting[0]
            return self._unknown(ids)
        if not fitting:
            return self._unknown(ids)
        return self._nearest(fitting, ".".join(ids))

    def _nearest(self, places: Sequence[Place], said: str) -> Place:
        if len(places) == 1:
            return places[0]
        for depth in range(len(self.owner), -1, -1):
            base = self.owner[:depth]
            inside = [p for p in places if p.ids[:depth] == base]
            if inside:
                least = min(len(p.ids) for p in inside)
                nearest = [p for p in inside if len(p.ids) == least]
                if len(nearest) > 1:
                    raise ContradictionError(f"{said} gibt es hier an mehreren Stellen.")
                return nearest[0]
        raise ContradictionError(f"{said} gibt es hier nicht.")

    def _unknown(self, ids: Ids) -> Place:
        said = ".".join(ids)
        raise ContradictionError(f"{said} gibt es in diesem Datenschema nicht.")

    def by_label(self, text: str) -> Place | None:
        """Return the one place that bears this label; None when there is none or several."""
        stems = stems_of(text)
        if not stems:
            return None
        found = [p for known, p in self.names.by_first.get(stems[0], ()) if known == stems]
        return self.pick(found)

    def pick(self, found: Sequence[Place]) -> Place | None:
        """Return the nearest of the places, None when that is not one."""
        try:
            return self._nearest(list(dict.fromkeys(found)), "") if found else None
        except ContradictionError:
            return None

    def is_value(self, place: Place, text: str) -> bool:
        """Tell whether a quoted text is a value of the field and not its label."""
        stems = stems_of(text)
        if stems in labels_of(place.element):
            return False
        known = self.names.entries(place)
        if known is None:
            # The list is missing, but "02 Halter" begins with a code as no label does.
            select = isinstance(place.element, Field) and place.element.art == "select"
            return select and re.match(r"\d+\s+\D", text) is not None
        return any(
            stems in (stems_of(entry.label), stems_of(f"{entry.code} {entry.label}"))
            for entry in known
        )

    def check_label(self, place: Place, label: str) -> None:
        """Refuse an id whose label in the prose is the name of another element."""
        stems = stems_of(label)
        if not stems or stems in labels_of(place.element):
            return
        entries = self.names.by_first.get(stems[0], ())
        others = {p.element.id for known, p in entries if known == stems}
        if others and place.element.id not in others:
            other = ", ".join(sorted(others))
            raise ContradictionError(f"{place.element.id} heißt nicht „{label}“; so heißt {other}.")


def _in_order(ids: Ids, path: Ids) -> bool:
    at = iter(path)
    return all(each in at for each in ids)


def element_at(names: Names, owner: str, ids: Ids) -> str | None:
    """Return the path of an element named by id or path at the place of an owner, else None."""
    try:
        return Scope(names, tuple(owner.split(".")) if owner else ()).find(ids).path
    except ContradictionError:
        return None
