"""What a town sets itself (Parameter): which value holds on a day, whether it is a good one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from gemeinwerk.core.kernel import Fault
from gemeinwerk.core.kernel.dated import Dated
from gemeinwerk.core.packages.model import Column, Package, Parameter

Row = Mapping[str, str]
Plain = str | Sequence[Row]
"""A value as stored: canonical text, or the rows of a table with text in every column."""

T = TypeVar("T")

MOST_ROWS = 20_000
MOST_TEXT = 2000


def plain_values(
    parameters: Sequence[Parameter],
    settings: Mapping[str, Dated[Plain]],
    *,
    today: date,
) -> dict[str, Plain]:
    """Return the value of each parameter on that day; one without a value is left out.

    What the town set counts if it already applies, else the default of the package.
    """
    values: dict[str, Plain] = {}
    for parameter in parameters:
        own = settings.get(parameter.name) if parameter.changeable else None
        if own is not None and _applies(own, today):
            values[parameter.name] = own.on(today)
            continue
        default = Dated(parameter.default, parameter.name)
        if _applies(default, today):
            values[parameter.name] = default.on(today)
    return values


def default_parameters(package: Package, *, on: date) -> dict[str, Plain]:
    """Return what the package itself says on that day, without any town."""
    return plain_values(package.parameters, {}, today=on)


def form_values(package: Package, plain: Mapping[str, Plain]) -> dict[str, str | Decimal | bool]:
    """Return what `compile_form` asks for as values: the parameters by "param.<name>"."""
    return typed_values(package.parameters, plain)


def missing_parameters(
    parameters: Sequence[Parameter],
    settings: Mapping[str, Dated[Plain]],
    *,
    today: date,
) -> tuple[str, ...]:
    """Name what the town still has to set before it can publish."""
    present = plain_values(parameters, settings, today=today)
    return tuple(one.name for one in parameters if not one.optional and one.name not in present)


def typed_values(
    parameters: Sequence[Parameter], plain: Mapping[str, Plain]
) -> dict[str, str | Decimal | bool]:
    """Return the values expressions see, by "param.<name>"; tables are for lookups only.

    A value that is not what its parameter asks for is left out, as if the town had set none: then
    nobody can tell the fee, which is better than a wrong one.
    """
    typed: dict[str, str | Decimal | bool] = {}
    for parameter in parameters:
        value = plain.get(parameter.name)
        if isinstance(value, str) and _scalar_fault(parameter, value) is None:
            typed[f"param.{parameter.name}"] = _typed(parameter.kind, value)
    return typed


def setting_faults(
    parameter: Parameter, value: object, *, fixed_too: bool = False
) -> tuple[Fault, ...]:
    """Tell everything wrong with a value a town wants to set; paths are "name[row].column".

    `fixed_too` is for the author of the package, who alone sets what no town may change.
    """
    if not parameter.changeable and not fixed_too:
        return (Fault(parameter.name, "parameter.fixed", {"label": parameter.label}),)
    if parameter.kind == "table":
        return _table_faults(parameter, value)
    code = _scalar_fault(parameter, value)
    return () if code is None else (_fault(parameter, parameter.name, code),)


def _applies(dated: Dated[T], today: date) -> bool:
    return bool(dated.entries) and dated.entries[0].valid_from <= today


def _typed(kind: str, value: str) -> str | Decimal | bool:
    if kind in ("money", "number"):
        return Decimal(value)
    return value == "true" if kind == "boolean" else value


def _scalar_fault(parameter: Parameter, value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return "parameter.empty"
    if parameter.kind == "boolean":
        return None if value in ("true", "false") else "parameter.no_boolean"
    if parameter.kind == "text":
        return None if len(value) <= MOST_TEXT else "parameter.too_long"
    number = _number(value)
    if number is None:
        return "parameter.no_number"
    if parameter.kind == "money" and _decimals(number) > 2:
        return "parameter.no_cents"
    if parameter.minimum is not None and number < parameter.minimum:
        return "parameter.too_small"
    if parameter.maximum is not None and number > parameter.maximum:
        return "parameter.too_large"
    return None


def _table_faults(parameter: Parameter, value: object) -> tuple[Fault, ...]:
    if not isinstance(value, list | tuple) or not value:
        return (_fault(parameter, parameter.name, "parameter.empty"),)
    if len(value) > MOST_ROWS:
        return (_fault(parameter, parameter.name, "parameter.too_many_rows"),)
    faults: list[Fault] = []
    for index, row in enumerate(value):
        place = f"{parameter.name}[{index}]"
        if not isinstance(row, Mapping):
            faults.append(_fault(parameter, place, "parameter.no_row"))
            continue
        known = {column.name for column in parameter.columns}
        for name in row:
            if name not in known:
                faults.append(_fault(parameter, f"{place}.{name}", "parameter.unknown_column"))
        for column in parameter.columns:
            code = _cell_fault(column, row.get(column.name, ""))
            if code is not None:
                faults.append(
                    Fault(f"{place}.{column.name}", code, {"label": column.label, "row": index + 1})
                )
    return tuple(faults)


def _cell_fault(column: Column, value: object) -> str | None:
    if not isinstance(value, str):
        return "parameter.cell_no_text"
    if not value.strip():
        return "parameter.cell_empty" if column.required else None
    if column.options and value not in column.options:
        return "parameter.cell_no_option"
    if column.kind != "text" and _number(value) is None:
        return "parameter.cell_no_number"
    return None if len(value) <= MOST_TEXT else "parameter.cell_too_long"


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < Decimal("1e12") else None


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _fault(parameter: Parameter, path: str, code: str) -> Fault:
    params: dict[str, str | int] = {"label": parameter.label}
    if parameter.minimum is not None:
        params["minimum"] = parameter.minimum
    if parameter.maximum is not None:
        params["maximum"] = parameter.maximum
    return Fault(path, code, params)
