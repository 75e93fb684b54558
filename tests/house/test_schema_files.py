"""`gemeinwerk schema roundtrip` and `convert` tell machines the truth, with the right exit code."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.project.command_line import main
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xdatenfelder"
REAL = FOLDER / "xdf2/bewohnerparken/S05000058V1.0_xdf2.xml"
CODE_LIST = FOLDER / "xdf2/bewohnerparken/C05000073_genericode.xml"
CASES = FOLDER / "parser-faelle/v3-data"


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_sound_file_is_told_with_all_keys(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    packed = tmp_path / "a.xml.gz"
    packed.write_bytes(gzip.compress(REAL.read_bytes()))
    assert main(["schema", "roundtrip", str(REAL), str(packed), "--json"]) == 0
    first, second = told(capsys)
    assert first == {
        "file": str(REAL), "standard": "xdf2", "id": "S05000058", "version": "1.0",
        "xsd_valid": True, "identical": True, "differences": [],
    }  # fmt: skip
    assert second == first | {"file": str(packed)}


def test_refused_and_invalid_files_are_told_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
):
    files = [CASES / "unexpected-node.xml", CASES / "simple.xml", CASES / "input.xml", CODE_LIST]
    assert main(["schema", "roundtrip", *map(str, files), "--json"]) == 1
    refused, disordered, twice, code_list = told(capsys)
    assert (refused["standard"], refused["refused"]) == (None, "schema.unknown_element")
    assert refused["line"] == 11
    assert (disordered["identical"], disordered["xsd_valid"]) == (True, False)
    assert "line 25" in disordered["xsd_faults"][0]
    assert (twice["identical"], twice["xsd_valid"]) == (True, False)
    assert "line 54" in twice["xsd_faults"][0]
    assert (code_list["identical"], code_list["xsd_valid"]) == (True, False)


def test_without_xsd_nobody_claims_validity(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("GEMEINWERK_STANDARDS", str(tmp_path / "none"))
    assert main(["schema", "roundtrip", str(REAL), "--json"]) == 0
    (one,) = told(capsys)
    assert one["xsd_valid"] is None
    assert "--xsd" in one["xsd_reason"]
    assert main(["schema", "roundtrip", str(REAL), "--xsd", str(STANDARDS)]) == 0
    assert "passt zum XSD" in capsys.readouterr().out


def test_wrong_use_has_its_own_exit_code(capsys: pytest.CaptureFixture[str], tmp_path: Path):
    assert main(["schema", "roundtrip", str(tmp_path / "missing.xml"), str(REAL), "--json"]) == 2
    assert [each["identical"] for each in told(capsys)] == [True]
    assert main(["schema", "roundtrip", str(REAL), "--xsd", str(tmp_path / "missing")]) == 2
    assert main(["schema", "convert", str(REAL), "--to", "xdf3", "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().out == ""


def test_convert_writes_the_file_and_tells_what_is_left_behind(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    out = tmp_path / "out.xml"
    asked = ["schema", "convert", str(REAL), "--to", "xdf3", "--out", str(out)]
    assert main([*asked, "--json"]) == 0
    (one,) = told(capsys)
    assert (one["standard"], one["to"], one["id"]) == ("xdf2", "xdf3", "S05000058")
    assert all(finding["sentence"] for finding in one["findings"])
    assert main(["schema", "roundtrip", str(out), "--json"]) == 0
    (trip,) = told(capsys)
    assert (trip["standard"], trip["xsd_valid"]) == ("xdf3", True)
    assert main(["schema", "convert", str(CODE_LIST), "--to", "xdf3", "--out", str(out)]) == 1


def test_quality_tells_each_finding_with_severity_and_place(capsys: pytest.CaptureFixture[str]):
    lists = sorted((FOLDER / "xdf2/bewohnerparken").glob("C*.xml"))
    assert main(["schema", "quality", str(REAL), *map(str, lists), "--json"]) == 0
    (one,) = told(capsys)
    assert (one["id"], one["error"]) == ("S05000058", 0)
    assert one["warning"] + one["info"] == len(one["findings"])
    codes = {finding["code"] for finding in one["findings"]}
    assert "schema.quality_no_length" in codes
    assert "schema.quality_list_not_loaded" not in codes
    assert all(finding["sentence"] for finding in one["findings"])


def test_quality_goes_on_behind_a_refused_file(capsys: pytest.CaptureFixture[str]):
    assert main(["schema", "quality", str(CASES / "unexpected-node.xml"), str(REAL)]) == 1
    said = capsys.readouterr()
    assert "unexpected-node.xml" in said.err
    assert "S05000058 1.0, 0 error" in said.out
