"""Finds prose that contradicts itself: shown and hidden at once, conditions that are never met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from gemeinwerk.core.expressions import (
    Call,
    Compare,
    Evaluate,
    Expr,
    ExpressionError,
    Literal,
    Name,
    Type,
    compile_expression,
    dependencies,
    infer,
    walk,
)
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.lexicon import LANDS
from gemeinwerk.core.rules.model import ALWAYS_LAND, Effect
from gemeinwerk.core.rules.scope import Names

MOST_CASES = 2_000
_TODAY = date(2026, 1, 15)
_POSITIVE = frozenset({"show", "required"})
_SAMPLED = frozenset({"is_given", "years_between"})
_NEGATIVE = frozenset({"hide", "forbidden"})


def types_of(names: Names) -> Mapping[str, Type]:
    """Return the types of all names a rule may use."""
    types = {path: place.type for path, place in names.places.items()}
    return {**types, "today": Type.DATE, ALWAYS_LAND: Type.TEXT}


def contradictions(effects: Sequence[Effect], names: Names) -> list[str]:
    """Return in German what cannot be meant so; empty when all is well."""
    found: list[str] = []
    by_target: dict[str, list[Effect]] = {}
    types = _Types(names)
    for effect in effects:
        try:
            infer(effect.condition, types)
        except ExpressionError as wrong:
            found.append(f"Die Bedingung passt nicht zu den Feldern ({wrong.code}).")
            continue
        if effect.action != "validation":
            by_target.setdefault(effect.target, []).append(effect)
        if _never(effect.condition, names):
            found.append("Eine Bedingung kann nie zutreffen.")
    for target, group in by_target.items():
        found += _both(target, group, names)
    return found


class _Types(dict[str, Type]):
    """The types of all names, looked up without copying them."""

    def __init__(self, names: Names) -> None:
        super().__init__({"today": Type.DATE, ALWAYS_LAND: Type.TEXT})
        self._places = names.places

    def __missing__(self, name: str) -> Type:
        return self._places[name].type

    def __contains__(self, name: object) -> bool:
        return name in self._places or super().__contains__(name)


def _both(target: str, group: Sequence[Effect], names: Names) -> list[str]:
    yes = [effect.condition for effect in group if effect.action in _POSITIVE]
    no = [effect.condition for effect in group if effect.action in _NEGATIVE]
    if not yes or not no:
        return []
    both = build.all_of([build.any_of(yes), build.any_of(no)])
    cases = cases_of(dependencies(both), [both], names)
    if cases is None:
        return []
    positive, negative = _ready(build.any_of(yes)), _ready(build.any_of(no))
    for case in cases:
        if positive(case) is True and negative(case) is True:
            element = target.rpartition(".")[2]
            return [f"{element} wäre bei {said(case)} zugleich anzuzeigen und nicht anzuzeigen."]
    return []


def said(case: Mapping[str, object]) -> str:
    """Return answers as a person says them."""
    parts = [
        f"{name.rpartition('.')[2]} = {_word(value)}"
        for name, value in case.items()
        if name != "today"
    ]
    return ", ".join(parts) or "jedem Wert"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    return "(leer)" if value is None else str(value)


def _never(condition: Expr, names: Names) -> bool:
    used = dependencies(condition)
    if not used:
        return condition == Literal(value=False)
    cases = cases_of(used, [condition], names)
    if cases is None:
        return False
    if any(isinstance(n, Call) and n.function not in _SAMPLED for n in walk(condition)):
        return False  # the cases hold no lengths, sums and spans of days to judge it by
    test = _ready(condition)
    return not any(test(case) is True for case in cases)


def _ready(condition: Expr) -> Evaluate:
    return compile_expression(condition, None)


def cases_of(
    used: frozenset[str], exprs: Sequence[Expr], names: Names
) -> list[dict[str, object]] | None:
    """Return all combinations of values that matter; None when there are too many."""
    order = sorted(used)
    domains = [domain(name, exprs, names) for name in order]
    number = 1
    for values in domains:
        number *= len(values)
        if number > MOST_CASES:
            return None
    return [dict(zip(order, values, strict=True)) for values in product(*domains)]


def domain(name: str, exprs: Sequence[Expr], names: Names) -> list[object]:
    """Return the values of a name that can make a difference; always also "not answered"."""
    if name == "today":
        return [_TODAY]
    if name == ALWAYS_LAND:
        return [*sorted(set(LANDS.values())), None]
    place = names.places.get(name)
    if place is None:
        return [None]
    if place.type is Type.BOOLEAN:
        is_field = not hasattr(place.element, "children")
        return [True, False, None] if is_field else [True, None]
    entries = names.entries(place)
    if entries is not None and len(entries) <= 60:
        return [*(entry.code for entry in entries), None]
    return [*_around(name, exprs, place.type), None]


def _around(name: str, exprs: Sequence[Expr], kind: Type) -> list[object]:
    """Return the constants a name is compared with, and values on both sides of them."""
    constants = {
        literal.value
        for expr in exprs
        for node in walk(expr)
        if isinstance(node, Compare) and _speaks_of(node, name)
        for literal in _literals(node)
        if literal.value is not None
    }
    match kind:
        case Type.NUMBER:
            numbers = {c for c in constants if isinstance(c, Decimal)} or {Decimal(1)}
            near = {n + step for n in numbers for step in (-1, 0, 1)}
            return list[object](sorted(near | {Decimal(2020)}))
        case Type.DATE:
            days = [date(2026 - years, 1, 15) for years in (0, 1, 10, 17, 18, 19, 70)]
            return [*days, date(2026, 6, 1)]
        case _:
            return [*sorted(str(c) for c in constants), "\N{HORIZONTAL ELLIPSIS}"]


def _speaks_of(node: Compare, name: str) -> bool:
    return any(isinstance(part, Name) and part.path == name for part in walk(node))


def _literals(node: Compare) -> list[Literal]:
    return [part for part in walk(node) if isinstance(part, Literal)]
