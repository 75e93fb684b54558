"""The quality report names what the editing rules of FIM forbid, with severity and path."""

from __future__ import annotations

import pytest

from gemeinwerk.core.schemas import (
    CodeEntry,
    CodeList,
    Finding,
    Judged,
    quality,
    quality_of,
    read_message,
    read_schema,
)
from tests.core.schemas.schema_samples import field, group, occurs, schema

LEGAL = "<bezug>§ 1</bezug>"
HELP = "<hilfetextEingabe>So geht es.</hilfetextEingabe>"
LENGTH = '<praezisierung maxLength="5"/>'
SOUND = HELP + LENGTH
VALUES = "<werte><wert><code>1</code><name>a</name></wert></werte>"


def found(*inner: str, more: str = LEGAL, beside: Judged | None = None) -> list[Finding]:
    return list(quality(read_message(schema(*inner, more=more)), beside))


def told(*inner: str, beside: Judged | None = None) -> set[tuple[str, str, str]]:
    return {
        (each.severity, each.place, each.code.removeprefix("schema.quality_"))
        for each in found(*inner, beside=beside)
    }


def coded(name: str, code: str) -> str:
    return f"<{name}><code xmlns=''>{code}</code></{name}>"


def test_a_sound_schema_has_nothing_to_say():
    assert found(occurs(group(occurs(field(more=SOUND))))) == []


@pytest.mark.parametrize(
    ("inner", "finding"),
    [
        (field(more=LENGTH), ("info", "F99000001", "help_missing")),
        (field(more=HELP), ("warning", "F99000001", "no_length")),
        (field(more=HELP, datatype="num"), ("info", "F99000001", "no_bounds")),
        (field(more=HELP, datatype="file"), ("info", "F99000001", "no_file_limits")),
        (field(more=SOUND).replace("1.0.0", "1.0"), ("warning", "F99000001", "version_form")),
        (
            field(more=SOUND).replace("<version>1.0.0</version>", ""),
            ("info", "F99000001", "version_missing"),
        ),
        (field(more=SOUND, label="Na\u2603me"), ("warning", "F99000001", "latin")),
        (field(more=SOUND).replace(">6<", ">2<"), ("warning", "F99000001", "less_approved")),
        (
            field(more=SOUND + coded("schemaelementart", "RNG")),
            ("warning", "F99000001", "legal_basis"),
        ),
        (
            group(occurs(field(more=SOUND)), more=coded("art", "X")),
            ("warning", "G99000001", "choice_of_one"),
        ),
    ],
)
def test_each_fault_has_severity_and_path(inner: str, finding: tuple[str, str, str]):
    assert told(occurs(inner)) == {finding}


@pytest.mark.parametrize(
    ("datatype", "more", "why"),
    [
        ("text", LENGTH + "<inhalt>zu lang</inhalt>", "Länge"),
        ("text", '<praezisierung maxLength="5" pattern="[0-9]+"/><inhalt>abc</inhalt>', "Muster"),
        ("date", "<inhalt>31.12.2026</inhalt>", "Datentyp"),
        ("num", '<praezisierung minValue="5"/><inhalt>4,5</inhalt>', "Grenzen"),
        ("num_int", '<praezisierung minValue="1"/><inhalt>4.5</inhalt>', "Datentyp"),
        ("num", '<praezisierung minValue="1"/><inhalt>NaN</inhalt>', "Datentyp"),
        ("bool", "<inhalt>vielleicht</inhalt>", "Datentyp"),
        ("text", VALUES + "<inhalt>2</inhalt>", "Codeliste"),
    ],
)  # fmt: skip
def test_a_default_that_does_not_fit_is_an_error(datatype: str, more: str, why: str):
    beside = Judged(matches=lambda _, value: value.isdigit())
    art = "select" if "werte" in more else "input"
    inner = field(datatype=datatype, art=art, more=HELP + more)
    (one,) = [each for each in found(occurs(inner), beside=beside) if each.severity == "error"]
    assert (one.code, one.params["why"]) == ("schema.quality_default", why)


def test_one_id_with_two_versions_or_two_contents():
    two_versions = field(more=SOUND, label="Zwei").replace("1.0.0", "1.1.0")
    assert told(
        occurs(group(occurs(field(more=SOUND)))),
        occurs(group(occurs(two_versions), number="G99000002")),
    ) == {
        ("warning", "G99000002.F99000001", "versions_mixed"),
        ("info", "", "label_twice"),
    }
    assert ("error", "G99000002.F99000001", "id_twice") in told(
        occurs(group(occurs(field(more=SOUND)))),
        occurs(group(occurs(field(more=SOUND, label="Anders")), number="G99000002")),
    )


def test_code_lists_at_hand_are_judged_only_when_somebody_looked():
    reference = (
        "<codelisteReferenz><canonicalIdentification>urn:a</canonicalIdentification>"
        "</codelisteReferenz><inhalt>2</inhalt>"
    )
    inner = occurs(field(art="select", more=HELP + reference))
    assert told(inner) == set()
    assert told(inner, beside=Judged(lists={})) == {("warning", "F99000001", "list_not_loaded")}
    lists = {key: CodeList(key, "", "", (CodeEntry("1", "a"),)) for key in ("urn:a", "urn:b")}
    assert told(inner, beside=Judged(lists=lists)) == {
        ("error", "F99000001", "default"),
        ("info", "", "list_unused"),
    }


def test_rules_that_can_be_carried_out_are_no_fault():
    rule = (
        "<regel><identifikation><id>R99000001</id></identifikation><name>a</name>"
        "<freitextRegel>Wenn a, dann b.</freitextRegel></regel>"
    )
    read = read_schema(schema(occurs(field(more=SOUND + rule)), more=LEGAL))
    assert [each.code for each in quality_of(read)] == ["schema.rule_prose"]
    assert quality_of(read, Judged(executable={"R99000001"})) == ()


def test_schemas_that_are_not_approved_or_lack_a_legal_basis():
    data = schema(occurs(field(more=SOUND))).replace(b">6<", b">3<")
    codes = [each.code for each in quality(read_message(data))]
    assert codes == ["schema.quality_legal_basis", "schema.quality_status"]


def test_errors_come_first():
    severities = [
        each.severity
        for each in found(
            occurs(field(more="<inhalt>x</inhalt>", datatype="date")), occurs(group())
        )
    ]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
