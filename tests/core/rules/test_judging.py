"""Findings about rules: unclear, contradictory, and elements that are never shown."""

import pytest

from gemeinwerk.core.rules import judged
from gemeinwerk.core.schemas import CodeEntry, Field, Group, Occurrence, Rule, Schema, quality_of

ART = (CodeEntry("001", "Hund"), CodeEntry("002", "Katze"))


def field(number: str, label: str, options: tuple[CodeEntry, ...] = ()) -> Occurrence:
    art = "select" if options else "input"
    datatype = "text" if options else "bool"
    made = Field(number, "1.0.0", label, label, "", "", (), art, datatype, options=options)
    return Occurrence(made, 0, 1)


def found(*texts: str) -> list[tuple[str, str, str]]:
    rules = tuple(Rule(f"R9900010{n}", "1.0.0", "", text) for n, text in enumerate(texts, 1))
    inner = Group(
        "G99000102", "1.0.0", "Angaben", "Angaben", "", "", (), False,
        (field("F99000103", "Impfung"),),
    )  # fmt: skip
    children = (
        field("F99000101", "Tierart", ART),
        field("F99000102", "Abfrage Halter"),
        Occurrence(inner, 0, 1),
        field("F99000104", "Abfrage Marke"),
    )
    schema = Schema("S99000101", "1.0.0", "xdf3", "Antrag", "Antrag", "", (), children, rules=rules)
    return [
        (each.severity, each.place, each.code.partition("_")[2])
        for each in quality_of(schema, judged(schema))
        if each.code.startswith(("rule.", "schema.rule"))
    ]


def only(code: str, number: str) -> str:
    return f"Wenn F99000101 = {code}, dann zeige {number} an, sonst zeige {number} nicht an."


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Wenn F99000101 = 001, dann muss F99000104 befüllt werden."], []),
        (["Hier steht nichts Verständliches."], [("warning", "", "unclear")]),
        (
            ["Wenn F99000101 = 001, dann muss F99000104 befüllt werden. Näheres: Satzung."],
            [("warning", "", "partly")],
        ),
        (
            [
                "Wenn F99000101 = 001, dann muss F99000104 befüllt werden.",
                "Wenn F99000102 = JA, dann zeige F99000104 nicht an.",
            ],
            [("error", "F99000104", "contradiction")],
        ),
        (
            [
                "Wenn F99000101 = 001, dann muss F99000104 befüllt werden.",
                "Wenn F99000101 = 002, dann zeige F99000104 nicht an.",
            ],
            [],
        ),
        (
            [only("001", "F99000104"), "Wenn F99000102 = JA, zeige F99000104 an."],
            [],
        ),
        (
            [
                only("001", "G99000102"),
                only("002", "F99000103"),
            ],
            [("warning", "G99000102.F99000103", "never_shown")],
        ),
        (["F99000101 ist mit 001 vorzubefüllen und auszublenden."], []),
    ],
)  # fmt: skip
def test_what_rules_do_wrong(texts: list[str], expected: list[tuple[str, str, str]]) -> None:
    assert found(*texts) == expected


def test_what_is_asked_of_a_dead_element_is_dead_too() -> None:
    texts = [
        only("001", "G99000102"),
        only("002", "F99000103"),
        "Wenn F99000103 = JA, dann zeige F99000104 an, sonst zeige F99000104 nicht an.",
    ]
    assert [place for _, place, _ in found(*texts)] == ["F99000104", "G99000102.F99000103"]
