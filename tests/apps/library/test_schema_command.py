"""`gemeinwerk schema` and `gemeinwerk package`: what they print, and their exit codes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.apps.library.models import StoredSchema
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.project.command_line import build_parser
from gemeinwerk.project.commands import package, schema
from tests.paths import CONTENT
from tests.studio_files import CHILD_CARE, PARKING, parking_files


def parsed(*words: str) -> argparse.Namespace:
    return build_parser(words[0]).parse_args(list(words))


@pytest.fixture
def gemeinwerk(blocks: None, towns: tuple[int, int], as_worker: Any) -> Any:
    """Run `gemeinwerk schema ...` as the worker's role, in a database that is already up."""

    def run(*words: str) -> int:
        args = parsed("schema", *words)
        files = schema._read(args.files) if args.verb != "list" else []
        if files is None:
            return 2
        with as_worker():
            return schema.in_towns(args, files)

    return run


def test_loading_tells_everything(gemeinwerk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted(PARKING.glob("*.xml"))]
    assert gemeinwerk("load", *files, "--municipality", "lindenau") == 0
    told = capsys.readouterr().out
    assert told.startswith("S05000058 1.0")
    for words in ("Seiten", "Nachweise", "Codeliste", "Das wirkt noch nicht", "in Worten"):
        assert words in told
    assert gemeinwerk("list", "--municipality", "990000000001") == 0
    assert "S05000058 1.0" in capsys.readouterr().out


