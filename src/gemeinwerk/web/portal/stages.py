"""Where a draft stands: its steps in order, what comes before and after, rows for the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from gemeinwerk.apps.applications.contents import SubmissionContent
from gemeinwerk.apps.applications.queries import DraftView, EvidenceState, evidence_states
from gemeinwerk.core.forms import CompiledForm, Field, Group, Node, html_id
from gemeinwerk.core.packages import Package, translation_gaps
from gemeinwerk.web.ui.wording import t

LONG_FORM = 4
"""A form with more steps than this shows a task list."""

KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "image/heic": "HEIC",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the form: a page, the evidence, or the check page."""

    key: str
    title: str
    href: str
    done: bool
    ready: bool
    optional: bool = False
    """Nothing has to be done here before submitting."""


def steps_of(view: DraftView, *, today: date) -> list[Step]:
    """Return the steps that apply to the answers so far, in order."""
    done = set(view.row.pages_done)
    titles = {page.id: page.title for page in view.form.form.pages}
    steps = [
        Step(page_id, titles[page_id], page_href(view, page_id), page_id in done, ready=True)
        for page_id in view.route(today=today)
    ]
    states = evidence_states(view, today=today)
    if states:
        touched = any(state.delivered or state.follows_on for state in states)
        settled = all(state.settled for state in states)
        steps.append(
            Step(
                "",
                t("Nachweise"),
                evidence_href(view),
                done=settled and touched,
                ready=True,
                optional=settled and not touched,
            )
        )
    ready = all(step.done or step.optional for step in steps)
    steps.append(
        Step("", t("Prüfen und absenden"), f"/antrag/{view.id}/pruefen", done=False, ready=ready)
    )
    return steps


def first_place(draft_id: UUID, form: CompiledForm, *, today: date) -> str:
    """Return where a new draft begins: a long form at its task list, a short one on its page."""
    pages = form.route({}, today=today)
    if not pages:  # a schema of files only: nothing but evidence is asked
        return f"/antrag/{draft_id}/nachweise"
    steps = len(pages) + bool(form.evidence({}, today=today)) + 1
    place = f"/antrag/{draft_id}"
    return place if steps > LONG_FORM else f"{place}/seite/{pages[0]}"


def task_rows(steps: list[Step]) -> list[dict[str, str]]:
    """Return the rows of the task list; what cannot start yet is no link."""
    rows = []
    for step in steps:
        row = {"title": step.title, "state": t("Erledigt"), "kind": "success"}
        if step.optional:
            row |= {"state": t("Freiwillig"), "kind": "neutral"}
        elif not step.done:
            row |= {"state": t("Noch offen"), "kind": "info"}
        if not step.ready:
            row |= {"state": t("Erst die anderen Schritte"), "kind": "neutral"}
        else:
            row["href"] = step.href
        rows.append(row)
    return rows


def page_href(view: DraftView, page_id: str) -> str:
    """Return the address of a page of the draft."""
    return f"/antrag/{view.id}/seite/{page_id}"


def evidence_href(view: DraftView) -> str:
    """Return the address of the evidence page of the draft."""
    return f"/antrag/{view.id}/nachweise"


def after(view: DraftView, page_id: str, back_to: str, *, today: date) -> str:
    """Return where it goes on: the next page, or back to the check page.

    Whoever came from the check page first sees what her change opened and what is not answered
    yet, then returns.
    """
    steps = steps_of(view, today=today)
    keys = [step.key for step in steps]
    at = keys.index(page_id) if page_id in keys else -1
    if back_to == "pruefen":
        fresh = [step for step in steps[:-1] if not (step.done or step.optional)]
        return f"{fresh[0].href}?zurueck=pruefen" if fresh else steps[-1].href
    return steps[at + 1].href


def before(view: DraftView, page_id: str, back_to: str, *, today: date) -> str:
    """Return the address of the back link of a page."""
    if back_to == "pruefen":
        return f"/antrag/{view.id}/pruefen"
    pages = list(view.route(today=today))
    at = pages.index(page_id)
    return page_href(view, pages[at - 1]) if at else f"/antrag/{view.id}"


