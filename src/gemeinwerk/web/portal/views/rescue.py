"""A page that was sent to a closed door: what was typed goes on, nothing is lost (S23, S30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gemeinwerk.apps.applications import actions as applications
from gemeinwerk.apps.applications.errors import AlreadySubmittedError
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.catalogue.models import Offer
from gemeinwerk.core.forms import CompiledForm, UnknownPageError
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today

VERSION, PAGE = "_fassung", "_seite"
"""Names of hidden inputs: which form was filled in, and which page of it."""

OURS = (VERSION, PAGE, "csrfmiddlewaretoken", "code")


def posted(request: HttpRequest) -> dict[str, list[str]]:
    """Return what was typed, without what our own pages add."""
    return {name: request.POST.getlist(name) for name in request.POST if name not in OURS}


def typed_page(
    request: PageRequest, dossier_id: UUID, page_id: str, *, error: str = "", status: int = 404
) -> HttpResponse | None:
    """Show the page again as it was typed, with the two ways on; None for an unknown form.

    It is made of what was sent and of a public form only, so it tells nothing about the dossier
    of the address (S04): with the access code it goes on there, without it with a new draft.
    """
    found = _form_of(request)
    if found is None or page_id not in {page.id for page in found[1].form.pages}:
        return None
    offer, form = found
    context = _as_typed(form, page_id, posted(request)) | {
        "dossier_id": str(dossier_id),
        "slug": offer.slug,
        "version": request.POST.get(VERSION, ""),
        "title_of_service": form.form.title,
        "error": error,
    }
    return render(request, "portal/typed.html", context, status)


def _as_typed(form: CompiledForm, page_id: str, typed: dict[str, list[str]]) -> dict[str, Any]:
    """Return the page with the texts in it, and what was typed but has no place on it."""
    # What was chosen may have opened more questions of the page: the second look sees them.
    counts = applications.counts_of(typed)
    answers = form.read_page(page_id, typed, counts, today=today()).answers
    reading = form.read_page(page_id, typed, answers, today=today())
    view = form.page_view(page_id, reading.answers, today=today(), raw=reading.raw)
    shown = set(_names(view["nodes"]))
    rest = [
        {"name": name, "value": value}
        for name, values in typed.items()
        if name not in shown and not name.startswith("_")
        for value in values
    ]
    return {"view": view, "rest": rest}


def brought(request: PageRequest, draft_id: UUID) -> HttpResponse:
    """Put what came with the form into the draft and go to its steps."""
    page_id = request.POST.get(PAGE, "")
    with suppress(NotFoundError, AlreadySubmittedError, UnknownPageError):
        applications.bring(
            actor=request.actor,
            draft_id=draft_id,
            page_id=page_id[:64],
            posted=posted(request),
            now=now(),
            language=request.language,
        )
    return redirect("portal.overview", draft_id=draft_id)


def _names(nodes: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Return the names of the inputs that a page shows."""
    for node in nodes:
        if node.get("type") == "field" and "instances" not in node:
            yield str(node["name"])
        yield from _names(node.get("instances") or node.get("nodes") or ())


def _form_of(request: PageRequest) -> tuple[Offer, CompiledForm] | None:
    """Return the public service and the form that was filled in; None when it is not offered."""
    try:
        version = catalogue.offer_version(UUID(request.POST.get(VERSION, "")))
        catalogue.live_version_id(version.offer)
    except (ValueError, NotFoundError):
        return None
    form = catalogue.compiled_form(version.id, language=request.language, today=today())
    return version.offer, form
