"""`gemeinwerk form import`: a list of questions on the command line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.apps.library.models import PaperImport
from gemeinwerk.project import paper_files
from gemeinwerk.project.command_line import main
from tests.core.paper.sheets import workbook

pytestmark = pytest.mark.usefixtures("blocks")


def run(data: bytes, **named: Any) -> int:
    given = {"municipality": "99000001", "title": "", "json": False, "file": Path("bogen.xlsx")}
    return paper_files.in_town(argparse.Namespace(**{**given, **named}), data)


def test_questions_with_proposals_and_the_way_on(
    lindenau: int, capsys: pytest.CaptureFixture[str]
) -> None:
    from gemeinwerk.apps.municipalities.models import Municipality

    town = Municipality.objects.get(pk=lindenau).key
    assert run(workbook(), municipality=town) == 0
    told = capsys.readouterr().out
    assert "bogen: 15 Fragen" in told
    assert "Weiter in der Werkstatt: /werkstatt/papier/" in told
    assert run(workbook(), municipality=town, json=True, title="Markt") == 0
    made = json.loads(capsys.readouterr().out)
    assert (made["title"], len(made["questions"])) == ("Markt", 15)
    assert made["questions"][9]["proposals"][0]["verb"] == "drop"
    assert PaperImport.objects.filter(pk=made["id"]).exists()
    assert run(b"PK\x03\x04", municipality=town) == 1
    assert "weder CSV noch XLSX" in capsys.readouterr().err


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "nichts.csv")
    assert main(["form", "import", file, "--municipality", "kirchtal"]) == 2
    assert "nicht lesbar" in capsys.readouterr().err
