"""Tables come in as offices write them; what is too large, broken or hostile is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeinwerk.core.paper import ListRefusedError, read_table
from tests.core.paper.sheets import HEAD, ROWS, csv_bytes, workbook

WANTED = [list(row) for row in ROWS]


def padded(rows: list[list[str]]) -> list[list[str]]:
    return [row + [""] * (len(HEAD) - len(row)) for row in rows]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_all_kinds(delimiter: str, encoding: str):
    assert padded(read_table(csv_bytes(delimiter=delimiter, encoding=encoding))) == WANTED


def test_the_first_visible_sheet_of_a_workbook():
    assert padded(read_table(workbook())) == WANTED


def test_a_formula_is_what_it_showed_last():
    sheet = (
        f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="A1" t="inlineStr"><is><t>Frage</t></is>'
        '</c></row><row><c r="A2" t="str"><f>HYPERLINK("http://x.example")</f><v>Rasse</v></c>'
        '<c r="C2"><v>3.0</v></c><c r="D2" t="b"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert read_table(workbook(sheet=sheet)) == [["Frage"], ["Rasse", "", "3", "ja"]]
    assert read_table(b'Frage\n"=1+1"\n') == [["Frage"], ["=1+1"]]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DANGLING = (
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c r="A1" t="s"><v>99999</v></c></row></sheetData>'
    "</worksheet>"
)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 30_000_000)
    return out.getvalue()


def entity() -> bytes:
    evil = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    return workbook(sheet=evil)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x" * 5_000_001, "paper.too_large"),
        (b"a\n" * 1_001, "paper.too_large"),
        (b";" * 61 + b"a", "paper.too_large"),
        (b"Frage\n" + b"x" * 5_000, "paper.too_large"),
        (bomb(), "paper.too_large"),
        (entity(), "paper.unreadable"),
        (b"PK\x03\x04 broken", "paper.unreadable"),
        (workbook()[:-300], "paper.unreadable"),
        (b"\0\1\2\0", "paper.unreadable"),
        (workbook(sheet=DANGLING), "paper.unreadable"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused(data: bytes, code: str):
    with pytest.raises(ListRefusedError) as refused:
        read_table(data)
    assert refused.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_a_refusal(data: bytes):
    for source in (data, b"PK\x03\x04" + data):
        try:
            rows = read_table(source)
        except ListRefusedError:
            continue
        assert all(row and row[-1] for row in rows)
