"""The `gemeinwerk` command: help for all, exit codes, and no slow start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gemeinwerk.project import command_line

LOADED = "import sys, gemeinwerk.project.command_line as c; c.build_parser({name!r}); "
LOADED += "print(*sorted(m for m in ('django', 'psycopg', 'PIL') if m in sys.modules))"


@pytest.mark.parametrize("name", command_line.names())
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        command_line.main([name, "--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert command_line.load(name).HELP.split("(")[0].strip()[:30] in " ".join(shown.split())
    assert "--data" in shown


def test_each_help_names_the_german_term() -> None:
    for name in command_line.names():
        assert command_line.load(name).HELP.endswith(")"), name


def test_wrong_use_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    for wrong in ([], ["dance"], ["serve", "--prot", "1"]):
        with pytest.raises(SystemExit) as end:
            command_line.main(wrong)
        assert end.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "http"])
def test_a_wrong_setting_is_two(
    port: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEMEINWERK_PORT", "8000")  # put back afterwards
    assert command_line.main(["serve", "--port", port]) == 2
    assert "GEMEINWERK_PORT" in capsys.readouterr().err


@pytest.mark.parametrize("name", [None, *command_line.names()])
def test_help_loads_no_heavy_library(name: str | None) -> None:
    said = subprocess.run(
        [sys.executable, "-c", LOADED.format(name=name)], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == ""


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder in which nothing lies."""
    monkeypatch.setenv("GEMEINWERK_DATA", "var")  # put back afterwards
    for name in ("DATABASE_URL", "GEMEINWERK_SUPERVISED"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "mistyped"


@pytest.mark.parametrize(
    "words",
    [["audit", "verify"], ["schema", "list"], ["keys", "list"], ["worker", "--once"], ["backup"]],
)
def test_a_mistyped_folder_is_refused_not_made(
    words: list[str], nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [*words, str(nowhere) + "-saved"] if words == ["backup"] else words
    assert command_line.main([*given, "--data", str(nowhere)]) == 2
    assert f"In {nowhere} liegen keine Daten" in capsys.readouterr().err
    assert not nowhere.exists()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_data_folder_is_named_anywhere(place: int, nowhere: Path) -> None:
    words = ["audit", "verify"]
    words[place:place] = [f"--data={nowhere}"]
    assert command_line.main(words) == 2
    assert os.environ["GEMEINWERK_DATA"] == str(nowhere)


def test_a_refusal_is_a_sentence_not_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["form", "export", __file__, "--as", "csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("test_command_line.py: Die Datei ist kein")
    assert "schema." not in said


def test_a_place_that_cannot_be_written_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> int:
        raise PermissionError(13, "Permission denied", "/backups/new")

    monkeypatch.setattr(command_line.load("setup"), "run", full)
    assert command_line.main(["setup"]) == 2
    assert capsys.readouterr().err == "/backups/new: Permission denied\n"


def test_a_folder_that_is_no_package_is_not_read_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(501):
        (tmp_path / f"{number}.toml").touch()
    assert command_line.main(["package", "check", str(tmp_path)]) == 1
    assert "kein Leistungspaket" in capsys.readouterr().out


def test_a_huge_file_in_a_package_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (tmp_path / "manifest.toml").open("wb") as huge:
        huge.truncate(50_000_000_000)
    assert command_line.main(["package", "check", str(tmp_path)]) == 1
    assert "manifest.toml ist zu groß" in capsys.readouterr().out
