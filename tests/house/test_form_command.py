"""`gemeinwerk form export`: every output of a form, from a file without any database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from gemeinwerk.project.command_line import main
from tests.paths import CONTENT, STANDARDS

DOGS = str(CONTENT / "packages" / "dog-tax-registration")
REAL = str(min((STANDARDS / "xdatenfelder" / "xdf3").glob("*.xml*")))


@pytest.mark.parametrize("source", [DOGS, REAL])
@pytest.mark.parametrize("kind", ["json-schema", "xsd", "openapi", "csv", "paper"])
def test_every_output_is_written(source: str, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert main(["form", "export", source, "--as", kind, "--out", str(out)]) == 0
    data = out.read_bytes()
    if kind == "json-schema":
        Draft202012Validator.check_schema(json.loads(data))
    elif kind == "xsd":
        etree.XMLSchema(etree.fromstring(data))
    elif kind == "openapi":
        assert json.loads(data)["openapi"] == "3.1.0"
    elif kind == "csv":
        assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == 2
    else:
        assert data.startswith(b"%PDF-")


def test_what_cannot_be_exported(tmp_path: Path) -> None:
    assert main(["form", "export", "--as", "xsd"]) == 2
    assert main(["form", "export", str(tmp_path / "nothing.xml"), "--as", "xsd"]) == 2
    assert main(["form", "export", "--service", "hund", "--as", "xsd"]) == 2
