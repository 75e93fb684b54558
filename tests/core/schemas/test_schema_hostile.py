"""Hostile and broken files are refused early, with the right reason and little memory (S34)."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeinwerk.core.schemas import SchemaRefusedError, read_code_list, read_schema, unpack
from tests.core.schemas import schema_samples as samples
from tests.paths import REPOSITORY

GOOD = samples.schema(samples.occurs(samples.field()))
HEAD = GOOD[: GOOD.index(b"<header/>")]
DEEP_INNER = (
    b"<struktur><anzahl>1:1</anzahl><enthaelt><datenfeldgruppe>"
    + samples.general("G99000001", "1.0.0", standard=samples.XDF3).encode()
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(20))
    + b"]><lolz>&u;</lolz>"
)


def declared(encoding: str, text: str = "Größe") -> str:
    body = GOOD.decode().replace("<name>Muster</name>", f"<name>{text}</name>", 1)
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{body}'


REFUSED = {
    "nothing": (b"", "schema.empty"),
    "only blanks": (b" \r\n\t ", "schema.empty"),
    "a pdf": (b"%PDF-1.7\n", "schema.not_xml"),
    "still packed": (gzip.compress(GOOD, mtime=0), "schema.not_xml"),
    "json": (b'{"id": 1}', "schema.not_xml"),
    "html": (b"<!doctype html><html></html>", "schema.doctype"),
    "billion laughs": (LAUGHS, "schema.doctype"),
    "reads a file of the machine": (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "schema.doctype",
    ),
    "asks another server": (
        b'<!DOCTYPE a SYSTEM "http://localhost:1/a.dtd"><a/>',
        "schema.doctype",
    ),
    "parameter entity": (
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:1/"> %x;]><a/>',
        "schema.doctype",
    ),
    "doctype behind a comment": (b"<!-- a --><?b c?>\n<!DOCTYPE a><a/>", "schema.doctype"),
    "doctype behind a hundred comments": (b"<!--a-->" * 101 + LAUGHS[21:], "schema.not_xml"),
    "doctype in UTF-16": ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16"), "schema.doctype"),
    "doctype after the end": (GOOD + b"<!DOCTYPE a>", "schema.not_xml"),
    "entity nobody declared": (GOOD.replace(b"Muster", b"&boom;"), "schema.not_xml"),
    "character that XML forbids": (GOOD.replace(b"Muster", b"&#0;"), "schema.not_xml"),
    "NUL inside": (GOOD.replace(b"Muster", b"Mu\0ster"), "schema.not_xml"),
    "Latin-1 called UTF-8": (declared("UTF-8").encode("latin-1"), "schema.encoding"),
    "UTF-8 called Latin-1": (declared("ISO-8859-1").encode(), "schema.encoding"),
    "UTF-8 called UTF-16": (declared("UTF-16").encode(), "schema.encoding"),
    "UTF-16 called UTF-8": (declared("UTF-8").encode("utf-16"), "schema.encoding"),
    "UTF-16 that does not say so": (declared("UTF-16").encode("utf-16-le"), "schema.encoding"),
    "half an UTF-16 sign": (declared("UTF-16").encode("utf-16") + b"a", "schema.encoding"),
    "UTF-32": (declared("UTF-32").encode("utf-32"), "schema.encoding"),
    "UTF-7": (declared("UTF-7", "Groesse").encode(), "schema.encoding"),
    "EBCDIC": (declared("cp037", "Groesse").encode(), "schema.encoding"),
    "mark against declaration": (
        b"\xef\xbb\xbf" + declared("ISO-8859-1").encode(),
        "schema.encoding",
    ),
    "surrogate": (GOOD.replace(b"Muster", b"\xed\xa0\x80"), "schema.encoding"),
    "cut in a name": (GOOD[: GOOD.index(b"identifikation") + 5], "schema.truncated"),
    "cut at the end": (GOOD[:-3], "schema.truncated"),
    "end tags swapped": (GOOD.replace(b"</id>", b"</di>"), "schema.not_xml"),
    "two schemas in one file": (GOOD + GOOD, "schema.not_xml"),
    "another namespace": (
        GOOD.replace(b"xdatenfelder_3.0.0", b"xdatenfelder_9"),
        "schema.unknown_namespace",
    ),
    "no namespace": (b"<xdatenfelder.stammdatenschema.0102/>", "schema.unknown_namespace"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "schema.unknown_namespace"),
    "another message": (GOOD.replace(b"schema.0102", b"schema.0199"), "schema.unknown_message"),
    "a translation": (
        GOOD.replace(b"stammdatenschema.0102", b"uebersetzung.0106"),
        "schema.other_message",
    ),
    "a code list": (samples.code_list(""), "schema.other_message"),
    "foreign element": (
        GOOD.replace(b"<header/>", b"<header/><script/>"),
        "schema.unknown_element",
    ),
    "XInclude": (
        GOOD.replace(
            b"<header/>",
            b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
        ),
        "schema.unknown_element",
    ),
    "100,000 levels": (b"<a>" * 100_000, "schema.too_deep"),
    "100,000 levels of groups": (
        HEAD + b"<stammdatenschema>" + b"<identifikation>" * 100_000,
        "schema.too_deep",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_or_broken_file_is_refused_for_its_reason(data: bytes, code: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(data)
    assert refusal.value.code == code
    assert all(len(str(value)) < 300 for value in refusal.value.params.values())


def test_groups_may_not_nest_deeper_than_a_hundred_levels():
    start = GOOD[: GOOD.index(b"<struktur>")]
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(start + DEEP_INNER * 60)
    assert (refusal.value.code, refusal.value.params["limit"]) == ("schema.too_deep", 100)


@pytest.mark.parametrize(
    "encoding", ["UTF-8", "utf-8", "ISO-8859-1", "ISO-8859-15", "windows-1252", "UTF-16"]
)
def test_honest_encodings_are_read(encoding: str):
    schema = read_schema(declared(encoding).encode(encoding))
    assert schema.name == "Größe"


def test_a_byte_order_mark_and_comments_before_the_start_do_no_harm():
    assert read_schema(b"\xef\xbb\xbf<?a?><!-- b -->\r\n" + GOOD).id == "S99000001"


def test_the_line_of_the_mistake_is_told():
    data = GOOD.replace(b"<feldart>", b"\n\n<feldart>").replace(b"<anzahl>", b"\n<anzal/><anzahl>")
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(data, name="muster.xml")
    assert refusal.value.params == {
        "line": 2, "element": "anzal", "parent": "struktur", "file": "muster.xml"
    }  # fmt: skip


def test_the_size_limit_holds_to_the_byte():
    assert read_schema(GOOD, limit=len(GOOD)).id
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(GOOD, limit=len(GOOD) - 1)
    assert refusal.value.code == "schema.too_large"


def test_a_flood_of_tiny_elements_is_stopped():
    flood = GOOD.replace(b"<struktur>", b"<bezug/>" * 50_001 + b"<struktur>", 1)
    with pytest.raises(SchemaRefusedError) as refusal:
        read_schema(flood)
    assert refusal.value.code == "schema.too_many_elements"
    rows = samples.code_list(samples.column("code"), "<Row/>" * 10_000)
    with pytest.raises(SchemaRefusedError) as refusal:
        read_code_list(rows)
    assert refusal.value.code == "schema.code_list_columns"


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_bytes_make_another_error_than_a_refusal(junk: bytes):
    for read in (read_schema, read_code_list, unpack):
        try:
            read(junk)
        except SchemaRefusedError as refusal:
            assert refusal.code.startswith("schema.")


def test_no_damage_to_a_good_file_makes_another_error_than_a_refusal():
    dice = random.Random(7)
    for _ in range(400):
        damaged = bytearray(GOOD)
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(damaged))
            damaged[place : place + dice.randint(0, 4)] = dice.randbytes(dice.randint(0, 3))
        try:
            read_schema(bytes(damaged))
        except SchemaRefusedError as refusal:
            assert refusal.code.startswith("schema.")


# -- packed files ---------------------------------------------------------------------------


def test_a_packed_file_is_unpacked_and_a_plain_one_left_alone():
    assert unpack(gzip.compress(GOOD, mtime=0)) == GOOD
    assert unpack(GOOD) == GOOD
    assert unpack(gzip.compress(b"a", mtime=0) + gzip.compress(b"b")) == b"ab"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (gzip.compress(b"0" * 5001, mtime=0), "schema.too_large"),
        (b"0" * 5001, "schema.too_large"),
        (gzip.compress(b"0" * 3000, mtime=0) * 2, "schema.too_large"),
        (gzip.compress(b"", mtime=0) * 1000, "schema.packed_broken"),
        (gzip.compress(b"abc", mtime=0)[:-4], "schema.packed_broken"),
        (gzip.compress(b"abc", mtime=0)[:-1] + b"x", "schema.packed_broken"),
        (gzip.compress(b"abc", mtime=0) + b"junk", "schema.packed_broken"),
        (b"\x1f\x8b", "schema.packed_broken"),
        (b"\x1f\x8b" + bytes(range(50)), "schema.packed_broken"),
    ],
)
def test_a_bomb_or_broken_packed_file_is_refused(data: bytes, code: str):
    with pytest.raises(SchemaRefusedError) as refusal:
        unpack(data, 5000)
    assert refusal.value.code == code


def test_unpacking_stops_at_exactly_the_limit():
    assert len(unpack(gzip.compress(b"0" * 5000), 5000)) == 5000


# -- time and memory, measured in a process of its own -----------------------------------------

MEASURE = """
import json, sys, time
from gemeinwerk.core.schemas import (
    COMMAND_LIMIT, SchemaRefusedError, read_code_list, read_schema, unpack)
