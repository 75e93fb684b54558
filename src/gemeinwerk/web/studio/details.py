"""What an author types about a service: read from the posted form, and written back into it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.catalogue.preparing import FixedFee
from gemeinwerk.apps.catalogue.situations import LIFE_SITUATIONS
from gemeinwerk.core.kernel import DomainError, Fault
from gemeinwerk.core.kernel.dated import Dated
from gemeinwerk.core.kernel.money import german_number, read_money
from gemeinwerk.core.kernel.text import german_date, read_date
from gemeinwerk.core.packages import FEE, Additions

LEVELS = {
    "none": "kein Nachweis der Identität",
    "basic": "niedrig (Benutzerkonto)",
    "substantial": "substanziell (zum Beispiel ELSTER)",
    "high": "hoch (Online-Ausweis)",
}
FEES = {
    "on_request": "nach Auskunft: Ein Mensch setzt sie fest",
    "none": "keine",
    "fixed": "fester Betrag",
}
LABELS = {
    "title": "Name der Leistung",
    "summary": "Worum es geht",
    "keywords": "Suchwörter",
    "usual_days": "Übliche Dauer in Arbeitstagen",
    "identity_reason": "Warum genügt das?",
    "legal_bases": "Rechtsgrundlagen",
    "purpose": "Zweck der Verarbeitung",
    "privacy_basis": "Rechtsgrundlage der Verarbeitung",
    "data_categories": "Datenkategorien",
    "recipients": "Empfänger",
    "retention_years": "Aufbewahrung in Jahren",
    "retention_reason": "Warum so lange?",
    "retention_norm": "Norm der Aufbewahrung",
    "fee_amount": "Betrag",
    "fee_norm": "Norm der Gebühr",
    "fee_from": "Gilt ab",
}
LINES = ("keywords", "legal_bases", "data_categories", "recipients")
TEXTS = (
    "title",
    "summary",
    "identity_reason",
    "purpose",
    "privacy_basis",
    "retention_reason",
    "retention_norm",
)
NUMBERS = {"usual_days": 999, "retention_years": 110}
MOST_TEXT, MOST_LINES = 2000, 60
MOST_OF_LINE = 2000  # real schemas tell their whole legal basis in one line
SHORT = {"title": 300, "retention_norm": 300, "fee_norm": 300}


@dataclass
class Entered:
    """What was typed, as typed and as understood; `faults` have the field as path."""

    typed: dict[str, str]
    revision: int
    unit_id: UUID | None = None
    additions: Additions = field(default_factory=Additions)
    fee: FixedFee | None = None
    faults: list[Fault] = field(default_factory=list)


def shown(view: ServiceView, settings: Mapping[str, Dated[Any]], today: date) -> dict[str, str]:
    """Return what stands in the form at first: what is saved, else what the schema says."""
    additions = view.additions
    typed = {name: str(getattr(additions, name)) for name in TEXTS}
    typed |= {name: "\n".join(getattr(additions, name)) for name in LINES}
    numbers = {name: getattr(additions, name) for name in NUMBERS}
    typed |= {name: "" if value is None else str(value) for name, value in numbers.items()}
    typed |= {"identity_level": additions.identity_level, "fee": additions.fee}
    typed |= {"life_situation": additions.life_situation, "unit": str(view.unit_id or "")}
    typed["title"] = typed["title"] or view.package.name
    typed["summary"] = typed["summary"] or view.package.texts.summary
    if not additions.legal_bases:
        typed["legal_bases"] = "\n".join(one.norm for one in view.package.legal_bases)
    if not additions.keywords:
        typed["keywords"] = "\n".join(view.package.keywords)
    return typed | _fee_shown(settings, today)


def read(posted: Mapping[str, str], units: set[UUID], *, whole: bool) -> Entered:
    """Read the posted form; empty answers are gaps, not faults.

    `whole` is for services made from a schema; the others leave only the unit to choose.
    """
    typed = {name: clean(posted.get(name, "")) for name in _NAMES}
    revision = posted.get("revision", "")
    entered = Entered(typed, _revision(revision))
    entered.unit_id = _unit(entered, units)
    if whole:
        _read_additions(entered)
    return entered


def _revision(text: str) -> int:
    """Return the revision that was on the page; -1 (never current) for what is no number."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _read_additions(entered: Entered) -> None:
    typed = entered.typed
    for name in (*TEXTS, "fee_norm"):
        _check_length(entered, name, SHORT.get(name, MOST_TEXT))
    for name in LINES:
        _check_lines(entered, name)
    known = {"identity_level": LEVELS, "fee": FEES, "life_situation": {"": "", **LIFE_SITUATIONS}}
    for name, choices in known.items():
        if typed[name] not in choices:
            _fault(entered, name, "catalogue.unknown_choice")
    numbers = {name: _number(entered, name, most) for name, most in NUMBERS.items()}
    entered.fee = _fee(entered) if typed["fee"] == "fixed" else None
    if not entered.faults:
        named = {name: typed[name] for name in (*TEXTS, *known)}
        lines: dict[str, Any] = {name: _lines(typed[name]) for name in LINES}
        entered.additions = Additions(**named, **lines, **numbers)  # type: ignore[arg-type]  # choices were checked


