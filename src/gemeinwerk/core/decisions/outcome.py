"""How a case may end (Entscheidung), who has to look at it, and whether the party was heard."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What is decided on an application (Ergebnis)."""

    GRANT = "grant"  # Bewilligung, Erlaubnis, Festsetzung wie erklärt
    GRANT_IN_PART = "grant_in_part"  # Teilbewilligung
    REFUSE = "refuse"  # Ablehnung


def is_burdening(outcome: Outcome) -> bool:
    """Tell whether the applicant gets less than asked for (belastend)."""
    return outcome is not Outcome.GRANT


def needs_second_person(outcome: Outcome) -> bool:
    """Tell whether a second pair of eyes must confirm (Vier-Augen-Prinzip)."""
    return is_burdening(outcome)


@dataclass(frozen=True, slots=True)
class Hearing:
    """The chance to comment before a burdening decision (Anhörung, § 28 (1) VwVfG)."""

    opened_on: date
    due_on: date
    answered_on: date | None = None

    def is_over(self, today: date) -> bool:
        """Tell whether the party has answered or let the time pass."""
        return self.answered_on is not None or today > self.due_on


@dataclass(frozen=True, slots=True)
class HearingExemption:
    """Why nobody was heard (Absehen von der Anhörung, § 28 (2), (3) VwVfG, § 91 (2), (3) AO)."""

    norm: str
    reason: str


def hearing_missing(
    outcome: Outcome,
    *,
    today: date,
    hearing: Hearing | None = None,
    exemption: HearingExemption | None = None,
    burdens: bool | None = None,
) -> str | None:
    """Return the code of what the hearing rule (R14) still asks for, or None when it is kept.

    `burdens` overrides what the outcome alone tells: a tax assessment grants nothing and still
    interferes with rights. An exemption counts only with norm and reason.
    """
    if not (is_burdening(outcome) if burdens is None else burdens):
        return None
    if exemption is not None:
        complete = exemption.norm.strip() and exemption.reason.strip()
        return None if complete else "decision.exemption_without_reason"
    if hearing is None:
        return "decision.hearing_missing"
    return None if hearing.is_over(today) else "decision.hearing_still_open"
