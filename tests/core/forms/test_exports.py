"""One form, many outputs: what our engine accepts the exported schemas accept, and the reverse."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from gemeinwerk.core.forms import CompiledForm, Form, compile_form, form_from_schema
from gemeinwerk.core.forms.exports import (
    from_xml,
    json_pointer,
    json_schema,
    judge,
    openapi,
    to_document,
    to_xml,
    xml_schema,
)
from gemeinwerk.project import content
from tests.core.forms.answering import TODAY, answers_for, spoiled
from tests.core.forms.form_samples import FAMILY, KINDS
from tests.core.forms.test_form_real_schemas import REAL, schema_of
from tests.paths import CONTENT

PACKAGES = sorted(path.name for path in (CONTENT / "packages").iterdir())
# What our check knows and a schema cannot say; everything else has to agree.
OURS_ALONE = {"whole", "length"}


class Judges(NamedTuple):
    """Everything that has an opinion about the answers of one form."""

    form: Form
    compiled: CompiledForm
    schema: dict[str, Any]
    json: Draft202012Validator
    xml: etree.XMLSchema


@cache
def judges(name: str) -> Judges:
    if name == "family":
        form = FAMILY
    elif name == "kinds":
        form = KINDS
    elif name in PACKAGES:
        form = content.package_in(CONTENT / "packages" / name).form
    else:
        form, _ = form_from_schema(schema_of(next(p for p in REAL if p.name == name)), {})
    schema = json_schema(form)
    Draft202012Validator.check_schema(schema)
    # The answers are judged here; evidence has tests of its own.
    required = [one for one in schema.get("required", ()) if one != "_evidence"]
    return Judges(
        form,
        compile_form(form),
        schema,
        Draft202012Validator(schema | {"required": required}),
        etree.XMLSchema(etree.fromstring(xml_schema(form))),
    )


def agree(name: str, seed: int) -> None:
    """Valid answers pass every judge and come back from every shape."""
    one = judges(name)
    answers = answers_for(one.compiled, seed)
    assert one.compiled.faults(answers, today=TODAY) == ()
    document = to_document(one.form, answers)
    judgement = judge(one.compiled, document, today=TODAY)
    assert judgement.faults == ()
    assert one.compiled.effective(judgement.answers, today=TODAY) == answers
    assert [error.message for error in one.json.iter_errors(document)] == []
    message = to_xml(one.form, answers)
    assert one.xml.validate(etree.fromstring(message)), one.xml.error_log
    back = from_xml(one.form, message)
    assert back == {key: value for key, value in answers.items() if value != "0" or key in back}


def differ(name: str, seed: int, most: int = 10_000) -> None:
    """Each spoiled document is refused by us and by the schema, at the right place."""
    one = judges(name)
    document = to_document(one.form, answers_for(one.compiled, seed))
    for number, wrong in enumerate(spoiled(one.compiled, document)):
        if number >= most:
            break
        where = json_pointer(wrong.path)
        found = [pointer for pointer, _ in judge(one.compiled, wrong.document, today=TODAY).faults]
        assert where in found, wrong
        errors = list(one.json.iter_errors(wrong.document))
        if wrong.what == "unknown":
            assert [error.validator for error in errors] == ["additionalProperties"]
        else:
            places = ["".join(f"/{step}" for step in e.absolute_path) for e in errors]
            assert where in places, (wrong, places)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("name", ["family", "kinds", *PACKAGES])
def test_valid_answers_pass_every_judge(name, seed):
    agree(name, seed)


@pytest.mark.parametrize("name", ["family", "kinds", *PACKAGES])
def test_every_mistake_is_refused_at_its_place(name):
    differ(name, 1)


@pytest.mark.parametrize("path", REAL[::16], ids=lambda path: path.name.split("_")[0])
def test_some_real_schemas_agree(path):
    agree(path.name, 0)
    differ(path.name, 0, most=60)


@pytest.mark.long
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name.split("_")[0])
def test_every_real_schema_agrees(path):
    for seed in range(4):
        agree(path.name, seed)
    differ(path.name, 2)


@pytest.mark.parametrize("name", ["family", "kinds", *PACKAGES])
def test_a_missing_answer_is_missed_by_both(name):
    one = judges(name)
    document = to_document(one.form, answers_for(one.compiled, 3))
    for member in one.schema.get("required", ()):
        if member == "_evidence":
            continue
        left = {key: value for key, value in document.items() if key != member}
        assert not one.json.is_valid(left)
        places = [pointer for pointer, _ in judge(one.compiled, left, today=TODAY).faults]
        assert any(place == f"/{member}" or place.startswith(f"/{member}/") for place in places)


@pytest.mark.parametrize("name", ["family", "kinds", *PACKAGES])
def test_openapi_holds_the_schema(name):
    form = judges(name).form
    made = openapi(form, slug="hundesteuer")
    assert made["openapi"] == "3.1.0"
    path = made["paths"]["/services/hundesteuer/applications"]["post"]
    assert {"201", "409", "413", "415", "422", "429"} <= set(path["responses"])
    assert made["components"]["schemas"]["Application"]["$id"] == json_schema(form)["$id"]
    assert json.loads(json.dumps(made)) == made


def test_numbers_of_a_document_stay_exact():
    form = judges("family").form
    answers = answers_for(judges("family").compiled, 2) | {"G99000901.F5": "0.07"}
    text = json.dumps(to_document(form, answers))
    exact = json.loads(text, parse_float=Decimal)
    plain = json.loads(text)
    for document in (exact, plain):
        read = judge(judges("family").compiled, document, today=TODAY)
        assert read.answers["G99000901.F5"] == "0.07"
