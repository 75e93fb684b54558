"""Page of what is offered to the archive (Aussonderung): answers, packages, handing over (R34)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.notices import actions, archive
from gemeinwerk.web.ui.downloads import attachment
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only

HERE = "/leitung/archiv"


@staff_only
@require_safe
def offers(request: PageRequest) -> HttpResponse:
    """/leitung/archiv: cases whose retention is over and that are not deleted yet."""
    context = {"section": "archive", "rows": archive.offers(request.actor)}
    return render(request, "steering/archive.html", context)


@staff_only
@require_POST
def answer(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """Note the answer of the archive."""
    worthy = request.POST.get("antwort") == "archivwuerdig"
    actions.answer(actor=request.actor, offer_id=offer_id, worthy=worthy, now=now())
    return HttpResponseRedirect(HERE)


@staff_only
@require_POST
def package(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """Give out the package of an accepted case."""
    case, data = actions.export(actor=request.actor, offer_id=offer_id, now=now())
    return attachment(f"Akte-{case.number}.zip", "application/zip", data)


@staff_only
@require_POST
def handed_over(request: PageRequest, offer_id: UUID) -> HttpResponse:
    """Note that the archive has confirmed the package."""
    actions.hand_over(actor=request.actor, offer_id=offer_id, now=now())
    return HttpResponseRedirect(HERE)
