"""`gemeinwerk fim` searches and fetches from the portal it is set up with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gemeinwerk.project import command_line
from tests.connectors.fim_peer import Peer, Reply, portal


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Peer]:
    with portal() as made:
        monkeypatch.setenv("GEMEINWERK_FIM_PORTAL_URL", made.address)
        monkeypatch.setenv("GEMEINWERK_DATA", str(tmp_path))
        row = {"fim_id": "S99000101", "fim_version": "1.2", "name": "Hund anmelden"}
        made.items["/api/v1/schemas"] = [row]
        made.items["/api/v1/schemas/S99000101"] = [row]
        made.files["/api/v1/schemas/S99000101/1.2/xdf"] = b"<schema/>"
        yield made
        assert made.faults == []


def test_search_and_fetch(peer: Peer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["fim", "search", "Hund", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["total"], found["kept"]) == (1, False)
    assert found["hits"][0]["id"] == "S99000101"
    out = tmp_path / "schemas"
    assert command_line.main(["fim", "fetch", "S99000101", "--out", str(out)]) == 0
    assert (out / "S99000101.xml").read_bytes() == b"<schema/>"
    asked = len(peer.asked)
    assert command_line.main(["fim", "search", "Hund", "--offline"]) == 0
    assert "ohne Netz, Stand" in capsys.readouterr().out
    assert len(peer.asked) == asked


def test_names_of_files_stay_in_the_folder(
    peer: Peer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    peer.files["/api/v1/schemas/../../boese/1/xdf"] = b"<x/>"
    out = tmp_path / "schemas"
    assert command_line.main(["fim", "fetch", "../../boese", "1", "--out", str(out)]) == 1
    assert not list(tmp_path.glob("**/boese*"))


def test_refusals_are_german_sentences(
    peer: Peer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command_line.main(["fim", "fetch", "S99000999", "9", "--out", "x"]) == 1
    assert "gibt es im FIM-Portal nicht" in capsys.readouterr().err
    peer.first = [Reply(302, {"Location": "https://boese.example"})]
    assert command_line.main(["fim", "search", "Hund", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["refused"] == "fim_portal.refused"
    monkeypatch.setenv("GEMEINWERK_FIM_PORTAL_URL", "http://fimportal.de")
    assert command_line.main(["fim", "search", "Hund"]) == 1
    assert "https://" in capsys.readouterr().err
