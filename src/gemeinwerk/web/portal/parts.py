"""What another person sees of a form (Beteiligte): her part, and what was released to her."""

from __future__ import annotations

from datetime import date
from typing import Any

from gemeinwerk.apps.applications.contents import SubmittedSection
from gemeinwerk.apps.applications.people import PartView
from gemeinwerk.core.forms import html_id
from gemeinwerk.web.portal import persons
from gemeinwerk.web.portal.stages import content_language
from gemeinwerk.web.ui.language import current
from gemeinwerk.web.ui.wording import t


def intro(view: PartView, *, today: date) -> dict[str, Any]:
    """Return the first page: who asks, what for, until when, and who reads what."""
    route = view.route(today=today)
    return _head(view) | {
        "asks": _applicant(view),
        "name": view.content.name,
        "invitation": view.person.invitation,
        "due_on": view.row.due_on,
        "late": view.row.due_on < today,
        "begin": page_href(view, route[0]) if route else "",
        "begun": any(page in view.draft.row.pages_done for page in route),
        "released": view.released(today=today),
        "told": persons.told(view.draft, view.person),
        "state": _state(view),
        "done_at": view.row.done_at,
        "sections": view.sections(today=today),
        "declaration": view.content.declaration,
    }


def page_context(view: PartView, page_id: str, *, today: date) -> dict[str, Any]:
    """Return what stands around one of her pages."""
    route = list(view.route(today=today))
    at = route.index(page_id)
    back = page_href(view, route[at - 1]) if at else f"/teil/{view.id}"
    return _head(view) | {"back": back, "number": at + 1, "of": len(route) + 1}


def check_context(view: PartView, *, today: date) -> dict[str, Any]:
    """Return her check page with what is missing and what she declares."""
    return _head(view) | {
        "sections": [_with_links(view, section) for section in view.sections(today=today)],
        "released": view.released(today=today),
        "gaps": _gaps(view, today),
        "stand": view.stand(today=today),
        "declaration": view.person.declaration,
        "told": persons.told(view.draft, view.person),
    }


def after(view: PartView, page_id: str, back_to: str, *, today: date) -> str:
    """Return where it goes on: her next page, or the check page."""
    route = list(view.route(today=today))
    at = route.index(page_id) if page_id in route else -1
    left = [page for page in route if page not in view.draft.row.pages_done]
    if back_to == "pruefen":
        return page_href(view, left[0]) if left else f"/teil/{view.id}/pruefen"
    return page_href(view, route[at + 1]) if at + 1 < len(route) else f"/teil/{view.id}/pruefen"


def page_href(view: PartView, page_id: str) -> str:
    """Return the address of one of her pages."""
    return f"/teil/{view.id}/seite/{page_id}"


def _head(view: PartView) -> dict[str, Any]:
    package = view.draft.package
    return {
        "part": {
            "id": str(view.id),
            "title": package.name,
            "role": view.person.name,
            "content_language": content_language(package, current()),
        }
    }


def _applicant(view: PartView) -> str:
    """Return the name of who applies; her name is all that everybody sees of her."""
    roles, answers = view.draft.package.roles, view.draft.answers
    parts = (answers.get(roles.get(role, ""), "") for role in ("given_names", "family_name"))
    return " ".join(part for part in parts if part)


def _state(view: PartView) -> str:
    """Return how it stands: submitted, waits, done, or how the invitation ended."""
    if view.row.state in ("declined", "replaced"):
        return view.row.state
    if view.submitted:
        return "submitted"
    return "waits" if view.waits and view.row.state != "done" else view.row.state


def _with_links(view: PartView, section: SubmittedSection) -> dict[str, Any]:
    href = f"{page_href(view, section.page_id)}?zurueck=pruefen#"
    return {
        "title": section.title,
        "rows": [
            {
                "label": row.label,
                "text": row.text,
                "given": row.given,
                "missing": row.missing,
                "href": href + html_id(row.path),
            }
            for row in section.rows
        ],
    }


def _gaps(view: PartView, today: date) -> list[dict[str, str]]:
    titles = {page.id: page.title for page in view.draft.form.form.pages}
    unsaved = view.unsaved_pages(today=today)
    draft = view.draft
    return [
        {
            "href": f"{page_href(view, page)}?zurueck=pruefen",
            "text": t("Auf der Seite „{title}“ fehlt noch etwas.", title=titles[page]),
        }
        for page in view.route(today=today)
        if page in unsaved or draft.form.page_faults(page, draft.answers, today=today)
    ]
