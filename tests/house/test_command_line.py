"""The `gemeinwerk` command: help for all, exit codes, and no slow start."""

from __future__ import annotations

import subprocess
import sys

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
