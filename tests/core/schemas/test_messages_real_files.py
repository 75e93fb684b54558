"""All real schemas come back identical and valid, in both versions of the standard."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeinwerk.core.schemas import (
    FORMATS,
    Message,
    SchemaRefusedError,
    canonical,
    convert,
    read_code_list,
    read_message,
    read_schema,
    round_trip,
    schema_of,
    unpack,
    write_message,
)
from gemeinwerk.project import standards
from tests.paths import STANDARDS

FOLDER = STANDARDS / "xdatenfelder"
REAL = sorted([*FOLDER.glob("xdf3/*.xml*"), *FOLDER.glob("xdf2/*/S*.xml")])
SAMPLE = [*sorted(REAL, key=lambda path: path.stat().st_size)[::12], *FOLDER.glob("xdf2/*/S*.xml")]
LISTS = sorted(FOLDER.glob("xdf2/*/*genericode.xml"))
CASES = sorted(FOLDER.glob("parser-faelle/*/*.xml"))
# broken beyond what a message can hold: an unknown element, something said twice, a foreign file
REFUSED = {
    "duplicate-required-value.xml", "unknown-namespace.xml",
    "duplicate-id-node.xml", "unexpected-node.xml",
}  # fmt: skip


@cache
def data_of(path: Path) -> bytes:
    return unpack(path.read_bytes(), 10_000_000)


def xsd_faults(message: Message) -> tuple[str, ...]:
    form = next(each for each in FORMATS if each.standard == message.standard)
    path = STANDARDS / form.xsd(message.namespace, message.name)
    return standards.faults(write_message(message), path)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_schema_comes_back_identical(path: Path):
    data = path.read_bytes()
    message = read_message(unpack(data, 10_000_000))
    written = write_message(message)
    # equal bytes need no canonical form; else that decides
    assert written == unpack(data, 10_000_000) or canonical(written) == canonical(data_of(path))


def both_ways(path: Path) -> None:
    """The message fits its XSD, so does what it becomes in the other version, and back again."""
    message = read_message(data_of(path))
    assert xsd_faults(message) == ()
    other, findings = convert(message, to="xdf2" if message.standard == "xdf3" else "xdf3")
    assert xsd_faults(other) == ()
    assert findings
    back, _ = convert(other, to=message.standard)  # type: ignore[arg-type]  # no genericode here
    assert xsd_faults(back) == ()
    assert schema_of(other).id == schema_of(back).id == schema_of(message).id


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_some_real_schemas_are_valid_in_both_versions(path: Path):
    both_ways(path)


@pytest.mark.long
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_all_real_schemas_are_valid_in_both_versions(path: Path):
    both_ways(path)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_real_code_list_comes_back_identical(path: Path):
    trip = round_trip(path.read_bytes(), FORMATS)
    assert (trip.standard, trip.identical, trip.differences) == ("genericode", True, ())


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_parser_cases_come_back_identical_or_are_refused(path: Path):
    if path.name in REFUSED:
        with pytest.raises(SchemaRefusedError):
            read_message(path.read_bytes())
        return
    trip = round_trip(path.read_bytes(), FORMATS)
    assert (trip.identical, trip.differences) == (True, ())


# -- fuzzing -----------------------------------------------------------------------------------

SEEDS = [*CASES, *LISTS[:4], FOLDER / "xdf3" / "S00000000364V1.0.0_xdf3.xml"]
BITS = [
    b"<![CDATA[x]]>", b"<!-- c -->", b"<?pi x?>", b" ", b"\n", b"&amp;", b"&#13;", b"<x/>", b'"',
    b'xmlns:q="urn:x" ', b'xmlns="" ', b"\xc3\xa4", b"\x85", b'xml:lang="de" ', b'a="1" ', b":",
]  # fmt: skip


def damaged(dice: random.Random) -> bytes:
    data = bytearray(data_of(dice.choice(SEEDS)))
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(data))
        if dice.random() < 0.6:  # most harm is done beside a tag
            place = data.find(dice.choice([b">", b" ", b"<"]), place) + 1
        kind = dice.random()
        if kind < 0.5:
            data[place:place] = dice.choice(BITS)
        elif kind < 0.7:
            data[place:place] = data[place - 200 : place + 100]
        else:
            data[place : place + dice.randint(0, 60)] = dice.randbytes(dice.randint(0, 2))
    return bytes(data)


def check_damaged(seed: int) -> None:
    data = damaged(random.Random(seed))
    for read in (read_schema, read_code_list):
        try:
            read(data)
        except SchemaRefusedError as refusal:
            assert refusal.code.startswith("schema.")
    try:
        message = read_message(data)
    except SchemaRefusedError:
        return
    assert read_message(write_message(message)) == message


@given(st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_damaged_real_files_are_refused_or_read_and_never_more(seed: int):
    check_damaged(seed)


@pytest.mark.long
@given(st.integers(0, 2**32))
@settings(max_examples=20_000, deadline=None)
def test_many_damaged_real_files_are_refused_or_read_and_never_more(seed: int):
    check_damaged(seed)
