"""The form that is measured against peers: thirty fields, eight conditions, three calculations.

The mix (fixed, so that figures can be compared over time): 12 text fields (2 of them names by
DIN 91379 datatype A, 1 IBAN, 1 postal code, 1 telephone number), 2 long texts, 4 days with a
bound, 4 amounts of money of which 3 are calculated, 3 whole numbers with bounds, 3 choices,
1 yes or no, 1 e-mail address. Eight fields carry a condition: five are shown, three required
by it. Half of the submissions are sound, the other half each carry three of twelve mistakes.
"""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

from gemeinwerk.core.forms import Field, Form, Group, Option, Page

TODAY = date(2026, 11, 23)

Submission = dict[str, str]


def _options(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=f"Möglichkeit {code}") for code in codes)


def _text(key: str, label: str, **more: Any) -> Field:
    return Field(id=key, label=label, max_length=more.pop("max_length", 80), **more)


_PERSON = Group(
    id="G99000801",
    label="Person",
    nodes=(
        _text("F01", "Familienname", text_type="A"),
        _text("F02", "Vornamen", text_type="A"),
        Field(id="F03", label="Geburtsdatum", kind="date", not_after="today"),
        Field(
            id="F04",
            label="Familienstand",
            kind="choice",
            options=_options("LD", "VH", "GS", "VW", "LP"),
        ),
        _text("F05", "Geburtsname", minimum=0, required_when='F04 = "VH"'),
        Field(
            id="F06",
            label="Tag der Eheschließung",
            kind="date",
            visible_when='F04 in ["VH", "LP"]',
            not_before="F03",
        ),
        _text("F07", "Staatsangehörigkeit"),
    ),
)
_HOME = Group(
    id="G99000802",
    label="Anschrift und Kontakt",
    nodes=(
        _text("F08", "Straße und Hausnummer"),
        _text("F09", "Zusatz", minimum=0),
        _text("F10", "Postleitzahl", format="postal_code", max_length=5),
        _text("F11", "Ort"),
        Field(id="F12", label="E-Mail", kind="email"),
        _text("F13", "Telefon", minimum=0, format="phone", required_when='G99000804.F28 = "phone"'),
        Field(id="F14", label="Einzug am", kind="date", not_after="today"),
    ),
)
_ANIMAL = Group(
    id="G99000803",
    label="Hund",
    nodes=(
        _text("F15", "Rufname"),
        Field(id="F17", label="Zahl der Hunde", kind="integer", min_value=Decimal(1),
              max_value=Decimal(20)),
        Field(id="F18", label="Monate im Jahr", kind="integer", min_value=Decimal(1),
              max_value=Decimal(12)),
        Field(id="F19", label="Gefährlich?", kind="boolean"),
        Field(id="F20", label="Begründung der Haltung", kind="long_text", max_length=2000,
              visible_when="F19 = true"),
        Field(id="F21", label="Nummer der Erlaubnis", max_length=20,
              visible_when="F19 = true and F17 > 0"),
        Field(id="F22", label="Gehalten seit", kind="date",
              not_after="add_months(today, 1)"),
        Field(id="F23", label="Alter des Hundes", kind="integer", min_value=Decimal(0),
              max_value=Decimal(30), visible_when="is_given(F22)"),
    ),
)  # fmt: skip
_MONEY = Group(
    id="G99000804",
    label="Steuer und Zahlung",
    nodes=(
        Field(id="F24", label="Grundbetrag", kind="money", min_value=Decimal(10),
              max_value=Decimal(500)),
        Field(id="F25", label="Jahressteuer", kind="money", value="F24 * G99000803.F17"),
        Field(id="F26", label="Steuer im ersten Jahr", kind="money",
              value="round(F25 * G99000803.F18 / 12, 2)"),
        Field(id="F27", label="Zu zahlen", kind="money",
              value="if G99000803.F19 then F26 * 2 else F26"),
        Field(id="F28", label="Rückfragen am liebsten", kind="choice",
              options=_options("email", "phone", "letter")),
        Field(id="F29", label="Zahlungsweise", kind="choice",
              options=_options("debit", "transfer")),
        _text("F30", "IBAN", format="iban", max_length=34, visible_when='F29 = "debit"'),
        Field(id="F31", label="Bemerkung", kind="long_text", minimum=0, max_length=2000,
              required_when="F24 > 400"),
    ),
)  # fmt: skip

