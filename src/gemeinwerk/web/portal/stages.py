"""Where a draft stands: its steps in order, what comes before and after, rows for the pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from gemeinwerk.apps.applications import people
from gemeinwerk.apps.applications.queries import (
    DraftView,
    EvidenceState,
    evidence_states,
    last_day,
)
from gemeinwerk.core.forms import CompiledForm
from gemeinwerk.core.packages import (
    APPLICANT,
    Package,
    own_pages,
    translation_gaps,
)
from gemeinwerk.web.portal import persons
from gemeinwerk.web.ui.wording import t

PERSON = "/person/"
"""Begins the key of a step that is a person; no page is called so."""

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
    section: str = ""
    """Steps in a row with the same section are one line of the task list."""
    badge: tuple[str, str] = ("", "")
    """What the task list says instead of the usual words, and its colour."""
    hint: str = ""


def steps_of(view: DraftView, *, today: date) -> list[Step]:
    """Return the steps that apply to the answers so far, in order."""
    done = set(view.row.pages_done)
    pages = {page.id: page for page in view.form.form.pages}
    steps = [
        Step(
            key,
            pages[key].title,
            page_href(view, key),
            key in done,
            ready=True,
            section=pages[key].section,
        )
        for key in view.route(today=today)
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
    steps += _person_steps(view, today)
    ready = all(step.done or step.optional for step in steps)
    steps.append(
        Step("", t("Prüfen und absenden"), f"/antrag/{view.id}/pruefen", done=False, ready=ready)
    )
    return steps


def _person_steps(view: DraftView, today: date) -> list[Step]:
    """Return a step for each person who is asked; her state stands for itself."""
    return [
        Step(
            f"{PERSON}{row['role']}",
            row["label"],
            row["href"],
            done=row["done"],
            ready=row["ready"] or row["state"] != "none",
            optional=not row["required"] and not row["done"],
            badge=(row["badge"], row["kind"]),
            hint=row["hint"],
        )
        for row in persons.rows(view, people.states(view, today=today), today=today)
    ]


def first_place(draft_id: UUID, package: Package, form: CompiledForm, *, today: date) -> str:
    """Return where a new draft begins: a long form at its task list, a short one on its page."""
    pages = own_pages(package, APPLICANT, form.route({}, today=today))
    if not pages:  # a schema of files only: nothing but evidence is asked
        return f"/antrag/{draft_id}/nachweise"
    steps = len(pages) + bool(form.evidence({}, today=today)) + 1
    place = f"/antrag/{draft_id}"
    return place if steps > LONG_FORM else f"{place}/seite/{pages[0]}"


def task_rows(steps: list[Step]) -> list[dict[str, str]]:
    """Return the rows of the task list; what cannot start yet is no link."""
    rows = []
    for step in _by_section(steps):
        row = {"title": step.title, "state": t("Erledigt"), "kind": "success"}
        if step.optional:
            row |= {"state": t("Freiwillig"), "kind": "neutral"}
        elif not step.done:
            row |= {"state": t("Noch offen"), "kind": "info"}
        if step.badge[0]:
            row |= {"state": step.badge[0], "kind": step.badge[1], "hint": step.hint}
        if step.ready:
            row["href"] = step.href
        elif not step.badge[0]:
            row |= {"state": t("Erst die anderen Schritte"), "kind": "neutral"}
        rows.append(row)
    return rows


def _by_section(steps: list[Step]) -> list[Step]:
    """Return the steps with those of one section as one, which leads to what is open in it."""
    found: list[Step] = []
    for section, group in groupby(steps, key=lambda step: step.section or step):
        parts = list(group)
        if isinstance(section, str):
            first = next((one for one in parts if not one.done), parts[0])
            parts = [replace(first, title=section, done=all(one.done for one in parts))]
        found += parts
    return found


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
        own = (step for step in steps[:-1] if not step.key.startswith(PERSON))
        fresh = [step for step in own if not (step.done or step.optional)]
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


def after_evidence(view: DraftView, *, today: date) -> str:
    """Return where it goes on after the evidence: to the other people, or to the check page."""
    steps = steps_of(view, today=today)
    keys = [step.key for step in steps]
    return steps[keys.index("") + 1].href if keys.count("") > 1 else steps[-1].href


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
        "expires_on": last_day(view.row.expires_at),
        "content_language": content_language(view.package, view.row.language),
    }


def known_addresses(view: DraftView) -> dict[str, str]:
    """Return e-mail addresses she gave elsewhere, for questions that have no answer yet."""
    roles = view.package.roles
    contact, delivery = roles.get("email", ""), roles.get("delivery_email", "")
    given = view.answers.get(contact, "") or view.content.email
    wanted = (path for path in (contact, delivery) if path and path not in view.answers)
    return dict.fromkeys(wanted, given) if given else {}


def as_typed(view: DraftView, raw: dict[str, str] | None) -> dict[str, str]:
    """Return what stands in the inputs of a page: as typed, and addresses known already.

    An address for the notice that was sent empty is a slip: without a script the question was
    there before she gave the address it takes up.
    """
    known, typed = known_addresses(view), raw or {}
    delivery = view.package.roles.get("delivery_email", "")
    if delivery in known and not typed.get(delivery, "").strip():
        typed = typed | {delivery: known[delivery]}
    return known | typed


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
            {
                "label": item.label,
                "may_follow": item.may_follow,
                "voluntary": not (item.required or item.required_when),
            }
            for item in package.form.evidence
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
