"""What a schema says is read into the model; what cannot be used is noted with its place."""

from __future__ import annotations

import pytest

from gemeinwerk.core.schemas import (
    Field,
    Finding,
    Group,
    Schema,
    SchemaRefusedError,
    fields_of,
    gather_code_lists,
    read_schema,
)
from tests.core.schemas.schema_samples import XDF2, field, group, occurs, schema


def one_field(inner: str) -> Field:
    (read,) = fields_of(read_schema(schema(occurs(inner))))
    return read


def noted(read: Schema) -> set[tuple[str, str]]:
    return {(finding.place, finding.code) for finding in read.findings}


def coded(name: str, code: str) -> str:
    return f"<{name}><code xmlns=''>{code}</code></{name}>"


def rule(inner: str, number: str = "R99000001") -> str:
    key = f"<identifikation><id>{number}</id></identifikation>"
    return f"<regel>{key}<name>Regel</name>{inner}</regel>"


def test_a_sound_schema_has_no_findings():
    read = read_schema(schema(occurs(group(occurs(field())), "0:*")))
    assert read.findings == ()
    assert (read.id, read.version, read.standard, read.status) == (
        "S99000001",
        "1.0.0",
        "xdf3",
        "6",
    )
    place = read.children[0]
    assert (place.minimum, place.maximum) == (0, None)
    assert isinstance(place.element, Group)
    assert place.element.children[0].element.id == "F99000001"


@pytest.mark.parametrize(
    ("said", "meant"), [("1:1", (1, 1)), ("0:1", (0, 1)), ("1:*", (1, None)), (" 2:5 ", (2, 5))]
)
def test_multiplicity(said: str, meant: tuple[int, int | None]):
    for standard in (XDF2, schema.__kwdefaults__["standard"]):
        place = read_schema(
            schema(occurs(field(standard=standard), said), standard=standard)
        ).children[0]
        assert (place.minimum, place.maximum) == meant


