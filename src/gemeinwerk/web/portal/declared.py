"""The check page (Prüfseite): what will be declared, what stands against it, what falls away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from gemeinwerk.apps.applications import people
from gemeinwerk.apps.applications.contents import SubmissionContent
from gemeinwerk.apps.applications.queries import DraftView, EvidenceState
from gemeinwerk.core.forms import Field, Group, Node, html_id
from gemeinwerk.core.packages import lies_on, pages_by_path
from gemeinwerk.web.portal import persons
from gemeinwerk.web.portal.stages import evidence_href, page_href
from gemeinwerk.web.ui.wording import t


def check_sections(view: DraftView, content: SubmissionContent) -> list[dict[str, Any]]:
    """Return the check page: per section its rows, each with the way to change it.

    What is calculated or fixed has none: it changes with the answers it comes from. Nor has what
    somebody else has answered.
    """
    fixed = _fixed(view)
    others = {page for one in view.package.participants for page in one.pages}
    return [
        {
            "title": section.title,
            "rows": [
                {
                    "label": row.label,
                    "text": row.text,
                    "given": row.given,
                    "missing": row.missing,
                    "href": ""
                    if _INDEX.sub("", row.path) in fixed or section.page_id in others
                    else _row_href(view, row.path, row.page_id or section.page_id),
                }
                for row in section.rows
            ],
        }
        for section in content.sections
    ]


def _row_href(view: DraftView, path: str, page_id: str) -> str:
    """Return the way to change an answer: its page, or the page of its entry."""
    entry = view.form.entry_of(path)
    opened = "&" + urlencode({"eintrag": entry}) if entry else ""
    return f"{page_href(view, page_id)}?zurueck=pruefen{opened}#{html_id(path)}"


def fee_context(content: SubmissionContent) -> dict[str, Any]:
    """Return the fee for the page: lines and total, or nothing when none is known."""
    return {
        "lines": [
            {"label": line.label, "amount": line.amount, "norm": line.norm} for line in content.fee
        ],
        "total": content.fee_total,
    }


def gaps(view: DraftView, states: list[EvidenceState], *, today: date) -> list[dict[str, str]]:
    """Return what stands against submitting, each with the way to it."""
    titles = {page.id: page.title for page in view.form.form.pages}
    rows = [
        {
            "href": f"{page_href(view, page_id)}?zurueck=pruefen",
            "text": t("Auf der Seite „{title}“ fehlt noch etwas.", title=titles[page_id]),
        }
        for page_id in view.route(today=today)
        if view.form.page_faults(page_id, view.answers, today=today)
    ]
    listed = {row["href"] for row in rows}
    for page_id in view.unsaved_pages(today=today):
        href = f"{page_href(view, page_id)}?zurueck=pruefen"
        if href not in listed:
            text = t("Speichern Sie zuerst die Seite „{title}“.", title=titles[page_id])
            rows.append({"href": href, "text": text})
    for state in states:
        if not state.settled:
            text = t("Der Nachweis „{label}“ fehlt noch.", label=state.spec.label)
            rows.append({"href": f"{evidence_href(view)}?zurueck=pruefen", "text": text})
    return rows + persons.gaps(view, people.states(view, today=today))


def set_aside(view: DraftView, *, today: date) -> list[str]:
    """Return the labels of answers that were given and no longer apply, each once."""
    names: Sequence[str] = view.form.set_aside(view.answers, today=today)
    if names and view.package.participants:
        places = pages_by_path(view.form.form)
        others = {page for one in view.package.participants for page in one.pages}
        names = [name for name in names if not lies_on(places, name, others)]
    if not names:
        return []
    fields = _fields(view)
    plain = (_INDEX.sub("", name) for name in names)
    return list(dict.fromkeys(fields[name].label for name in plain if name in fields))


_INDEX = re.compile(r"\[[0-9]*\]")


def _fixed(view: DraftView) -> set[str]:
    """Return the paths of answers that nobody can change: calculated and locked ones."""
    return {path for path, field in _fields(view).items() if field.value or field.locked}


def _fields(view: DraftView) -> dict[str, Field]:
    """Return all questions of the form by path without numbers of entries."""
    found: dict[str, Field] = {}
    for page in view.form.form.pages:
        found |= _below(page.nodes, "")
    return found


def _below(nodes: Iterable[Node], above: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for node in nodes:
        path = f"{above}{node.id}"
        if isinstance(node, Group):
            found |= _below(node.nodes, f"{path}.")
        else:
            found[path] = node
    return found
