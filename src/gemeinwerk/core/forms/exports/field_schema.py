"""The JSON Schema of one field: type, bounds, characters, pattern, codes with their titles."""

from __future__ import annotations

from typing import Any

from gemeinwerk.core.forms.exports.conditions import plain_value
from gemeinwerk.core.forms.exports.latin_classes import ecma_latin
from gemeinwerk.core.forms.exports.regex import portable_pattern
from gemeinwerk.core.forms.fields import text_limits
from gemeinwerk.core.forms.model import Field, Option
from gemeinwerk.core.forms.values import to_boolean, to_number

Json = dict[str, Any]

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
PARTIAL_DAY = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PLACE = r"[0-9]{2}\.[0-9]{6},[0-9]{1,2}\.[0-9]{6}"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_WORD = "[A-Za-z0-9!#$%&'*+/=?^_`\\{\\|\\}~\\-]+"
_END = "[0-9A-Za-zÀ-ɏ]"
_LABEL = f"{_END}(?:[0-9A-Za-zÀ-ɏ\\-]{{0,61}}{_END})?"
EMAIL = (
    rf"^(?=[\s\S]{{1,254}}$)(?=[^@]{{1,64}}@){_WORD}(?:\.{_WORD})*"
    rf"@(?:{_LABEL}\.)+(?![0-9]+$)(?=[\s\S]{{2}}){_LABEL}$"
)
FORMAT_PATTERNS = {
    "iban": "^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$",
    "bic": "^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$",
    "plate": "^[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} [1-9][0-9]{0,3}[HE]?$",
    "postal_code": "^(?!00)[0-9]{5}$",
    "phone": r"^\+?[0-9][0-9 \(\)\/.\-]{3,28}$",
    "tax_id": "^[1-9][0-9]{10}$",
    "vat_id": "^DE[1-9][0-9]{8}$",
    "municipality_key": "^(?:0[1-9]|1[0-6])(?:[0-9]{6}|[0-9]{10})$",
    "routing_id": r"^[0-9]{2,12}(?:-[A-Z0-9]{1,30})?-[0-9]{2}$",
    "identity_card": "^[A-Z0-9]{9}[0-9]$",
    "time": f"^{_CLOCK}$",
    "datetime": f"^{_DAY}T{_CLOCK}$",
    "point": f"^{_PLACE}$",
    "area": f"^{_PLACE}(?:;{_PLACE}){{2,99}}$",
}
"""What the canonical form of a known format looks like; check digits are left to our own check."""


class Definitions:
    """The `$defs` of a schema: character sets and code lists, each once."""

    def __init__(self) -> None:
        self.made: dict[str, Json] = {}
        self._lists: dict[tuple[Option, ...], str] = {}

    def latin(self, datatype: str, *, lines: bool) -> Json:
        """Return a reference to the characters of DIN 91379."""
        name = f"din91379-{datatype}{'-lines' if lines else ''}"
        if name not in self.made:
            self.made[name] = {
                "title": f"Zeichen nach DIN 91379, Datentyp {datatype}",
                "type": "string",
                "pattern": ecma_latin(datatype, lines=lines),
            }
        return {"$ref": f"#/$defs/{name}"}

    def codes(self, field: Field, path: str) -> Json:
        """Return a reference to the codes of a choice with their titles."""
        name = self._lists.get(field.options)
        if name is None:
            name = self._lists[field.options] = f"codes-{path}"
            made: Json = {"type": "string", "oneOf": [_option(one) for one in field.options]}
            if field.code_list:
                made["x-codeList"] = field.code_list
            self.made[name] = made
        return {"$ref": f"#/$defs/{name}"}


def field_schema(field: Field, path: str, definitions: Definitions) -> Json:
    """Return the schema of one answer (repetition is the caller's)."""
    schema: Json = {"title": field.label}
    if field.help:
        schema["description"] = field.help
    schema |= _kind(field, path, definitions)
    if field.example:
        schema["examples"] = [field.example]
    if field.default:
        schema["default"] = plain_default(field)
    if field.value or field.locked or field.hidden or field.kind == "hidden":
        schema["readOnly"] = True
    for name, text in (
        ("x-why", field.why),
        ("x-purpose", field.purpose),
        ("x-mayLack", field.may_lack),
        ("x-statement", field.statement),
        ("x-statementVersion", field.statement_version),
        ("x-unit", field.unit),
        ("x-calculated", field.value),
        ("x-notBefore", field.not_before),
        ("x-notAfter", field.not_after),
        ("x-patternHelp", field.pattern_help),
    ):
        if text:
            schema[name] = text
    return schema


def plain_default(field: Field) -> object:
    """Return the default as it stands in a document."""
    if field.kind in ("integer", "decimal", "money"):
        return plain_value(to_number(field.default))
    return to_boolean(field.default) if field.kind == "boolean" else field.default


def _kind(field: Field, path: str, definitions: Definitions) -> Json:
    kind = field.kind
    if kind in ("integer", "decimal", "money"):
        return _number(field)
    if kind == "boolean":
        confirmed = field.must_be_true and field.minimum > 0
        return {"type": "boolean", **({"const": True} if confirmed else {})}
    if kind == "date":
        return {"type": "string", "format": "date", "pattern": f"^{_DAY}$"}
    if kind == "partial_date":
        return {"type": "string", "pattern": f"^{PARTIAL_DAY}$"}
    if kind == "choice":
        return definitions.codes(field, path)
    return _text(field, definitions)


def _number(field: Field) -> Json:
    schema: Json = {"type": "integer" if field.kind == "integer" else "number"}
    if field.min_value is not None:
        schema["minimum"] = plain_value(field.min_value)
    if field.max_value is not None:
        schema["maximum"] = plain_value(field.max_value)
    decimals = 2 if field.kind == "money" else field.decimals
    if field.kind != "integer" and decimals is not None:
        # Not `multipleOf`: with binary numbers many validators refuse 1.13 for 0.01.
        schema["x-decimals"] = decimals
    if field.kind == "money":
        schema["x-currency"] = "EUR"
    return schema


def _text(field: Field, definitions: Definitions) -> Json:
    lines = field.kind == "long_text"
    datatype = field.text_type if field.kind == "text" else "C"
    least, most = text_limits(field)
    schema: Json = {
        "type": "string",
        "minLength": max(least, 1),
        "maxLength": most,
        **definitions.latin(datatype, lines=lines),
    }
    patterns = []
    if field.kind == "email":
        schema["format"] = "idn-email"
        patterns.append(EMAIL)
    if field.format:
        schema["x-format"] = field.format
        patterns.append(FORMAT_PATTERNS[field.format])
    if field.pattern:
        patterns.append(portable_pattern(field.pattern))
        schema["x-pattern"] = field.pattern
    if patterns:
        schema["pattern"] = patterns[0]
    if len(patterns) > 1:
        schema["allOf"] = [{"pattern": one} for one in patterns[1:]]
    return schema


def _option(option: Option) -> Json:
    made: Json = {"const": option.code, "title": option.label}
    return made | {"description": option.help} if option.help else made
