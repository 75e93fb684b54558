"""Doors to cases (Vorgänge): one case for an actor, and the inbox of her units."""

from gemeinwerk.apps.cases.queries.cases import (
    NoteView,
    RequestView,
    any_case,
    case_for,
    due_for_disposal,
    existing,
    id_by_number,
    is_undecided,
    notes,
    present,
    request_view,
    requests,
    unit_of,
)
from gemeinwerk.apps.cases.queries.figures import count_by_state
from gemeinwerk.apps.cases.queries.inbox import (
    PAGE_SIZE,
    SHELVES,
    InboxPage,
    Narrowing,
    counts,
    inbox,
    neighbours,
    search,
)
from gemeinwerk.apps.cases.queries.lines import CaseLine

__all__ = [
    "PAGE_SIZE",
    "SHELVES",
    "CaseLine",
    "InboxPage",
    "Narrowing",
    "NoteView",
    "RequestView",
    "any_case",
    "case_for",
    "count_by_state",
    "counts",
    "due_for_disposal",
    "existing",
    "id_by_number",
    "inbox",
    "is_undecided",
    "neighbours",
    "notes",
    "present",
    "request_view",
    "requests",
    "search",
    "unit_of",
]
