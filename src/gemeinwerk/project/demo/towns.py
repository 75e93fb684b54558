"""Three invented towns of different size, state, colour and fees; every local value is theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of demo staff: name, roles, index of the unit."""

    name: str
    roles: tuple[str, ...]
    unit: int


@dataclass(frozen=True, slots=True)
class DemoTown:
    """A town with its units, staff and values (per package)."""

    key: str
    slug: str
    name: str
    kind: str
    state: str
    population: int
    brand: dict[str, str]
    contact: dict[str, Any]
    legal: dict[str, Any]
    units: tuple[str, ...]
    staff: tuple[Colleague, ...]
    settings: dict[str, Settings] = field(default_factory=dict)


def _contact(street: str, postal_code: str, city: str, phone: str, slug: str) -> dict[str, Any]:
    return {
        "street": street,
        "postal_code": postal_code,
        "city": city,
        "address": f"{street}, {postal_code} {city}",
        "phone": phone,
        "email": f"buergerbuero@{slug}.example",
        "website": f"https://www.{slug}.example",
        "hours": [
            "Montag bis Freitag: 8 bis 12 Uhr",
            "Donnerstag auch: 14 bis 18 Uhr",
        ],
    }


def _legal(mayor: str, office: str, court: dict[str, str], body: str) -> dict[str, Any]:
    return {
        "represented_by": mayor,
        "authority": office,
        "privacy_officer": "Behördlicher Datenschutzbeauftragter, Anschrift wie oben",
        "supervisory_authority": "Die Landesbeauftragte für den Datenschutz",
        "court": court,
        "bank": {"iban": "DE00 0000 0000 0000 0000 00"},
        "enforcement_body": body,
        "accessibility_checked_on": "2026-11-22",
    }


def _court(name: str, street: str, postal_code: str, city: str) -> dict[str, str]:
    return {"name": name, "street": street, "postal_code": postal_code, "city": city}


def _dog_tax(first: str, second: str, further: str, dangerous: str, days: str) -> Settings:
    return {
        "rate_first": first,
        "rate_second": second,
        "rate_further": further,
        "rate_dangerous": dangerous,
        "bylaw_paragraph": "§ 5 Hundesteuersatzung",
        "register_within_days": days,
        "due_quarterly": "15. Februar, 15. Mai, 15. August und 15. November",
        "due_half_yearly": "15. Februar und 15. August",
        "due_yearly": "1. Juli",
    }


def _parking(half: str, one: str, two: str, streets: dict[str, str]) -> Settings:
    return {
        "fee_half_year": half,
        "fee_one_year": one,
        "fee_two_years": two,
        "fee_norm": "§ 2 Gebührenordnung für Bewohnerparkausweise",
        "zones": [
            {"street": street, "from": "", "to": "", "side": "", "zone": zone}
            for street, zone in streets.items()
        ],
    }


def _special_use(minimum: str, rates: dict[str, str], centre: tuple[str, ...]) -> Settings:
    dearer = {"A": 2, "B": 1}
    return {
        "tariff_zone_elsewhere": "B",
        "minimum_fee": minimum,
        "fee_norm": "§ 9 Sondernutzungssatzung mit Gebührentarif",
        "bylaw_paragraph": "§ 3 Sondernutzungssatzung",
        "apply_days_ahead": "14",
        "passage_width": "1.60",
        "tariff_zones": [
            {"street": street, "from": "", "to": "", "side": "", "zone": "A"} for street in centre
        ],
        "tariffs": [
            {"purpose": purpose, "zone": zone, "rate": f"{float(rate) * times:.2f}"}
            for purpose, rate in rates.items()
            for zone, times in dearer.items()
        ],
    }