@pytest.mark.parametrize("said", ["", "1", "1..3", "*:1", "3:1", "-1:2", "1:99999999999"])
def test_a_multiplicity_that_says_nothing_refuses_the_file(said: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(schema(occurs(field(), said)))
    assert refusal.value.code == "schema.bad_multiplicity"


def test_an_element_that_never_stands_is_left_out_with_a_finding():
    read = read_schema(schema(occurs(field(), "0:0"), occurs(field("F99000002"))))
    assert [each.id for each in fields_of(read)] == ["F99000002"]
    assert ("", "schema.never_given") in noted(read)


@pytest.mark.parametrize(
    ("code", "datatype"),
    [
        ("text", "text"),
        ("text_latin", "string_latin"),
        ("date", "date"),
        ("time", "time"),
        ("datetime", "datetime"),
        ("bool", "bool"),
        ("num", "num"),
        ("num_int", "num_int"),
        ("num_currency", "num_currency"),
        ("file", "file"),
        ("obj", "object"),
    ],
)
def test_datatypes(code: str, datatype: str):
    assert one_field(field(datatype=code)).datatype == datatype


@pytest.mark.parametrize("art", ["input", "label", "hidden", "locked"])
def test_kinds_of_fields(art: str):
    assert one_field(field(art=art, more="<inhalt>Text</inhalt>")).art == art


def test_unknown_codes_are_noted_and_read_as_the_nearest_thing():
    more = coded("vorbefuellung", "immer") + coded("schemaelementart", "NEU")
    inner = group(occurs(field(art="slider", datatype="geo", more=more)), more=coded("art", "Y"))
    read = read_schema(schema(occurs(inner)))
    (found,) = fields_of(read)
    assert (found.art, found.datatype, found.prefill, found.kind) == ("input", "text", "none", "")
    place = "G99000001.F99000001"
    assert noted(read) == {
        (place, "schema.unknown_field_art"),
        (place, "schema.unknown_datatype"),
        (place, "schema.unknown_prefill"),
        (place, "schema.unknown_element_kind"),
        ("G99000001", "schema.unknown_group_art"),
    }
    values = {finding.code: finding.params.get("value") for finding in read.findings}
    assert values["schema.unknown_datatype"] == "geo"


def test_prefill_kind_choice_and_file_parts():
    more = coded("vorbefuellung", "verpflichtend") + coded("schemaelementart", "HAR")
    kinds = "<mediaType>Application/PDF</mediaType><mediaType>bad</mediaType>"
    files = f"<maxSize>20000000</maxSize>{kinds}"
    inner = group(
        occurs(field(more=more)),
        occurs(field("F99000002", datatype="file", more=files)),
        more=coded("art", "X"),
    )
    read = read_schema(schema(occurs(inner)))
    first, second = fields_of(read)
    assert (first.prefill, first.kind) == ("required", "HAR")
    assert (second.media_types, second.max_size) == (("application/pdf",), 20_000_000)
    assert read.children[0].element.choice
    assert noted(read) == {("G99000001.F99000002", "schema.media_type_unreadable")}


def test_values_listed_in_the_schema_itself():
    wert = "<wert><code>{}</code><name>{}</name><hilfe>{}</hilfe></wert>".format
    values = (
        wert("1", "Ja", "Hilfe")
        + wert("1", "Doppelt", "")
        + wert("", "Ohne", "")
        + wert("2", "", "")
    )
    read = read_schema(schema(occurs(field(art="select", more=f"<werte>{values}</werte>"))))
    (found,) = fields_of(read)
    assert [(o.code, o.label, o.help) for o in found.options] == [
        ("1", "Ja", "Hilfe"),
        ("2", "2", ""),
    ]
    assert noted(read) == {
        ("F99000001", "schema.option_twice"),
        ("F99000001", "schema.option_without_code"),
    }


def test_a_code_list_is_named_with_its_columns():
    more = (
        "<codelisteReferenz><canonicalIdentification>urn:a</canonicalIdentification>"
        "<version>3</version><canonicalVersionUri>urn:a_3</canonicalVersionUri>"
        "</codelisteReferenz><codeKey>k</codeKey><nameKey>n</nameKey>"
    )
    twice = occurs(field(art="select", more=more)), occurs(field("F99000002", more=more))
    read = read_schema(schema(*twice))
    (reference,) = gather_code_lists(read)
    assert (reference.key, reference.code_column, reference.label_column) == ("urn:a_3", "k", "n")
    assert noted(read) == {("F99000002", "schema.values_not_select")}


def test_a_choice_without_values_is_an_error():
    for more in ("", "<codelisteReferenz/>"):
        read = read_schema(schema(occurs(field(art="select", more=more))))
        assert read.findings == (Finding("error", "F99000001", "schema.code_list_missing"),)


def test_rules_are_kept_and_noted_as_not_translated():
    prose = rule("<freitextRegel>WENN A DANN B</freitextRegel>" + coded("typ", "K"))
    script = rule("<skript>alert(1)</skript><fehler code='1'>x</fehler>", "R99000002")
    empty = rule("<skript>function script() { }</skript>" + coded("typ", "Q"), "R99000003")
    inner = group(occurs(field(more=script)), more=prose)
    read = read_schema(schema(occurs(inner), more=empty))
    assert read.children[0].element.rules[0].text == "WENN A DANN B"
    assert noted(read) == {
        ("G99000001", "schema.rule_prose"),
        ("G99000001.F99000001", "schema.rule_script"),
        ("G99000001.F99000001", "schema.rule_parts_unused"),
        ("", "schema.rule_empty"),
        ("", "schema.unknown_rule_kind"),
    }


def test_relations_are_counted_once_per_element():
    relation = "<relation><praedikat><code xmlns=''>ABL</code></praedikat></relation>"
    twin = field(more="").replace("<bezeichnung", relation * 3 + "<bezeichnung", 1)
    read = read_schema(schema(occurs(group(occurs(twin))), occurs(twin)))
    assert read.findings == (
        Finding("info", "G99000001.F99000001", "schema.relations_unused", {"count": 3}),
    )


def test_two_of_the_same_in_one_place_would_share_one_answer():
    read = read_schema(schema(occurs(field()), occurs(field(label="Zwei"))))
    assert len(read.children) == 1
    assert noted(read) == {("", "schema.sibling_twice")}


def test_missing_texts_fall_back_to_the_name():
    read = read_schema(schema(occurs(field(label=""))))
    (found,) = fields_of(read)
    assert found.label == "Muster"
    assert noted(read) == {("F99000001", "schema.label_missing")}


def test_ended_elements_and_elements_without_status_are_noted():
    ended = field().replace(">6<", ">7<")
    silent = field("F99000002").replace(">6<", "><")
    read = read_schema(schema(occurs(ended), occurs(silent)))
    assert noted(read) == {
        ("F99000001", "schema.element_ended"),
        ("F99000002", "schema.status_missing"),
    }


def test_empty_schema_and_empty_group_are_noted():
    assert noted(read_schema(schema())) == {("", "schema.no_fields")}
    assert noted(read_schema(schema(occurs(group())))) == {("G99000001", "schema.group_empty")}


@pytest.mark.parametrize("number", ["F1.F2", "F1[0]", "F 1", "F`1", "Ä1", "F" * 61])
def test_an_id_that_cannot_stand_in_an_answer_path_is_refused(number: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(schema(occurs(field(number))))
    assert refusal.value.code == "schema.bad_id"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (schema("<struktur><anzahl>1:1</anzahl><enthaelt/></struktur>"), "schema.element_missing"),
        (schema(occurs(field() + field("F99000002"))), "schema.element_twice"),
        (schema(f"<struktur><enthaelt>{field()}</enthaelt></struktur>"), "schema.element_missing"),
        (schema(occurs(field("").replace("<id></id>", ""))), "schema.element_missing"),
        (schema(occurs(field(""))), "schema.element_missing"),
        (schema(occurs("<datenfeld><name>x</name></datenfeld>")), "schema.element_missing"),
        (
            schema(occurs("<datenfeldgruppe><struktur/></datenfeldgruppe>")),
            "schema.element_missing",
        ),
        (schema(occurs(field().replace(">6<", ">10<"))), "schema.unknown_code"),
    ],
)
def test_what_makes_a_schema_unreadable(file: bytes, code: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(file)
    assert refusal.value.code == code


def test_texts_are_fit_for_display():
    help_text = (
        "  Geben&#160;Sie \t an: \r\n\r\n\r\n  * Stra&#223;e\u200b  \r\n * u\u0308ber&#xAD;all  "
    )
    inner = field(label=" Das \n Feld ", more="<hilfetextEingabe/>").replace(
        "<hilfetextEingabe/>", f"<hilfetextEingabe>{help_text}</hilfetextEingabe>"
    )
    found = one_field(inner)
    assert found.label == "Das Feld"
    assert found.help == "Geben Sie an:\n\n* Straße\n* überall"


def test_a_flood_of_findings_is_counted_not_kept():
    bad = "".join(f"<mediaType>bad{number}</mediaType>" for number in range(2500))
    read = read_schema(schema(occurs(field(datatype="file", more=bad))))
    assert len(read.findings) == 2001
    assert read.findings[-1] == Finding("warning", "", "schema.more_findings", {"count": 500})


# -- constraints ------------------------------------------------------------------------------


def limits(found: Field) -> tuple[object, ...]:
    return (found.min_length, found.max_length, found.minimum, found.maximum, found.pattern)


@pytest.mark.parametrize(
    ("datatype", "json", "meant"),
    [
        ("text", '{"minLength":"1","maxLength":"55"}', (1, 55, None, None, None)),
        ("text", '{"minLength":1,"pattern":"[0-9]{5}"}', (1, None, None, None, "[0-9]{5}")),
        ("text", r'{"pattern":"[\\p{L} ]*"}', (None, None, None, None, r"[\p{L} ]*")),
        ("num_int", '{"minValue":"01850","maxValue":2025}', (None, None, "1850", "2025", None)),
        ("num", '{"minValue":"0,10","maxValue":"+3.5"}', (None, None, "0.10", "3.5", None)),
        ("date", '{"minValue":"2020-01-31"}', (None, None, "2020-01-31", None, None)),
        ("text", "", (None,) * 5),
        ("text", '{"minLength":""}', (None,) * 5),
    ],
)
def test_constraints_of_version_2(datatype: str, json: str, meant: tuple[object, ...]):
    inner = field(
        datatype=datatype, standard=XDF2, more=f"<praezisierung>\n{json}\n</praezisierung>"
    )
    read = read_schema(schema(occurs(inner), standard=XDF2))
    (found,) = fields_of(read)
    assert limits(found) == meant
    assert read.findings == ()


@pytest.mark.parametrize(
    ("datatype", "json", "code"),
    [
        ("text", "5", "constraint_prose"),
        ("text", "1..31", "constraint_prose"),
        ("text", '{"minLength":', "constraint_prose"),
        ("text", '["minLength"]', "constraint_prose"),
        ("text", "[" * 5000, "constraint_prose"),
        ("text", "9" * 6000, "constraint_prose"),
        ("text", '{"minLength":"viel"}', "constraint_unreadable"),
        ("text", '{"maxLength":0}', "constraint_unreadable"),
        ("text", '{"maxLength":-3}', "constraint_unreadable"),
        ("text", '{"maxLength":true}', "constraint_unreadable"),
        ("text", '{"maxLength":{"a":1}}', "constraint_unreadable"),
        ("num", '{"maxValue":"1e999999999"}', "constraint_unreadable"),
        ("date", '{"maxValue":"31.12.2020"}', "constraint_unreadable"),
        ("text", '{"maxlength":"3"}', "constraint_unknown"),
        ("text", '{"minLength":9,"maxLength":3}', "constraint_contradiction"),
        ("num", '{"minValue":"10","maxValue":"9.5"}', "constraint_contradiction"),
        ("bool", '{"maxLength":"3"}', "constraint_not_applicable"),
        ("text", '{"maxValue":"3"}', "constraint_not_applicable"),
        ("date", '{"pattern":"[0-9]+"}', "constraint_not_applicable"),
        ("text", '{"pattern":"Codeliste Regionalschlüssel"}', "pattern_is_prose"),
    ],
)
def test_constraints_that_cannot_be_used_are_noted(datatype: str, json: str, code: str):
    inner = field(datatype=datatype, standard=XDF2, more=f"<praezisierung>{json}</praezisierung>")
    read = read_schema(schema(occurs(inner), standard=XDF2))
    assert noted(read) == {("F99000001", f"schema.{code}")}
    (found,) = fields_of(read)
    assert limits(found) == (None,) * 5


def test_constraints_of_version_3_stand_in_attributes():
    said = 'minLength="1" maxLength="5" pattern="[0-9]+" step="2"'
    more = f"<praezisierung {said}>Nur PLZ</praezisierung>"
    read = read_schema(schema(occurs(field(more=more))))
    (found,) = fields_of(read)
    assert limits(found) == (1, 5, None, None, "[0-9]+")
    assert noted(read) == {
        ("F99000001", "schema.constraint_prose"),
        ("F99000001", "schema.constraint_unknown"),
    }
