"""Downloads of the form on paper."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.applications import queries
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.portal import papers
from gemeinwerk.web.ui.downloads import attachment
from gemeinwerk.web.ui.request import PageRequest, today


@require_safe
def empty(request: HttpRequest, slug: str) -> HttpResponse:
    """/leistung/<slug>/papierformular.pdf: the empty form."""
    page = cast(PageRequest, request)
    data = papers.empty_pdf(page.here, catalogue.offer_by_slug(slug))
    return attachment(f"Papierformular {slug}.pdf", "application/pdf", data)


@require_safe
def filled(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """/antrag/<id>/papierformular.pdf: the form with what was filled in so far."""
    page = cast(PageRequest, request)
    view = queries.draft_for(page.actor, draft_id, today=today(), language="de")
    if view.row.submitted_at is not None:
        raise NotFoundError
    data = papers.filled_pdf(page.here, view)
    return attachment("Papierformular ausgefüllt.pdf", "application/pdf", data)
