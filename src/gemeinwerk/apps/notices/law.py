"""What Gemeinwerk takes the law of a state to be (Annahmen), and that the town has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from gemeinwerk.apps.audit import actions as audit
from gemeinwerk.apps.municipalities import actions as municipality_actions
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.apps.municipalities import tenancy
from gemeinwerk.apps.municipalities.models import Municipality
from gemeinwerk.apps.notices import archive
from gemeinwerk.core.access import Actor, Right
from gemeinwerk.core.decisions import STATE_REMEDIES, TAX_PROCEDURE, Remedy

BERLIN = ZoneInfo("Europe/Berlin")
TOWN, NAME = "town", "law_confirmed"  # where the confirmation stands among the town's values
REMEDIES = {
    Remedy.OBJECTION: "Widerspruch",
    Remedy.COURT_ACTION: "Klage ohne Widerspruch",
    Remedy.CHOICE: "Widerspruch oder Klage, nach Wahl",
}


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption (Annahme) with its norm."""

    label: str
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class LawTable:
    """All assumptions for a town; `by` and `on` are empty until the town has confirmed these."""

    rows: tuple[Assumption, ...]
    by: str = ""
    on: str = ""


def law_of(town: Municipality) -> LawTable:
    """Return what holds for the town; a table that has changed since asks to be confirmed anew."""
    rows = _assumptions(town)
    dated = municipalities.settings_of(TOWN).get(NAME)
    last = dated.entries[-1].value if dated and dated.entries else {}
    if last.get("what") != _words(rows):
        return LawTable(rows)
    return LawTable(rows, by=str(last["by"]), on=str(last["on"]))


@transaction.atomic
def confirm_law(*, actor: Actor, now: datetime) -> None:
    """Note that the town has checked its table; needs the right to set the town's values."""
    town = municipalities.town_by_id(tenancy.current_id())
    today = now.astimezone(BERLIN).date()
    value = {"by": actor.name, "on": today.isoformat(), "what": _words(_assumptions(town))}
    municipality_actions.set_parameter(
        actor=actor, service_key=TOWN, name=NAME, value=value, valid_from=today, now=now
    )
    audit.record(actor, "town.law_confirmed", now=now, object_kind="town", right=Right.EDIT_TOWN)


def _assumptions(town: Municipality) -> tuple[Assumption, ...]:
    row = STATE_REMEDIES[town.state]
    own = town.legal.get("remedy")
    general = Remedy(own) if own else row.remedy
    charges = Remedy(own) if own else row.charges or row.remedy
    months, norm = archive.term(town.legal)
    return (
        Assumption("Rechtsbehelf", " ".join((REMEDIES[general], row.note)).strip(), row.norm),
        Assumption("Rechtsbehelf bei Abgaben", REMEDIES[charges], row.norm),
        Assumption("Verfahren bei Steuern", "Abgabenordnung", TAX_PROCEDURE[town.state]),
        Assumption("Antwort des Archivs", f"{months} Monate", norm),
    )


def _words(rows: tuple[Assumption, ...]) -> list[list[str]]:
    return [[row.label, row.text, row.norm] for row in rows]
