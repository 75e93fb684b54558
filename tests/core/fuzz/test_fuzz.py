"""Damaged files and texts: only the documented refusals, little time, nothing lost unseen.

`corpus` holds what is damaged (invented, number range 99), `findings` what once went wrong: each
is tried on every run. `--long` goes on for minutes; a new finding is a file more in `findings`.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gemeinwerk.core.expressions import ExpressionError, parse, to_text
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.rules import Names, to_german, translate_rule
from gemeinwerk.core.schemas import (
    Rule,
    SchemaRefusedError,
    convert,
    quality_of,
    read_code_list,
    read_message,
    read_schema,
    round_trip,
    write_message,
)
from gemeinwerk.project.formats import FORMATS
from tests.core.fuzz.mutations import damaged_file, damaged_text
from tests.core.rules.world import SCHEMA

HERE = Path(__file__).parent
FILES = sorted((HERE / "corpus").glob("*.xml"))
FOUND = sorted((HERE / "findings").glob("*"))
MOST_SECONDS = 1.0
MOST_MEGABYTES = 200
NAMES = Names(SCHEMA)


def try_file(data: bytes) -> None:
    """Read, write, convert and judge; whatever is read must come back."""
    for work in (lambda: quality_of(read_schema(data)), lambda: read_code_list(data)):
        try:
            work()
        except SchemaRefusedError as refusal:
            assert refusal.code.startswith("schema.")
    try:
        trip = round_trip(data, FORMATS)
    except DomainError as refusal:
        assert refusal.code.startswith("schema.")
        return
    assert trip.identical != bool(trip.differences)
    if trip.standard in ("xdf2", "xdf3", "genericode"):
        message = read_message(data)
        assert read_message(write_message(message)) == message
        if trip.standard != "genericode":
            try:
                convert(message, to="xdf2" if trip.standard == "xdf3" else "xdf3")
            except SchemaRefusedError as refusal:
                assert refusal.code.startswith("schema.")
    else:
        assert round_trip(trip.written, FORMATS).written == trip.written


def try_rule(text: str) -> None:
    """Translate a rule; what is understood can be said and keeps its tree."""
    made = translate_rule(Rule("R99000101", "1.0.0", "", text), NAMES, ("G99000101",))
    assert made.status != "unclear" or (made.reasons and not made.effects)
    for effect in made.effects:
        assert to_german(effect, NAMES)
        assert to_text(parse(to_text(effect.condition))) == to_text(effect.condition)


def try_expression(text: str) -> None:
    """Parse an expression; its text gives the same tree."""
    try:
        tree = parse(text)
    except ExpressionError:
        return
    assert to_text(parse(to_text(tree))) == to_text(tree)


WORKS = {".rule": try_rule, ".expression": try_expression}


def within_bounds(work: Callable[[Any], None], given: str | bytes) -> None:
    """Do the work on one case within bounded time and memory."""
    before, began = peak(), time.process_time()
    work(given)
    assert time.process_time() - began < MOST_SECONDS
    assert peak() - before < MOST_MEGABYTES


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fuzz_files(first: int, number: int) -> None:
    for path in FILES:
        data = path.read_bytes()
        for seed in range(first, first + number):
            case = damaged_file(data, random.Random(seed))
            within_bounds(try_file, case)


def fuzz_texts(first: int, number: int) -> None:
    for name, work in (("rules.txt", try_rule), ("expressions.txt", try_expression)):
        for line in (HERE / "corpus" / name).read_text().splitlines():
            for seed in range(first, first + number):
                within_bounds(work, damaged_text(line, random.Random(seed)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_corpus_comes_back_whole(path: Path) -> None:
    trip = round_trip(path.read_bytes(), FORMATS)
    assert trip.differences == ()


def test_what_once_went_wrong() -> None:
    for path in FOUND:
        work = WORKS.get(path.suffix)
        if work is None:
            within_bounds(try_file, path.read_bytes())
        else:
            within_bounds(work, path.read_text())


def test_damaged_files() -> None:
    fuzz_files(0, 40)


def test_damaged_texts() -> None:
    fuzz_texts(0, 30)


@pytest.mark.long
def test_many_damaged_files() -> None:
    fuzz_files(1_000, 5_000)


@pytest.mark.long
def test_many_damaged_texts() -> None:
    fuzz_texts(1_000, 5_000)
