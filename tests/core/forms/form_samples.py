"""Forms the tests of core.forms share (invented, range 99), and a generator of valid answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from gemeinwerk.core.forms import Field, Form, Group, Option, Page

TODAY = date(2026, 11, 22)

PERSON = Group(
    id="G99000901",
    label="Person",
    nodes=(
        Field(id="F1", label="Familienname", text_type="A", max_length=20),
        Field(id="F2", label="Geburtsdatum", kind="date", not_after="today"),
        Field(id="F3", label="Verheiratet?", kind="boolean"),
        Field(id="F4", label="Name der Partnerin", visible_when="F3 = true"),
        Field(id="F5", label="Betrag", kind="money", minimum=0),
        Field(id="F6", label="Doppelter Betrag", kind="money", value="F5 * 2"),
        Field(id="F7", label="Amt", locked=True, default="Bürgeramt"),
        Field(id="F8", label="Kanal", hidden=True, default="online"),
    ),
)
CHILDREN = Group(
    id="G99000902",
    label="Kind",
    minimum=0,
    maximum=3,
    nodes=(
        Field(id="F1", label="Vorname"),
        Field(id="F2", label="Alter", kind="integer", min_value=0, max_value=17),
        Field(id="F3", label="Schule", minimum=0, visible_when="F2 >= 6"),
    ),
)
CONTACT = Group(
    id="G99000903",
    label="Erreichbarkeit",
    choice=True,
    nodes=(
        Field(id="F1", label="Telefon", format="phone"),
        Field(id="F2", label="E-Mail", kind="email"),
    ),
)
ACCOUNT = Group(
    id="G99000904",
    label="Konto",
    minimum=0,
    nodes=(
        Field(id="F1", label="IBAN", format="iban"),
        Field(id="F2", label="Inhaber"),
        Field(id="F3", label="Land", default="DE"),
    ),
)
SIZE = Field(
    id="F99000905",
    label="Größe",
    kind="choice",
    options=(Option(code="s", label="Klein"), Option(code="l", label="Groß")),
)


def form_of(*pages: Page, **more: Any) -> Form:
    return Form(key="sample", version="1", title="Beispiel", pages=pages, **more)


def page_of(*nodes: Group | Field, key: str = "page", **more: Any) -> Page:
    return Page(id=key, title="Seite", nodes=nodes, **more)


DECLARED = "Ich willige ein, dass die Stadt mein Foto veröffentlicht."
KINDS = form_of(
    page_of(
        Field(id="F1", label="Geburtsdatum", kind="partial_date", not_after="today"),
        Field(id="F2", label="Lage", format="point", minimum=0),
        Field(id="F3", label="Fläche", format="area", minimum=0),
        Field(
            id="F4",
            label="Einwilligung",
            kind="boolean",
            must_be_true=True,
            statement=DECLARED,
            statement_version="2026-01",
        ),
        Field(id="F5", label="Flurstück", may_lack="Das Amt ermittelt es (§ 24 VwVfG).",
              why="§ 2", purpose="Wird nicht gespeichert.", example="12/3"),
        Group(
            id="G1",
            label="Zeitraum",
            maximum=4,
            table=True,
            nodes=(
                Field(id="F1", label="Erster Tag", kind="date"),
                Field(id="F2", label="Anlass", kind="choice",
                      options=(Option(code="m", label="Markt"), Option(code="f", label="Fest"))),
            ),
        ),
        Group(
            id="G2",
            label="Hund",
            minimum=0,
            maximum=3,
            entry_pages=True,
            nodes=(Field(id="F1", label="Rufname"), Field(id="F2", label="Rasse", minimum=0)),
        ),
        key="kinds",
    ),
)  # fmt: skip
"""Every kind of question that the shipped packages do not have."""

FAMILY = form_of(
    page_of(PERSON, key="person"),
    page_of(CHILDREN, key="children"),
    page_of(CONTACT, ACCOUNT, SIZE, key="contact"),
)
PERSON_ANSWERS = {
    "G99000901.F1": "Müller",
    "G99000901.F2": "1990-02-01",
    "G99000901.F3": "false",
}
SOUND = PERSON_ANSWERS | {"G99000903.F2": "anna@example.de", "F99000905": "s"}


def fields_of(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the field nodes of a page view, in order."""
    for node in nodes:
        if node["type"] == "group":
            for holder in node["instances"] if node["repeated"] else [node]:
                yield from fields_of(holder["nodes"])
        elif node["repeated"]:
            yield from node["instances"]
        else:
            yield node


def typed_answer(node: dict[str, Any], field: Field) -> str:
    """Return what a person could type into a field so that it is accepted."""
    kind = node["kind"]
    if kind == "choice":
        return str(node["options"][-1]["code"])
    fixed = {"date": "1.2.2001", "boolean": "ja", "email": "anna@example.de"}
    if kind in fixed:
        return fixed[kind]
    if kind in ("integer", "decimal", "money"):
        return str(field.min_value if field.min_value is not None else 1).replace(".", ",")
    if field.format:
        return {"time": "9:30", "datetime": "1.2.2001 9:30"}[field.format]
    if field.pattern:
        digits = "12345" if "[0-9]{3}" in field.pattern else "1234567890123"
        return digits[: field.max_length]
    length = min(max(field.min_length or 1, 3), field.max_length or 3)
    return re.sub(r"\s+$", "x", ("Ölß" * length)[:length])
