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


Case = tuple[str, list[tuple[str, str, str]]]
CASES: list[Case] = [
    (
        'Wenn das Feld F99000101 "Wohnort" = 001 "in Deutschland", dann muss die Feldgruppe'
        ' G99000105 "Anschrift" befüllt sein.',
        [("required", "105", 'F101 = "001"')],
    ),
    (
        "WENN F99000102 = JA, DANN zeige G99000102 Vertreter an, SONST zeige G99000102 nicht an.",
        [("show", "102", "F102 = true"), ("hide", "102", "not F102 = true")],
    ),
    (
        "Falls ‚Abfrage Vertretung‘ mit „Ja“ beantwortet wird, ist das Feld „Vollmacht“ Pflicht.",
        [("required", "122", "F102 = true")],
    ),
    (
        "Die Gruppe Vertreter ist nur anzuzeigen, wenn Abfrage Vertretung wahr ist.",
        [("show", "102", "F102 = true"), ("hide", "102", "not F102 = true")],
    ),
    (
        "Das Feld Telefon muss befüllt werden, außer wenn das Feld E-Mail befüllt ist.",
        [("required", "104", "not is_given(F105)")],
    ),
    (
        "Sofern F99000101 den Wert 002 oder 003 hat, darf das Feld F99000151 nicht befüllt werden.",
        [("forbidden", "151", 'F101 in ["002", "003"]')],
    ),
    (
        "Wenn F99000101 <> 001 UND <> 002, dann ist F99000109 auszublenden.",
        [("hide", "109", 'F101 not in ["001", "002"]')],
    ),
    (
        "Ist das Feld F99000101 = 003, dann ist das Feld Bemerkung ein Pflichtfeld.",
        [("required", "109", 'F101 = "003"')],
    ),
    (
        "Wenn F99000102 = wahr und (F99000101 = 001 oder F99000106 >= 18), dann zeige F99000109"
        " an.",
        [("show", "109", 'F102 = true and (F101 = "001" or F106 >= 18)')],
    ),
    (
        "Es muss entweder das Feld Telefon oder das Feld E-Mail befüllt werden.",
        [
            (
                "validation",
                "101",
                "is_given(F104) and not is_given(F105) or not is_given(F104) and is_given(F105)",
            )
        ],
    ),
    (
        "Mindestens eines der Felder Telefon, E-Mail oder Bemerkung muss ausgefüllt sein.",
        [("validation", "101", "is_given(F104) or is_given(F105) or is_given(F109)")],
    ),
    (
        "Das Datum im Feld Einzugsdatum muss zeitlich vor dem Datum im Feld Auszugsdatum liegen.",
        [("validation", "107", "F107 < F108")],
    ),
    (
        "Das Geburtsdatum darf nicht in der Zukunft liegen.",
        [("validation", "103", "F103 <= today")],
    ),
    (
        "Das Feld F99000103 muss mindestens 18 Jahre zurück liegen.",
        [("validation", "103", "years_between(F103, today) >= 18")],
    ),
    (
        "Wenn Geburtsdatum < 18 Jahre, dann muss Vollmacht befüllt werden.",
        [("required", "122", "years_between(F103, today) < 18")],
    ),
    (
        'Das Feld F99000101 ist mit 001 "in Deutschland" vorzubelegen und auszublenden.',
        [("prefill", "101", "true"), ("hide", "101", "true")],
    ),
    (
        "Für die Länder NW und Bayern gilt:\nDas Feld F99000109 muss befüllt werden.\n\n"
        "Für alle anderen Länder gilt:\nDas Feld F99000109 darf nicht angezeigt werden.",
        [
            ("required", "109", 'param.land in ["NW", "BY"]'),
            ("hide", "109", 'not param.land in ["NW", "BY"]'),
        ],
    ),
    (
        "Das Feld Bemerkung muss in Thüringen befüllt werden.",
        [("required", "109", 'param.land = "TH"')],
    ),
    (
        "Wenn F99000102 == Ja, dann zeige F99000104 und F99000105 als Pflichtfelder an, sonst zeige"
        " die Felder nicht an.",
        [
            ("show", "104", "F102 = true"),
            ("show", "105", "F102 = true"),
            ("required", "104", "F102 = true"),
            ("required", "105", "F102 = true"),
            ("hide", "104", "not F102 = true"),
            ("hide", "105", "not F102 = true"),
        ],
    ),
    (
        "Wenn eines der Felder F99000104, F99000105 leer ist, ist F99000109 optional.",
        [("optional", "109", "not is_given(F104) or not is_given(F105)")],
    ),
    (
        "Blende das Feld Bemerkung aus, wenn F99000102 nicht ausgewählt ist.",
        [("hide", "109", "F102 != true")],
    ),
    (
        "Wenn in Feld F99000101 Auswahl = 001, erscheint F99000109 und muss ausgefüllt werden.",
        [("show", "109", 'F101 = "001"'), ("required", "109", 'F101 = "001"')],
    ),
]

CASES_OF_PROSE = [text for text, _ in CASES]
