"""Every real file of the standards folder reads, and nothing in it is lost on the way."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from gemeinwerk.core.schemas import (
    CodeList,
    Field,
    Group,
    Schema,
    SchemaRefusedError,
    content_hash,
    document,
    fields_of,
    gather_code_lists,
    read_code_list,
    read_schema,
    schema_from_document,
    unpack,
)
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xdatenfelder"
REAL = sorted([*FOLDER.glob("xdf3/*.xml*"), *FOLDER.glob("xdf2/*/S*.xml")])
LISTS = sorted(FOLDER.glob("xdf2/*/*genericode.xml"))
REFUSED = {
    "v2-data/duplicate-required-value.xml": ("schema.element_twice", 13),
    "v2-data/unknown-namespace.xml": ("schema.unknown_namespace", 2),
    "v3-data/duplicate-id-node.xml": ("schema.element_twice", 11),
    "v3-data/invalid-freigabestatus.xml": ("schema.unknown_code", 17),
    "v3-data/unexpected-node.xml": ("schema.unknown_element", 11),
}
CASES = sorted(FOLDER.glob("parser-faelle/*/*.xml"))


def test_the_folder_is_there():
    assert len(REAL) == 63
    assert len(LISTS) == 6
    assert len(CASES) == 13


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_schema_reads_in_full(path: Path):
    data = unpack(path.read_bytes(), 10_000_000)
    schema = read_schema(data)
    assert counted(schema) == counted_apart(data)
    assert schema.standard == path.parent.name or schema.standard == path.parent.parent.name
    assert {f.code for f in schema.findings if f.severity == "error"} == set()
    stored = document(schema)
    assert schema_from_document(stored) == schema
    assert len(content_hash(stored)) == 64


def counted(schema: Schema) -> Counter[str]:
    count: Counter[str] = Counter()

    def walk(holder: Schema | Group) -> None:
        count["rules"] += len(holder.rules)
        for occurrence in holder.children:
            count[f"{occurrence.minimum}:{occurrence.maximum}"] += 1
            element = occurrence.element
            count[f"legal {len(occurrence.legal_basis)}"] += 1
            count[element.id] += 1
            count[element.status] += 1
            count[element.kind] += 1
            if isinstance(element, Group):
                count["groups"] += 1
                walk(element)
            else:
                take(element)

    def take(field: Field) -> None:
        count["fields"] += 1
        count["rules"] += len(field.rules)
        count[f"{field.art}/{field.datatype}"] += 1
        count["options"] += len(field.options)
        count["lists"] += field.code_list is not None
        count["max_length"] += field.max_length is not None
        count["help"] += field.help != ""
        count["media"] += len(field.media_types)

    walk(schema)
    return +count


def counted_apart(data: bytes) -> Counter[str]:
    """Count the same with XPath over the whole tree."""
    tree = etree.fromstring(data)
    space = f"{{{tree.nsmap[tree.prefix]}}}"
    count: Counter[str] = Counter()
    for place in tree.iter(f"{space}struktur"):
        low, high = place.findtext(f"{space}anzahl").split(":")
        count[f"{low}:{None if high == '*' else high}"] += 1
        bases = [e for e in place.findall(f"{space}bezug") if (e.text or "").strip()]
        count[f"legal {len(bases)}"] += 1
        element = place.find(f"{space}enthaelt/*")
        count[element.findtext(f"{space}identifikation/{space}id")] += 1
        status = element.find(f"{space}freigabestatus")
        count[(element.find(f"{space}status") if status is None else status).findtext("code")] += 1
        count[element.findtext(f"{space}schemaelementart/code")] += 1
    count["groups"] = len(list(tree.iter(f"{space}datenfeldgruppe")))
    count["rules"] = len(list(tree.iter(f"{space}regel")))
    for field in tree.iter(f"{space}datenfeld"):
        count["fields"] += 1
        art = field.findtext(f"{space}feldart/code")
        count[f"{art}/{field.findtext(f'{space}datentyp/code')}"] += 1
        count["options"] += len(field.findall(f"{space}werte/{space}wert"))
        count["lists"] += field.find(f"{space}codelisteReferenz") is not None
        limits = field.find(f"{space}praezisierung")
        if limits is not None:
            count["max_length"] += "maxLength" in limits.attrib or "maxLength" in (
                limits.text or ""
            )
        count["help"] += bool((field.findtext(f"{space}hilfetextEingabe") or "").strip())
        count["media"] += len(field.findall(f"{space}mediaType"))
    return +count


def test_the_index_of_the_portal_tells_the_same_numbers():
    with (FOLDER / "xdf3" / "index.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 61
    for row in rows[::12]:
        name = Path(row["file"]).name
        path = next(FOLDER.glob(f"xdf3/{name}*"))
        schema = read_schema(unpack(path.read_bytes(), 10_000_000))
        assert (schema.id, schema.version, schema.status) == (
            row["fim_id"],
            row["version"],
            row["freigabe_status"],
        )
        assert len(list(fields_of(schema))) == int(row["felder"])
        assert schema.document_type == row["steckbrief_id"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_parser_cases_read_or_are_refused_for_the_defect_in_their_name(path: Path):
    name = f"{path.parent.name}/{path.name}"
    if name not in REFUSED:
        assert read_schema(path.read_bytes()).id
        return
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(path.read_bytes(), name=path.name)
    assert (refusal.value.code, refusal.value.line) == REFUSED[name]
    assert refusal.value.params["file"] == path.name


def test_a_lone_group_becomes_a_schema_with_one_child():
    schema = read_schema((FOLDER / "parser-faelle/v3-data/simple.xml").read_bytes())
    assert (schema.id, len(schema.children)) == ("G60000000088", 1)
    group = schema.children[0].element
    assert isinstance(group, Group)
    assert group.keywords == ("Ein Stichwort",)
    assert group.rules[0].kind == "V"
    assert group.rules[0].legal_basis[0].link == "some reference link"
    inner = group.children[0]
    assert (inner.minimum, inner.maximum) == (0, 1)
    assert inner.element.help.endswith("Postfachs ist nicht möglich.")
    places = {finding.place for finding in schema.findings}
    assert "G60000000088.G60000000086.F60000000243" in places


def test_odd_field_of_the_parser_cases_keeps_what_is_usable():
    schema = read_schema((FOLDER / "parser-faelle/v3-data/input.xml").read_bytes())
    (field,) = fields_of(schema)
    assert (field.default, field.max_size) == ("Some Content", 10)
    assert field.media_types == ("application/json",)
    assert {"schema.code_list_missing", "schema.constraint_prose"} <= {
        finding.code for finding in schema.findings
    }


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_real_code_list_reads_in_full(path: Path):
    data = path.read_bytes()
    read = read_code_list(data)
    tree = etree.fromstring(data)
    assert len(read.entries) == len(tree.findall(".//{*}Row"))
    assert all(entry.code and entry.label for entry in read.entries)
    assert read.findings == ()


def test_the_list_of_states_has_columns_of_its_own():
    path = FOLDER / "xdf2/bewohnerparken/C60000016_genericode.xml"
    germany = read_code_list(path.read_bytes()).entries[0]
    assert (germany.code, germany.label) == ("000", "Deutschland")
    by_name = read_code_list(path.read_bytes(), code_column="iso-2", label_column="staatsname-voll")
    assert by_name.entries[0].label == "die Bundesrepublik Deutschland"


def test_each_list_of_the_parking_schema_is_found_by_its_reference():
    folder = FOLDER / "xdf2" / "bewohnerparken"
    schema = read_schema((folder / "S05000058V1.0_xdf2.xml").read_bytes())
    lists: dict[str, CodeList] = {}
    for path in folder.glob("*genericode.xml"):
        read = read_code_list(path.read_bytes())
        lists[read.key] = read
    references = gather_code_lists(schema)
    assert len(references) == 6
    assert all(reference.pick(lists) is not None for reference in references)
