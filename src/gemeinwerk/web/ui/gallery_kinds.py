"""The rarer kinds of questions on one page, drawn from a form of their own; for the gallery."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from gemeinwerk.core.forms import CompiledForm, Field, Form, Group, Option, Page, compile_form

TODAY = date(2026, 11, 22)

_EVENTS = (Option(code="m", label="Wochenmarkt"), Option(code="f", label="Straßenfest"))
_PERIODS = Group(
    id="G99000301",
    label="Zeiträume",
    help="Eine Zeile je Zeitraum.",
    maximum=5,
    table=True,
    nodes=(
        Field(id="F99000301", label="Erster Tag", kind="date"),
        Field(id="F99000302", label="Letzter Tag", kind="date"),
        Field(id="F99000303", label="Anlass", kind="choice", options=_EVENTS),
        Field(id="F99000304", label="Fläche", kind="decimal", unit="m²"),
    ),
)
_REACH = Group(
    id="G99000302",
    label="Wie erreichen wir Sie?",
    choice=True,
    nodes=(
        Field(id="F99000311", label="Telefon", format="phone", autocomplete="tel"),
        Field(id="F99000312", label="E-Mail", kind="email", autocomplete="email"),
        Group(
            id="G99000303",
            label="Brief",
            nodes=(
                Field(id="F99000313", label="Straße und Hausnummer", max_length=60),
                Field(id="F99000314", label="Postleitzahl", format="postal_code"),
                Field(id="F99000315", label="Ort", max_length=60),
            ),
        ),
    ),
)
_DOGS = Group(
    id="G99000304",
    label="Hund",
    minimum=0,
    maximum=5,
    entry_pages=True,
    nodes=(
        Field(id="F99000321", label="Rufname", max_length=30),
        Field(id="F99000322", label="Rasse", max_length=40),
    ),
)
_QUESTIONS = (
    Field(
        id="F99000331",
        label="Geburtsdatum",
        kind="partial_date",
        not_after="today",
        why="Das Geburtsdatum unterscheidet Sie von Menschen gleichen Namens (§ 3 BMG).",
        purpose="Wir vergleichen es mit dem Melderegister und löschen es mit dem Vorgang.",
    ),
    Field(
        id="F99000332",
        label="Flurstück",
        max_length=20,
        example="123/4",
        may_lack="Ein Antrag darf deswegen nicht abgewiesen werden (§ 24 Abs. 3 VwVfG).",
    ),
    Field(id="F99000333", label="Wo liegt die Stelle?", format="point", minimum=0),
    Field(id="F99000334", label="Welche Fläche ist es?", format="area", minimum=0),
    Field(id="F99000335", label="IBAN", format="iban", minimum=0),
    Field(
        id="F99000336",
        label="Ich willige ein",
        kind="boolean",
        must_be_true=True,
        statement="Die Stadt darf das Foto meines Standes auf ihrer Seite zeigen. Ich kann das "
        "jederzeit widerrufen.",
        statement_version="2026-11",
    ),
)
_ANSWERS = {
    "F99000331": "1950-03",
    "F99000333": "51.866700,12.643300",
    "F99000334": "51.866700,12.643300;51.866800,12.643300;51.866800,12.643400",
    "G99000301[]": "2",
    "G99000301[0].F99000301": "2027-05-01",
    "G99000301[0].F99000303": "m",
    "G99000301[0].F99000304": "12.5",
    "G99000302.F99000311": "0391 123456",
    "G99000304[]": "2",
    "G99000304[0].F99000321": "Bello",
    "G99000304[0].F99000322": "Dackel",
}
PAGE = "fragen"


@cache
def _form() -> CompiledForm:
    nodes = (*_QUESTIONS[:2], _REACH, _DOGS, _PERIODS, *_QUESTIONS[2:])
    page = Page(id=PAGE, title="Seltene Arten von Fragen", nodes=nodes)
    return compile_form(Form(key="gallery", version="1", title="Bausteine", pages=(page,)))


def kinds_view() -> dict[str, Any]:
    """Return the page as it looks after it was sent with some of it missing."""
    posted = {"F99000335": ["DE8937040044053201300"]}
    typed = _form().page_view(PAGE, _ANSWERS, today=TODAY)
    posted |= {node["name"]: [node["value"]] for node in _fields(typed["nodes"])} | posted
    reading = _form().read_page(PAGE, posted, _ANSWERS, today=TODAY)
    return _form().page_view(
        PAGE, reading.answers, today=TODAY, raw=reading.raw, faults=reading.faults
    )


def _fields(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for node in nodes:
        if node.get("type") == "field":
            found.append(node)
        found += _fields(node.get("instances") or node.get("nodes") or [])
    return found
