"""Bring what was typed on a page whose door was closed into an open draft (Eingaben mitnehmen)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gemeinwerk.apps.applications.actions.drafts import BERLIN, editable, save_page, store
from gemeinwerk.core.access import Actor
from gemeinwerk.core.forms import Answers

MOST_ENTRIES, MOST_NAMES, MOST_NAME, MOST_TEXT = 50, 300, 200, 20_000
_INDEX = re.compile(r"\[([0-9]{1,3})\]")


def counts_of(posted: Mapping[str, Sequence[str]]) -> Answers:
    """Return how many entries of repeated elements a sent page had, as answers."""
    counts: dict[str, int] = {}
    for name in posted:
        for hit in _INDEX.finditer(name):
            key = f"{name[: hit.start()]}[]"
            counts[key] = max(counts.get(key, 1), min(int(hit[1]) + 1, MOST_ENTRIES))
    return {key: str(count) for key, count in counts.items()}


@transaction.atomic
def bring(
    *,
    actor: Actor,
    draft_id: UUID,
    page_id: str,
    posted: Mapping[str, Sequence[str]],
    now: datetime,
    language: str = "",
) -> None:
    """Put what was typed on a page of a draft: valid answers as answers, the rest as typed.

    A page that the answers so far do not ask for keeps the texts until it is asked for.
    """
    view = editable(actor, draft_id, now=now, language=language)
    for key, count in counts_of(posted).items():
        if int(view.answers.get(key, "1")) < int(count):
            view.content.answers[key] = count
    today = now.astimezone(BERLIN).date()
    asked = page_id in view.route(today=today)
    if not asked:
        view.content.raw[page_id] = {
            name[:MOST_NAME]: values[-1][:MOST_TEXT]
            for name, values in list(posted.items())[:MOST_NAMES]
            if values
        }
    store(view, now)
    if not asked:
        return
    for _ in range(2):  # what was chosen may open more questions of the same page
        reading = save_page(
            actor=actor,
            draft_id=draft_id,
            page_id=page_id,
            posted=posted,
            now=now,
            language=language,
        )
        if not reading.stay:
            return
