"""Computes the named values (Rechengrößen) of a package from answers and parameters of a town.

Fee, route and notice all read the same values by the same names, so they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from gemeinwerk.core.expressions import Evaluate, Type, compile_expression, list_of, parse
from gemeinwerk.core.forms import Field, Form, Node
from gemeinwerk.core.packages.model import Calculation, Lookup, Package, Parameter
from gemeinwerk.core.packages.parameters import Plain, typed_values
from gemeinwerk.core.packages.tables import matching_rows, one_value, rows_of_street

Values = dict[str, Any]
"""str, Decimal, bool, date, None or a list of these, by name."""

_INDEX = re.compile(r"\[(\d+)\]")
_TYPES = {
    "integer": Type.NUMBER,
    "decimal": Type.NUMBER,
    "money": Type.NUMBER,
    "number": Type.NUMBER,
    "year": Type.NUMBER,
    "date": Type.DATE,
    "boolean": Type.BOOLEAN,
}
GIVEN = {"today": Type.DATE, "decided_by_machine": Type.BOOLEAN, "outcome": Type.TEXT}
"""Names the caller supplies beside answers, parameters and values."""


def fields_of(form: Form) -> dict[str, tuple[Field, bool]]:
    """Return every field by its path without indexes, and whether it can stand several times."""
    found: dict[str, tuple[Field, bool]] = {}
    for page in form.pages:
        found.update(_fields(page.nodes, "", repeated=False))
    return found


def path_of(key: str) -> str:
    """Return the path of an answer without the numbers of instances ("G1[0].F2" is "G1.F2")."""
    return _INDEX.sub("", key)


def groups_of(form: Form) -> frozenset[str]:
    """Return the paths of all groups."""
    return frozenset(
        ".".join(parts[:end])
        for path in fields_of(form)
        for parts in (path.split("."),)
        for end in range(1, len(parts))
    )


def types_of(
    form: Form, parameters: Sequence[Parameter], values: Sequence[Calculation]
) -> dict[str, Type]:
    """Return the type of every name an expression of the package may use."""
    types: dict[str, Type] = dict(GIVEN)
    for path, (field, repeated) in fields_of(form).items():
        one = _TYPES.get(field.kind, Type.TEXT)
        types[path] = list_of(one) if repeated else one
    for parameter in parameters:
        if parameter.kind != "table":
            types[f"param.{parameter.name}"] = _TYPES.get(parameter.kind, Type.TEXT)
    for value in values:
        types[value.name] = _TYPES.get(value.kind, Type.TEXT)
    return types


def calculate(
    package: Package, answers: Mapping[str, str], plain: Mapping[str, Plain], *, today: date
) -> Values:
    """Return answers, parameters and values by name, as expressions see them.

    `answers` are the effective ones (with defaults and calculated fields); what is not answered
    or cannot be computed is None or absent. Values are computed in their order.
    """
    values: Values = {"today": today, **_answer_values(package.form, answers)}
    values.update(typed_values(package.parameters, plain))
    for one in package.values:
        if one.lookup is not None:
            text = _look_up(one.lookup, values, plain)
            values[one.name] = _typed(one.kind, text)
        else:
            values[one.name] = compiled(one.value)(values)
    return values


@lru_cache(maxsize=4096)
def compiled(text: str) -> Evaluate:
    """Return the compiled expression; its types were checked when the package was loaded."""
    return compile_expression(parse(text), None)


def _fields(
    nodes: Sequence[Node], above: str, *, repeated: bool
) -> Iterator[tuple[str, tuple[Field, bool]]]:
    for node in nodes:
        path = f"{above}.{node.id}" if above else node.id
        many = repeated or node.maximum is None or node.maximum > 1
        if isinstance(node, Field):
            yield path, (node, many)
        else:
            yield from _fields(node.nodes, path, repeated=many)


def _answer_values(form: Form, answers: Mapping[str, str]) -> Values:
    fields = fields_of(form)
    values: Values = {path: [] for path, (_, many) in fields.items() if many}
    for key in sorted(answers, key=_by_instance):
        path = path_of(key)
        if path in fields:
            field, many = fields[path]
            value = _typed(field.kind, answers[key])
            if many:
                values[path].append(value)
            else:
                values[path] = value
    return values


def _by_instance(key: str) -> tuple[str, list[int]]:
    return path_of(key), [int(index) for index in _INDEX.findall(key)]


def _typed(kind: str, text: str | None) -> str | Decimal | bool | date | None:
    """Return the value of a canonical text; what cannot be read is missing, never a crash."""
    if not text:
        return None
    try:
        match _TYPES.get(kind, Type.TEXT):
            case Type.NUMBER:
                number = Decimal(text)
                return number if number.is_finite() else None
            case Type.DATE:
                return date.fromisoformat(text)
            case Type.BOOLEAN:
                return text == "true"
            case _:
                return text
    except (InvalidOperation, ValueError):
        return None


def _look_up(lookup: Lookup, values: Values, plain: Mapping[str, Plain]) -> str | None:
    table = plain.get(lookup.table, ())
    rows = table if not isinstance(table, str) else ()
    if lookup.street is not None:
        street, number = values.get(lookup.street.street), values.get(lookup.street.house_number)
        rows = rows_of_street(rows, street or "", number or "")
    if lookup.match:
        rows = matching_rows(rows, {c: values.get(name) for c, name in lookup.match.items()})
    found = one_value(rows, lookup.give)
    if found is None and not rows and lookup.otherwise:
        other = compiled(lookup.otherwise)(values)
        return other if isinstance(other, str) else None
    return found
