"""The lines for machines and the command line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from gemeinwerk.core.rules import lines_of
from gemeinwerk.project.command_line import main
from tests.core.rules.world import translate
from tests.paths import STANDARDS

KEYS = {
    "rule_id", "text", "source_id", "operator", "values", "actions", "target_id", "context",
    "condition", "certain", "scope",
}  # fmt: skip
SCHEMA = STANDARDS / "xdatenfelder" / "xdf3" / "S00000000367V1.0.0_xdf3.xml"


def test_a_line_has_the_keys_of_the_portal_and_the_tree() -> None:
    text = "Wenn F99000101 <> 001, dann darf G99000102 nicht angezeigt werden."
    [line] = lines_of(translate(text))
    assert line.keys() > KEYS
    assert line["rule"] == "R99000101"
    assert line["rule_id"] == "G99000101"
    assert (line["source_id"], line["operator"], line["values"]) == ("F99000101", "<>", ["001"])
    assert (line["actions"], line["effect"]) == (["forbidden"], "hide")
    assert (line["target_id"], line["target_path"]) == ("G99000102", "G99000101.G99000102")
    assert line["condition"] == {"not_equal": [{"identifier": "G99000101.F99000101"}, "001"]}
    assert line["tree"] == 'G99000101.F99000101 != "001"'
    assert (line["status"], line["certain"]) == ("translated", True)


def test_a_rule_without_effects_has_a_line_too() -> None:
    [line] = lines_of(translate("Das steht im Merkblatt."))
    assert line["status"] == "unclear"
    assert line["actions"] == []
    assert line["left"] == ["Das steht im Merkblatt"]


def test_the_command_prints_lines_and_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "translate", str(SCHEMA), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["effect"] for line in lines] == ["hide", "show", "required"]
    assert main(["rules", "translate", str(SCHEMA), "--german"]) == 0
    out = capsys.readouterr().out
    assert "1 Regeln: 1 übersetzt" in out
    assert "Wenn das Feld G00000002200.G00000002194.F00000003390" in out


def test_the_command_tells_wrong_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "translate", str(tmp_path / "nichts.xml")]) == 2
    broken = tmp_path / "kaputt.xml"
    broken.write_text("<kaputt>", encoding="utf-8")
    assert main(["rules", "translate", str(broken)]) == 1
    packed = tmp_path / "gepackt.xml"
    packed.write_bytes(gzip.compress(SCHEMA.read_bytes()))
    assert main(["rules", "translate", str(packed)]) == 0
    assert "kaputt.xml" in capsys.readouterr().err
