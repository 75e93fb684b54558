"""Messages of XDatenfelder 2.0 and 3.0.0 and code lists: read and written without loss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from lxml import etree

from gemeinwerk.core.schemas import genericode_model, xdf2, xdf3
from gemeinwerk.core.schemas.errors import (
    SchemaRefusedError,
    UnknownMessageError,
    UnknownNamespaceError,
)
from gemeinwerk.core.schemas.layout import Layout
from gemeinwerk.core.schemas.packed import COMMAND_LIMIT
from gemeinwerk.core.schemas.reading import Root, Trace, read
from gemeinwerk.core.schemas.text import shown
from gemeinwerk.core.schemas.words import Identification, Part
from gemeinwerk.core.schemas.writing import pieces
from gemeinwerk.core.schemas.xml import line_of, split_name

MessageStandard = Literal["xdf2", "xdf3", "genericode"]
Content = xdf2.Message | xdf3.Message | genericode_model.GenericodePart

Result = TypeVar("Result")

_STANDARDS: Mapping[str, tuple[MessageStandard, Mapping[str, type[Part]]]] = {
    xdf2.NAMESPACE: ("xdf2", xdf2.MESSAGES),
    xdf3.NAMESPACE: ("xdf3", xdf3.MESSAGES),
    genericode_model.NAMESPACE: ("genericode", genericode_model.MESSAGES),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message (Nachricht): the name of its first element and what it says.

    `layout` is how the file was written; it is left out when messages are compared.
    """

    name: str
    content: Content
    namespace: str
    layout: Layout = field(default_factory=Layout, compare=False, repr=False)

    @property
    def standard(self) -> MessageStandard:
        """The standard: "xdf2", "xdf3" or "genericode"."""
        return standard_of(self.namespace)

    @property
    def identity(self) -> tuple[str, str]:
        """Id and version of what the message hands over; "" where it has none."""
        return _identity(self.content)


def read_message(data: bytes, *, name: str = "", limit: int = COMMAND_LIMIT) -> Message:
    """Return the message in an XML file, with everything it says.

    `limit` is the largest size in bytes. Raises `SchemaRefusedError` with the line and, when
    `name` is given, the file name.
    """
    return read_traced(data, known, name=name, limit=limit, then=lambda message, _: message)


def read_traced(
    data: bytes,
    root: Root,
    *,
    name: str,
    limit: int,
    then: Callable[[Message, Trace], Result],
) -> Result:
    """Read a file whose first element `root` accepts, and go on with it; refusals name the file."""
    try:
        reading = read(data, root, limit=limit)
        made = Message(reading.root, reading.content, reading.namespace, reading.layout)
        return then(made, reading.trace)
    except SchemaRefusedError as refusal:
        if name:
            refusal.params["file"] = shown(name)
        raise


def write_message(message: Message) -> bytes:
    """Return the message as an XML file in UTF-8."""
    return b"".join(message_pieces(message))


def message_pieces(message: Message) -> Iterator[bytes]:
    """Yield the file of `write_message` piece by piece."""
    return pieces(message.name, message.namespace, message.content, message.layout)


def message(content: Content, name: str = "") -> Message:
    """Return a new message; `name` is needed only for listings, which have three names."""
    for namespace, (_, known_messages) in _STANDARDS.items():
        for each, made in known_messages.items():
            if type(content) is made and name in ("", each):
                return Message(each, content, namespace)
    raise ValueError(f"no message of this kind: {type(content).__name__} {name}")


def known(root: etree._Element) -> type[Part]:
    """Return what the first element of a file is made into; foreign ones are refused."""
    namespace, name = split_name(root)
    for each, (_, known_messages) in _STANDARDS.items():
        if namespace.rstrip("/") == each.rstrip("/"):
            made = known_messages.get(name)
            if made is None:
                raise UnknownMessageError(line=line_of(root), element=shown(name))
            return made
    raise UnknownNamespaceError(line=line_of(root), namespace=shown(namespace))


def standard_of(namespace: str) -> MessageStandard:
    """Return the standard behind a namespace."""
    for each, (standard, _) in _STANDARDS.items():
        if namespace.rstrip("/") == each.rstrip("/"):
            return standard
    raise ValueError(namespace)


def _identity(content: Content) -> tuple[str, str]:
    """Return id and version of the first element below the header that has them."""
    found = getattr(content, "identification", None)
    if isinstance(found, genericode_model.Identification):
        return found.canonical_uri or "", found.version or ""
    for name in content.__struct_fields__:
        held = getattr(content, name)
        number = getattr(held, "identification", held)
        if isinstance(number, Identification):
            return number.id or "", number.version or ""
        lists = held.lists if isinstance(held, genericode_model.Genericode) else ()
        for one in lists:
            return _identity(one)
    return "", ""
