"""Schemas go into the database as JSON and come back the same; every code has its sentence."""

from __future__ import annotations

import json
import re
import tomllib
from string import Formatter

import pytest

from gemeinwerk.core.schemas import (
    SchemaRefusedError,
    content_hash,
    document,
    read_schema,
    schema_from_document,
)
from tests.core.schemas.schema_samples import field, group, occurs, schema
from tests.paths import REPOSITORY

SOURCE = REPOSITORY / "src" / "gemeinwerk"
SENTENCES = SOURCE / "web" / "ui" / "sentences"
READ = read_schema(
    schema(
        occurs(group(occurs(field(art="select"), "0:*"))),
        occurs(field("F99000002", datatype="num", more='<praezisierung minValue="0,5"/>')),
    )
)


def test_a_schema_survives_the_way_through_json():
    stored = json.loads(json.dumps(document(READ)))
    assert schema_from_document(stored) == READ


def test_documents_of_older_and_newer_readers_are_read():
    stored = document(READ)
    del stored["derivation_structure"]
    stored["invented_later"] = 1
    assert schema_from_document(stored) == READ


@pytest.mark.parametrize(
    "change",
    [
        {"id": 5},
        {"children": None},
        {"children": [{"element": {"id": "x"}}]},
        {"children": [3]},
        {"standard": "xdf9"},
        {"findings": [{"severity": "fatal"}]},
    ],
)
def test_a_broken_document_is_refused(change: dict[str, object]):
    with pytest.raises(SchemaRefusedError) as refusal:
        schema_from_document(document(READ) | change)
    assert refusal.value.code == "schema.document_broken"


def test_a_document_that_nests_without_end_is_refused():
    stored = document(READ)
    for _ in range(500):
        stored = document(READ) | {
            "children": [{"element": stored, "minimum": 1, "maximum": 1, "legal_basis": []}]
        }
    with pytest.raises(SchemaRefusedError):
        schema_from_document(stored)


def test_the_hash_follows_the_content_and_not_the_findings():
    stored = document(READ)
    shuffled = dict(reversed(stored.items()))
    assert content_hash(stored) == content_hash(shuffled)
    assert content_hash(stored) == content_hash(stored | {"findings": []})
    assert content_hash(stored) != content_hash(stored | {"version": "1.0.1"})


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_code_of_the_package_has_a_sentence(language: str):
    source = "".join(path.read_text() for path in (SOURCE / "core" / "schemas").rglob("*.py"))
    codes = set(re.findall(r'"(schema\.[a-z_]+)"', source))
    sentences = tomllib.loads((SENTENCES / language / "schemas.toml").read_text())
    assert codes == set(sentences)


def test_both_languages_fill_in_the_same_names():
    german, english = (
        tomllib.loads((SENTENCES / language / "schemas.toml").read_text())
        for language in ("de", "en")
    )
    for code, sentence in german.items():
        assert names(sentence) == names(english[code]), code


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
