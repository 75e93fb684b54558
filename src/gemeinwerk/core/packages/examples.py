"""Reads the test cases (Testfälle) of a package: answers, and what is expected of them.

A case may begin with the answers of a named example (`extends`), change some and take others
away (`without`), so that it shows only what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.packages.model import Expectation, TestCase
from gemeinwerk.core.packages.reading import Reader


class _Example(msgspec.Struct, frozen=True, kw_only=True):
    """A case as written in tests/*.toml."""

    name: str
    today: date
    expect: Expectation
    extends: str = ""
    answers: dict[str, str] = {}
    without: tuple[str, ...] = ()
    parameters: dict[str, Any] = {}
    failed_checks: tuple[str, ...] = ()
    handed_in: tuple[str, ...] | None = None
    decided: Outcome | None = None


def read_tests(reader: Reader) -> tuple[TestCase, ...]:
    """Read all files of the folder tests/ in the order of their names."""
    cases: list[TestCase] = []
    for file in sorted(name for name in reader.files if name.startswith("tests/")):
        table = reader.table(file)
        reader.only(file, table, "answers", "parameters", "case")
        bases = table.get("answers", {})
        shared = table.get("parameters", {})
        for index, one in enumerate(table.get("case", [])):
            example = reader.make(file, f"case[{index}]", one, _Example)
            if example is not None:
                cases.append(_case(reader, file, index, example, bases, shared))
    return tuple(cases)


def _case(
    reader: Reader,
    file: str,
    index: int,
    example: _Example,
    bases: Mapping[str, Mapping[str, str]],
    shared: Mapping[str, object],
) -> TestCase:
    if example.extends and example.extends not in bases:
        place = f"case[{index}].extends"
        reader.say(file, place, "package.unknown_answers", name=example.extends)
    base = bases.get(example.extends, {})
    kept = {path: value for path, value in base.items() if not _taken(path, example.without)}
    return TestCase(
        name=example.name,
        today=example.today,
        answers={**kept, **example.answers},
        parameters=_plain({**shared, **example.parameters}),
        expect=example.expect,
        file=file,
        failed_checks=example.failed_checks,
        handed_in=example.handed_in,
        decided=example.decided,
    )


def _plain(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in parameters.items()}


def _taken(path: str, without: tuple[str, ...]) -> bool:
    """Say whether the path, or a group above it, is taken away."""
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in without)
