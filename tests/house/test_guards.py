"""What was agreed about the code, measured over the code itself."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import REPOSITORY

SOURCE = REPOSITORY / "src/gemeinwerk"
FILES = sorted(SOURCE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
SENTENCES = SOURCE / "web/ui/sentences"

MODULE, FUNCTION, VIEW = 350, 40, 25  # lines
FREE_OF_DJANGO = 0.35

# Folders that may start processes of the operating system.
STARTS_PROCESSES = {
    "project/backups",
    "project/launcher",
    "project/commands",
    "project/deployment",
}


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return (node.end_lineno or node.lineno) - first + 1


def is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = node.args.args
    return bool(arguments) and arguments[0].arg == "request"


def test_modules_stay_small() -> None:
    long = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in long.items() if lines > MODULE} == {}


def test_functions_stay_short() -> None:
    found = {
        f"{name_of(path)}:{node.name}": length(node)
        for path, tree in TREES.items()
        if "migrations" not in path.parts
        for node in functions(tree)
        if length(node) > FUNCTION
    }
    assert found == {}


def test_views_stay_short() -> None:
    found = {
        f"{name_of(path)}:{node.name}": length(node)
        for path, tree in TREES.items()
        if path.is_relative_to(SOURCE / "web") and path.parts[-2] != "ui"
        for node in functions(tree)
        if is_view(node) and length(node) > VIEW
    }
    assert found == {}


def test_every_module_opens_with_its_purpose() -> None:
    silent = [
        name_of(path)
        for path, tree in TREES.items()
        if "migrations" not in path.parts and tree.body and not ast.get_docstring(tree)
    ]
    assert silent == []


def test_a_third_of_the_lines_is_free_of_django() -> None:
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in FILES}
    free = sum(count for path, count in lines.items() if not _imports(TREES[path], "django"))
    assert free / sum(lines.values()) >= FREE_OF_DJANGO


def _imports(tree: ast.Module, package: str) -> bool:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and any(
            a.name.split(".")[0] == package for a in node.names
        ):
            return True
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == package:
            return True
    return False


# --- error codes ------------------------------------------------------------------------------


def sentences(spoken: str) -> set[str]:
    files = [*SENTENCES.glob(f"{spoken}.toml"), *(SENTENCES / spoken).glob("*.toml")]
    return {key for file in files for key in tomllib.loads(file.read_text("utf-8"))}


def codes() -> dict[str, str]:
    """Return every code of a DomainError and of a Fault, with the place that uses it."""
    found = {}
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            for code in _codes_in(node):
                found.setdefault(code, f"{name_of(path)}:{getattr(node, 'lineno', 0)}")
    return found


def _codes_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef) and any(_name(base).endswith("Error") for base in node.bases):
        for line in node.body:
            if isinstance(line, ast.Assign | ast.AnnAssign) and isinstance(
                line.value, ast.Constant
            ):
                target = line.targets[0] if isinstance(line, ast.Assign) else line.target
                if _name(target) == "code" and line.value.value:
                    yield str(line.value.value)
    if isinstance(node, ast.Call) and _name(node.func) == "Fault" and len(node.args) > 1:
        code = node.args[1]
        if isinstance(code, ast.Constant):
            yield str(code.value)


def _name(node: ast.AST) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


@pytest.mark.parametrize("spoken", ["de", "en"])
def test_every_code_has_its_sentence(spoken: str) -> None:
    known = sentences(spoken)
    assert {code: place for code, place in codes().items() if code not in known} == {}


# --- what nobody may call (S31) -----------------------------------------------------------------

FORBIDDEN_CALLS = {"eval", "exec", "mark_safe", "RawSQL", "format_html_join", "SafeString"}
MAY_RUN_MADE_CODE = {"core/kernel/generated.py": "exec"}
"""ADR 21: the one place that runs code, made from syntax trees of our own."""
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "yaml", "xml.etree", "xml.dom", "xml.sax"}
FORBIDDEN_METHODS = {"raw", "extra"}


def test_forbidden_calls() -> None:
    found = []
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                method = isinstance(node.func, ast.Attribute)
                name = _name(node.func)
                shell = any(word.arg == "shell" for word in node.keywords)
                on_rows = method and name in FORBIDDEN_METHODS and _on_manager(node.func)
                forbidden = name in FORBIDDEN_CALLS and not method
                forbidden &= MAY_RUN_MADE_CODE.get(name_of(path)) != name
                if forbidden or shell or on_rows:
                    found.append(f"{name_of(path)}:{node.lineno} {name}")
    assert found == []


def _on_manager(node: ast.AST) -> bool:
    return any(_name(one) == "objects" for one in ast.walk(node))


def test_forbidden_modules() -> None:
    found = [
        f"{name_of(path)} {module}"
        for path, tree in TREES.items()
        for module in FORBIDDEN_MODULES
        if _imports(tree, module)
    ]
    assert found == []


def test_templates_never_switch_escaping_off() -> None:
    marks = re.compile(r"\|\s*safe\b|autoescape\s+false", re.IGNORECASE)
    found = [name_of(path) for path in SOURCE.rglob("*.html") if marks.search(path.read_text())]
    assert found == []


def test_processes_start_in_few_places() -> None:
    found = {
        "/".join(name_of(path).split("/")[:2])
        for path, tree in TREES.items()
        if _imports(tree, "subprocess")
    }
    assert found <= STARTS_PROCESSES


def test_the_web_and_core_never_reach_for_rows() -> None:
    """S10: a row is reached through the queries and actions of its room only."""
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path, tree in TREES.items()
        if path.is_relative_to(SOURCE / "web") or path.is_relative_to(SOURCE / "core")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert found == []


# --- migrations, secrets, promises ----------------------------------------------------------------


def test_migrations_are_linear() -> None:
    for folder in sorted((SOURCE / "apps").glob("*/migrations")):
        room = folder.parent.name
        names = [path.stem for path in sorted(folder.glob("0*.py"))]
        before = {
            name: set(re.findall(rf'\("{room}", "(\w+)"\)', (folder / f"{name}.py").read_text()))
            for name in names
        }
        last = [name for name in names if not any(name in others for others in before.values())]
        assert len(last) <= 1, f"{room} ends in {last}"
        assert [name.split("_")[0] for name in names] == [
            f"{n:04d}" for n in range(1, len(names) + 1)
        ]


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.fail("the guards need the repository's list of files")
    return [REPOSITORY / line for line in done.stdout.splitlines()]


SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[bap]-[0-9A-Za-z-]{20,}"
    r"|(?i:(?:secret|password|api_?key)\s*=\s*[\"'][0-9a-f]{32,}[\"'])"
)


def test_no_secret_and_no_open_promise_lies_in_the_repository() -> None:
    words = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X)\b")
    found = []
    for path in tracked():
        if (
            path.suffix in {".py", ".html", ".toml", ".md", ".js", ".css", ".json", ""}
            and path.is_file()
        ):
            text = path.read_text("utf-8", errors="replace")
            if SECRETS.search(text) or (path.suffix != ".json" and words.search(text)):
                found.append(path.relative_to(REPOSITORY).as_posix())
    assert found == []
