"""Verbs of cases (Vorgänge)."""

from gemeinwerk.apps.cases.actions.asking import (
    answer,
    ask_for_documents,
    open_hearing,
    withdraw_request,
)
from gemeinwerk.apps.cases.actions.opening import open_case, reconcile
from gemeinwerk.apps.cases.actions.working import (
    claim,
    evidence_arrived,
    mark_decided,
    mark_proposed,
    note,
    release,
    see,
    send_back,
)

__all__ = [
    "answer",
    "ask_for_documents",
    "claim",
    "evidence_arrived",
    "mark_decided",
    "mark_proposed",
    "note",
    "open_case",
    "open_hearing",
    "reconcile",
    "release",
    "see",
    "send_back",
    "withdraw_request",
]