TOWNS: tuple[DemoTown, ...] = (
    DemoTown(
        key="999010001001",
        slug="kirchtal",
        name="Kirchtal",
        kind="Gemeinde",
        state="SN",
        population=4_012,
        brand={
            "colour": "#2f6b3a",
            "crest": "linde",
            "claim": "Das Rathaus, das zu Ihnen kommt.",
        },
        contact=_contact("Dorfplatz 3", "99901", "Kirchtal", "09999 1200", "kirchtal"),
        legal=_legal(
            "Bürgermeisterin Juliane Ahrens",
            "Gemeinde Kirchtal, Die Bürgermeisterin",
            _court("Verwaltungsgericht Auenburg", "Gerichtsweg 2", "99910", "Auenburg"),
            "Landesdurchsetzungsstelle für barrierefreie Informationstechnik",
        ),
        units=("Gemeindeverwaltung",),
        staff=(
            Colleague("Mira Sonnleitner", ("caseworker", "author"), 0),
            Colleague("Jan Petersen", ("team_lead", "operator"), 0),
        ),
        settings={
            "dog-tax-registration": _dog_tax("60.00", "90.00", "110.00", "500.00", "14"),
            "special-use-permit": _special_use(
                "15.00",
                {"container": "1.00", "scaffold": "0.50", "cafe": "0.40", "stall": "2.00"},
                ("Dorfplatz",),
            ),
        },
    ),
    DemoTown(
        key="999020002002",
        slug="lindenbrueck",
        name="Lindenbrück",
        kind="Stadt",
        state="NW",
        population=12_480,
        brand={
            "colour": "#8a1538",
            "crest": "turm",
            "claim": "Schnell erledigt, gut erklärt.",
        },
        contact=_contact("Alter Markt 1", "99920", "Lindenbrück", "09998 3400", "lindenbrueck"),
        legal=_legal(
            "Bürgermeister Tobias Wendt",
            "Stadt Lindenbrück, Der Bürgermeister",
            _court("Verwaltungsgericht Rothenhain", "Justizplatz 8", "99930", "Rothenhain"),
            "Ombudsstelle für barrierefreie Informationstechnik des Landes",
        ),
        units=("Bürgerbüro", "Ordnungsamt"),
        staff=(
            Colleague("Ben Aydın", ("caseworker",), 1),
            Colleague("Katharina Großmann-Łukasiewicz", ("caseworker", "author"), 0),
            Colleague("Petra Lorenz", ("team_lead", "operator"), 1),
            Colleague("Tobias Wendt", ("mayor",), 1),
        ),
        settings={
            "dog-tax-registration": _dog_tax("96.00", "144.00", "168.00", "720.00", "14"),
            "resident-parking": _parking(
                "20.00",
                "30.00",
                "55.00",
                {"Lindenstraße": "A", "Alter Markt": "A", "Mühlengasse": "B"},
            ),
            "special-use-permit": _special_use(
                "20.00",
                {"container": "2.00", "scaffold": "1.00", "cafe": "0.60", "stall": "3.50"},
                ("Alter Markt", "Lindenstraße"),
            ),
            "tree-felling": {
                "fee": "40.00",
                "fee_norm": "§ 10 Baumschutzsatzung",
                "bylaw_paragraph": "§ 6 Baumschutzsatzung",
            },
        },
    ),
    DemoTown(
        key="999030003003",
        slug="sternhafen",
        name="Sternhafen",
        kind="Stadt",
        state="SH",
        population=38_230,
        brand={
            "colour": "#0b4f8a",
            "crest": "fluss",
            "claim": "Ihr Bürgerbüro am Wasser, rund um die Uhr.",
        },
        contact=_contact("Hafenallee 20", "99940", "Sternhafen", "09997 5600", "sternhafen"),
        legal=_legal(
            "Bürgermeisterin Dr. Wiebke Thomsen",
            "Stadt Sternhafen, Die Bürgermeisterin",
            _court("Verwaltungsgericht Nordersund", "Am Fleet 5", "99950", "Nordersund"),
            "Beschwerdestelle für barrierefreie Informationstechnik des Landes",
        ),
        units=("Bürgerbüro", "Straßenverkehrsbehörde", "Steueramt"),
        staff=(
            Colleague("Carla Mendes", ("caseworker",), 1),
            Colleague("Oke Hansen", ("caseworker",), 2),
            Colleague("Swantje Brodersen", ("team_lead", "operator"), 1),
            Colleague("Emre Yıldız", ("author",), 0),
            Colleague("Dr. Wiebke Thomsen", ("mayor",), 1),
        ),
        settings={
            "dog-tax-registration": _dog_tax("144.00", "240.00", "288.00", "840.00", "7"),
            "resident-parking": _parking(
                "30.00",
                "60.00",
                "110.00",
                {"Hafenallee": "H1", "Speichergasse": "H1", "Am Leuchtturm": "H2"},
            ),
            "special-use-permit": _special_use(
                "25.00",
                {"container": "3.00", "scaffold": "1.50", "cafe": "1.20", "stall": "5.00"},
                ("Hafenallee", "Speichergasse"),
            ),
        },
    ),
)
