"""Conditions in JSON Schema ask for the same answers as the form itself; tables and messages."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree

from gemeinwerk.core.forms import Check, EvidenceSpec, Field, Group, Option, compile_form
from gemeinwerk.core.forms.exports import (
    MessageRefusedError,
    csv_columns,
    csv_table,
    from_xml,
    json_schema,
    judge,
    message_namespace,
    read_evidence,
    safe_cell,
    to_document,
    to_xml,
    xml_schema,
)
from tests.core.forms.answering import TODAY, answers_for
from tests.core.forms.form_samples import FAMILY, form_of, page_of

YES_NO = {"kind": "boolean", "minimum": 0}
KINDS = (Option(code="a", label="A"), Option(code="b", label="B"), Option(code="c", label="C"))
FORM = form_of(
    page_of(
        Field(id="A", label="A", **YES_NO),
        Field(id="B", label="B", kind="choice", options=KINDS, minimum=0),
        Field(id="N", label="N", kind="integer", minimum=0),
        Field(id="D", label="D", kind="choice", options=KINDS, default="b", minimum=0),
        Field(id="R1", label="R1", visible_when="A = true"),
        Field(id="R2", label="R2", visible_when='B in ["a", "b"] and N > 2'),
        Field(id="R3", label="R3", minimum=0, required_when='not A or B = "c"'),
        Field(id="R4", label="R4", visible_when='D = "b"'),
        Field(id="R5", label="R5", visible_when="is_given(N) and not (N <= 3)"),
        Field(id="R6", label="R6", visible_when='B != "a"'),
        Group(
            id="G",
            label="G",
            minimum=0,
            nodes=(
                Field(id="X", label="X"),
                Field(id="Y", label="Y", visible_when='B = "a"'),
                Field(id="Z", label="Z", visible_when='X = "ja"'),
            ),
        ),
        Group(
            id="L",
            label="L",
            minimum=0,
            maximum=2,
            nodes=(
                Field(id="P", label="P", **YES_NO),
                Field(id="Q", label="Q", visible_when="P"),
                Field(id="S", label="S", visible_when="A"),
            ),
        ),
    )
)
COMPILED, SCHEMA = compile_form(FORM), json_schema(FORM)
VALIDATOR = Draft202012Validator(SCHEMA)


def some(**members: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries({}, optional=members)


text = st.sampled_from(["ja", "x"])
documents = some(
    A=st.booleans(),
    B=st.sampled_from("abc"),
    N=st.integers(0, 6),
    D=st.sampled_from("abc"),
    **dict.fromkeys(("R1", "R2", "R3", "R4", "R5", "R6"), text),
    G=some(X=text, Y=text, Z=text),
    L=st.lists(some(P=st.booleans(), Q=text, S=text), max_size=2),
)


@given(documents)
def test_what_the_schema_takes_we_take_and_mostly_the_reverse(document):
    judgement = judge(COMPILED, document, today=TODAY)
    if VALIDATOR.is_valid(document):
        assert judgement.faults == ()
    elif judgement.faults == ():
        # Documented: an optional group that is there but empty is no fault for us.
        assert document.get("G") == {} or judgement.set_aside
    else:
        assert judgement.faults


@given(documents)
def test_what_we_miss_the_schema_misses(document):
    missing = {
        pointer
        for pointer, fault in judge(COMPILED, document, today=TODAY).faults
        if fault.code.startswith("answer.required")
    }
    told = set()
    for error in VALIDATOR.iter_errors(document):
        if error.validator == "required":
            place = "".join(f"/{step}" for step in error.absolute_path)
            told |= {
                f"{place}/{name}" for name in error.validator_value if name not in error.instance
            }
    assert missing <= told


def test_what_no_schema_can_say_is_annotated():
    form = form_of(
        page_of(
            Field(id="A", label="A", kind="date"),
            Field(id="B", label="B", visible_when="years_between(A, today) >= 18"),
            Field(id="C", label="C", minimum=0, required_when="length(B) > 3", kind="money"),
        ),
        checks=(Check(key="k", path="C", holds="C < 100", message="Zu viel."),),
    )
    made = json_schema(form)
    assert made["required"] == ["A"] and "allOf" not in made
    assert made["properties"]["B"]["x-visibleWhen"] == "years_between(A, today) >= 18"
    assert made["properties"]["C"]["x-requiredWhen"] == "length(B) > 3"
    assert made["x-checks"][0]["message"] == "Zu viel."
    Draft202012Validator.check_schema(made)


def test_evidence_is_described_and_read():
    specs = (
        EvidenceSpec(key="card", label="Ausweis", accepts=("application/pdf",)),
        EvidenceSpec(key="photo", label="Foto", required=False, may_follow=False),
    )
    form = form_of(page_of(Field(id="A", label="A")), evidence=specs)
    made = json_schema(form)["properties"]["_evidence"]
    assert made["required"] == ["card"]
    content = made["properties"]["card"]["properties"]["files"]["items"]["properties"]["content"]
    assert content["contentMediaType"] == "application/pdf"
    assert content["contentEncoding"] == "base64"
    validator = Draft202012Validator(json_schema(form))
    for sent, codes in (
        ({"card": {"files": [{"name": "a.pdf", "content": "YQ=="}]}}, []),
        ({"card": {"follows_on": "2026-11-30"}}, []),
        ({}, ["evidence.required"]),
        ({"card": {"follows_on": "2026-12-24"}}, ["application.follow_day"]),
        ({"card": {"follows_on": "bald"}}, ["answer.not_a_date"]),
        ({"card": {"files": []}}, ["answer.not_a_list"]),
        ({"card": {"files": [{"name": "a", "content": "?"}]}}, ["evidence.not_base64"]),
        ({"card": {"files": [{"content": "YQ=="}]}}, ["answer.not_text"]),
        ({"card": 1}, ["answer.not_an_object"]),
        ({"card": {"x": 1}}, ["answer.unknown_name", "evidence.required"]),
        ("x", ["answer.not_an_object"]),
    ):
        document = {"A": "x", "_evidence": sent}
        read = read_evidence(document, specs, today=TODAY)
        assert [fault.code for _, fault in read.faults] == codes, sent
        if not codes:
            assert validator.is_valid(document)
        assert all(pointer.startswith("/_evidence") for pointer, _ in read.faults)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["A", "B", "G", "L", "X", "P", "_evidence", "a/b~c", ""]), inner,
        max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_no_document_breaks_the_reader(document):
    judgement = judge(COMPILED, document, today=TODAY)
    assert isinstance(judgement.answers, dict)
    read_evidence(document, (), today=TODAY)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"\xff\xfe",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b"x" * 13_000_000,
    ],
)
def test_what_is_no_message_is_refused(data):
    with pytest.raises(MessageRefusedError):
        from_xml(FAMILY, data)


def test_a_message_holds_only_known_elements():
    good = to_xml(FAMILY, answers_for(compile_form(FAMILY), 1))
    space = message_namespace(FAMILY)
    for wrong in (b"<m:F9>x</m:F9>", b"<G99000901/>"):
        end = good.rindex(b"</")
        with pytest.raises(MessageRefusedError):
            from_xml(FAMILY, good[:end] + wrong + good[end:])
    assert f'xmlns:m="{space}"'.encode() in good


def test_the_schema_of_the_message_has_facets():
    schema = etree.fromstring(xml_schema(FAMILY))
    names = {"s": "http://www.w3.org/2001/XMLSchema"}
    assert schema.xpath("//s:element[@name='F2']//s:minInclusive/@value", namespaces=names) == ["0"]
    assert schema.xpath("//s:enumeration/@value", namespaces=names) == ["s", "l"]
    assert schema.xpath("//s:choice/s:element/@name", namespaces=names) == ["F1", "F2"]


def test_a_table_has_a_row_each_and_no_formula():
    rows = [
        {"A": "true", "L[]": "2", "L[0].Q": "=1+1", "L[1].Q": "-5"},
        {"B": "a", "R1": "@cmd", "R2": "zwei\nZeilen; x"},
    ]
    table = list(csv.reader(io.StringIO(csv_table(FORM, rows)), delimiter=";"))
    names, labels, first, second = table
    assert names[0] == "A" and "L[1].Q" in names
    assert len(names) == len(labels) == len(first) == len(second)
    found = dict(zip(names, first, strict=True))
    assert (found["L[0].Q"], found["L[1].Q"]) == ("'=1+1", "-5")
    other = dict(zip(names, second, strict=True))
    assert (other["R1"], other["R2"]) == ("'@cmd", "zwei\nZeilen; x")
    assert [name for name, _ in csv_columns(FORM)].count("L[0].Q") == 1


@given(st.text(max_size=6))
def test_no_cell_is_a_formula(text):
    cell = safe_cell(text)
    assert cell.endswith(text)
    assert not cell.startswith(("=", "@")) and (cell == text or cell.startswith("'"))


def test_documents_nest_by_id():
    answers = answers_for(compile_form(FAMILY), 5)
    document = to_document(FAMILY, answers)
    assert document["G99000901"]["F1"] == answers["G99000901.F1"]
    assert isinstance(document["G99000901"]["F3"], bool)
