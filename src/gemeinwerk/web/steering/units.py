"""Pages of units (Stellen): open, rename, close."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from gemeinwerk.apps.identity import office
from gemeinwerk.apps.municipalities import queries
from gemeinwerk.apps.municipalities.actions import UnitInUseError
from gemeinwerk.core.access import Right, require
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.steering import fields
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence

HERE = "/leitung/stellen"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def units(request: PageRequest) -> HttpResponse:
    """/leitung/stellen: all units and a form for a new one."""
    require(request.actor, Right.MANAGE_STAFF)
    if request.method != "POST":
        return _page(request)
    try:
        office.open_unit(actor=request.actor, now=now(), **_facts(request))
    except (fields.UnitNameMissingError, fields.EmailWrongError) as wrong:
        return _page(request, wrong)
    return HttpResponseRedirect(HERE)


@staff_only
@require_POST
def change(request: PageRequest, unit_id: UUID) -> HttpResponse:
    """Rename a unit or change how it is reached."""
    require(request.actor, Right.MANAGE_STAFF)
    try:
        office.change_unit(actor=request.actor, unit_id=unit_id, now=now(), **_facts(request))
    except (fields.UnitNameMissingError, fields.EmailWrongError) as wrong:
        return _page(request, wrong)
    return HttpResponseRedirect(HERE)


@staff_only
@require_POST
def close(request: PageRequest, unit_id: UUID) -> HttpResponse:
    """Close a unit in which nobody works any more."""
    try:
        office.close_unit(actor=request.actor, unit_id=unit_id, now=now())
    except UnitInUseError as wrong:
        return _page(request, wrong)
    return HttpResponseRedirect(HERE)


def _facts(request: PageRequest) -> dict[str, str]:
    name = fields.line(request, "name", 120)
    if not name:
        raise fields.UnitNameMissingError
    email = fields.email(request) if request.POST.get("email") else ""
    return {"name": name, "email": email, "phone": fields.line(request, "telefon", 40)}


def _page(request: PageRequest, wrong: DomainError | None = None) -> HttpResponse:
    errors = [{"href": "#name", "text": sentence(wrong.code, wrong.params)}] if wrong else []
    context = {"section": "people", "units": queries.units(), "errors": errors}
    return render(request, "steering/units.html", context, status=422 if wrong else 200)
