"""`gemeinwerk schema roundtrip` takes XZuFi and XProzess, and says that nothing judged them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from gemeinwerk.project import command_line
from tests.core.schemas.test_xzufi import SAMPLE
from tests.paths import STANDARDS


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    assert command_line.main(["schema", "roundtrip", str(path), "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_the_real_process(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(STANDARDS / "xprozess" / "99006028261000_xprozess2.0.xml", capsys)
    assert (found["standard"], found["id"], found["version"]) == (
        "xprozess",
        "99006028261000",
        "01.00.00",
    )
    assert (found["identical"], found["differences"], found["xsd_valid"]) == (True, [], None)


def test_a_packed_service(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "leistung.xml.gz"
    path.write_bytes(gzip.compress(SAMPLE))
    found = told(path, capsys)
    assert (found["standard"], found["id"], found["version"]) == ("xzufi", "99000101", "2.2.0")
    assert (found["identical"], found["xsd_valid"]) == (True, None)
    assert "kein XSD" in str(found)
