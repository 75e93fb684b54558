"""The part of another person (Beteiligte): her link, her pages, her declaration, her copy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.applications import actions, people
from gemeinwerk.apps.applications.errors import (
    ChangedSinceError,
    NotCompleteError,
    NotYourTurnError,
    PartClosedError,
    WrongCodeError,
)
from gemeinwerk.apps.applications.people import PartView
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.core.forms import PageReading
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.portal import copies, entry_pages, parts
from gemeinwerk.web.ui import language
from gemeinwerk.web.ui.downloads import attachment
from gemeinwerk.web.ui.middleware.session import renew
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today

View = Callable[..., HttpResponse]


def own_part(view: View) -> View:
    """Let a view run only where this browser has shown link and code of the part.

    Otherwise the code is asked for; the page is the same for parts that do not exist (S04).
    """

    @wraps(view)
    def guarded(request: HttpRequest, part_id: UUID, **named: Any) -> HttpResponse:
        page = cast(PageRequest, request)
        with language.spoken(page.language):
            if part_id not in page.actor.dossier_ids:
                return _ask_code(page, part_id, status=404)
            return view(page, part_id=part_id, **named)

    def stale(request: HttpRequest, part_id: UUID, **named: Any) -> HttpResponse | None:
        page = cast(PageRequest, request)
        return None if part_id in page.actor.dossier_ids else guarded(request, part_id, **named)

    guarded.__dict__["again"] = stale
    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Open a part with its link and the code that the applicant handed over."""
    page = cast(PageRequest, request)
    if part_id in page.actor.dossier_ids:
        return redirect("portal.part", part_id=part_id)
    if request.method != "POST":
        return _ask_code(page, part_id)
    code = request.POST.get("code", "")[:100]
    try:
        actions.open_part(part_id=part_id, code=code, net=page.net, now=now())
    except WrongCodeError as wrong:
        return _ask_code(page, part_id, error=wrong.code, status=422)
    identity.remember_dossier(renew(page), part_id)
    return redirect("portal.part", part_id=part_id)


@require_safe
def part(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Say who asks for what until when, and what of it others see; afterwards how it stands."""
    return _intro(cast(PageRequest, request), _opened(request, part_id))


@require_http_methods(["GET", "HEAD", "POST"])
def part_page(request: HttpRequest, part_id: UUID, page_id: str) -> HttpResponse:
    """Show one of her pages, or store what was typed and go on."""
    page = cast(PageRequest, request)
    if request.method == "POST":
        with suppress(PartClosedError, NotYourTurnError):
            return _save(page, part_id, page_id)
        return redirect("portal.part", part_id=part_id)
    view = _opened(request, part_id)
    if not view.writable:
        return redirect("portal.part", part_id=part_id)
    if page_id not in view.route(today=today()):
        raise NotFoundError
    return _show(page, view, page_id, view.draft.content.raw.get(page_id))


@require_safe
def part_check(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Show what she declares, with a change link per row."""
    view = _opened(request, part_id)
    if not view.writable:
        return redirect("portal.part", part_id=part_id)
    return _check(cast(PageRequest, request), view)


@require_http_methods(["GET", "HEAD", "POST"])
def part_finish(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Declare the part as done; a second click changes nothing."""
    page = cast(PageRequest, request)
    if request.method != "POST":
        return redirect("portal.part_check", part_id=part_id)
    try:
        actions.finish_part(
            actor=page.actor,
            part_id=part_id,
            stand=request.POST.get("stand", "")[:64],
            now=now(),
            language=page.language,
        )
    except (NotCompleteError, ChangedSinceError) as refusal:
        return _check(page, _opened(request, part_id), code=refusal.code, status=422)
    except (PartClosedError, NotYourTurnError):
        return redirect("portal.part", part_id=part_id)
    return redirect("portal.part", part_id=part_id)


@require_POST
def part_reopen(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Let her change what she declared, while nothing is submitted."""
    with suppress(PartClosedError):
        actor = cast(PageRequest, request).actor
        actions.reopen_part(actor=actor, part_id=part_id, now=now())
    return redirect("portal.part", part_id=part_id)


@require_POST
def part_decline(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """Take no part."""
    with suppress(PartClosedError):
        actor, reason = cast(PageRequest, request).actor, request.POST.get("grund", "")
        actions.decline_part(actor=actor, part_id=part_id, reason=reason, now=now())
    return redirect("portal.part", part_id=part_id)


@require_safe
def part_copy(request: HttpRequest, part_id: UUID) -> HttpResponse:
    """/teil/<id>/kopie.pdf: what she declared, and nothing of anybody else."""
    page, view = cast(PageRequest, request), _opened(request, part_id)
    if view.row.state != "done" or view.submitted:
        raise NotFoundError
    data = copies.part_pdf(view, page.here, today=today())
    return attachment("Meine Angaben.pdf", "application/pdf", data)


def _opened(request: HttpRequest, part_id: UUID) -> PartView:
    page = cast(PageRequest, request)
    return people.part_for(page.actor, part_id, today=today(), language=page.language)


def _ask_code(
    page: PageRequest, part_id: UUID, *, error: str = "", status: int = 200
) -> HttpResponse:
    context = {"part_id": str(part_id), "error": error}
    return render(page, "portal/part_join.html", context, status)


def _intro(page: PageRequest, view: PartView) -> HttpResponse:
    name = "portal/part.html" if view.writable else "portal/part_closed.html"
    return render(page, name, parts.intro(view, today=today()))


def _save(page: PageRequest, part_id: UUID, page_id: str) -> HttpResponse:
    typing = "X-Autosave" in page.headers
    saved = actions.fill_part(
        actor=page.actor,
        part_id=part_id,
        page_id=page_id,
        posted={name: page.POST.getlist(name) for name in page.POST},
        now=now(),
        language=page.language,
        typing=typing,
    )
    if typing:
        return HttpResponse(status=204)
    view, reading = saved
    if reading.go is not None and not reading.faults:
        return redirect(entry_pages.go_on(page, parts.page_href(view, page_id), reading))
    if reading.stay or reading.faults:
        return _show(page, view, page_id, reading.raw, reading, 422 if reading.faults else 200)
    return redirect(parts.after(view, page_id, page.GET.get("zurueck", ""), today=today()))


def _show(
    page: PageRequest,
    view: PartView,
    page_id: str,
    raw: dict[str, str] | None,
    reading: PageReading | None = None,
    status: int = 200,
) -> HttpResponse:
    stands = parts.page_context(view, page_id, today=today())
    shown = view.draft.form.page_view(
        page_id,
        view.draft.answers,
        today=today(),
        raw=raw,
        faults=reading.faults if reading else (),
        entry=entry_pages.opened(page),
    )
    href = parts.page_href(view, page_id)
    context = stands | entry_pages.around(page, shown, page_href=href, before=stands["back"])
    if reading:
        context["focus"] = reading.focus
    return render(page, "portal/part_page.html", context, status)


def _check(page: PageRequest, view: PartView, *, code: str = "", status: int = 200) -> HttpResponse:
    context = parts.check_context(view, today=today()) | {"code": code}
    return render(page, "portal/part_check.html", context, status)
