"""Proves that nothing is lost: reads a file, writes it again and compares canonically."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from gemeinwerk.core.schemas import genericode_model, xdf2, xdf3
from gemeinwerk.core.schemas.errors import UnknownNamespaceError
from gemeinwerk.core.schemas.messages import Message, read_message, write_message
from gemeinwerk.core.schemas.packed import COMMAND_LIMIT, unpack
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.xml import canonical_text, parsed, split_name, utf8_of

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table of readers: which files it owns, how it reads and writes them.

    `xsd` returns the path of the XSD below the folder of standards, "" when there is none;
    `no_xsd` says why.
    """

    standard: str
    owns: Callable[[str, str], bool]
    read: Callable[[bytes], Any]
    write: Callable[[Any], bytes]
    identity: Callable[[Any], tuple[str, str]]
    xsd: Callable[[str, str], str]
    no_xsd: str = ""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What came out (Rundreise); `identical`: equal C14N 1.0 without comments."""

    standard: str
    id: str
    version: str
    identical: bool
    differences: tuple[str, ...]
    written: bytes
    xsd: str
    no_xsd: str


def round_trip(data: bytes, formats: Sequence[Format], *, limit: int = COMMAND_LIMIT) -> RoundTrip:
    """Read a file, packed or not, write it again and compare; raises `SchemaRefusedError`."""
    original = unpack(data, limit)
    namespace, name = first_element(original, limit=limit)
    for each in formats:
        if each.owns(namespace, name):
            break
    else:
        raise UnknownNamespaceError(line=0, namespace=shown(namespace))
    read = each.read(original)
    written = each.write(read)
    number, version = each.identity(read)
    told = () if canonical(original) == canonical(written) else differences(original, written)
    return RoundTrip(
        each.standard,
        number,
        version,
        not told,
        told,
        written,
        each.xsd(namespace, name),
        each.no_xsd,
    )


def first_element(data: bytes, *, limit: int = COMMAND_LIMIT) -> tuple[str, str]:
    """Return namespace and name of the first element of a file."""
    for _, element in parsed(utf8_of(data, limit=limit)[: 1 << 20], limit=limit):
        namespace, name = split_name(element)
        return namespace, name
    return "", ""


def canonical(data: bytes) -> bytes:
    """Return Canonical XML 1.0 without comments; blanks between elements count."""
    # the whole tree: with the instructions around the first element
    return canonical_text(_tree(data).getroottree())


def differences(original: bytes, written: bytes) -> tuple[str, ...]:
    """Return where two files differ, each place as a path; at most twenty."""
    found: list[str] = []
    for told in _differences(_tree(original), _tree(written)):
        found.append(told)
        if len(found) == _MOST_TOLD:
            break
    return tuple(found) or ("outside of the elements",)


def _tree(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True,
        remove_comments=True,
    )  # fmt: skip
    return etree.fromstring(utf8_of(data, limit=len(data)), parser)


def _differences(one: etree._Element, two: etree._Element) -> Iterator[str]:
    """Walk both trees together; where the names part, the rest of that element is not compared."""
    path = one.getroottree().getpath(one)
    if one.tag != two.tag or one.prefix != two.prefix:
        yield f"{path}: {shown(str(one.tag))} became {shown(str(two.tag))}"
        return
    if sorted(one.items()) != sorted(two.items()):
        yield f"{path}: attributes"
    if one.nsmap != two.nsmap:
        yield f"{path}: namespaces"
    if (one.text or "") != (two.text or ""):
        yield f"{path}: text"
    ours, theirs = list(one), list(two)
    if [each.tag for each in ours] != [each.tag for each in theirs]:
        yield f"{path}: {len(ours)} children became {len(theirs)}, or in another order"
        return
    for first, second in zip(ours, theirs, strict=True):
        yield from _differences(first, second)
        if (first.tail or "") != (second.tail or ""):
            yield f"{path}: blanks between children"


def _message_format(standard: str, namespace: str, xsd: Callable[[str, str], str]) -> Format:
    def identity(message: Message) -> tuple[str, str]:
        return message.identity

    return Format(
        standard=standard,
        owns=lambda found, _: found.rstrip("/") == namespace.rstrip("/"),
        read=read_message,
        write=write_message,
        identity=identity,
        xsd=xsd,
    )


def _xsd(folder: str) -> Callable[[str, str], str]:
    """Return which XSD of a version holds a message: each family has a file of its own."""

    def path(_: str, name: str) -> str:
        family = name.partition(".")[0]
        file = "xdatenfelder" if family == "xdatenfelder" else f"xdatenfelder_{family}"
        return f"xdatenfelder/xsd/{folder}/{file}.xsd"

    return path


FORMATS: tuple[Format, ...] = (
    _message_format("xdf2", xdf2.NAMESPACE, _xsd("2.0")),
    _message_format("xdf3", xdf3.NAMESPACE, _xsd("3.0.0")),
    _message_format(
        "genericode",
        genericode_model.NAMESPACE,
        lambda *_: "xdatenfelder/xsd/2.0/genericode.xsd",
    ),
)
