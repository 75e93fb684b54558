"""Service descriptions (XZuFi): read, written, converted; nothing is lost, nothing is verified."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator

from gemeinwerk.core.schemas import SchemaRefusedError
from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.records.model import plan_of
from gemeinwerk.core.schemas.roundtrip import canonical
from gemeinwerk.core.schemas.xzufi import (
    Leistung220,
    Leistung231,
    Other,
    message_of,
    read_services,
    service_from_portal,
    service_to_portal,
    texts_of,
    title_of,
    write_services,
)
from tests.core.schemas.xzufi_strategies import records
from tests.paths import STANDARDS

OPENAPI = json.loads((STANDARDS / "fim-portal-api" / "openapi.json").read_text())
SCHEMAS: dict[str, Any] = OPENAPI["components"]["schemas"]
# the classes are large: without shrinking, or a failure would take minutes
RELAXED = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
)

SAMPLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<xzufi:antwort xmlns:xzufi="http://xoev.de/schemata/xzufi/2_2_0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xzufiVersion="2.2.0">
  <xzufi:nachrichtenkopf><xzufi:sender>Musterland</xzufi:sender></xzufi:nachrichtenkopf>
  <xzufi:leistung>
    <xzufi:id schemeAgencyName="Redaktion Muster" schemeID="X">99000101</xzufi:id>
    <xzufi:struktur xsi:type="xzufi:LeistungsstrukturObjektMitVerrichtung">
      <xzufi:leistungsobjektID>99000</xzufi:leistungsobjektID>
      <xzufi:verrichtung listURI="urn:x" listVersionID="1"><code>001</code></xzufi:verrichtung>
    </xzufi:struktur>
    <xzufi:modulText>
      <xzufi:positionDarstellung>07</xzufi:positionDarstellung>
      <xzufi:leikaTextmodul listURI="urn:x" listVersionID="2"><code>05</code></xzufi:leikaTextmodul>
      <xzufi:inhalt languageCode="de-DE"><![CDATA[<p>Kurz & gut</p>]]></xzufi:inhalt>
      <xzufi:inhalt languageCode="en">Short</xzufi:inhalt>
    </xzufi:modulText>
    <xzufi:modulKosten>
      <xzufi:kosten>
        <xzufi:typ><code>001</code></xzufi:typ>
        <xzufi:kostenauswahl xsi:type="xzufi:KostenFix">
          <xzufi:betrag currencyCode="EUR">25.50</xzufi:betrag>
        </xzufi:kostenauswahl>
        <xzufi:vorkasse>1</xzufi:vorkasse>
      </xzufi:kosten>
    </xzufi:modulKosten>
    <xzufi:ganzNeu stufe="1"><xzufi:a/></xzufi:ganzNeu>
    <xzufi:gueltigkeitGebietID>01</xzufi:gueltigkeitGebietID>
    <xzufi:kennzeichenEA>vielleicht</xzufi:kennzeichenEA>
  </xzufi:leistung>
  <xzufi:organisationseinheit><xzufi:id>OE-1</xzufi:id></xzufi:organisationseinheit>
</xzufi:antwort>
"""


def test_a_message_is_read_and_written_without_loss() -> None:
    message = read_services(SAMPLE)
    assert (message.version, message.verified) == ("2.2.0", False)
    [service] = message.services
    assert isinstance(service, Leistung220)
    assert service.id.value == "99000101"
    assert service.modul_text[0].position_darstellung == 7
    assert service.modul_kosten and service.modul_kosten.kosten[0].vorkasse is True
    assert message.others == (Other("organisationseinheit", "OE-1"),)
    written = write_services(message)
    assert canonical(SAMPLE) == canonical(written)
    assert replace(read_services(written), findings=message.findings) == message


def test_what_does_not_fit_is_kept_and_told() -> None:
    told = {(item.code, item.params["element"]) for item in read_services(SAMPLE).findings}
    assert told == {("schema.xzufi_kept", "ganzNeu"), ("schema.xzufi_kept", "kennzeichenEA")}


def test_texts_stay_as_they_are() -> None:
    [service] = read_services(SAMPLE).services
    [text] = texts_of(service)
    assert (text.title, text.html) == ("Kurztext", "<p>Kurz & gut</p>")
    assert [text.html for text in texts_of(service, language="en")] == ["Short"]
    assert title_of(service) == "99000101"


def test_a_new_field_of_a_read_service_comes_where_it_stands() -> None:
    message = read_services(SAMPLE)
    [service] = message.services
    assert isinstance(service, Leistung220)
    changed = replace(service, id_sekundaer=(service.id,), kennzeichen_schritformerfordernis=True)
    text = write_services(replace(message, services=(changed,))).decode()
    assert text.index("idSekundaer") < text.index("<xzufi:struktur")
    assert text.index("modulKosten") < text.index("kennzeichenSchriftformerfordernis>true")
    assert "ganzNeu" in text


def test_the_default_namespace_does_not_swallow_codes() -> None:
    data = (
        SAMPLE.replace(b"xzufi:xsi", b"xsi").replace(b"<xzufi:", b"<").replace(b"</xzufi:", b"</")
    )
    data = data.replace(b"xmlns:xzufi=", b"xmlns=").replace(b'"xzufi:', b'"')
    data = data.replace(b"<code>", b'<code xmlns="">')
    message = read_services(data)
    assert len(message.findings) == 2
    assert canonical(data) == canonical(write_services(message))


