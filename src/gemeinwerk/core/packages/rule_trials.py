"""Shows what a rule changes: a few example answers, and the questions before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice, product

from gemeinwerk.core.expressions import Expr, compile_expression, dependencies
from gemeinwerk.core.forms import CompiledForm, Field, Form, Group, Node
from gemeinwerk.core.rules import Effect, Names, domain
from gemeinwerk.core.rules.model import ALWAYS_LAND

MOST_EXAMPLES = 3
MOST_TRIES = 4_000
MOST_QUESTIONS = 24
"""An example shows what changes and what stands beside it, not a whole long page."""
_SAMPLES = {
    "integer": "1",
    "decimal": "1",
    "money": "1.00",
    "date": "2020-01-15",
    "boolean": "true",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the page in an example; None where it is not asked, else if needed."""

    path: str
    label: str
    before: bool | None
    after: bool | None
    answer: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether the rule makes a difference here."""
        return self.before is not self.after


@dataclass(frozen=True, slots=True)
class Example:
    """One set of answers (Beispiel) with what the page asks, and what is told anew."""

    answers: Mapping[str, str]
    questions: tuple[Question, ...]
    messages: tuple[str, ...]


def examples(
    effects: Sequence[Effect],
    before: CompiledForm,
    after: CompiledForm,
    names: Names,
    *,
    today: date,
    land: str = "",
) -> tuple[Example, ...]:
    """Return a few examples that switch the effects on and off, most telling first."""
    conditions = [effect.condition for effect in effects]
    targets = [effect.target for effect in effects]
    found = [
        _example(answers, targets, before, after, today)
        for answers in _cases(conditions, names, after.form, today, land)
    ]
    found.sort(key=lambda one: -sum(each.changed for each in one.questions) - len(one.messages))
    return tuple(found)


def _cases(
    conditions: Sequence[Expr], names: Names, form: Form, today: date, land: str
) -> Iterator[dict[str, str]]:
    """Yield answers under which the conditions hold or not, each combination once."""
    used = sorted(frozenset().union(*(dependencies(each) for each in conditions)))
    given: dict[str, Sequence[object]] = {"today": [today], ALWAYS_LAND: [land or None]}
    domains = [given.get(name) or domain(name, conditions, names)[:40] for name in used]
    tests = [compile_expression(each, None) for each in conditions]
    nodes = dict(_placed(form))
    seen: dict[tuple[bool, ...], None] = {}
    for values in islice(product(*domains), MOST_TRIES):
        case = dict(zip(used, values, strict=True))
        held = tuple(test(case) is True for test in tests)
        if held not in seen:
            seen[held] = None
            yield _answers(case, nodes)
        if len(seen) == MOST_EXAMPLES:
            return


def _answers(case: Mapping[str, object], nodes: Mapping[str, Node]) -> dict[str, str]:
    found: dict[str, str] = {}
    for path, value in case.items():
        node = nodes.get(path)
        if node is None or value is None:
            continue
        if isinstance(node, Group):
            first = next(_leaves(node, path), None)
            if first is not None:
                _put(found, first[0], _sample(first[1]), nodes)
        else:
            _put(found, path, _canonical(value), nodes)
    return found


def _put(found: dict[str, str], path: str, text: str, nodes: Mapping[str, Node]) -> None:
    """Put an answer in, in the first instance of whatever is repeated."""
    name = ""
    parts = path.split(".")
    for end, part in enumerate(parts, start=1):
        name = f"{name}.{part}" if name else part
        node = nodes.get(".".join(parts[:end]))
        if node is not None and (node.maximum is None or node.maximum > 1):
            found[f"{name}[]"] = "1"
            name += "[0]"
    found[name] = text


def _canonical(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _sample(field: Field) -> str:
    return field.options[0].code if field.options else _SAMPLES.get(field.kind, "Beispiel")


def _leaves(group: Group, path: str) -> Iterator[tuple[str, Field]]:
    for node in group.nodes:
        inside = f"{path}.{node.id}"
        if isinstance(node, Group):
            yield from _leaves(node, inside)
        elif node.kind != "note" and not node.locked and not node.hidden:
            yield inside, node


def _placed(form: Form) -> Iterator[tuple[str, Node]]:
    def walk(nodes: Sequence[Node], around: str) -> Iterator[tuple[str, Node]]:
        for node in nodes:
            path = f"{around}.{node.id}" if around else node.id
            yield path, node
            if isinstance(node, Group):
                yield from walk(node.nodes, path)

    for page in form.pages:
        yield from walk(page.nodes, "")


def _example(
    answers: dict[str, str],
    targets: Sequence[str],
    before: CompiledForm,
    after: CompiledForm,
    today: date,
) -> Example:
    was, now = _asked(before, answers, today), _asked(after, answers, today)
    sources = {_plain(name) for name in answers}
    questions = [
        Question(path, node.label, was.get(path), now.get(path), answers.get(path, ""))
        for path, node in _placed(after.form)
        if isinstance(node, Field)
        and (path in sources or was.get(path) is not now.get(path) or _beside(path, targets))
    ]
    documents = {spec.key: spec.label for spec in after.form.evidence}
    questions += [
        Question(key, label, was.get(key), now.get(key))
        for key, label in documents.items()
        if any(key == target or key.startswith(target + ".") for target in targets)
    ]
    shown = {_plain(each.path): each for each in questions}
    if len(shown) > MOST_QUESTIONS:
        shown = {path: one for path, one in shown.items() if one.changed or path in sources}
    kept = tuple(shown.values())[:MOST_QUESTIONS]
    return Example(answers, kept, _messages(before, after, answers, today))


def _beside(path: str, targets: Sequence[str]) -> bool:
    """Tell whether a question stands next to a target, or right inside it."""
    around = path.rpartition(".")[0]
    return any(around in (target, target.rpartition(".")[0]) for target in targets)


def _asked(form: CompiledForm, answers: Mapping[str, str], today: date) -> dict[str, bool]:
    """Return what is asked with these answers, and whether it is needed."""
    found: dict[str, bool] = {}

    def walk(nodes: Sequence[Mapping[str, object]]) -> None:
        for node in nodes:
            if node["type"] == "field":
                found[_plain(str(node["name"]))] = bool(node.get("required"))
            for inner in ("nodes", "instances"):
                inside = node.get(inner)
                if isinstance(inside, Sequence):
                    walk([each for each in inside if isinstance(each, Mapping) and "type" in each])
                    for each in inside:
                        if isinstance(each, Mapping) and "type" not in each:
                            walk(each["nodes"])

    for page_id in form.route(answers, today=today):
        walk(form.page_view(page_id, answers, today=today)["nodes"])
    found.update({_plain(one.key): one.required for one in form.evidence(answers, today=today)})
    return found


def _messages(
    before: CompiledForm, after: CompiledForm, answers: Mapping[str, str], today: date
) -> tuple[str, ...]:
    """Return what only the rule tells: messages of checks."""

    def told(form: CompiledForm) -> list[str]:
        faults = form.faults(answers, today=today)
        return [str(one.params["message"]) for one in faults if one.code == "answer.check_failed"]

    known = set(told(before))
    return tuple(dict.fromkeys(text for text in told(after) if text not in known))


def _plain(name: str) -> str:
    return "".join(
        part.partition("]")[2] if at else part for at, part in enumerate(name.split("["))
    )
