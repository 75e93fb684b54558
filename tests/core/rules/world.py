"""An invented schema (number range 99) whose rules the tests write."""

from __future__ import annotations

from typing import Any

from gemeinwerk.core.rules import Names, Translation, translate_rule
from gemeinwerk.core.schemas import CodeEntry, Field, Group, Occurrence, Rule, Schema


def field(number: int, name: str, datatype: Any = "text", **more: Any) -> Occurrence:
    options = tuple(CodeEntry(code, label) for code, label in more.pop("options", ()))
    art = "select" if options or more.pop("select", False) else "input"
    made = Field(
        id=f"F990001{number:02}", version="1.0.0", name=name, label=more.pop("label", f"{name}?"),
        help="", description="", legal_basis=(), art=art, datatype=datatype, options=options,
        **more,
    )  # fmt: skip
    return Occurrence(made, 0, 1)


def group(number: int, name: str, *children: Occurrence) -> Occurrence:
    made = Group(
        id=f"G990001{number:02}", version="1.0.0", name=name, label=name, help="", description="",
        legal_basis=(), choice=False, children=children,
    )  # fmt: skip
    return Occurrence(made, 0, 1)


STATES = (("001", "in Deutschland"), ("002", "außerhalb von Deutschland"), ("003", "unbekannt"))

ADDRESS = group(5, "Anschrift", field(51, "Straße"), field(52, "Hausnummer"), field(53, "Postfach"))
PERSON = group(
    1,
    "Antragsteller",
    field(1, "Wohnort", options=STATES),
    field(2, "Abfrage Vertretung", "bool"),
    field(3, "Geburtsdatum", "date"),
    field(4, "Telefon"),
    field(5, "E-Mail"),
    field(6, "Alter", "num_int"),
    field(7, "Einzugsdatum", "date"),
    field(8, "Auszugsdatum", "date"),
    field(9, "Bemerkung"),
    field(10, "Staat", select=True),
    group(2, "Vertreter", field(21, "Name des Vertreters"), field(22, "Vollmacht", "file")),
    ADDRESS,
)
SCHEMA = Schema(
    id="S99000101", version="1.0.0", standard="xdf3", name="Testantrag", label="Testantrag",
    description="", legal_basis=(),
    children=(PERSON, group(3, "Betrieb", ADDRESS, field(31, "Rechtsform")), field(41, "Hinweis")),
)  # fmt: skip
NAMES = Names(SCHEMA)
OWNER = ("G99000101",)


def translate(text: str, owner: tuple[str, ...] = OWNER) -> Translation:
    rule = Rule(id="R99000101", version="1.0.0", name="Probe", text=text)
    return translate_rule(rule, NAMES, owner)


def told(text: str, owner: tuple[str, ...] = OWNER) -> list[tuple[str, str, str]]:
    """Return action, last id of the target and condition of every effect, without long ids."""
    from gemeinwerk.core.expressions import to_text

    found = translate(text, owner)
    assert found.status == "translated", (found.left, found.reasons)
    return [
        (e.action, e.target.rpartition(".")[2][-3:], short(to_text(e.condition)))
        for e in found.effects
    ]


def short(text: str) -> str:
    """Shorten ids: G99000101.F99000102 becomes F102."""
    import re

    return re.sub(r"(?:[GF]99000\d{3}\.)*([GF])99000(\d{3})", r"\1\2", text)
