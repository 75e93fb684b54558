"""Verbs of cases (Vorgänge)."""

from gemeinwerk.apps.cases.actions.asking import (
    answer,
    ask_for_documents,
    open_hearing,
    send_message,
    usual_due_on,
    withdraw_request,
)
from gemeinwerk.apps.cases.actions.counting import compact_counts
from gemeinwerk.apps.cases.actions.leaving import let_go
from gemeinwerk.apps.cases.actions.opening import open_case, reconcile
from gemeinwerk.apps.cases.actions.working import (
    assign,
    claim,
    evidence_arrived,
    find,
    look,
    mark_decided,
    mark_proposed,
    note,
    note_human_reasons,
    release,
    see,
    send_back,
    stay,
)
from gemeinwerk.apps.cases.actions.writing import write_to_office

__all__ = [
    "answer",
    "ask_for_documents",
    "assign",
    "claim",
    "compact_counts",
    "evidence_arrived",
    "find",
    "let_go",
    "look",
    "mark_decided",
    "mark_proposed",
    "note",
    "note_human_reasons",
    "open_case",
    "open_hearing",
    "reconcile",
    "release",
    "see",
    "send_back",
    "send_message",
    "stay",
    "usual_due_on",
    "withdraw_request",
    "write_to_office",
]
