"""Turns the values of a package into finished German text for notices and service pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from gemeinwerk.core.calendars import day_in_words
from gemeinwerk.core.forms import Field
from gemeinwerk.core.kernel.money import euro, german_number
from gemeinwerk.core.packages.calculating import Values, fields_of
from gemeinwerk.core.packages.model import Package, Texts
from gemeinwerk.core.packages.parameters import Plain, typed_values

GIVEN_FACTS = ("service", "legal_bases")
NOT_GIVEN = "nicht angegeben"


def notice_texts(package: Package, values: Values) -> dict[str, str]:
    """Return the finished text of each fact a notice may name ("30,00 EUR", "12. Mai 2026").

    Facts are those of notice.toml, the roles of fields (family_name ...), and `GIVEN_FACTS`.
    """
    fields = fields_of(package.form)
    kinds: dict[str, str] = {one.name: one.kind for one in package.values}
    kinds |= {f"param.{one.name}": one.kind for one in package.parameters}
    texts = {
        "service": package.name,
        "legal_bases": ", ".join(one.norm for one in package.legal_bases) or NOT_GIVEN,
    }
    for fact, name in {**package.roles, **package.facts}.items():
        field = fields[name][0] if name in fields else None
        texts[fact] = _text(values.get(name), field.kind if field else kinds.get(name, ""), field)
    return texts


def filled_texts(package: Package, plain: Mapping[str, Plain]) -> Texts:
    """Return the texts of the service page with parameters of the town and the usual days.

    A parameter the town has not set yet shows as "…"; the list of what is missing names it.
    """
    kinds = {f"param.{one.name}": one.kind for one in package.parameters}
    typed = typed_values(package.parameters, plain)
    words = {name: _text(typed.get(name), kind, None, missing="…") for name, kind in kinds.items()}
    words["usual_days"] = "…" if package.usual_days is None else str(package.usual_days)

    def fill(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if isinstance(value, tuple):
            return tuple(_replace(one, words) for one in value)
        return _replace(value, words)

    return Texts(**{name: fill(getattr(package.texts, name)) for name in Texts.__slots__})  # type: ignore[arg-type]  # each name keeps its own type


def _replace(text: str, words: Mapping[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _text(value: object, kind: str, field: Field | None, *, missing: str = NOT_GIVEN) -> str:
    if isinstance(value, list):
        return ", ".join(_text(one, kind, field) for one in value) or missing
    if value is None or value == "":
        return missing
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Decimal):
        if kind == "year":
            return str(value)
        if kind == "money":
            return euro(value)
        return german_number(value, 0 if kind == "integer" else None)
    return _label(str(value), field)


def _label(value: str, field: Field | None) -> str:
    if field is None:
        return value
    return next((one.label for one in field.options if one.code == value), value)
