"""Damages files and texts of the kept corpus, the same way for the same seed."""

from __future__ import annotations

import random
import re
from pathlib import Path

MARKUP = [
    b"<![CDATA[x]]>", b"<!-- c -->", b"<!-- <relation> -->", b"<?pi x?>", b"<?service0 here?>",
    b" ", b"\n", b"\r\n", b"\t", b"&amp;", b"&#13;", b"&#x1c;", b"&x;", b"<x/>", b"<x:name/>",
    b'"', b"'", b'xmlns:q="urn:x" ', b'xmlns="" ', b'xmlns:x="urn:x" ', b"\xc3\xa4", b"\x85",
    b"\xe2\x80\xa8", b'xml:lang="de" ', b'a="1" ', b":", b"</x>", b"<!DOCTYPE a>", b"\0",
    b"\xff", b"99999999999999999999", b"-1", b"1e9", b"0:*", b'xsi:type="x:Unbekannt" ',
    b'xsi:nil="true" ',
]  # fmt: skip
WORDS = [*(Path(__file__).parent / "words.txt").read_text().split(), "\0"]
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_TAG = re.compile(rb"<[^<>]*>[^<>]*")


def damaged_file(data: bytes, dice: random.Random) -> bytes:
    """Return a file with one to four faults, most of them beside tags."""
    for _ in range(dice.randint(1, 4)):
        data = dice.choice((_insert, _insert, _cut, _noise, _move_tags))(data, dice)
    return data


def damaged_text(text: str, dice: random.Random) -> str:
    """Return a text with words put in, taken out, repeated and moved."""
    tokens = _TOKEN.findall(text) or [""]
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(tokens) + 1)
        kind = dice.random()
        if kind < 0.4:
            tokens[place:place] = [" ", dice.choice(WORDS), " "]
        elif kind < 0.6:
            del tokens[place : place + dice.randint(1, 3)]
        elif kind < 0.8:
            other = dice.randrange(len(tokens) + 1)
            tokens[other:other] = tokens[place : place + dice.randint(1, 6)]
        elif kind < 0.97:
            dice.shuffle(part := tokens[place : place + 8])
            tokens[place : place + 8] = part
        else:
            tokens[place:place] = tokens[place : place + 4] * dice.randint(10, 300)
    return "".join(tokens)


def _beside_a_tag(data: bytes, dice: random.Random) -> int:
    place = dice.randrange(len(data) + 1)
    return data.find(dice.choice([b">", b" ", b"<"]), place) + 1 if dice.random() < 0.7 else place


def _insert(data: bytes, dice: random.Random) -> bytes:
    place = _beside_a_tag(data, dice)
    return data[:place] + dice.choice(MARKUP) + data[place:]


def _cut(data: bytes, dice: random.Random) -> bytes:
    place = _beside_a_tag(data, dice)
    return data[:place] + data[place + dice.randint(0, 60) :]


def _noise(data: bytes, dice: random.Random) -> bytes:
    place = dice.randrange(len(data) + 1)
    return data[:place] + dice.randbytes(dice.randint(0, 2)) + data[place + 1 :]


def _move_tags(data: bytes, dice: random.Random) -> bytes:
    """Repeat or move some tags as a whole, so that the file often stays well-formed."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return data
    first = dice.randrange(len(tags))
    last = min(len(tags) - 1, first + dice.randint(0, 7))
    some = data[tags[first].start() : tags[last].end()]
    place = dice.choice(tags).start()
    return data[:place] + some + data[place:]