FORM = Form(
    key="bench-thirty",
    version="1",
    title="Dreißig Felder",
    pages=(Page(id="all", title="Alles", nodes=(_PERSON, _HOME, _ANIMAL, _MONEY)),),
)


def submissions(count: int = 400, *, seed: int = 7) -> list[Submission]:
    """Return sound and faulty submissions, half and half, the same ones for every peer."""
    chance = random.Random(seed)  # noqa: S311  # a workload, not a secret
    found = []
    for number in range(count):
        answers = _sound(chance)
        if number % 2:
            for spoil in chance.sample(_MISTAKES, 3):
                answers.update(spoil)
        found.append({name: value for name, value in answers.items() if value})
    return found


def _sound(chance: random.Random) -> Submission:
    pick = chance.choice
    married, dangerous, debit = pick(("LD", "VH", "GS")), pick((True, False)), pick((True, False))
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    answers = {
        "F01": pick(("Müller", "Kaya", "Łukaszewski", "O'Brien", "Şahin-Weiß")),
        "F02": pick(("Anna Maria", "Zoë", "José", "Karl-Heinz")),
        "F03": f"{chance.randint(1940, 2007)}-{month:02}-{day:02}",
        "F04": married,
        "F05": "Schröder" if married == "VH" else "",
        "F06": "2015-06-20" if married == "VH" else "",
        "F07": pick(("deutsch", "türkisch", "österreichisch")),
        "F08": pick(("Größere Straße 12", "Hauptstr. 7a", "Am Ölberg 3")),
        "F09": pick(("", "Hinterhaus, 2. Stock")),
        "F10": pick(("10115", "80331", "01067")),
        "F11": pick(("Kirchtal", "Lindenbrück", "Bad Sternhafen")),
        "F12": pick(("anna.mueller@example.org", "karl@mail.example.de")),
        "F13": "+49 30 1234567",
        "F14": "2021-03-01",
        "F15": pick(("Bello", "Lümmel")),
        "F17": str(chance.randint(1, 4)),
        "F18": str(chance.randint(1, 12)),
        "F19": "true" if dangerous else "false",
        "F20": "Der Hund wird im eigenen Haus mit großem Garten gehalten." if dangerous else "",
        "F21": "ERL-2024/118" if dangerous else "",
        "F22": "2024-05-01",
        "F23": str(chance.randint(0, 15)),
        "F24": pick(("96.00", "120.50", "84.00")),
        "F28": pick(("email", "phone", "letter")),
        "F29": "debit" if debit else "transfer",
        "F30": "DE89370400440532013000" if debit else "",
        "F31": pick(("", "Bitte rufen Sie erst nach 16 Uhr an.")),
    }
    return {_path(key): value for key, value in answers.items()}


_GROUP_OF = {
    field.id: group.id
    for group in (_PERSON, _HOME, _ANIMAL, _MONEY)
    for field in group.nodes
    if isinstance(field, Field)
}


def _path(key: str) -> str:
    return f"{_GROUP_OF[key]}.{key}"


_MISTAKES: list[Submission] = [
    {_path(key): value}
    for key, value in (
        ("F01", "М" + "üller"),  # a Cyrillic letter
        ("F02", ""),
        ("F03", "1985-02-30"),
        ("F03", "2031-01-01"),
        ("F04", "XX"),
        ("F08", "x" * 81),
        ("F10", "1234"),
        ("F12", "anna(at)example.org"),
        ("F17", "0"),
        ("F24", "zwölf"),
        ("F29", ""),
        ("F14", "2027-01-01"),
    )
]
