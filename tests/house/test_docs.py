"""The documents of the house tell the truth: commands, settings, words and links exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gemeinwerk.project import command_line
from gemeinwerk.web.ui import security_txt

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "content").glob("*.md")])
DECISIONS = sorted((DOCS / "adr").glob("0*.md"))
SETTING = re.compile(r"\b(?:GEMEINWERK_[A-Z_]*[A-Z]|DATABASE_URL)\b")


def test_every_setting_is_documented():
    documented = set(SETTING.findall((DOCS / "settings.md").read_text()))
    used = {name for _, text in sources() for name in SETTING.findall(text)}
    assert used == documented
    told = {name for page in PAGES for name in SETTING.findall(page.read_text())}
    assert told <= documented


def test_every_command_is_documented():
    page = (DOCS / "commands.md").read_text()
    documented = set(re.findall(r"^\| `gemeinwerk ([a-z-]+)", page, re.MULTILINE))
    assert documented == set(command_line.names())


def test_every_event_is_documented():
    table = architecture_below("| Event | Then |")
    cells = re.findall(r"^\| (`[^|]+)\|", table, re.MULTILINE)
    documented = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    places = (ROOT / "src" / "gemeinwerk" / "apps").glob("*/events.py")
    events = {
        name for place in places for name in re.findall(r"class (\w+)\(Event\)", place.read_text())
    }
    assert events == documented


def test_every_connector_is_documented():
    table = (
        (DOCS / "architecture.md").read_text().split("| Folder | Talks to |")[1].split("\n\n")[0]
    )
    folders = (ROOT / "src" / "gemeinwerk" / "connectors").glob("*/__init__.py")
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == {
        folder.parent.name for folder in folders
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_and_commands_lead_somewhere(page: Path):
    text = page.read_text()
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "#", "mailto:")):
            assert (page.parent / target.partition("#")[0]).exists(), target
    for script in re.findall(r"\bscripts/[a-z]+\b", text):
        assert (ROOT / script).is_file(), script
    for command in re.findall(r"\bgemeinwerk ([a-z-]+)(?= |`|$)", code_in(text), re.MULTILINE):
        assert command in command_line.names(), command


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.name)
def test_every_decision_says_why(decision: Path):
    text = decision.read_text()
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert parts == ["Status", "Context", "Options", "Decision", "Consequences"]
    assert text.startswith(f"# {decision.name[:4]}. ")
    assert f"]({decision.name})" in (DOCS / "adr" / "README.md").read_text()
    assert len(re.findall(r"^\d\. ", text.split("## Options")[1].split("## Decision")[0], re.M)) > 1


def test_decisions_are_numbered_without_gap():
    numbers = [int(decision.name[:4]) for decision in DECISIONS]
    assert numbers == list(range(1, len(numbers) + 1))


def test_words_of_the_glossary_are_those_of_the_code():
    known = names_in_code()
    table = re.findall(r"^\|[^|]+\|([^|]+)\|", (DOCS / "glossary.md").read_text(), re.MULTILINE)
    words = {word for cell in table for word in re.findall(r"`([^`]+)`", cell)}
    assert len(words) > 60
    assert words <= known, sorted(words - known)


def test_changes_are_told_in_one_german_sentence():
    changes = [page for page in (ROOT / "changelog.d").glob("*.md") if page.name != "README.md"]
    assert changes
    for page in changes:
        text = page.read_text()
        assert re.fullmatch(r"[A-ZÄÖÜ][^\n]+\.\n", text), page.name
        assert re.search(r"\b(der|die|das|ein|eine|einen|und|sich|ist|mit)\b", text), page.name


def test_security_txt_is_no_older_than_a_year():
    # RFC 9116 recommends less than a year; fails when a release is overdue.
    from datetime import UTC, datetime, timedelta

    assert datetime.now(UTC) < security_txt.expires() < datetime.now(UTC) + timedelta(days=366)
    assert "/.well-known/security.txt" in (ROOT / "SECURITY.md").read_text()


def test_publiccode_has_what_the_standard_asks_for():
    text = (ROOT / "publiccode.yml").read_text()
    needed = "publiccodeYmlVersion name url platforms categories developmentStatus softwareType"
    for key in (*needed.split(), "description", "legal", "maintenance", "localisation"):
        assert re.search(rf"^{key}:", text, re.MULTILINE), key
    assert "  license: EUPL-1.2\n" in text
    for short in re.findall(r"shortDescription: (.+)", text):
        assert len(short) <= 150


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    for number in range(1, 16):
        assert re.search(rf"^{number}\. ", text, re.MULTILINE), number
    assert text.rstrip().endswith("require the production of a new\nEUPL version.")


def sources() -> Iterator[tuple[Path, str]]:
    """Yield what reads settings: our code, its tests and the scripts."""
    for folder in ("src", "tests", "scripts"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and (path.suffix == ".py" or folder == "scripts"):
                yield path, path.read_text()


def architecture_below(heading: str) -> str:
    """Return the rows of one table of the architecture."""
    return (DOCS / "architecture.md").read_text().split(heading)[1].split("\n\n")[0]


def code_in(text: str) -> str:
    """Return what stands in code, blocks and words, one piece per line."""
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", rest)])


@cache
def names_in_code() -> frozenset[str]:
    """Return every name that our code defines, uses as an attribute or takes as an argument."""
    found: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.arg(arg=name):
                    found.add(name)
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    found.add(name)
    return frozenset(found)
