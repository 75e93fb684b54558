"""Compares translated rules with `regeln-uebersetzt` by meaning, value by value.

What equals what: "show" and "required" of ours both count as the files' `required`, "hide" and
"forbidden" as `forbidden` (an element that is shown is asked for, one that is hidden must not be
given). An edge of a file is met when ours has the same effect on the same target for every value
of the code list of its source for which the edge holds; ours is right when the converse is true.
Checks (`validation`) are equal when they hold in the same cases. The files know no Land: they are
compared as for a Land that the rule does not name. Prose that we call unclear counts as right.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from gemeinwerk.core.expressions import compile_expression, dependencies, to_text
from gemeinwerk.core.rules import Effect, Names, Translation, domain
from gemeinwerk.core.rules import element_at as find

Case = Mapping[str, object]
Test = Callable[[Case], bool]
_KINDS = {"show": "required", "required": "required", "hide": "forbidden", "forbidden": "forbidden"}
_MOST = 20_000


@dataclass(slots=True)
class Figures:
    """What the comparison found."""

    edges: int = 0
    edges_met: int = 0
    edges_unclear: int = 0
    ours: int = 0
    ours_right: int = 0
    deviations: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the files' edges that ours has, or rightly calls unclear."""
        return (self.edges_met + self.edges_unclear) / self.edges if self.edges else 1.0

    @property
    def precision(self) -> float:
        """Share of ours that the files have, among owners the files speak of."""
        return self.ours_right / self.ours if self.ours else 1.0


def compare(
    names: Names, translations: Sequence[Translation], lines: Sequence[str], figures: Figures
) -> None:
    """Add the comparison of one schema to the figures."""
    by_owner: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        edge = json.loads(line)
        if edge["certain"]:
            by_owner.setdefault(edge["rule_id"], []).append(edge)
    for owner, edges in by_owner.items():
        place = _place_of(owner, edges[0]["context"], translations)
        if place is None:
            figures.edges += len(edges)
            figures.deviations.append(f"{names.schema.id} {owner}: keine Regel an dieser Gruppe")
            continue
        mine = [t for t in translations if t.owner == place]
        _Owner(names, place, mine, edges, figures).compare()


def _place_of(
    owner: str, context: Sequence[str], translations: Sequence[Translation]
) -> str | None:
    places = [t.owner for t in translations if t.owner.rpartition(".")[2] == owner]
    wanted = ".".join(context)
    return next((p for p in places if p == wanted), places[0] if places else None)


