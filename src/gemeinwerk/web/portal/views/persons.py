"""The applicant and the other people of her form: invite, replace, remind, a new code."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from gemeinwerk.apps.applications import actions, people, queries
from gemeinwerk.apps.applications.errors import NothingToRemindError, NotYourTurnError
from gemeinwerk.apps.identity import limits
from gemeinwerk.core.kernel.text import is_email
from gemeinwerk.web.portal import persons, stages
from gemeinwerk.web.portal.views.application import opened
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today

LANGUAGES = ("de", "en")


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, draft_id: UUID, role: str) -> HttpResponse:
    """Show how far a person is, or invite her; whoever was invited before is replaced."""
    page, view = cast(PageRequest, request), opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.status", dossier_id=draft_id)
    if request.method != "POST":
        return _show(page, view, role)
    typed = {key: request.POST.get(key, "").strip()[:254] for key in ("name", "email", "sprache")}
    faults = {} if typed["name"] else {"name": "answer.required"}
    if not is_email(typed["email"]):
        faults["email"] = "answer.email"
    if faults:
        return _show(page, view, role, typed=typed, faults=faults, status=422)
    return _invite(page, view, role, typed)


@require_POST
def remind(request: HttpRequest, draft_id: UUID, role: str) -> HttpResponse:
    """Send the link to a person again."""
    page, view = cast(PageRequest, request), opened(request, draft_id)
    state = people.state_of(view, role, today=today())
    if state.content is None:
        return _show(page, view, role, code=NothingToRemindError.code, status=422)
    limits.reserve_link(draft_id, state.content.email, net=page.net, now=now())
    try:
        actions.remind(actor=page.actor, draft_id=draft_id, role=role, now=now())
    except NothingToRemindError as nobody:
        return _show(page, view, role, code=nobody.code, status=422)
    return _show(page, opened(request, draft_id), role, reminded=True)


@require_POST
def new_code(request: HttpRequest, draft_id: UUID, role: str) -> HttpResponse:
    """Show a fresh access code for a person once; the one before ends."""
    page, view = cast(PageRequest, request), opened(request, draft_id)
    try:
        code = actions.code_for_person(actor=page.actor, draft_id=draft_id, role=role, now=now())
    except NothingToRemindError as nobody:
        return _show(page, view, role, code=nobody.code, status=422)
    return _invited(page, view, role, code, sent=False)


def _invite(
    page: PageRequest, view: queries.DraftView, role: str, typed: dict[str, str]
) -> HttpResponse:
    asked = people.state_of(view, role, today=today()).state not in ("none", "declined")
    if asked and "ersetzt" not in page.POST:  # a second click on the first invitation
        return redirect("portal.person", draft_id=view.id, role=role)
    limits.reserve_link(view.id, typed["email"], net=page.net, now=now())
    try:
        code = actions.invite(
            actor=page.actor,
            draft_id=view.id,
            role=role,
            name=typed["name"],
            email=typed["email"],
            language=typed["sprache"] if typed["sprache"] in LANGUAGES else "de",
            now=now(),
        )
    except NotYourTurnError as early:
        return _show(page, view, role, code=early.code, status=422)
    return _invited(page, opened(page, view.id), role, code, sent=True)


def _invited(
    page: PageRequest, view: queries.DraftView, role: str, code: str, *, sent: bool
) -> HttpResponse:
    state = people.state_of(view, role, today=today())
    context = {
        "draft": stages.draft_context(view),
        "person": persons.row(view, state, today=today()),
        "code": code,
        "sent": sent,
    }
    return render(page, "portal/person_invited.html", context)


def _show(
    page: PageRequest,
    view: queries.DraftView,
    role: str,
    *,
    typed: dict[str, str] | None = None,
    faults: dict[str, str] | None = None,
    code: str = "",
    reminded: bool = False,
    status: int = 200,
) -> HttpResponse:
    state = people.state_of(view, role, today=today())
    context: dict[str, Any] = {
        "draft": stages.draft_context(view),
        "person": persons.row(view, state, today=today()),
        "shared": persons.shared(view, state.person, today=today()),
        "told": persons.told(view, state.person),
        "typed": typed or {"name": "", "email": "", "sprache": page.language},
        "faults": faults or {},
        "code": code,
        "reminded": reminded,
    }
    return render(page, "portal/person.html", context, status)