def clean(text: str) -> str:
    """Return a typed text without control characters, in the form we store."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign == "\n" or sign == "\t" or sign.isprintable())
    return unicodedata.normalize("NFC", kept).strip()


_NAMES = (*TEXTS, *LINES, *NUMBERS, "identity_level", "fee", "life_situation", "unit")
_NAMES = (*_NAMES, "fee_amount", "fee_norm", "fee_from")


def _fee_shown(settings: Mapping[str, Dated[Any]], today: date) -> dict[str, str]:
    """Return the fee in force, or the next one when none is in force yet."""
    fee = settings.get(FEE)
    if fee is None or not fee.entries:
        return {"fee_amount": "", "fee_norm": "", "fee_from": german_date(today)}
    begun = [entry for entry in fee.entries if entry.valid_from <= today]
    entry = begun[-1] if begun else fee.entries[0]
    return {
        "fee_amount": german_number(read_money(str(entry.value)), 2),
        "fee_norm": entry.norm,
        "fee_from": german_date(entry.valid_from),
    }


def _lines(text: str) -> tuple[str, ...]:
    found = (line.strip() for line in text.split("\n"))
    return tuple(dict.fromkeys(line for line in found if line))


def _check_length(entered: Entered, name: str, limit: int) -> None:
    if len(entered.typed[name]) > limit:
        _fault(entered, name, "catalogue.too_long", limit=limit)


def _check_lines(entered: Entered, name: str) -> None:
    lines = _lines(entered.typed[name])
    if len(lines) > MOST_LINES:
        _fault(entered, name, "catalogue.too_many_lines", limit=MOST_LINES)
    elif any(len(line) > MOST_OF_LINE for line in lines):
        _fault(entered, name, "catalogue.too_long", limit=MOST_OF_LINE)


def _number(entered: Entered, name: str, maximum: int) -> int | None:
    text = entered.typed[name]
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= maximum):
        _fault(entered, name, "catalogue.not_whole", maximum=maximum)
        return None
    return int(text)


def _unit(entered: Entered, units: set[UUID]) -> UUID | None:
    text = entered.typed["unit"]
    found = next((unit for unit in units if str(unit) == text), None)
    if text and found is None:
        _fault(entered, "unit", "catalogue.unknown_choice")
    return found


def _fee(entered: Entered) -> FixedFee | None:
    """Return the fixed fee when all three parts are there; all empty is a gap, not a fault."""
    names = ("fee_amount", "fee_norm", "fee_from")
    given = [name for name in names if entered.typed[name]]
    if set(given) <= {"fee_from"}:
        return None
    for name in names:
        if name not in given:
            _fault(entered, name, "catalogue.fee_incomplete")
    amount = _amount(entered) if "fee_amount" in given else ""
    day = read_date(entered.typed["fee_from"])
    if day is None and "fee_from" in given:
        _fault(entered, "fee_from", "catalogue.not_a_date")
    if len(given) < len(names) or not amount or day is None:
        return None
    return FixedFee(amount, entered.typed["fee_norm"], day)


def _amount(entered: Entered) -> str:
    try:
        amount = read_money(entered.typed["fee_amount"])
    except DomainError:
        amount = None
    if amount is None or amount < 0:
        _fault(entered, "fee_amount", "catalogue.not_an_amount")
        return ""
    return str(amount)


def _fault(entered: Entered, name: str, code: str, **params: int) -> None:
    label = {"unit": "Zuständige Stelle", "life_situation": "Lebenslage", "fee": "Gebühr"}
    shown_label = LABELS.get(name) or label.get(name, "Vertrauensniveau")
    entered.faults.append(Fault(name, code, {"label": shown_label, **params}))
