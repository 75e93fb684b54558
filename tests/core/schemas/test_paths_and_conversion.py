"""Elements are found by path; conversion says what it leaves behind and maps the rest."""

from __future__ import annotations

import json

import pytest

from gemeinwerk.core.schemas import (
    Group,
    SchemaRefusedError,
    convert,
    element_at,
    element_paths,
    message,
    newer,
    read_message,
    read_schema,
    schema_of,
    version_key,
    write_message,
    xdf2,
    xdf3,
)
from gemeinwerk.core.schemas.words import Code, Identification
from tests.core.schemas.schema_samples import XDF2, field, group, occurs, schema


def test_a_group_inside_itself_has_a_path_of_its_own():
    inner = group(occurs(field("F99000001")), number="G99000001")
    outer = group(occurs(inner), occurs(field("F99000001")), number="G99000001")
    read = read_schema(schema(occurs(outer)))
    assert [path for path, _ in element_paths(read)] == [
        "G99000001",
        "G99000001.G99000001",
        "G99000001.G99000001.F99000001",
        "G99000001.F99000001",
    ]
    found = element_at(read, "G99000001.G99000001")
    assert isinstance(found, Group)
    assert len(found.children) == 1
    assert element_at(read, "G99000001.F99000001.F99000001") is None
    assert element_at(read, "G99000002") is None


def test_a_message_gives_the_same_schema_as_its_file():
    data = schema(occurs(group(occurs(field(more="<inhalt>a</inhalt>")), more="")))
    assert schema_of(read_message(data)) == read_schema(data)


@pytest.mark.parametrize(("one", "other"), [("1.10", "1.9"), ("2.0.0", "1.99.99"), ("1.0", "")])
def test_versions_count_by_number(one: str, other: str):
    assert newer(one, other)
    assert not newer(other, one)
    assert version_key("1.0") == version_key("1.0.0")


# -- conversion --------------------------------------------------------------------------------


def fields_message(**values: object) -> xdf3.FieldMessage:
    said = {
        "identification": Identification(id="F99000001", version="1.2.0"),
        "release_status": Code(list_version="2022-07-12", code="6"),
        "field_kind": Code(code="input"),
        "datatype": Code(code="text"),
        "prefill": Code(code="keine"),
    }
    return xdf3.FieldMessage(field=xdf3.Field(**(said | values)))  # type: ignore[arg-type]  # by name


def older(content: xdf3.FieldMessage) -> tuple[xdf2.Field, set[str]]:
    made, findings = convert(message(content), to="xdf2")
    assert isinstance(made.content, xdf2.FieldMessage)
    assert made.content.field is not None
    told = {f"{each.code}:{each.params.get('what', '')}".removeprefix("schema.convert_")
            for each in findings}  # fmt: skip
    return made.content.field, told - {"changed_at:"}


def test_what_version_2_cannot_hold_is_told():
    content = fields_message(
        identification=Identification(id="F99000001", version="1.2.3"),
        release_status=Code(list_version="2022-07-12", code="5"),
        field_kind=Code(code="locked"),
        datatype=Code(code="datetime"),
        prefill=Code(code="optional"),
        values=xdf3.ValueList(items=(xdf3.Value(code="1", name="a"),)),
        code_column="k",
        max_size="5",
        media_types=("a/b",),
        keywords=(xdf3.Keyword(text="a", uri="urn:a"),),
        legal_basis=(xdf3.LegalReference(text="§ 1", link="x"), xdf3.LegalReference(text="§ 2")),
    )
    made, told = older(content)
    assert told == {
        "lost:version", "lost:vorbefuellung", "lost:codeKey", "lost:maxSize", "lost:mediaType",
        "lost:stichwort", "lost:bezug/link", "status:", "code:", "values:",
    }  # fmt: skip
    assert made.identification == Identification(id="F99000001", version="1.2")
    assert made.field_kind is not None
    assert made.datatype is not None
    assert (made.field_kind.code, made.datatype.code) == ("input", "text")
    assert made.legal_basis == "§ 1\n§ 2"


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (xdf3.Precision(min_length="1", pattern="–"), '{"minLength": "1", "pattern": "\\u2013"}'),
        (xdf3.Precision(text="höchstens drei"), "höchstens drei"),
        (None, ""),
    ],
)  # fmt: skip
def test_limits_go_there_and_back(limits: xdf3.Precision | None, text: str):
    content = fields_message(precision=limits)
    made, _ = older(content)
    assert made.precision == text
    back, _ = convert(message(xdf2.FieldMessage(field=made)), to="xdf3")
    assert isinstance(back.content, xdf3.FieldMessage)
    assert back.content.field is not None
    assert back.content.field.precision == limits


@pytest.mark.parametrize(
    ("said", "kept", "told"),
    [
        ('{"minLength":1,"maxLength":"55"}', {"min_length": "1", "max_length": "55"}, False),
        ('{"minLength":"","pattern":null}', {}, False),
        ('{"maxLength":0}', {"text": '{"maxLength":0}'}, True),
        ('{"a":1,"minValue":3}', {"text": '{"a":1,"minValue":3}', "min_value": "3"}, True),
        ("[" * 5000, {"text": "[" * 5000}, True),
    ],
)
def test_precision_of_version_2(said: str, kept: dict[str, str], told: bool):
    old = xdf2.FieldMessage(field=xdf2.Field(precision=said))
    made, findings = convert(message(old), to="xdf3")
    assert isinstance(made.content, xdf3.FieldMessage)
    assert made.content.field is not None
    expected = xdf3.Precision(**kept) if kept else None
    assert made.content.field.precision == expected
    assert any(each.code == "schema.convert_precision" for each in findings) == told


@pytest.mark.parametrize(
    ("old", "new"), [("inVorbereitung", "2"), ("aktiv", "6"), ("inaktiv", "7")]
)
def test_status_goes_there_and_back(old: str, new: str):
    first = read_message(
        schema(occurs(field(standard=XDF2)), standard=XDF2).replace(b"aktiv", old.encode())
    )
    made, _ = convert(first, to="xdf3")
    assert schema_of(made).status == new
    back, _ = convert(made, to="xdf2")
    assert schema_of(back).status == old


def test_places_in_findings_are_paths():
    inner = field(standard=XDF2, more="<praezisierung>viel</praezisierung>")
    data = schema(occurs(group(occurs(inner), standard=XDF2)), standard=XDF2)
    _, findings = convert(read_message(data), to="xdf3")
    assert "G99000001.F99000001" in {each.place for each in findings}


def test_what_is_there_already_stays_and_what_has_no_counterpart_is_refused():
    one = read_message(schema(occurs(field())))
    assert convert(one, to="xdf3") == (one, ())
    with pytest.raises(SchemaRefusedError) as refusal:
        convert(message(xdf2.SyncFetch()), to="xdf3")
    assert refusal.value.code == "schema.convert_impossible"


def test_the_written_json_of_limits_is_json():
    made, _ = older(fields_message(precision=xdf3.Precision(max_value="3", pattern='"\\d')))
    assert json.loads(made.precision or "") == {"maxValue": "3", "pattern": '"\\d'}
    assert write_message(message(xdf2.FieldMessage(field=made)))
