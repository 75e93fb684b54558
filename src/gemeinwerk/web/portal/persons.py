"""The people who fill in parts (Beteiligte), as the applicant sees them: names, states, gaps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from gemeinwerk.apps.applications.contents import SubmittedSection, as_shown
from gemeinwerk.apps.applications.people import PersonState
from gemeinwerk.apps.applications.queries import DraftView
from gemeinwerk.core.packages import (
    APPLICANT,
    Participant,
    fields_of,
    lies_on,
    may_read,
    pages_by_path,
    released,
)
from gemeinwerk.web.ui.formats import date_de, weekday
from gemeinwerk.web.ui.wording import t


def href(draft_id: UUID, role: str) -> str:
    """Return the address where the applicant invites a person and sees how far she is."""
    return f"/antrag/{draft_id}/person/{role}"


def rows(view: DraftView, states: list[PersonState], *, today: date) -> list[dict[str, Any]]:
    """Return everybody who is asked, with the words for how far she is."""
    return [row(view, one, today=today) for one in states]


def row(view: DraftView, one: PersonState, *, today: date) -> dict[str, Any]:
    """Return one person for the pages of the applicant."""
    badge, kind = _badge(one, today)
    return {
        "role": one.role,
        "label": one.person.name,
        "name": one.content.name if one.content else "",
        "email": one.content.email if one.content else "",
        "state": one.state,
        "badge": badge,
        "kind": kind,
        "hint": _hint(one, today),
        "required": one.required,
        "ready": not one.waits_for,
        "done": one.done,
        "reason": one.content.reason if one.content and one.state == "declined" else "",
        "href": href(view.id, one.role),
        "days": one.person.days,
    }


def gaps(view: DraftView, states: list[PersonState]) -> list[dict[str, str]]:
    """Return who stands against submitting, each with the way to her."""
    return [
        {"href": href(view.id, one.role), "text": _gap(one)} for one in states if not one.settled
    ]


def _gap(one: PersonState) -> str:
    if one.state in ("none", "declined"):
        return t("Laden Sie noch ein: {person}.", person=one.person.name)
    if one.state == "outdated":
        return t("Ihre Angaben haben sich geändert. Noch einmal fragen: {person}.", **_named(one))
    return t("Noch nicht fertig: {person}.", **_named(one))


def _named(one: PersonState) -> dict[str, str]:
    name = one.content.name if one.content else ""
    return {"person": f"{one.person.name} ({name})" if name else one.person.name}


def _badge(one: PersonState, today: date) -> tuple[str, str]:
    match one.state:
        case "done":
            return t("Fertig"), "success"
        case "outdated":
            return t("Noch einmal fragen"), "warning"
        case "declined":
            return t("Abgelehnt"), "warning"
        case "invited" | "opened":
            late = one.row is not None and one.row.due_on < today
            return (t("Überfällig"), "warning") if late else (t("Eingeladen"), "info")
    if one.waits_for:
        return t("Noch nicht dran"), "neutral"
    return (t("Noch einladen"), "info") if one.required else (t("Freiwillig"), "neutral")


def _hint(one: PersonState, today: date) -> str:
    """Say in one line when she was asked and until when she answers."""
    row = one.row
    if row is None:
        return ""
    if row.state == "done" and row.done_at is not None:
        return t("Abgeschlossen am {day}", day=date_de(row.done_at))
    if row.state == "declined" and row.ended_at is not None:
        return t("Abgelehnt am {day}", day=date_de(row.ended_at))
    if row.due_on < today:
        return t(
            "Eingeladen am {day}, sollte bis {due} antworten",
            day=date_de(row.invited_at),
            due=date_de(row.due_on),
        )
    return t(
        "Eingeladen am {day}, antwortet bis {due}",
        day=date_de(row.invited_at),
        due=weekday(row.due_on),
    )


def shared(view: DraftView, person: Participant, *, today: date) -> tuple[SubmittedSection, ...]:
    """Return the answers that a person reads, so that the applicant knows before she invites."""
    sections = view.form.rows(view.answers, today=today)
    return as_shown(released(view.package, person.role, sections))


def told(view: DraftView, person: Participant) -> list[str]:
    """Return the questions whose answers the applicant reads of a person."""
    places = pages_by_path(view.form.form)
    return [
        field.label
        for path, (field, _) in fields_of(view.form.form).items()
        if not field.hidden
        and lies_on(places, path, person.pages)
        and all(may_read(view.package, APPLICANT, path, page) for page in places[path])
    ]
