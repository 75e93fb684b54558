"""The words of the desk (Dienst): states, shelves, reasons, next steps."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from gemeinwerk.apps.cases.models import Case
from gemeinwerk.core.cases import CaseState, is_open
from gemeinwerk.web.ui.wording import has_sentence, sentence

STATES: Final[dict[str, tuple[str, str]]] = {
    "received": ("eingegangen", "info"),
    "in_progress": ("in Bearbeitung", "info"),
    "awaiting_applicant": ("wartet auf Antwort", "neutral"),
    "hearing": ("Anhörung läuft", "neutral"),
    "awaiting_second": ("wartet auf zweite Prüfung", "warning"),
    "decided": ("entschieden", "success"),
    "closed": ("abgeschlossen", "success"),
    "withdrawn": ("zurückgenommen", "neutral"),
    "transferred": ("abgegeben", "neutral"),
}
"""State of a case: label and kind of its badge."""

SHELVES: Final[dict[str, tuple[str, str]]] = {
    "unread": ("Ungelesen", "Alles gelesen. Neues und Geändertes steht hier zuerst."),
    "mine": ("Meine Vorgänge", "Sie bearbeiten gerade nichts. Übernehmen Sie einen Vorgang."),
    "open": ("Offen", "Nichts offen. Neue Anträge erscheinen hier von selbst."),
    "waiting": ("Wartet auf Antwort", "Zurzeit warten Sie auf niemanden."),
    "second": ("Zweite Prüfung", "Keine Entscheidung wartet auf eine zweite Person."),
    "overdue": ("Überfällig", "Nichts ist überfällig."),
    "done": ("Erledigt", "Noch nichts erledigt. Entschiedene Vorgänge stehen dann hier."),
}
"""Shelf: name and what an empty one says."""

REQUESTS: Final[dict[str, str]] = {
    "documents": "Unterlagen angefordert",
    "hearing": "Anhörung",
    "question": "Rückfrage",
}

OUTCOMES: Final[dict[str, str]] = {
    "grant": "Bewilligen",
    "grant_in_part": "Teilweise bewilligen",
    "refuse": "Ablehnen",
}

DONE: Final[dict[str, tuple[str, str]]] = {
    "uebernommen": ("Sie bearbeiten jetzt diesen Vorgang.", "zurueckgeben"),
    "zurueckgegeben": ("Der Vorgang ist wieder frei.", "uebernehmen"),
    "zugeteilt": ("Der Vorgang ist zugeteilt.", ""),
    "vermerkt": ("Der Vermerk ist gespeichert. Nur die Verwaltung sieht ihn.", ""),
    "gesendet": ("Die Nachricht ist gesendet und lässt sich nicht zurückholen.", ""),
    "angefordert": (
        "Die Unterlagen sind angefordert. Unten können Sie die Anforderung zurücknehmen.",
        "",
    ),
    "angehoert": ("Die Anhörung läuft. Der Vorgang wartet auf Antwort.", ""),
    "zurueckgenommen": ("Die Anforderung ist zurückgenommen.", ""),
    "vorgeschlagen": ("Ihr Vorschlag wartet auf eine zweite Person.", "entscheiden/zurueck"),
    "erlassen": ("Der Bescheid ist erlassen und geht jetzt hinaus.", ""),
    "zurueckgegeben-vorschlag": ("Der Vorschlag ist zurückgegeben.", ""),
}
"""After a deed: what is said, and the deed that takes it back ("" for none)."""

PRINT_REASONS: Final[dict[str, str]] = {
    "no_consent": "keine Zustimmung zum Abruf",
    "not_retrieved": "in zehn Tagen nicht abgerufen",
}

BLOCKS: Final[dict[str, str]] = {
    "operative": "Entscheidung",
    "clause": "Auflagen",
    "reasons": "Begründung",
    "fee": "Text zur Gebühr",
    "note": "Hinweise",
}


def state(code: str) -> tuple[str, str]:
    """Return label and badge kind of a case state."""
    return STATES.get(code, (code, "neutral"))


def undo(deed: str, case: Case, staff_id: UUID | None) -> str:
    """Return the deed that takes the last one back, "" once the case has moved on.

    Nothing that can be undone has left the house, so there is no clock: what stays possible is
    offered as long as it holds. A notice, a message or a note cannot be taken back.
    """
    back = DONE.get(deed, ("", ""))[1]
    mine = case.assignee_id is not None and case.assignee_id == staff_id
    holds = {
        "uebernommen": mine and case.state == "in_progress",
        "zurueckgegeben": case.assignee_id is None and is_open(CaseState(case.state)),
        "vorgeschlagen": mine and case.state == "awaiting_second",
    }
    return back if holds.get(deed) else ""


def human_reason(stored: str) -> str:
    """Return why no machine decided: a text of the package, or a code, maybe with its check."""
    code, _, check = stored.partition(":")
    if has_sentence(code):
        name = f"check.{check}"
        shown = sentence(name) if has_sentence(name) else check
        return sentence(code, {"check": shown} if check else {})
    return stored


def days_away(days: int) -> tuple[str, str]:
    """Return the urgency (badge kind) of an open day and the words for it."""
    if days < 0:
        return (
            "danger",
            f"seit {-days} Tagen überfällig" if days < -1 else "seit gestern überfällig",
        )
    near = {0: "heute", 1: "morgen", 2: "übermorgen"}
    if days <= 7:
        return "warning", near.get(days, f"in {days} Tagen")
    return "", ""
