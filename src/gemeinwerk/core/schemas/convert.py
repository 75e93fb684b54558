"""Converts messages between XDatenfelder 2.0 and 3.0.0 and tells what was left behind."""

from __future__ import annotations

from typing import Literal

from gemeinwerk.core.schemas import xdf2, xdf3
from gemeinwerk.core.schemas.converting import Report
from gemeinwerk.core.schemas.errors import CannotConvertError
from gemeinwerk.core.schemas.layout import Layout
from gemeinwerk.core.schemas.messages import Message
from gemeinwerk.core.schemas.model import Finding
from gemeinwerk.core.schemas.to_xdf2 import ToXdf2
from gemeinwerk.core.schemas.to_xdf3 import ToXdf3

Target = Literal["xdf2", "xdf3"]


def convert(message: Message, *, to: Target) -> tuple[Message, tuple[Finding, ...]]:
    """Return the message in the other standard, and what that one cannot hold.

    A message that is in the wanted standard already comes back as it is. Raises
    `CannotConvertError` for messages that only one of the two has.
    """
    if message.standard == to:
        return message, ()
    report = Report()
    content: xdf2.Message | xdf3.Message | None = None
    if to == "xdf3" and isinstance(message.content, xdf2.Message):
        content = _newer(message.content, report)
    elif to == "xdf2" and isinstance(message.content, xdf3.Message):
        content = _older(message.content, report)
    if content is None:
        raise CannotConvertError(element=message.name, to=to)
    namespace = xdf3.NAMESPACE if to == "xdf3" else xdf2.NAMESPACE
    layout = Layout(declaration=message.layout.declaration, indent=message.layout.indent)
    return Message(message.name, content, namespace, layout), report.notes.taken()


def _newer(content: xdf2.Message, report: Report) -> xdf3.Message | None:
    moment = content.header.created_at if content.header is not None else None
    to = ToXdf3(report, (moment or "").strip())
    header = to.header(content.header)
    match content:
        case xdf2.SchemaMessage(schema=xdf2.Schema() as schema):
            return xdf3.SchemaMessage(header=header, schema=to.schema(schema))
        case xdf2.GroupMessage(group=xdf2.Group() as group):
            return xdf3.GroupMessage(header=header, group=to.group(group))
        case xdf2.FieldMessage(field=xdf2.Field() as field):
            return xdf3.FieldMessage(header=header, field=to.field(field))
        case xdf2.DocumentProfileMessage(document_profile=xdf2.DocumentProfile() as profile):
            return xdf3.DocumentProfileMessage(header=header, document_profile=to.profile(profile))
        case xdf2.CodeListMessage(code_list_element=xdf2.CodeListElement() as held):
            for name in held.__struct_fields__:
                if name != "genericode" and isinstance(value := getattr(held, name), str):
                    report.lost(held.naming[name], value)
            number = held.identification
            report.lost("codeliste/identifikation", number.id if number is not None else "")
            return xdf3.CodeListMessage(header=header, genericode=held.genericode)
        case xdf2.ListingMessage(elements=elements):
            return xdf3.ListingMessage(
                header=header, elements=tuple(to.listed(each) for each in elements)
            )
    return None


def _older(content: xdf3.Message, report: Report) -> xdf2.Message | None:
    to = ToXdf2(report)
    header = to.header(content.header)
    match content:
        case xdf3.SchemaMessage(schema=xdf3.Schema() as schema):
            return xdf2.SchemaMessage(header=header, schema=to.schema(schema))
        case xdf3.GroupMessage(group=xdf3.Group() as group):
            return xdf2.GroupMessage(header=header, group=to.group(group))
        case xdf3.FieldMessage(field=xdf3.Field() as field):
            return xdf2.FieldMessage(header=header, field=to.field(field))
        case xdf3.DocumentProfileMessage(document_profile=xdf3.DocumentProfile() as profile):
            return xdf2.DocumentProfileMessage(header=header, document_profile=to.profile(profile))
        case xdf3.ListingMessage(elements=elements):
            return xdf2.ListingMessage(
                header=header, elements=tuple(to.listed(each) for each in elements)
            )
    return None
