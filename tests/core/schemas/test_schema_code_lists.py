"""Code lists in genericode read whatever their columns are called."""

from __future__ import annotations

import pytest

from gemeinwerk.core.schemas import (
    CodeListRef,
    SchemaRefusedError,
    code_list_from_document,
    document,
    read_code_list,
)
from tests.core.schemas.schema_samples import XDF2, code_list, column, row

KEYS = (
    '<Key Id="codeKey"><ColumnRef Ref="{}"/></Key><Key Id="codenameKey"><ColumnRef Ref="{}"/></Key>'
).format


def pairs(data: bytes, **columns: str) -> list[tuple[str, str]]:
    return [(entry.code, entry.label) for entry in read_code_list(data, **columns).entries]


def test_keys_of_the_list_decide():
    columns = column("name") + column("x1") + KEYS("x1", "name")
    assert pairs(code_list(columns, row(name="Rot", x1="r"))) == [("r", "Rot")]


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("code", "name"),
        ("Schlüssel", "Bezeichnung"),
        ("schluessel-staat", "staatenname"),
        ("Code", "Beschreibung"),
        ("farbe_code", "farbe_bezeichnung"),
        ("a", "b"),
    ],
)
def test_usual_and_odd_column_names_are_found(code: str, label: str):
    first = code_list(column(code) + column(label), row(**{code: "r", label: "Rot"}))
    assert pairs(first) == [("r", "Rot")]


def test_the_order_of_the_columns_does_not_matter_when_names_tell():
    data = code_list(column("name") + column("code"), row(name="Rot", code="r"))
    assert pairs(data) == [("r", "Rot")]


def test_the_field_may_name_columns_and_is_told_when_they_are_missing():
    data = code_list(
        column("code") + column("name") + column("kurz"), row(code="1", name="Rot", kurz="r")
    )
    assert pairs(data, code_column="kurz") == [("r", "Rot")]
    read = read_code_list(data, label_column="lang")
    assert [finding.code for finding in read.findings] == ["schema.code_list_column_missing"]
    assert read.entries[0].label == "Rot"


def test_values_without_reference_stand_in_the_next_column():
    value = "<Value><SimpleValue>{}</SimpleValue></Value>".format
    data = code_list(column("code") + column("name"), f"<Row>{value('r')}{value('Rot')}</Row>")
    assert pairs(data) == [("r", "Rot")]


def test_a_list_of_one_column_uses_the_code_as_label():
    assert pairs(code_list(column("code"), row(code="r"))) == [("r", "r")]


def test_help_is_read_when_there_is_a_column_for_it():
    data = code_list(
        column("code") + column("name") + column("Hinweis"),
        row(code="r", name="Rot", Hinweis="warm"),
    )
    assert read_code_list(data).entries[0].help == "warm"


def test_twins_and_rows_without_code_are_noted():
    data = code_list(
        column("code") + column("name"),
        row(code="r", name="Rot"),
        row(code="r", name="Rot"),
        row(code="r", name="Rosa"),
        row(name="Ohne"),
    )
    read = read_code_list(data)
    assert [entry.label for entry in read.entries] == ["Rot"]
    assert [finding.code for finding in read.findings] == [
        "schema.code_twice",
        "schema.code_list_row",
    ]


def test_an_empty_list_is_read_with_an_error():
    read = read_code_list(code_list(column("code")))
    assert [(f.severity, f.code) for f in read.findings] == [("error", "schema.code_list_empty")]


def test_children_without_namespace_are_the_official_form():
    data = code_list(column("code"), row(code="r"))
    official = data.replace(b"<CodeList xmlns=", b"<gc:CodeList xmlns:gc=").replace(
        b"</CodeList>", b"</gc:CodeList>"
    )
    assert pairs(official) == [("r", "r")]


def test_a_list_inside_a_message_of_version_2():
    inner = code_list(column("code"), row(code="r")).decode()
    data = (
        f'<xdatenfelder.codeliste.0105 xmlns="{XDF2}"><codeliste><genericode>{inner}'
        "</genericode></codeliste></xdatenfelder.codeliste.0105>"
    )
    assert pairs(data.encode()) == [("r", "r")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<CodeList/>", "schema.no_code_list"),
        (b"<a/>", "schema.no_code_list"),
        (f'<xdatenfelder.codeliste.0105 xmlns="{XDF2}"/>'.encode(), "schema.no_code_list"),
        (code_list("", row(code="r")), "schema.code_list_columns"),
        (b"<!DOCTYPE a><a/>", "schema.doctype"),
        (code_list("")[:-4], "schema.truncated"),
    ],
)
def test_what_is_no_code_list_is_refused(data: bytes, code: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        read_code_list(data, name="liste.xml")
    assert refusal.value.code == code
    assert refusal.value.params["file"] == "liste.xml"


def test_a_reference_picks_its_version_before_any_other():
    read = read_code_list(code_list(column("code"), row(code="r")))
    assert (read.key, read.uri, read.name) == ("urn:muster:farben_1", "urn:muster:farben", "Farben")
    assert CodeListRef("urn:muster:farben", "1").pick({read.key: read}) is read
    assert CodeListRef("urn:muster:farben", "2").pick({read.key: read}) is None
    assert CodeListRef("urn:muster:farben", "2").pick({read.uri: read}) is read


def test_a_list_comes_back_from_its_document():
    read = read_code_list(code_list(column("code"), row(code="r"), row(name="Ohne")))
    assert code_list_from_document(document(read)) == read
    with pytest.raises(SchemaRefusedError):
        code_list_from_document({"uri": 3})
