"""Rows of the inbox: what may be seen unsealed, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from gemeinwerk.apps.cases.queries import CaseLine
from gemeinwerk.core.cases import CaseState, is_open
from gemeinwerk.web.desk import words
from gemeinwerk.web.ui.formats import date_short

COLUMNS: Final = [
    {"key": "title", "label": "Leistung"},
    {"key": "number", "label": "Aktenzeichen", "nowrap": True},
    {"key": "state", "label": "Stand"},
    {"key": "received", "label": "Eingang", "nowrap": True},
    {"key": "holder", "label": "Bearbeitung"},
]


def rows(
    cases: list[CaseLine],
    here: Mapping[UUID, str],
    names: Mapping[UUID, str],
    *,
    shelf: str,
    today: date,
    own: UUID | None,
) -> list[dict[str, Any]]:
    """Return one row per case; `here` says who has it open, `names` who works on it."""
    return [
        _row(case, here.get(case.id, ""), _holder(case, names, own), shelf, today) for case in cases
    ]


def _row(case: CaseLine, open_by: str, holder: str, shelf: str, today: date) -> dict[str, Any]:
    state = CaseState(case.state)
    kind, text = words.days_away((case.due_on - today).days) if is_open(state) else ("", "")
    return {
        "id": str(case.id),
        "href": f"/amt/vorgang/{case.id}?fach={shelf}",
        "title": case.service_title,
        "unread": case.unread,
        "changed": case.changed,
        "badges": _badges(case, state),
        "open_by": open_by,
        "due": case.due_on.isoformat() if is_open(state) else "",
        "due_kind": kind,
        "due_text": text,
        "cells": {
            "number": case.number,
            "state": words.state(case.state)[0],
            "received": date_short(case.received_at),
            "holder": holder,
        },
    }


def _holder(case: CaseLine, names: Mapping[UUID, str], own: UUID | None) -> str:
    if case.assignee_id is None:
        return "frei"
    return "Sie" if case.assignee_id == own else names.get(case.assignee_id, "")


def _badges(case: CaseLine, state: CaseState) -> list[dict[str, str]]:
    """Say what helps to choose; decided cases need no labels."""
    if not is_open(state):
        return []
    badges = [
        {"label": "vollständig", "kind": "success"}
        if case.complete
        else {"label": "unvollständig", "kind": "warning"}
    ]
    if case.for_people:
        badges.append({"label": "von Hand prüfen", "kind": "neutral"})
    return badges