from tests.core.schemas import test_schema_hostile as attack
results = {}
for name, make in attack.HEAVY.items():
    data = make()
    began = time.process_time()
    try:
        reader = read_code_list if name.startswith("list of") else read_schema
        reader(unpack(data, COMMAND_LIMIT), limit=COMMAND_LIMIT)
        code = ""
    except SchemaRefusedError as refusal:
        code = refusal.code
    peak = attack.peak_of_this_process()
    results[name] = [code, time.process_time() - began, peak]
    del data
print(json.dumps(results))
"""
MB50 = 50 * 1024 * 1024


def peak_of_this_process() -> int:
    """Return the most memory so far in MB; ru_maxrss would count the process we forked from."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def _bomb() -> bytes:
    packer = zlib.compressobj(wbits=31)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(100)]
    return b"".join([*parts, packer.flush()])


def _repeated(head: bytes, part: bytes) -> bytes:
    """Return 50 MB of the same without holding them twice."""
    made = io.BytesIO()
    made.write(head)
    block = part * ((1 << 20) // len(part))
    while made.tell() < MB50:
        made.write(block)
    return made.getvalue()


HEAVY = {
    "junk bytes": lambda: _repeated(b"", b"\x01\x02<\xff"),
    "junk text": lambda: HEAD.ljust(MB50, b"x"),
    "junk blanks": lambda: HEAD.ljust(MB50, b" "),
    "junk attribute": lambda: (HEAD[:-1] + b' a="').ljust(MB50, b"x"),
    "junk attributes": lambda: _repeated(HEAD[:-1], b' a=""'),
    "junk elements": lambda: _repeated(HEAD, b"<b/>"),
    "junk name": lambda: b"<".ljust(MB50, b"a"),
    "junk comment": lambda: b"<!--".ljust(MB50, b"x"),
    "junk comments": lambda: _repeated(b"", b"<!---->"),
    "flood of references": lambda: _repeated(GOOD[: GOOD.index(b"<struktur>")], b"<bezug/>"),
    "deep nesting": lambda: b"<a>" * 100_000,
    "billion laughs": lambda: LAUGHS,
    "zip bomb": _bomb,
    "list of empty rows": lambda: _repeated(
        samples.code_list(samples.column("code")).partition(b"</SimpleCodeList>")[0], b"<Row/>"
    ),
}


def test_the_worst_files_cost_less_than_a_second_and_200_mb():
    done = subprocess.run(
        [sys.executable, "-c", MEASURE],
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}"},
        capture_output=True,
        check=True,
        timeout=60,
    )
    results = json.loads(done.stdout)
    assert set(results) == set(HEAVY)
    assert all(code.startswith("schema.") for code, _, _ in results.values()), results
    assert all(seconds < 1 for _, seconds, _ in results.values()), results
    assert all(megabytes < 200 for _, _, megabytes in results.values()), results
