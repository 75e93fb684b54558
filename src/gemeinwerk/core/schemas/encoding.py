"""Brings an XML file to UTF-8 and refuses what the parser should never see (S34)."""

from __future__ import annotations

import codecs
import re

from gemeinwerk.core.schemas.errors import (
    DoctypeError,
    EmptyFileError,
    EncodingError,
    NotXmlError,
)
from gemeinwerk.core.schemas.text import shown

_DECLARATION = re.compile(
    rb"<\?xml[ \t\r\n][^>]{0,400}?encoding[ \t\r\n]*=[ \t\r\n]*[\"']([^\"'>]*)"
)
_UTF16_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_UTF32_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# what town halls really send; UTF-7, EBCDIC and the like serve only to hide something
_SINGLE_BYTE = {
    "us-ascii": "ascii",
    "iso-8859-1": "latin-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
}
_BLANKS = re.compile(rb"[ \t\r\n]*")
_MOST_PROLOG = 100  # comments and instructions before the first element
_CHUNK = 1 << 16


def as_utf8(data: bytes) -> bytes:
    """Return the file in UTF-8 without byte order mark.

    Raises `SchemaRefusedError` when the file is empty, does not begin like XML, names an encoding
    it does not have, or holds a document type declaration.
    """
    if not data.strip(b"\0 \t\r\n")[:1]:
        raise EmptyFileError()
    utf8 = _transcoded(data)
    _check_prolog(utf8)
    return utf8


def _transcoded(data: bytes) -> bytes:
    if data.startswith((b"<\0", b"\0<")):  # UTF-16 must say so
        raise EncodingError(line=1, encoding="UTF-16")
    if data.startswith(_UTF32_MARKS):
        raise EncodingError(line=1, encoding="UTF-32")
    for mark, codec in _UTF16_MARKS.items():
        if data.startswith(mark):
            utf8 = _recoded(data[2:], codec)
            if _declared(utf8) not in ("", "utf-16"):
                raise EncodingError(line=1, encoding=_declared(utf8))
            return utf8
    marked = data.startswith(codecs.BOM_UTF8)
    body = data[3:] if marked else data
    declared = _declared(body)
    if declared in ("", "utf-8", "utf8"):
        return body
    single_byte = _SINGLE_BYTE.get(declared)
    if marked or single_byte is None or _is_really_utf8(body):
        raise EncodingError(line=1, encoding=shown(declared))
    return _recoded(body, single_byte)


def _declared(data: bytes) -> str:
    """Return the encoding of the XML declaration in lower case, "" when it names none."""
    found = _DECLARATION.match(data[:512])
    return found[1].decode("latin-1").strip().lower() if found else ""


def _recoded(data: bytes, codec: str) -> bytes:
    """Return `data` in UTF-8, piece by piece so that no whole copy as text is made."""
    decoder = codecs.getincrementaldecoder(codec)()
    utf8 = bytearray()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _CHUNK):
            utf8 += decoder.decode(bytes(view[start : start + _CHUNK])).encode()
        utf8 += decoder.decode(b"", final=True).encode()
    except UnicodeError:
        raise EncodingError(line=utf8.count(b"\n") + 1, encoding=codec) from None
    return bytes(utf8)


def _is_really_utf8(data: bytes) -> bool:
    """Tell whether umlauts are there and all of them are sound UTF-8, against the declaration."""
    if data.isascii():
        return False
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(bytes(view[start : start + _CHUNK]))
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _check_prolog(data: bytes) -> None:
    """Look at what stands before the first element: comments and instructions, no DOCTYPE.

    Done before parsing, because a parser reads all entities of a DOCTYPE before it can be asked.
    After the first element a DOCTYPE is no XML and the parser refuses it.
    """
    place = 0
    for _ in range(_MOST_PROLOG):
        skipped = _BLANKS.match(data, place)
        place = skipped.end() if skipped else place
        if data.startswith(b"<?", place):
            place = _after(data, b"?>", place + 2)
        elif data.startswith(b"<!--", place):
            place = _after(data, b"-->", place + 4)
        else:
            break
    else:
        raise NotXmlError(line=data.count(b"\n", 0, place) + 1, why="Start tag expected")
    line = data.count(b"\n", 0, place) + 1
    if data.startswith(b"<!", place):
        raise DoctypeError(line=line)
    if not data.startswith(b"<", place):
        raise NotXmlError(line=line, why="Start tag expected")


def _after(data: bytes, end: bytes, place: int) -> int:
    found = data.find(end, place)
    if found < 0:
        raise NotXmlError(line=data.count(b"\n", 0, place) + 1, why=f"{end.decode()} expected")
    return found + len(end)
