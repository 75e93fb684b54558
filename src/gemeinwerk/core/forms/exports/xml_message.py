"""The data message (Datensatz) of a form as XML: written from answers, read back safely."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from gemeinwerk.core.forms.exports.outline import Outline, outline
from gemeinwerk.core.forms.exports.xml_schema import message_namespace, message_root
from gemeinwerk.core.forms.model import Field, Form
from gemeinwerk.core.kernel import DomainError

MOST_BYTES = 12_000_000


class MessageRefusedError(DomainError):
    """Bytes that are no data message of this form; `why` is technical, for people who send."""

    code = "message.refused"


def to_xml(form: Form, answers: Mapping[str, str]) -> bytes:
    """Return the message of flat answers (effective ones, see `CompiledForm.effective`)."""
    namespace = message_namespace(form)
    root = etree.Element(
        f"{{{namespace}}}{message_root(form)}", {"version": form.version}, nsmap={"m": namespace}
    )
    _write(root, outline(form).roots, answers, "", namespace)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write(
    into: etree._Element,
    children: tuple[Outline, ...] | list[Outline],
    answers: Mapping[str, str],
    start: str,
    namespace: str,
) -> None:
    for child in children:
        name = f"{start}{child.id}"
        names = [name]
        if child.repeated:
            stored = answers.get(f"{name}[]", "")
            count = int(stored) if stored.isdigit() and len(stored) < 5 else 0
            names = [f"{name}[{at}]" for at in range(count)]
        for one in names:
            made = etree.SubElement(into, f"{{{namespace}}}{child.id}")
            if isinstance(child.node, Field):
                made.text = answers.get(one, "") or None
            else:
                _write(made, child.children, answers, f"{one}.", namespace)
            empty = made.text is None and not len(made)
            if empty and (not child.repeated or isinstance(child.node, Field)):
                into.remove(made)


def from_xml(form: Form, data: bytes) -> dict[str, str]:
    """Return the flat answers of a message, or raise `MessageRefusedError`.

    Only the shape is looked at; whether the answers are right says `CompiledForm.faults`.
    """
    root = _parsed(data)
    namespace = message_namespace(form)
    if root.tag != f"{{{namespace}}}{message_root(form)}":
        raise MessageRefusedError(why="the root element belongs to another form or version")
    answers: dict[str, str] = {}
    _read(root, outline(form).roots, answers, "", namespace)
    return answers


def _parsed(data: bytes) -> etree._Element:
    if len(data) > MOST_BYTES:
        raise MessageRefusedError(why=f"more than {MOST_BYTES} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise MessageRefusedError(why="not UTF-8") from wrong
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise MessageRefusedError(why="a document type is not allowed")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise MessageRefusedError(why="not well-formed") from wrong


def _read(
    element: etree._Element,
    children: tuple[Outline, ...] | list[Outline],
    answers: dict[str, str],
    start: str,
    namespace: str,
) -> None:
    known = {f"{{{namespace}}}{child.id}": child for child in children}
    seen: dict[str, int] = {}
    for part in element:
        child = known.get(str(part.tag))
        if child is None:
            raise MessageRefusedError(why=f"unknown element {str(part.tag)[:100]}")
        count = seen.get(child.id, 0)
        seen[child.id] = count + 1
        if count >= child.most:
            raise MessageRefusedError(why=f"too many elements {child.id}")
        name = f"{start}{child.id}"
        if child.repeated:
            answers[f"{name}[]"] = str(count + 1)
            name = f"{name}[{count}]"
        if not isinstance(child.node, Field):
            _read(part, child.children, answers, f"{name}.", namespace)
        elif len(part):
            raise MessageRefusedError(why=f"elements within {child.id}")
        elif part.text:
            answers[name] = part.text
