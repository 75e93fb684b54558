"""Filling in: start without an account, one page after the other, saved after each."""

from __future__ import annotations

from contextlib import suppress
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.applications import actions, queries
from gemeinwerk.apps.applications.errors import AlreadySubmittedError
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.apps.identity import limits
from gemeinwerk.apps.identity import queries as sessions
from gemeinwerk.core.kernel import Fault, NotFoundError
from gemeinwerk.web.portal import entry_pages, stages
from gemeinwerk.web.portal.views import rescue
from gemeinwerk.web.ui.middleware.session import ensure_session
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a draft in this browser; what was typed behind a closed door comes along."""
    page = cast(PageRequest, request)
    offer = catalogue.offer_by_slug(slug)
    if request.method != "POST":
        return redirect("portal.service", slug=slug)
    limits.reserve_draft(page.net, now=now(), limit=settings.ENVIRONMENT.drafts_per_net)
    draft = actions.start(
        offer_version_id=catalogue.live_version_id(offer), language=page.language, now=now()
    )
    session = ensure_session(page)
    identity.remember_dossier(session, draft.id)
    if rescue.PAGE in request.POST:
        page.actor = sessions.actor_of(session, page.here.id)
        return rescue.brought(page, draft.id)
    form = catalogue.compiled_form(draft.offer_version_id, language=page.language, today=today())
    package = catalogue.package_of(draft.offer_version_id)
    return redirect(stages.first_place(draft.id, package, form, today=today()))


def opened(request: HttpRequest, draft_id: UUID) -> queries.DraftView:
    """Open a draft in the language of the page."""
    page = cast(PageRequest, request)
    return queries.draft_for(page.actor, draft_id, today=today(), language=page.language)


@require_safe
def overview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show the task list of a long form; a short one begins at once."""
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.status", dossier_id=draft_id)
    steps = stages.steps_of(view, today=today())
    if len(steps) <= stages.LONG_FORM and not view.row.pages_done:
        return redirect(steps[0].href)
    return render(
        request,
        "portal/overview.html",
        {"draft": stages.draft_context(view), "tasks": stages.task_rows(steps)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Show one page, or store what was typed and go on."""
    visit = cast(PageRequest, request)
    if request.method == "POST":
        with suppress(AlreadySubmittedError):
            return _save(visit, draft_id, page_id)
        return redirect("portal.receipt", dossier_id=draft_id)
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.receipt", dossier_id=draft_id)
    if page_id not in view.route(today=today()):
        raise NotFoundError
    return _show(visit, view, page_id, raw=view.content.raw.get(page_id))


def page_again(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Show a page that was too old to be taken as it was typed; nothing is stored (S52)."""
    view = opened(request, draft_id)
    if view.row.submitted_at is not None:
        return redirect("portal.receipt", dossier_id=draft_id)
    if page_id not in view.route(today=today()):
        raise NotFoundError
    reading = view.form.read_page(page_id, rescue.posted(request), view.answers, today=today())
    visit = cast(PageRequest, request)
    return _show(visit, view, page_id, raw=reading.raw, status=403, stale=True)


def _save(request: PageRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """Keep what is being typed (autosave), or store the page."""
    posted = {name: request.POST.getlist(name) for name in request.POST}
    if "X-Autosave" in request.headers:
        actions.keep_typed(
            actor=request.actor, draft_id=draft_id, page_id=page_id, posted=posted, now=now()
        )
        return HttpResponse(status=204)
    saved = actions.fill_page(
        actor=request.actor,
        draft_id=draft_id,
        page_id=page_id,
        posted=posted,
        now=now(),
        language=request.language,
    )
    return _after(request, page_id, saved)


def _after(request: PageRequest, page_id: str, saved: actions.SavedPage) -> HttpResponse:
    view, reading = saved
    if reading.go is not None and not reading.faults:
        return redirect(entry_pages.go_on(request, stages.page_href(view, page_id), reading))
    if reading.stay:
        return _show(request, view, page_id, raw=reading.raw, focus=reading.focus)
    if reading.faults:
        return _show(request, view, page_id, raw=reading.raw, faults=reading.faults, status=422)
    return redirect(stages.after(view, page_id, request.GET.get("zurueck", ""), today=today()))


def _show(
    request: PageRequest,
    view: queries.DraftView,
    page_id: str,
    *,
    raw: dict[str, str] | None,
    faults: tuple[Fault, ...] = (),
    status: int = 200,
    **about: object,
) -> HttpResponse:
    """`about` is what the page says of itself: `focus`, and `stale` when it was open too long."""
    known = stages.as_typed(view, raw)
    entry, back_to = entry_pages.opened(request), request.GET.get("zurueck", "")
    shown = view.form.page_view(
        page_id, view.answers, today=today(), raw=known, faults=faults, entry=entry
    )
    href = stages.page_href(view, page_id)
    before = stages.before(view, page_id, back_to, today=today())
    context = {
        **entry_pages.around(request, shown, page_href=href, before=before),
        "draft": stages.draft_context(view),
        "position": stages.position(view, page_id, today=today()),
    }
    return render(request, "portal/page.html", context | about, status)