class _Owner:
    """The comparison for one owner of rules at one place."""

    def __init__(
        self,
        names: Names,
        place: str,
        translations: Sequence[Translation],
        edges: Sequence[Mapping[str, Any]],
        figures: Figures,
    ) -> None:
        self.names, self.place, self.figures = names, place, figures
        self.translations, self.edges = translations, edges
        self.effects = [e for t in translations for e in t.effects]
        self.unclear = [t for t in translations if t.status == "unclear"]

    def compare(self) -> None:
        """Compare both ways."""
        theirs = [self._edge(edge) for edge in self.edges]
        for edge, (kind, target, test, used) in zip(self.edges, theirs, strict=True):
            self.figures.edges += 1
            if self._met(kind, target, test, used):
                self.figures.edges_met += 1
            elif (doubt := self._doubt(edge)) is not None:
                self.figures.edges_unclear += 1
                self._tell("unklar", edge["text"], kind, doubt)
            else:
                self._tell("fehlt bei uns", edge["text"], kind, self._why_missing(kind, target))
        for kind, target, effects in self._units():
            if kind != "validation" and not self._ever(effects):
                continue  # only for a Land that is named, and the files know none
            self.figures.ours += 1
            if self._right(kind, target, effects, theirs):
                self.figures.ours_right += 1
            else:
                why = "das Portal nennt es nicht oder in anderen Fällen"
                self._tell("nur bei uns", effects[0].source, kind, why)

    def _ever(self, effects: Sequence[Effect]) -> bool:
        holds, used = self._mine(effects)
        return any(holds(case) for case in self._cases(used))

    def _tell(self, what: str, text: str, kind: str, why: str) -> None:
        place = f"{self.names.schema.id} {self.place.rpartition('.')[2]}"
        self.figures.deviations.append(f"{what} ({kind}) {place}: {text} | weil: {why}")

    def _doubt(self, edge: Mapping[str, Any]) -> str | None:
        """Return why ours is unclear about what the edge says, None when it is not."""
        for translation in self.unclear:
            if self._speaks_of(translation, edge):
                return translation.reasons[0]
        return None

    def _why_missing(self, kind: str, target: str) -> str:
        if kind == "validation":
            return "unsere Prüfung gilt in anderen Fällen"
        mine = [e for e in self.effects if e.target.rpartition(".")[2] == target]
        said = "; ".join(f"{e.action} wenn {to_text(e.condition)}" for e in mine)
        return f"wir lesen: {said or 'nichts'}"

    def _speaks_of(self, translation: Translation, edge: Mapping[str, Any]) -> bool:
        wanted = edge["target_id"] or edge["source_id"] or next(_identifiers(edge["condition"]), "")
        return wanted in translation.text

    def _units(self) -> Iterator[tuple[str, str, list[Effect]]]:
        groups: dict[tuple[str, str], list[Effect]] = {}
        for number, effect in enumerate(self.effects):
            if effect.action == "validation":
                yield "validation", str(number), [effect]
            elif effect.action in _KINDS:
                key = (_KINDS[effect.action], effect.target.rpartition(".")[2])
                groups.setdefault(key, []).append(effect)
        for (kind, target), effects in groups.items():
            yield kind, target, effects

    def _edge(self, edge: Mapping[str, Any]) -> tuple[str, str, Test, frozenset[str]]:
        condition = edge["condition"]
        used = frozenset(self._path(each) for each in _identifiers(condition))
        test = _reader(condition, self._path)
        return edge["actions"][0], edge["target_id"] or "", test, used

    def _path(self, identifier: str) -> str:
        ids = tuple(identifier.removeprefix("self.").split("."))
        return find(self.names, self.place, ids) or identifier

    def _mine(self, effects: Sequence[Effect]) -> tuple[Test, frozenset[str]]:
        tests = [compile_expression(effect.condition, None) for effect in effects]
        used = frozenset[str]().union(*(dependencies(effect.condition) for effect in effects))
        return (lambda case: any(test(case) is True for test in tests)), used

    def _cases(self, used: frozenset[str]) -> Iterator[Case]:
        names = sorted(used)
        domains = [self._domain(name) for name in names]
        for number, values in enumerate(product(*domains)):
            if number > _MOST:
                break
            yield dict(zip(names, values, strict=True))

    def _domain(self, name: str) -> list[object]:
        if name == "param.land":
            return [None]
        exprs = [effect.condition for effect in self.effects]
        values = domain(name, exprs, self.names)
        asked = any(f"is_given({name})" in text or f"`{name}`" in text for text in self._texts())
        if len(values) > 2 and not asked:
            return [value for value in values if value is not None]
        return values

    def _texts(self) -> list[str]:
        mine = [to_text(effect.condition) for effect in self.effects]
        return mine + [
            f"is_given({self._path(each)})"
            for edge in self.edges
            for each in _asked_for(edge["condition"])
        ]

    def _met(self, kind: str, target: str, test: Test, used: frozenset[str]) -> bool:
        if kind == "validation":
            checks = [e for e in self.effects if e.action == "validation"]
            return any(self._same_check(test, used, effect) for effect in checks)
        mine = [
            e
            for e in self.effects
            if _KINDS.get(e.action) == kind and e.target.rpartition(".")[2] == target
        ]
        if not mine:
            return False
        holds, also_used = self._mine(mine)
        cases = self._cases(used | also_used)
        return all(holds(case) for case in cases if test(case))

    def _same_check(self, test: Test, used: frozenset[str], effect: Effect) -> bool:
        holds, also_used = self._mine([effect])
        if used != also_used:
            return False
        dates = any("is_valid_date" in str(edge["condition"]) for edge in self.edges)
        whole = dates and len(used) == 3
        domains = [_SAMPLES] * 3 if whole else None
        cases = (
            (dict(zip(sorted(used), values, strict=True)) for values in product(*domains))
            if domains
            else self._cases(used)
        )
        return all(holds(case) == test(case) for case in cases)

    def _right(
        self,
        kind: str,
        target: str,
        effects: Sequence[Effect],
        theirs: Sequence[tuple[str, str, Test, frozenset[str]]],
    ) -> bool:
        if kind == "validation":
            checks = [(test, used) for k, _, test, used in theirs if k == "validation"]
            return any(self._same_check(test, used, effects[0]) for test, used in checks)
        same = [(test, used) for k, t, test, used in theirs if k == kind and t == target]
        if not same:
            return False
        holds, used = self._mine(effects)
        every = used.union(*(each for _, each in same))
        cases = self._cases(every)
        return all(any(test(case) for test, _ in same) for case in cases if holds(case))


