"""The one way XML comes in (S34): streamed, no DTD, no entities, no network, all bounded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from lxml import etree

from gemeinwerk.core.schemas.encoding import as_utf8
from gemeinwerk.core.schemas.errors import (
    EncodingError,
    NotXmlError,
    SchemaRefusedError,
    TooDeepError,
    TooLargeError,
    TooManyElementsError,
    TruncatedError,
)
from gemeinwerk.core.schemas.text import shown

MOST_LEVELS = 100

# the densest schema of the FIM portal has an element every 44 bytes, code lists every 30
_LEAST_BYTES_PER_ELEMENT = 24
# a tag of millions of attributes would take ten times its size; no help text is that long
_LONGEST_STRETCH = 1 << 20
_CHUNK = 1 << 16
_ENCODING_FAULTS = frozenset(
    {
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.I18N_CONV_FAILED,
        etree.ErrorTypes.I18N_NO_HANDLER,
    }
)

Event = tuple[Literal["start", "end"], etree._Element]


def events(data: bytes, *, limit: int, longest: int = _LONGEST_STRETCH) -> Iterator[Event]:
    """Yield the start and end of each element in order; comments and instructions are left out.

    `longest` bounds one tag with its text; only files with files inside need more than usual.
    At "end" the element is whole. The caller empties what it has used (`forget`), so that a large
    file does not stand in memory. Raises `SchemaRefusedError` as soon as something is wrong.
    """
    return parsed(utf8_of(data, limit=limit), limit=limit, longest=longest)


def utf8_of(data: bytes, *, limit: int) -> bytes:
    """Return the file in UTF-8, when it is not too large and begins like an honest XML file."""
    if len(data) > limit:
        raise TooLargeError(limit)
    return as_utf8(data)


def parsed(
    data: bytes, *, limit: int, longest: int = _LONGEST_STRETCH, everything: bool = False
) -> Iterator[Event]:
    """Yield the events of what `utf8_of` returned.

    `everything`: also yield ("start-ns", (prefix, uri)) before the element that declares it, and
    ("pi", node) for processing instructions.
    """
    view = memoryview(data)
    parser = _parser(everything=everything)
    level = count = stretch = 0
    most = max(1000, limit // _LEAST_BYTES_PER_ELEMENT)
    for start in range(0, len(view), _CHUNK):
        chunk = bytes(view[start : start + _CHUNK])
        stretch = _stretch(chunk, stretch)
        if stretch > longest:
            raise NotXmlError(line=data.count(b"\n", 0, start) + 1, why="Tag or text too long")
        _feed(parser, chunk)
        for name, element in cast("Iterator[Event]", parser.read_events()):
            if name == "start":
                level += 1
                count += 1
                if level > MOST_LEVELS:
                    raise TooDeepError(line=line_of(element), limit=MOST_LEVELS)
                if count > most:
                    raise TooManyElementsError(line=line_of(element), limit=most)
            elif name == "end":
                level -= 1
            yield name, element
    _close(parser, begun=count > 0)


def _stretch(chunk: bytes, before: int) -> int:
    """Return how many bytes stand behind the last "<", that is in one tag with its text."""
    last = chunk.rfind(b"<")
    return before + len(chunk) if last < 0 else len(chunk) - last


def line_of(element: etree._Element) -> int:
    """Return the line on which the element begins, 0 when unknown."""
    line = cast("int | None", element.sourceline)
    return line or 0


def split_name(element: etree._Element) -> tuple[str, str]:
    """Return namespace and local name; `QName` would stumble over names with two colons."""
    tag = str(element.tag)
    return (tag[1:].partition("}")[0] if tag.startswith("{") else "", tag.rpartition("}")[2])


def instruction(node: etree._ProcessingInstruction) -> str:
    """Return a processing instruction as it is written."""
    return f"<?{' '.join(str(each) for each in (node.target, node.text) if each)}?>"


def canonical_text(node: etree._Element | etree._ElementTree) -> bytes:
    """Return Canonical XML 1.0 without comments; namespaces that are no URI have none."""
    try:
        return etree.tostring(node, method="c14n", with_comments=False, with_tail=False)
    except etree.C14NError:
        line = line_of(node) if isinstance(node, etree._Element) else 0
        raise NotXmlError(line=line, why="Namespace is not a URI") from None


def forget(element: etree._Element) -> None:
    """Empty an element that has been read; it stays in its place, only its content goes."""
    cast(Any, element).clear(keep_tail=True)  # the stubs do not know keep_tail


def forget_in_a_row(element: etree._Element) -> None:
    """Empty an element and take away its twin before it: for what stands there by thousands.

    Only the one before may go: the parser still writes behind the last one.
    """
    forget(element)
    before = element.getprevious()
    above = element.getparent()
    if before is not None and above is not None and before.tag == element.tag:
        above.remove(before)


def _parser(*, everything: bool) -> etree.XMLPullParser:
    # encoding: the bytes are UTF-8 by now, whatever the declaration says
    return etree.XMLPullParser(
        events=("start-ns", "start", "end", "pi") if everything else ("start", "end"),
        encoding="utf-8",
        load_dtd=False,
        no_network=True,
        resolve_entities=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=not everything,
    )


def _feed(parser: etree.XMLPullParser, chunk: bytes) -> None:
    try:
        parser.feed(chunk)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from None


def _close(parser: etree.XMLPullParser, *, begun: bool) -> None:
    try:
        parser.close()
    except etree.XMLSyntaxError as error:
        # an unknown entity is only noted while reading and makes the end fail
        log: list[Any] = list(cast(Any, parser).feed_error_log)  # that of the error mixes files
        for entry in log:
            if "Entity" in entry.message:
                raise NotXmlError(line=entry.line, why=shown(entry.message)) from None
        if begun:
            raise TruncatedError(line=log[-1].line if log else error.lineno or 0) from None
        raise _refusal(error) from None


def _refusal(error: etree.XMLSyntaxError) -> SchemaRefusedError:
    line = error.lineno or 0
    if cast(Any, error).code in _ENCODING_FAULTS:
        return EncodingError(line=line, encoding="UTF-8")
    why = shown(error.msg)
    if "Excessive depth" in why:
        return TooDeepError(line=line, limit=MOST_LEVELS)
    return NotXmlError(line=line, why=why)
