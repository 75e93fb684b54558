"""The form of `thirty` as somebody would write it with pydantic 2 and rules by hand."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from benchmarks.thirty import Submission
from gemeinwerk.core.forms import Field

_CENT = Decimal("0.01")


def checker(fields: Sequence[tuple[str, Field]], today: date) -> Callable[[Submission], bool]:
    """Return whether a submission is refused; all errors are gathered, values are computed."""
    pydantic = importlib.import_module("pydantic")
    definitions: dict[str, Any] = {
        path.replace(".", "_"): _definition(pydantic, path, field)
        for path, field in fields
        if not field.value
    }
    model = pydantic.create_model("Submission", **definitions)
    validate = model.model_validate

    def refuses(submission: Submission) -> bool:
        try:
            typed = validate(submission)
        except pydantic.ValidationError as wrong:
            errors = [(one["loc"], one["type"]) for one in wrong.errors(include_url=False)]
            return bool(errors + _rules_on_texts(submission))
        return bool(_rules(typed, today))

    return refuses


def _definition(pydantic: Any, path: str, field: Field) -> Any:
    needed = field.minimum and not field.visible_when
    limits: dict[str, Any] = {"alias": path} | ({} if needed else {"default": None})
    kind: Any = str
    if field.kind == "date":
        kind = date
    elif field.kind in ("money", "integer"):
        kind = Decimal if field.kind == "money" else int
        limits |= {"ge": field.min_value, "le": field.max_value}
    elif field.kind == "choice":
        kind = Literal[tuple(option.code for option in field.options)]
    elif field.kind == "boolean":
        kind = bool
    else:
        limits["max_length"] = field.max_length or 20_000
        patterns = {"postal_code": r"^\d{5}$", "iban": r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$"}
        email = r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$" if field.kind == "email" else None
        limits["pattern"] = email or patterns.get(field.format)
    value = limits.pop("default", ...)
    return Annotated[kind if needed else kind | None, pydantic.Field(**limits)], value


def _rules(form: Any, today: date) -> list[tuple[str, str]]:
    """Conditions, bounds of days and calculations, as one writes them by hand."""
    wrong = []
    if form.G99000801_F04 in ("VH", "LP"):
        if form.G99000801_F06 is None:
            wrong.append(("F06", "missing"))
        elif form.G99000801_F06 < form.G99000801_F03:
            wrong.append(("F06", "too early"))
    if form.G99000801_F04 == "VH" and not form.G99000801_F05:
        wrong.append(("F05", "missing"))
    if form.G99000804_F28 == "phone" and not form.G99000802_F13:
        wrong.append(("F13", "missing"))
    for name in ("G99000801_F03", "G99000802_F14", "G99000803_F22"):
        if getattr(form, name) > today:
            wrong.append((name, "future"))
    if form.G99000803_F19:
        if not form.G99000803_F20:
            wrong.append(("F20", "missing"))
        if form.G99000803_F17 > 0 and not form.G99000803_F21:
            wrong.append(("F21", "missing"))
    if form.G99000803_F22 is not None and form.G99000803_F23 is None:
        wrong.append(("F23", "missing"))
    if form.G99000804_F29 == "debit" and not form.G99000804_F30:
        wrong.append(("F30", "missing"))
    if form.G99000804_F24 > 400 and not form.G99000804_F31:
        wrong.append(("F31", "missing"))
    year = (form.G99000804_F24 * form.G99000803_F17).quantize(_CENT, ROUND_HALF_UP)
    first = (year * form.G99000803_F18 / 12).quantize(_CENT, ROUND_HALF_UP)
    first * 2 if form.G99000803_F19 else first
    return wrong


def _rules_on_texts(submission: Submission) -> list[tuple[str, str]]:
    """The conditions again where there is no model, so that all errors come together."""
    get = submission.get
    wrong = []
    if get("G99000801.F04") == "VH" and not get("G99000801.F05"):
        wrong.append(("F05", "missing"))
    if get("G99000804.F28") == "phone" and not get("G99000802.F13"):
        wrong.append(("F13", "missing"))
    if get("G99000803.F19") == "true" and not get("G99000803.F20"):
        wrong.append(("F20", "missing"))
    if get("G99000804.F29") == "debit" and not get("G99000804.F30"):
        wrong.append(("F30", "missing"))
    return wrong
