"""Relations are packed straight from the bytes, however the file is laid out."""

import re

import pytest
from lxml import etree

from gemeinwerk.core.schemas import (
    SchemaRefusedError,
    canonical,
    read_message,
    write_message,
)
from gemeinwerk.core.schemas.cutting import cut_relations

NAMESPACE = "urn:xoev-de:fim:standard:xdatenfelder_3.0.0"
RELATION = (
    '<x:relation><x:praedikat listURI="urn:muster" listVersionID="1"><code>ABL</code>'
    "</x:praedikat><x:objekt><x:id>{}</x:id><x:version>1.0.0</x:version></x:objekt></x:relation>"
)


def file(relations: int = 30) -> bytes:
    rows = "".join(RELATION.format(f"F99{number:06}") for number in range(relations))
    return (
        f'<x:xdatenfelder.datenfeld.0104 xmlns:x="{NAMESPACE}"><x:datenfeld><x:identifikation>'
        f"<x:id>F99000101</x:id></x:identifikation><x:name>Muster</x:name>{rows}"
        "<x:stichwort>Ende</x:stichwort></x:datenfeld></x:xdatenfelder.datenfeld.0104>"
    ).encode()


def indented(data: bytes, space: str = "  ") -> bytes:
    tree = etree.fromstring(data)
    etree.indent(tree, space)
    return etree.tostring(tree)


def without_prefix(data: bytes) -> bytes:
    bare = data.replace(b"<code>", b'<code xmlns="">').replace(b"xmlns:x=", b"xmlns=")
    return bare.replace(b"<x:", b"<").replace(b"</x:", b"</")


def odd(data: bytes) -> bytes:
    """Put each relation on a line of its own, at a depth of its own."""
    return data.replace(b"<x:relation>", b"\n\t\t\t\t\t<x:relation>").replace(
        b"<code>", b"  <code>"
    )


LAYOUTS = {
    "plain": file(),
    "indented": indented(file()),
    "tabs": indented(file(), "\t"),
    "no indentation": indented(file(), ""),
    "CRLF": indented(file()).replace(b"\n", b"\r\n"),
    "no prefix": without_prefix(file()),
    "no prefix, indented": without_prefix(indented(file())),
    "code in the namespace": without_prefix(file()).replace(b' xmlns=""', b""),
    "odd": odd(file()),
    "odd, without prefix": without_prefix(odd(file())),
    "other prefix inside": file().replace(b"<x:name>", b'<x:name xmlns:y="urn:muster">'),
    "without version": re.sub(rb"<x:version>.*?</x:version>", b"", indented(file())),
}


@pytest.mark.parametrize("data", LAYOUTS.values(), ids=LAYOUTS)
def test_rows_are_taken_whole_and_come_back(data: bytes) -> None:
    cut = cut_relations(data)
    assert cut.rest.count(b"</code>") == 1
    message = read_message(data)
    field = message.content.field
    assert [each.object.id for each in field.relations] == [f"F99{n:06}" for n in range(30)]
    assert [each.text for each in field.keywords] == ["Ende"]
    assert canonical(write_message(message)) == canonical(data)


def test_all_layouts_say_the_same() -> None:
    plain = read_message(LAYOUTS["plain"]).content
    for name in ("indented", "tabs", "CRLF", "no prefix, indented", "odd"):
        assert read_message(LAYOUTS[name]).content == plain, name


@pytest.mark.parametrize(
    "mark",
    [b"<!-- {} -->", b"<?muster {} ?>", b"<x:stichwort><![CDATA[{}]]></x:stichwort>"],
    ids=["comment", "instruction", "CDATA"],
)
def test_what_only_looks_like_relations_stays(mark: bytes) -> None:
    twice = (RELATION.format("F99000001") * 2).encode()
    data = file().replace(b"<x:stichwort>", mark.replace(b"{}", twice) + b"<x:stichwort>", 1)
    assert cut_relations(data).after == {}
    assert len(read_message(data).content.field.relations) == 30


def test_relations_of_two_prefixes_keep_their_places() -> None:
    second = f'<x:xdatenfelder.datenfeld.0104 xmlns:y="{NAMESPACE}"'.encode()
    data = file().replace(b"<x:xdatenfelder.datenfeld.0104", second)
    other = RELATION.format("F99999999").replace("x:", "y:").encode()
    data = data.replace(b"<x:relation>", other + b"<x:relation >", 1)
    message = read_message(data)
    found = [each.object.id for each in message.content.field.relations]
    assert found == ["F99999999", *(f"F99{n:06}" for n in range(30))]
    assert canonical(write_message(message)) == canonical(data)


def test_refusals_name_the_line_of_the_file() -> None:
    data = indented(file()).replace(b"<x:stichwort>Ende</x:stichwort>", b"<x:falsch/>")
    line = data[: data.index(b"<x:falsch")].count(b"\n") + 1
    with pytest.raises(SchemaRefusedError) as refused:
        read_message(data)
    assert refused.value.line == line


def test_a_changed_one_of_many_is_written_with_its_own_blanks() -> None:
    data = indented(file())
    data = data.replace(b"<x:id>F99000015", b" <x:id>F99000015")
    message = read_message(data)
    assert canonical(write_message(message)) == canonical(data)