def test_each_heading_of_the_report_stands_once(
    gemeinwerk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gemeinwerk("load", str(CHILD_CARE), "--municipality", "lindenau") == 0
    told = capsys.readouterr().out
    headings = [line.split(" (")[0] for line in told.splitlines() if line[:1].isalpha()][1:]
    assert headings[:2] == ["Das wirkt noch nicht", "Gut zu wissen"]
    assert headings[2].startswith("Regeln: ") and headings[3].startswith("Keine wirkt, bevor")
    assert "Codeliste (urn:" in told, "a list without a name leaves no gap"


def test_json_is_for_machines(gemeinwerk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert gemeinwerk("load", str(CHILD_CARE), "--municipality", "lindenau", "--json") == 0
    told = json.loads(capsys.readouterr().out)["schema"]
    assert (told["fim_id"], told["usable"]) == ("S05000001299", True)
    assert all(one["sentence"] for one in told["findings"])
    assert gemeinwerk("list", "--municipality", "lindenau", "--json") == 0
    assert [one["fim_id"] for one in json.loads(capsys.readouterr().out)] == ["S05000001299"]


def test_the_list_without_a_town_names_all(
    gemeinwerk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert gemeinwerk("load", str(CHILD_CARE), "--municipality", "lindenau", "--json") == 0
    capsys.readouterr()
    assert gemeinwerk("list") == 0
    assert capsys.readouterr().out.startswith("lindenau  S05000001299")
    assert gemeinwerk("list", "--json") == 0
    assert [one["municipality"] for one in json.loads(capsys.readouterr().out)] == ["lindenau"]


def test_too_large_does_not_advise_the_command_line(
    gemeinwerk: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.setattr("gemeinwerk.core.schemas.COMMAND_LIMIT", 100)
    huge = tmp_path / "huge.xml"
    huge.write_bytes(b"<x>" + b" " * 200 + b"</x>")
    assert gemeinwerk("load", str(huge), "--municipality", "lindenau") == 1
    told = capsys.readouterr().err
    assert "So große Schemas liest Gemeinwerk nicht" in told
    assert "Kommandozeile" not in told


def test_lists_alone_name_who_waits_for_them(
    gemeinwerk: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    source = str(next(PARKING.glob("S*.xml")))
    gemeinwerk("load", source, "--municipality", "lindenau")
    assert "wird als Eingabefeld gefragt" in capsys.readouterr().out
    lists = [str(path) for path in PARKING.glob("C*.xml")]
    assert gemeinwerk("load", *lists, "--municipality", "lindenau") == 0
    assert "wird gebraucht von" in capsys.readouterr().out


def test_a_refusal_is_one_sentence_with_file_and_line(
    gemeinwerk: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path, towns: tuple[int, int]
) -> None:
    broken = tmp_path / "kaputt.xml"
    name, data = parking_files(lists=False)[0]
    broken.write_bytes(data[:2000])
    gemeinwerk("load", str(PARKING / name), "--municipality", "lindenau")
    capsys.readouterr()
    assert gemeinwerk("load", str(broken), "--municipality", "lindenau") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("kaputt.xml:") and told.err.count("\n") == 1
    assert gemeinwerk("load", str(broken), "--municipality", "lindenau", "--json") == 1
    assert json.loads(capsys.readouterr().out)["file"] == "kaputt.xml"
    with tenancy.town(towns[0]):
        assert StoredSchema.objects.count() == 1


def test_wrong_use_is_told(gemeinwerk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert gemeinwerk("load", str(CHILD_CARE), "--municipality", "nirgends") == 2
    assert "nirgends" in capsys.readouterr().err
    assert gemeinwerk("load", "/gibt/es/nicht.xml", "--municipality", "lindenau") == 2
    assert "nicht lesbar" in capsys.readouterr().err
    two = [str(CHILD_CARE), str(next(PARKING.glob("S*.xml")))]
    assert gemeinwerk("load", *two, "--municipality", "lindenau") == 1
    assert "eines nach dem anderen" in capsys.readouterr().err


def test_packages_are_checked_and_tested(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    parking = str(CONTENT / "packages/resident-parking")
    assert package.run(parsed("package", "check", parking)) == 0
    assert package.run(parsed("package", "test", parking)) == 0
    assert "Testfällen bestanden" in capsys.readouterr().out
    assert package.run(parsed("package", "test", parking, "--json")) == 0
    assert all(one["passed"] for one in json.loads(capsys.readouterr().out)["tests"])
    assert package.run(parsed("package", "check", str(tmp_path / "nichts"))) == 2
    (tmp_path / "manifest.toml").write_text("key = 1")
    assert package.run(parsed("package", "check", str(tmp_path))) == 1
    told = capsys.readouterr().out
    assert "manifest.toml" in told and "fehlt" in told
    assert package.run(parsed("package", "check", str(tmp_path), "--json")) == 1
    assert json.loads(capsys.readouterr().out)["faults"]


def test_rules_act_only_when_asked_for(
    gemeinwerk: Any, capsys: pytest.CaptureFixture[str], towns: tuple[int, int]
) -> None:
    from gemeinwerk.apps.catalogue import drafts
    from tests.studio_files import PARKING_KEY, author

    files = [str(path) for path in sorted(PARKING.glob("*.xml"))]
    assert gemeinwerk("load", *files, "--municipality", "lindenau") == 0
    told = capsys.readouterr().out
    assert "Regeln: 2 übersetzt, 0 teilweise übersetzt, 0 unklar" in told
    assert "Keine wirkt, bevor" in told
    words = ("load", *files, "--municipality", "lindenau", "--confirm-rules")
    assert gemeinwerk(*words) == 0
    assert "2 Regeln sind bestätigt und wirken im Entwurf s05000058." in capsys.readouterr().out
    with tenancy.town(towns[0]):
        view = drafts.service(author(towns[0]), PARKING_KEY)
    assert view.open_rules == () and view.decisions[0].by == "schema load"
    assert gemeinwerk(*words, "--json") == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert (rules["translated"], rules["confirmed"], rules["left_open"]) == (2, 0, 0)


def test_lists_are_added_alone(gemeinwerk: Any, capsys: pytest.CaptureFixture[str]) -> None:
    schema_file = str(next(PARKING.glob("S*.xml")))
    lists = [str(path) for path in sorted(PARKING.glob("C*.xml"))]
    assert gemeinwerk("load", schema_file, "--municipality", "lindenau") == 0
    assert "fehlt: wird als Eingabefeld gefragt" in capsys.readouterr().out
    assert gemeinwerk("list-add", *lists, "--municipality", "lindenau") == 0
    assert "wird gebraucht von" in capsys.readouterr().out
    assert gemeinwerk("list-add", schema_file, "--municipality", "lindenau") == 1
    assert "Hier laden Sie nur Codelisten" in capsys.readouterr().err