def before_evidence(view: DraftView, *, today: date) -> str:
    """Return the address of the page before the evidence."""
    pages = view.route(today=today)
    return page_href(view, pages[-1]) if pages else f"/antrag/{view.id}"


def position(view: DraftView, page_id: str, *, today: date) -> dict[str, int]:
    """Return which step of how many a page is."""
    keys = [step.key for step in steps_of(view, today=today)]
    return {"number": keys.index(page_id) + 1, "of": len(keys)}


def draft_context(view: DraftView) -> dict[str, Any]:
    """Return what every page of a draft shows of it."""
    return {
        "id": str(view.id),
        "title": view.package.name,
        "revision": view.row.revision,
        "version": str(view.row.offer_version_id),
        "secured": bool(view.row.access_code_hash),
        "early": not view.row.access_code_hash and len(view.row.pages_done) == 1,
        "expires_on": view.row.expires_at.date(),
        "content_language": content_language(view.package, view.row.language),
    }


def known_addresses(view: DraftView) -> dict[str, str]:
    """Return e-mail addresses she gave elsewhere, for questions that have no answer yet."""
    roles = view.package.roles
    contact, delivery = roles.get("email", ""), roles.get("delivery_email", "")
    given = view.answers.get(contact, "") or view.content.email
    wanted = (path for path in (contact, delivery) if path and path not in view.answers)
    return dict.fromkeys(wanted, given) if given else {}


def content_language(package: Package, language: str) -> str:
    """Return the language in which the questions stand: German where no translation exists."""
    return language if language == "de" or not translation_gaps(package, language) else "de"


def facts_of(package: Package) -> dict[str, Any]:
    """Return what the service page shows of a package."""
    return {
        "legal_bases": [basis.norm for basis in package.legal_bases],
        "usual_days": package.usual_days,
        "identity_level": package.identity_level,
        "identity_reason": package.identity_reason,
        "automation": package.automation.explanation if package.automation else "",
        "privacy": package.privacy,
        "evidence": [
            {"label": item.label, "may_follow": item.may_follow} for item in package.form.evidence
        ],
    }


def evidence_row(view: DraftView, state: EvidenceState, *, today: date) -> dict[str, Any]:
    """Return one row of the evidence page."""
    spec = state.spec
    return {
        "key": spec.key,
        "label": spec.label,
        "help": spec.help,
        "required": spec.required,
        "may_follow": spec.may_follow,
        "latest": today + timedelta(days=spec.follow_days),
        "follows_on": state.follows_on,
        "accept": ",".join(spec.accepts),
        "kinds": ", ".join(KINDS.get(kind, kind) for kind in spec.accepts),
        "max_mb": spec.max_size // 1_000_000,
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "href": f"/vorgang/{view.id}/datei/{file.id}",
                "remove": f"/antrag/{view.id}/datei/{file.id}/entfernen",
            }
            for file in state.files
        ],
    }


def check_sections(view: DraftView, content: SubmissionContent) -> list[dict[str, Any]]:
    """Return the check page: per section its rows, each with the way to change it.

    What is calculated or fixed has none: it changes with the answers it comes from.
    """
    fixed = _fixed(view)
    return [
        {
            "title": section.title,
            "rows": [
                {
                    "label": row.label,
                    "text": row.text,
                    "given": row.given,
                    "href": ""
                    if _INDEX.sub("", row.path) in fixed
                    else f"{page_href(view, section.page_id)}?zurueck=pruefen#" + html_id(row.path),
                }
                for row in section.rows
            ],
        }
        for section in content.sections
    ]


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
    return rows


def set_aside(view: DraftView, *, today: date) -> list[str]:
    """Return the labels of answers that were given and no longer apply, each once."""
    names = view.form.set_aside(view.answers, today=today)
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
