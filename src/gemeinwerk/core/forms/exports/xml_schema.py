"""The XSD (XML Schema 1.0) of the data message of a form: element names are the ids of FIM.

XSD counts code points where we count what a person sees, so the longest length is three times
ours (a listed sequence of DIN 91379 has at most three); conditions and sums across fields XSD 1.0
cannot say. Every message made from accepted answers is valid.
"""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from lxml import etree

from gemeinwerk.core.forms.exports.field_schema import FORMAT_PATTERNS, PARTIAL_DAY
from gemeinwerk.core.forms.exports.latin_classes import xsd_latin
from gemeinwerk.core.forms.exports.outline import Outline, needed, outline
from gemeinwerk.core.forms.exports.regex import xsd_pattern
from gemeinwerk.core.forms.fields import text_limits
from gemeinwerk.core.forms.model import Field, Form, Group, Option

XS = "http://www.w3.org/2001/XMLSchema"
LONGEST_SEQUENCE = 3
_BASES = {
    "integer": "xs:integer",
    "decimal": "xs:decimal",
    "money": "xs:decimal",
    "boolean": "xs:boolean",
    "date": "xs:date",
    "partial_date": "xs:string",
}
_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def message_namespace(form: Form) -> str:
    """Return the namespace of the data message of one version of a form."""
    return f"urn:gemeinwerk:message:{form.key}:{form.version}"


def message_root(form: Form) -> str:
    """Return the name of the root element: the key of the form, as far as XML lets it."""
    name = _NO_NAME.sub("_", form.key)
    return name if name[:1].isalpha() else f"S{name}"


def xml_schema(form: Form) -> bytes:
    """Return the XSD of the data message (Datensatz) of a form."""
    return _Writer(form).write()


class _Writer:
    def __init__(self, form: Form) -> None:
        self.form = form
        self.namespace = message_namespace(form)
        self.schema = etree.Element(
            f"{{{XS}}}schema",
            {"targetNamespace": self.namespace, "elementFormDefault": "qualified"},
            nsmap={"xs": XS, "m": self.namespace},
        )
        self.latin: set[str] = set()
        self.lists: dict[tuple[Option, ...], str] = {}

    def write(self) -> bytes:
        root = _sub(self.schema, "element", name=message_root(self.form))
        _document(root, self.form.title)
        holder = _sub(root, "complexType")
        inner = _sub(holder, "sequence")
        for one in outline(self.form).roots:
            self._element(inner, one, least=None)
        _sub(holder, "attribute", name="version", type="xs:string", fixed=self.form.version)
        return etree.tostring(
            self.schema, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )

    def _element(self, into: etree._Element, one: Outline, *, least: int | None) -> None:
        if least is None:
            least = 1 if needed(one) and not one.conditions else 0
        if least and one.repeated:
            least = max(one.node.minimum, 1)
        made = _sub(into, "element", name=one.id)
        if least != 1:
            made.set("minOccurs", str(least))
        if one.repeated:
            made.set("maxOccurs", str(one.most))
        _document(made, one.node.label)
        if isinstance(one.node, Field):
            self._simple(made, one.node, one.path)
        else:
            self._complex(made, one, one.node)

    def _complex(self, into: etree._Element, one: Outline, group: Group) -> None:
        holder = _sub(into, "complexType")
        # A default beside the answer would be a second member, which a choice does not take.
        plain = group.choice and all(_plain(child) for child in one.children)
        inner = _sub(holder, "choice" if plain else "sequence")
        if plain and (group.minimum == 0 or one.in_choice):
            inner.set("minOccurs", "0")
        for child in one.children:
            self._element(inner, child, least=1 if plain else None)

    def _simple(self, into: etree._Element, field: Field, path: str) -> None:
        if field.kind == "choice":
            into.set("type", f"m:{self._list(field, path)}")
            return
        base = _BASES.get(field.kind)
        limits = _sub(_sub(into, "simpleType"), "restriction", base=base or self._text(field))
        if base is None:
            _text_facets(limits, field)
        elif field.kind in ("integer", "decimal", "money"):
            _number_facets(limits, field)
        elif field.kind == "partial_date":
            _sub(limits, "pattern", value=PARTIAL_DAY.replace("(?:", "("))
        elif field.kind == "boolean":
            confirmed = field.must_be_true and field.minimum > 0
            _sub(limits, "pattern", value="true" if confirmed else "true|false")

    def _text(self, field: Field) -> str:
        lines = field.kind == "long_text"
        datatype = field.text_type if field.kind == "text" else "C"
        name = f"latin-{datatype}{'-lines' if lines else ''}"
        if name not in self.latin:
            self.latin.add(name)
            made = _sub(self.schema, "simpleType", name=name)
            _document(made, f"Zeichen nach DIN 91379, Datentyp {datatype}")
            base = _sub(made, "restriction", base="xs:string")
            _sub(base, "pattern", value=xsd_latin(datatype, lines=lines))
        return f"m:{name}"

    def _list(self, field: Field, path: str) -> str:
        name = self.lists.get(field.options)
        if name is None:
            name = self.lists[field.options] = f"codes-{path}"
            made = _sub(self.schema, "simpleType", name=name)
            if field.code_list:
                _document(made, field.code_list)
            base = _sub(made, "restriction", base="xs:string")
            for option in field.options:
                _document(_sub(base, "enumeration", value=option.code), option.label)
        return name


def _plain(one: Outline) -> bool:
    if isinstance(one.node, Field):
        return one.editable and not one.node.default
    return True


def _text_facets(limits: etree._Element, field: Field) -> None:
    least, most = text_limits(field)
    _sub(limits, "minLength", value=str(max(least, 1)))
    _sub(limits, "maxLength", value=str(most * LONGEST_SEQUENCE))
    # Patterns of one step are alternatives; the format's own one is weaker than ours anyway.
    if field.pattern:
        _sub(limits, "pattern", value=xsd_pattern(field.pattern))
    elif field.format:
        _sub(limits, "pattern", value=_plain_format(field.format))


def _plain_format(name: str) -> str:
    """Return the pattern of a known format without what XSD does not know."""
    pattern = FORMAT_PATTERNS[name].removeprefix("^").removesuffix("$")
    pattern = pattern.replace("(?!00)", "").replace("(?:", "(")
    return pattern.replace("\\/", "/")


def _number_facets(limits: etree._Element, field: Field) -> None:
    decimals = {"money": 2}.get(field.kind, field.decimals)
    if field.kind != "integer" and decimals is not None:
        _sub(limits, "fractionDigits", value=str(decimals))
    if field.min_value is not None:
        _sub(limits, "minInclusive", value=_bound(field, field.min_value, ROUND_CEILING))
    if field.max_value is not None:
        _sub(limits, "maxInclusive", value=_bound(field, field.max_value, ROUND_FLOOR))


def _bound(field: Field, value: Decimal, rounding: str) -> str:
    number = Decimal(value)
    if field.kind == "integer":
        number = number.to_integral_value(rounding)
    return f"{number:f}"


def _sub(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{XS}}}{tag}", attributes)


def _document(element: etree._Element, text: str) -> None:
    note = _sub(_sub(element, "annotation"), "documentation")
    note.text = "".join(char for char in text if char.isprintable() or char in "\n\t")
    note.set("{http://www.w3.org/XML/1998/namespace}lang", "de")
