"""Real schemas with their rules: valid answers are accepted, each mistake is told at its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from gemeinwerk.core.expressions import compile_expression, parse
from gemeinwerk.core.forms import CompiledForm, Field, Node, compile_form, form_from_schema
from gemeinwerk.core.forms.exports import json_pointer, judge, to_document
from gemeinwerk.core.packages import RuleDecision, RuledForm, stored, with_rules
from gemeinwerk.core.rules import Names, translate_schema
from gemeinwerk.core.schemas import COMMAND_LIMIT, CodeList, read_code_list, read_schema, unpack
from tests.core.forms.answering import TODAY, spoiled
from tests.ruled_answering import answers_under_rules
from tests.studio_files import PARKING, REAL

ALL = sorted([*REAL.glob("xdf3/*.xml*"), *REAL.glob("xdf2/*/S*.xml")])
SOME = [*PARKING.glob("S*.xml"), *REAL.glob("xdf3/S05000001299*"), *REAL.glob("xdf3/S07000000205*")]


def ruled(path: Path) -> RuledForm:
    lists: dict[str, CodeList] = {}
    for file in path.parent.glob("C*.xml"):
        one = read_code_list(file.read_bytes())
        lists[one.key] = lists[one.uri] = one
    schema = read_schema(unpack(path.read_bytes(), COMMAND_LIMIT), name=path.name)
    decisions = [
        RuleDecision(each.rule_id, each.owner, each.text, "confirmed", stored(each.effects))
        for each in translate_schema(schema, lists)
        if each.status == "translated"
    ]
    form, _ = form_from_schema(schema, lists)
    made = with_rules(form, Names(schema, lists), decisions, land="NW")
    assert len(made.acting) + len(made.misfits) == len(decisions)
    return made


def hold(made: RuledForm, seed: int, most: int) -> None:
    """Valid answers pass, every mistake is refused at its place, and so is every lack."""
    compiled = compile_form(made.form)
    answers = answers_under_rules(compiled, seed)
    assert compiled.faults(answers, today=TODAY) == ()
    document = to_document(made.form, answers)
    assert judge(compiled, document, today=TODAY).faults == ()
    for number, wrong in enumerate(spoiled(compiled, document)):
        if number == most:
            break
        found = [pointer for pointer, _ in judge(compiled, wrong.document, today=TODAY).faults]
        assert json_pointer(wrong.path) in found, wrong
    lacks(compiled, answers)


def lacks(compiled: CompiledForm, answers: dict[str, str]) -> None:
    """Take away each answer that only a rule asks for: it is missed at its path."""
    needed = {
        path: field.required_when
        for path, field in _fields(compiled)
        if field.required_when and path in answers
    }
    for path, condition in needed.items():
        left = {key: value for key, value in answers.items() if key != path}
        if not any(key.startswith(path.rpartition(".")[0] + ".") for key in left):
            continue  # nobody has begun the group any more
        values = compiled.values(left, today=TODAY)
        if compile_expression(parse(condition), None)({**values, "param.land": "NW"}) is not True:
            continue
        told = {fault.path for fault in compiled.faults(left, today=TODAY)}
        around = {path[:end] for end, sign in enumerate(path) if sign == "."} | {path}
        assert told & around, (path, condition, told)


def _fields(compiled: CompiledForm) -> Iterator[tuple[str, Field]]:
    """Yield the fields that people answer, by path, outside of choice groups."""

    def walk(nodes: Sequence[Node], around: str) -> Iterator[tuple[str, Field]]:
        for node in nodes:
            path = f"{around}.{node.id}" if around else node.id
            if isinstance(node, Field):
                if not node.hidden and not node.locked:
                    yield path, node
            elif not node.choice:
                yield from walk(node.nodes, path)

    for page in compiled.form.pages:
        yield from walk(page.nodes, "")


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.name.split("_")[0])
def test_some_real_schemas_hold_their_rules(path: Path) -> None:
    hold(ruled(path), 1, 80)


@pytest.mark.long
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.split("_")[0])
def test_every_real_schema_holds_its_rules(path: Path) -> None:
    made = ruled(path)
    for seed in range(4):
        hold(made, seed, 10_000 if seed == 2 else 40)