_SAMPLES = [Decimal(n) for n in (1, 2, 4, 12, 13, 28, 29, 30, 31, 1900, 2000, 2023, 2024)]


def _identifiers(condition: Any) -> Iterator[str]:
    match condition:
        case {"identifier": str(name)}:
            yield name
        case dict():
            for part in condition.values():
                yield from _identifiers(part)
        case list():
            for part in condition:
                yield from _identifiers(part)


def _asked_for(condition: Any) -> Iterator[str]:
    match condition:
        case {"is_empty": inner}:
            yield from _identifiers(inner)
        case dict():
            for part in condition.values():
                yield from _asked_for(part)
        case list():
            for part in condition:
                yield from _asked_for(part)


def _reader(condition: Any, path: Callable[[str], str]) -> Test:
    """Return the condition of a file as a function; an unknown operator is an error."""
    value = _value(condition, path)
    return lambda case: value(case) is True


def _value(condition: Any, path: Callable[[str], str]) -> Callable[[Case], Any]:
    match condition:
        case {"identifier": str(name)}:
            return lambda case: case.get(path(name))
        case {"not": inner}:
            part = _value(inner, path)
            return lambda case: part(case) is not True
        case {"is_empty": inner}:
            part = _value(inner, path)
            return lambda case: part(case) is None
        case {"or": list(inner)}:
            parts = [_value(each, path) for each in inner]
            return lambda case: any(part(case) is True for part in parts)
        case {"and": list(inner)}:
            parts = [_value(each, path) for each in inner]
            return lambda case: all(part(case) is True for part in parts)
        case {"xor": list(inner)}:
            parts = [_value(each, path) for each in inner]
            return lambda case: sum(part(case) is True for part in parts) == 1
        case {"is_valid_date": list(inner)}:
            parts = [_value(each, path) for each in inner]
            return lambda case: _valid(*(part(case) for part in parts))
        case dict():
            [(operator, (left, right))] = condition.items()
            return _compared(operator, _value(left, path), _value(right, path))
        case str():
            code = condition.split(" ", 1)[0] if condition[:1].isdigit() else condition
            return lambda case: code
        case bool() | None:
            return lambda case: condition
        case _:
            return lambda case: Decimal(str(condition))


def _compared(
    operator: str, left: Callable[[Case], Any], right: Callable[[Case], Any]
) -> Callable[[Case], Any]:
    def test(case: Case) -> bool:
        one, other = left(case), right(case)
        match operator:
            case "equal":
                return bool(one == other)
            case "not_equal":
                return bool(one != other)
            case "less_than" | "greater_than":
                pass
            case _:
                raise ValueError(f"unknown condition {operator}")
        if one is None or other is None:
            return True
        return bool(one < other if operator == "less_than" else one > other)

    return test


def _valid(day: Any, month: Any, year: Any) -> bool:
    if not 1 <= month <= 12:
        return False
    return bool(1 <= day <= monthrange(int(year), int(month))[1])
