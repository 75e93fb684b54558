"""The check page and the one moment that counts: submit (R01, R02)."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.applications import actions, people, queries
from gemeinwerk.apps.applications.contents import for_applicant
from gemeinwerk.apps.applications.errors import (
    ChangedSinceError,
    NotCompleteError,
    PeopleMissingError,
)
from gemeinwerk.web.portal import declared, persons, stages
from gemeinwerk.web.portal.views.application import opened
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today


@require_safe
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show everything that will be declared, with a change link per row."""
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.receipt", dossier_id=draft_id)
    return _show(cast(PageRequest, request), view, code="")


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Submit once; a second click, a reload or a lost answer leads to the same receipt."""
    page = cast(PageRequest, request)
    if request.method != "POST":
        return redirect("portal.check", draft_id=draft_id)
    revision = request.POST.get("stand", "")
    plain = revision.isascii() and revision.isdigit() and len(revision) < 9
    try:
        actions.submit(
            actor=page.actor,
            draft_id=draft_id,
            revision=int(revision) if plain else -1,
            today=today(),
            now=now(),
            language=page.language,
        )
    except (NotCompleteError, ChangedSinceError, PeopleMissingError) as refusal:
        return _show(page, opened(page, draft_id), code=refusal.code, status=422)
    return redirect("portal.receipt", dossier_id=draft_id)


def _show(
    request: PageRequest, view: queries.DraftView, *, code: str, status: int = 200
) -> HttpResponse:
    states = queries.evidence_states(view, today=today())
    others = people.states(view, today=today())
    content = actions.frozen_content(view, states, others, today=today())
    content = for_applicant(view.package, content)
    sections = declared.check_sections(view, content)
    context = {
        "draft": stages.draft_context(view),
        "sections": sections,
        "lacking": [row for part in sections for row in part["rows"] if row["missing"]],
        "evidence": [stages.evidence_row(view, state, today=today()) for state in states],
        "people": persons.rows(view, others, today=today()),
        "fee": declared.fee_context(content),
        "gaps": declared.gaps(view, states, today=today()),
        "set_aside": declared.set_aside(view, today=today()),
        "declaration": view.package.texts.declaration,
        "code": code,
    }
    return render(request, "portal/check.html", context, status)
