"""What is wrong with the rules of a schema (Qualitätsbericht): unclear, contradictory, in vain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gemeinwerk.core.expressions import Expr, Type, compile_expression, dependencies, parse
from gemeinwerk.core.rules import build
from gemeinwerk.core.rules.applying import rules_for_form
from gemeinwerk.core.rules.conflicts import cases_of, said
from gemeinwerk.core.rules.model import Translation
from gemeinwerk.core.rules.scope import Names
from gemeinwerk.core.rules.translate import translate_schema
from gemeinwerk.core.schemas import CodeList, Finding, Judged, Matches, Schema, Severity

_LONGEST = 200
_MOST_PAIRS = 200  # of one element; nobody writes that many rules about one

Case = Mapping[str, object]


def judged(
    schema: Schema,
    lists: Mapping[str, CodeList] | None = None,
    matches: Matches | None = None,
    translations: Sequence[Translation] | None = None,
) -> Judged:
    """Return what `schemas.quality_of` takes beside the schema, with the findings about rules.

    `translations` saves translating the rules once more.
    """
    read = translate_schema(schema, lists) if translations is None else translations
    names = Names(schema, lists)
    unclear = tuple(_unclear(read))
    doubted = {finding.params["rule"] for finding in unclear}
    return Judged(
        lists=lists,
        executable={each.rule_id for each in read if each.rule_id not in doubted},
        matches=matches,
        rules=(*unclear, *_contradictions(read, names), *_never_shown(schema, read, names)),
    )


def _unclear(read: Sequence[Translation]) -> Iterator[Finding]:
    """Yield what was not understood, once for each rule."""
    seen: set[str] = set()
    for each in read:
        if each.status == "translated" or each.rule_id in seen:
            continue
        seen.add(each.rule_id)
        if each.status == "unclear":
            yield _finding(
                "warning", each.owner, "rule.quality_unclear",
                rule=each.rule_id, why=" ".join(each.reasons),
            )  # fmt: skip
        else:
            yield _finding(
                "warning", each.owner, "rule.quality_partly",
                rule=each.rule_id, left=" … ".join(each.left),
            )  # fmt: skip


def _contradictions(read: Sequence[Translation], names: Names) -> Iterator[Finding]:
    """Yield elements that one rule asks for where another forbids them.

    A rule that shows an element here and hides it elsewhere forbids nothing to other rules: shown
    where any rule shows it. Only rules that do nothing but take away contradict.
    """
    asked: dict[str, dict[str, Expr]] = {}
    forbidden: dict[str, dict[str, Expr]] = {}
    for each in read:
        effects: dict[str, dict[str, list[Expr]]] = {}
        for effect in each.effects:
            actions = effects.setdefault(effect.target, {})
            actions.setdefault(effect.action, []).append(effect.condition)
        for target, actions in effects.items():
            if "required" in actions:
                asked.setdefault(target, {})[each.rule_id] = build.any_of(actions["required"])
            elif "show" not in actions and (actions.keys() & {"hide", "forbidden"}):
                away = [*actions.get("hide", ()), *actions.get("forbidden", ())]
                forbidden.setdefault(target, {})[each.rule_id] = build.any_of(away)
    for target in asked.keys() & forbidden.keys():
        yield from _both(target, asked[target], forbidden[target], names)


def _both(
    target: str, asked: Mapping[str, Expr], forbidden: Mapping[str, Expr], names: Names
) -> Iterator[Finding]:
    pairs = [(one, two) for one in asked for two in forbidden if one != two]
    for one, two in pairs[:_MOST_PAIRS]:
        both = build.all_of([asked[one], forbidden[two]])
        case = _first_case(both, names, frozenset())
        if case is not None:
            when = said(case)
            code = "rule.quality_contradiction"
            yield _finding("error", target, code, one=one, two=two, when=when)
            return


def _never_shown(schema: Schema, read: Sequence[Translation], names: Names) -> Iterator[Finding]:
    """Yield elements whose conditions, with those of the groups around, never hold together."""
    form = rules_for_form(schema, read, names=names)
    # hidden with a value of its own is not in vain
    texts = {path: text for path, text in form.visible_when.items() if path not in form.defaults}
    visible = {path: parse(text) for path, text in texts.items()}
    about: dict[str, set[str]] = {}
    for each in read:
        for effect in each.effects:
            about.setdefault(effect.target, set()).add(each.rule_id)
    dead: frozenset[str] = frozenset()
    for path in (*visible, *visible):  # twice: what is asked for may turn out dead later
        above = [visible[each] for each in _lineage(path) if each in visible]
        if path in dead or any(each in dead for each in _lineage(path)):
            continue
        if _enumerable(above, names) and _first_case(build.all_of(above), names, dead) is None:
            dead |= {path}
            rules = ", ".join(sorted(about.get(path, ())))
            yield _finding("warning", path, "rule.quality_never_shown", rules=rules)


def _lineage(path: str) -> Iterator[str]:
    """Yield the paths of the groups around an element, and its own."""
    ids = path.split(".")
    for length in range(1, len(ids) + 1):
        yield ".".join(ids[:length])


def _enumerable(conditions: Sequence[Expr], names: Names) -> bool:
    """Tell whether all values that matter are known, so that "never" can be said."""
    for name in {name for each in conditions for name in dependencies(each)}:
        place = names.places.get(name)
        if place is None:
            return False
        if place.type is not Type.BOOLEAN and not names.entries(place):
            return False
    return True


def _first_case(condition: Expr, names: Names, dead: frozenset[str]) -> Case | None:
    """Return answers for which a condition holds; {} when that cannot be said."""
    cases = cases_of(dependencies(condition), [condition], names)
    if cases is None:
        return {}
    test = compile_expression(condition, None)
    for case in cases:
        alive = {
            name: None if any(each in dead for each in _lineage(name)) else value
            for name, value in case.items()
        }
        if test(alive) is True:
            return case
    return None


def _finding(severity: Severity, place: str, code: str, **params: str) -> Finding:
    return Finding(severity, place, code, {name: text[:_LONGEST] for name, text in params.items()})
