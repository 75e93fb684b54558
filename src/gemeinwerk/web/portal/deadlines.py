"""The days that count for the person (Fristen): on the status page and for her calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gemeinwerk.web.portal.standing import Standing, missing_evidence
from gemeinwerk.web.ui.ical import Deadline
from gemeinwerk.web.ui.wording import t


def deadlines(standing: Standing, *, today: date, address: str = "") -> list[Deadline]:
    """Return the deadlines from today on, the nearest first.

    What they are called tells little about the matter: calendars of phones lie with others (S93).
    """
    number = standing.submission.number
    found = [
        Deadline(
            f"{key}-{standing.submission.id}",
            day,
            f"{title} ({number})",
            t("Alles Weitere steht auf der Seite Ihres Antrags."),
            address,
        )
        for key, day, title in _days(standing)
        if day >= today
    ]
    return sorted(found, key=lambda one: (one.day, one.key))


def _days(standing: Standing) -> Iterator[tuple[str, date, str]]:
    """Yield a stable key, the last day and what it is for."""
    for one in standing.open_requests:
        yield f"antwort-{one.id}", one.due_on, t("Letzter Tag: antworten")
    days = {item["due_on"] for item in missing_evidence(standing) if item["due_on"]}
    for day in sorted(days):
        yield f"unterlagen-{day}", date.fromisoformat(day), t("Letzter Tag: Unterlagen nachreichen")
    decision = standing.decision
    if decision is None:
        return
    if decision.delivery == "ready" and decision.lapses_on is not None:
        yield "abruf", decision.lapses_on, t("Letzter Tag: Bescheid abrufen")
    if decision.readable and decision.remedy_until is not None:
        yield "rechtsbehelf", decision.remedy_until, t("Letzter Tag: gegen den Bescheid vorgehen")