def test_codes_with_a_namespace_are_taken_and_written_so() -> None:
    data = SAMPLE.replace(b"<code>", b"<xzufi:code>").replace(b"</code>", b"</xzufi:code>")
    message = read_services(data)
    assert len(message.findings) == 2
    assert canonical(data) == canonical(write_services(message))


def _back_from_xml(service: Any) -> None:
    message = message_of([service, service])
    written = write_services(message)
    again = read_services(written)
    assert again.findings == ()
    assert again.version == message.version
    assert [service_to_portal(one) for one in again.services] == [service_to_portal(service)] * 2
    assert canonical(written) == canonical(write_services(again))
    assert read_services(write_services(again)) == again


def _back_from_json(service: Any, name: str) -> None:
    given_json = json.loads(json.dumps(service_to_portal(service)))
    made, findings = service_from_portal(given_json)
    assert findings == ()
    assert type(made) is type(service)
    assert service_to_portal(made) == given_json
    _check(name).validate(given_json)


@RELAXED
@given(records(Leistung220))
def test_any_service_of_220_comes_back(service: Any) -> None:
    _back_from_xml(service)
    _back_from_json(service, "Leistung220")


@RELAXED
@given(records(Leistung231))
def test_any_service_of_231_comes_back(service: Any) -> None:
    _back_from_xml(service)
    _back_from_json(service, "Leistung231")


def _check(name: str) -> Draft202012Validator:
    """Return a validator of the portal's schema, with code values left open."""
    schemas = copy.deepcopy(SCHEMAS)
    for schema in schemas.values():
        if "enum" in schema:
            schemas_type = schema["type"]
            schema.clear()
            schema["type"] = ["string", "integer"] if schemas_type == "integer" else schemas_type
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return Draft202012Validator(root)


@pytest.mark.parametrize("record", [Leistung220, Leistung231])
def test_the_field_lists_are_those_of_the_portal(record: type[Record]) -> None:
    """Every class reached from the description has the portal's fields, no more and no less."""
    seen: set[tuple[Any, str]] = set()

    def compare(cls: type[Record], schema: dict[str, Any]) -> None:
        properties = schema["properties"]
        plan = plan_of(cls)
        assert set(plan.by_json) == set(properties), cls
        for name, inner in properties.items():
            slot = plan.by_json[name]
            assert slot.many == (inner.get("type") == "array"), (cls, name)
            for reference in _references(inner):
                target = SCHEMAS[reference]
                if "properties" not in target or (cls, reference) in seen:
                    continue
                seen.add((cls, reference))
                compare(_class_of(slot.options, reference), target)

    compare(record, SCHEMAS[record.__name__])
    assert len(seen) > 40


def _references(schema: dict[str, Any]) -> list[str]:
    parts = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    parts += schema.get("items", {}).get("anyOf", [])
    return [part["$ref"].rpartition("/")[2] for part in parts if "$ref" in part]


def _class_of(options: tuple[type, ...], reference: str) -> type[Record]:
    return next(option for option in options if option.__name__ == reference.rpartition("__")[2])


def test_unknown_members_of_json_are_kept_and_told() -> None:
    [service] = read_services(SAMPLE).services
    portal = service_to_portal(service) | {"neu": {"a": [1]}}
    made, [finding] = service_from_portal(portal)
    assert finding.params["element"] == "neu"
    assert service_to_portal(made)["neu"] == {"a": [1]}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'2001/XMLSchema-instance"', b'1999/anderes"'),
        (b"<xzufi:modulKosten>", b'<xzufi:modulKosten xmlns:a="urn:a" a:b="1">'),
        (b"<xzufi:leistung>", b'<xzufi:leistung xmlns:a="urn:a" a:b="1">'),
        (b"<xzufi:a/>", b'<a:a xmlns:a="urn:a"/>'),
        (b"<xzufi:vorkasse>1<", b'<xzufi:vorkasse xmlns:a="urn:a">1<'),
    ],
)
def test_namespaces_of_others_come_back(old: bytes, new: bytes) -> None:
    data = SAMPLE.replace(old, new)
    assert data != SAMPLE
    assert canonical(data) == canonical(write_services(read_services(data)))


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\uffff"])
def test_signs_that_xml_cannot_hold_are_refused(sign: str) -> None:
    service, _ = service_from_portal({"id": {"value": f"99{sign}"}})
    with pytest.raises(SchemaRefusedError):
        write_services(message_of([service]))


@pytest.mark.parametrize("broken", [None, [], {}, {"id": 5}, {"id": {"value": 5}}])
def test_json_that_is_no_service_is_refused(broken: Any) -> None:
    with pytest.raises(SchemaRefusedError):
        service_from_portal(broken)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<anderes/>", "schema.unknown_namespace"),
        (b'<a xmlns="http://xoev.de/schemata/xzufi/2_1_0"/>', "schema.unknown_namespace"),
        (b'<a xmlns="http://xoev.de/schemata/xzufi/2_2_0"/>', "schema.other_message"),
        (b'<leistung xmlns="http://xoev.de/schemata/xzufi/2_2_0"/>', "schema.other_message"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "schema.doctype"),
        (b"<a>" * 500, "schema.too_deep"),
        (b"", "schema.empty"),
    ],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(SchemaRefusedError) as refusal:
        read_services(data, name="datei.xml")
    assert refusal.value.code == code
