"""What the party can do against a decision (Rechtsbehelf): which remedy, how long, what words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from gemeinwerk.core.calendars import (
    Calendar,
    Law,
    Period,
    Reckoning,
    Step,
    UnknownStateError,
    add_period,
)
from gemeinwerk.core.kernel import DomainError


class Remedy(StrEnum):
    """The remedy a state has for a decision of a municipality (statthafter Rechtsbehelf)."""

    OBJECTION = "objection"  # Widerspruch
    COURT_ACTION = "court_action"  # unmittelbar Klage
    CHOICE = "choice"  # wahlweise Widerspruch oder Klage


Matter = Literal["general", "charges"]  # charges: Kommunalabgaben


class RemedyIncompleteError(DomainError):
    """A remedy notice without authority, court or seat would run for a year (§ 58 (2) VwGO)."""

    code = "remedy.incomplete"


@dataclass(frozen=True, slots=True)
class StateRemedy:
    """One row of the table (Regel eines Landes); `mark` E means: the town must confirm it."""

    remedy: Remedy
    norm: str
    charges: Remedy | None = None
    note: str = ""
    mark: str = "E"


_KEPT: Final = "§ 68 VwGO"

STATE_REMEDIES: Final[dict[str, StateRemedy]] = {
    "BW": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 15 AGVwGO BW"),
    "BY": StateRemedy(
        Remedy.COURT_ACTION,
        "Art. 12 AGVwGO BY",
        charges=Remedy.CHOICE,
        note="Wahlweise Widerspruch in einzelnen Gebieten, so im Kommunalabgabenrecht.",
    ),
    "BE": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 4 AGVwGO BE"),
    "BB": StateRemedy(Remedy.OBJECTION, _KEPT),
    "HB": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen Art. 8 AGVwGO HB"),
    "HH": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 6 AGVwGO HH"),
    "HE": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 16a AGVwGO HE mit Anlage"),
    "MV": StateRemedy(
        Remedy.OBJECTION,
        f"{_KEPT}; Ausnahmen §§ 13a, 13b AGGerStrG MV",
        note="In einzelnen Gebieten kann der Widerspruch entfallen oder gewählt werden.",
    ),
    "NI": StateRemedy(
        Remedy.COURT_ACTION, "§ 80 NJG", note="Ausnahmen für einzelne Gebiete in § 80 NJG."
    ),
    "NW": StateRemedy(
        Remedy.COURT_ACTION,
        "§ 110 JustG NRW",
        note="Ausnahmen für einzelne Gebiete und für Dritte in § 110 JustG NRW.",
    ),
    "RP": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; § 6 AGVwGO RP"),
    "SL": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; AGVwGO SL"),
    "SN": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 27a SächsJG"),
    "ST": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen § 8a AG VwGO LSA"),
    "SH": StateRemedy(Remedy.OBJECTION, _KEPT),
    "TH": StateRemedy(Remedy.OBJECTION, f"{_KEPT}; Ausnahmen §§ 8a, 8b ThürAGVwGO"),
}


@dataclass(frozen=True, slots=True)
class RemedyPlace:
    """The authority or court a remedy is lodged with; the seat (Sitz) is `city`."""

    name: str
    street: str
    postal_code: str
    city: str

    def in_one_line(self) -> str:
        """Return name and address separated by commas."""
        place = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.name, self.street, place) if part)


@dataclass(frozen=True, slots=True)
class RemedyNotice:
    """The remedy notice (Rechtsbehelfsbelehrung) as it stands in the decision."""

    remedy: Remedy
    text: str
    norm: str


def remedy_in(state: str, matter: Matter = "general", *, confirmed: Remedy | None = None) -> Remedy:
    """Return the remedy of a state; what the town has confirmed for a service prevails."""
    if confirmed is not None:
        return confirmed
    row = STATE_REMEDIES.get(state)
    if row is None:
        raise UnknownStateError(state=state)
    return row.charges if matter == "charges" and row.charges is not None else row.remedy


def remedy_notice(
    state: str,
    *,
    authority: RemedyPlace,
    court: RemedyPlace | None = None,
    matter: Matter = "general",
    confirmed: Remedy | None = None,
) -> RemedyNotice:
    """Return the notice for a decision of a municipality in this state (R17).

    Raises RemedyIncompleteError when name or seat of the authority or of the court is missing.
    """
    remedy = remedy_in(state, matter, confirmed=confirmed)
    if remedy is Remedy.OBJECTION:
        text = _objection(_named(authority, "authority"))
    else:
        action = _action(_named(court, "court"))
        text = action if remedy is Remedy.COURT_ACTION else _choice(authority, action)
    norm = {Remedy.OBJECTION: "§ 70 VwGO", Remedy.COURT_ACTION: "§§ 74, 81 VwGO"}.get(
        remedy, "§§ 70, 74, 81 VwGO"
    )
    return RemedyNotice(remedy, text, norm)


def remedy_notice_faults(notice: RemedyNotice, places: Sequence[RemedyPlace]) -> tuple[str, ...]:
    """Return the codes of what a notice lacks (§ 58 (1) VwGO); empty when it starts the month.

    `places` are those the notice has to name. Meant for texts a town has changed.
    """
    faults = []
    wanted = {
        Remedy.OBJECTION: ("Widerspruch",),
        Remedy.COURT_ACTION: ("Klage",),
        Remedy.CHOICE: ("Widerspruch", "Klage"),
    }[notice.remedy]
    if any(word not in notice.text for word in wanted):
        faults.append("remedy.kind_missing")
    if any(place.name not in notice.text for place in places):
        faults.append("remedy.place_missing")
    if any(place.city not in notice.text for place in places):
        faults.append("remedy.seat_missing")
    if "eines Monats" not in notice.text or "Bekanntgabe" not in notice.text:
        faults.append("remedy.period_missing")
    return tuple(faults)


def remedy_period(
    notified: date, *, calendar: Calendar, remedy: Remedy, notice_correct: bool = True
) -> Reckoning:
    """Return the last day to object or sue: one month, one year without a correct notice (R17)."""
    law = Law.VWVFG if remedy is Remedy.OBJECTION else Law.VWGO
    if notice_correct:
        reckoned = add_period(notified, Period(1, "months"), calendar=calendar, law=law)
        norm = {Remedy.OBJECTION: "§ 70 Absatz 1 VwGO", Remedy.COURT_ACTION: "§ 74 VwGO"}
        first = Step(
            "Sie haben ab der Bekanntgabe einen Monat Zeit.", norm.get(remedy, "§§ 70, 74 VwGO")
        )
    else:
        reckoned = add_period(notified, Period(1, "years"), calendar=calendar, law=law)
        first = Step(
            "Die Belehrung über den Rechtsbehelf fehlt oder ist unrichtig. Darum haben Sie ein "
            "Jahr Zeit.",
            "§ 58 Absatz 2 VwGO",
        )
    return Reckoning(reckoned.date, (first, *reckoned.steps))


def _named(place: RemedyPlace | None, which: str) -> RemedyPlace:
    if place is None or not place.name.strip() or not place.city.strip():
        raise RemedyIncompleteError(place=which)
    return place


def _objection(authority: RemedyPlace) -> str:
    return (
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Widerspruch "
        "erheben. Der Widerspruch ist schriftlich, in elektronischer Form nach § 3a Absatz 2 des "
        "Verwaltungsverfahrensgesetzes, schriftformersetzend nach § 3a Absatz 3 des "
        "Verwaltungsverfahrensgesetzes und § 9a Absatz 5 des Onlinezugangsgesetzes oder zur "
        f"Niederschrift zu erheben bei: {authority.in_one_line()}."
    )


def _action(court: RemedyPlace) -> str:
    return (
        "Gegen diesen Bescheid können Sie innerhalb eines Monats nach Bekanntgabe Klage erheben. "
        "Die Klage ist schriftlich, als elektronisches Dokument nach § 55a der "
        "Verwaltungsgerichtsordnung oder zur Niederschrift der Urkundsbeamtin oder des "
        f"Urkundsbeamten der Geschäftsstelle zu erheben beim: {court.in_one_line()}."
    )


def _choice(authority: RemedyPlace, action: str) -> str:
    objection = _objection(_named(authority, "authority"))
    return (
        "Gegen diesen Bescheid können Sie entweder Widerspruch erheben (siehe 1.) oder "
        f"unmittelbar Klage erheben (siehe 2.).\n\n1. Wenn Sie Widerspruch erheben: {objection}\n\n"
        f"2. Wenn Sie unmittelbar Klage erheben: {action}"
    )
