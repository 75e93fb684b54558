"""Pages of staff (Personal): who works here, in which roles and units."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.identity import office
from gemeinwerk.apps.municipalities import queries
from gemeinwerk.apps.municipalities.actions import EmailTakenError
from gemeinwerk.core.access import Right, require
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.web.steering import fields
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence

HERE = "/leitung/personal"


@staff_only
@require_safe
def people(request: PageRequest) -> HttpResponse:
    """/leitung/personal: everybody with roles and units."""
    require(request.actor, Right.MANAGE_STAFF)
    names = {unit.id: unit.name for unit in queries.units()}
    places = queries.units_by_staff()
    words = {role.value: label for role, label, _ in fields.ROLES}
    rows = [
        {
            "id": staff.id,
            "name": staff.name,
            "roles": ", ".join(words.get(role, role) for role in staff.roles),
            "units": ", ".join(sorted(names[each] for each in places.get(staff.id, ()))),
        }
        for staff in queries.staff_members()
    ]
    return render(request, "steering/people.html", {"section": "people", "rows": rows})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PageRequest) -> HttpResponse:
    """/leitung/personal/neu: a new person; the enrolment code is shown once."""
    require(request.actor, Right.MANAGE_STAFF)
    if request.method != "POST":
        return render(request, "steering/person.html", _form(request))
    try:
        staff, code = office.add_person(
            actor=request.actor,
            name=_name(request),
            email=fields.email(request),
            roles=fields.roles(request),
            unit_ids=fields.unit_ids(request),
            now=now(),
        )
    except (fields.NameMissingError, fields.EmailWrongError, EmailTakenError) as wrong:
        return _again(request, wrong)
    return _code_page(request, staff.name, code)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, staff_id: UUID) -> HttpResponse:
    """/leitung/personal/<id>: roles and units of a person."""
    staff = queries.staff_member(request.actor, staff_id)
    if request.method != "POST":
        context = _form(request)
        context |= {
            "person": staff,
            "name": staff.name,
            "email": staff.email,
            "roles": staff.roles,
            "units": [str(each) for each in queries.units_by_staff().get(staff_id, ())],
        }
        return render(request, "steering/person.html", context)
    office.change_person(
        actor=request.actor,
        staff_id=staff_id,
        roles=fields.roles(request),
        unit_ids=fields.unit_ids(request),
        now=now(),
    )
    return HttpResponseRedirect(HERE)


@staff_only
@require_POST
def leave(request: PageRequest, staff_id: UUID) -> HttpResponse:
    """A person has left."""
    office.person_leaves(actor=request.actor, staff_id=staff_id, now=now())
    return HttpResponseRedirect(HERE)


@staff_only
@require_POST
def reset(request: PageRequest, staff_id: UUID) -> HttpResponse:
    """Set up the access of a person anew; the enrolment code is shown once."""
    staff = queries.staff_member(request.actor, staff_id)
    code = office.reset_access(actor=request.actor, staff_id=staff_id, now=now())
    return _code_page(request, staff.name, code)


def _name(request: PageRequest) -> str:
    name = fields.line(request, "name", 160)
    if not name:
        raise fields.NameMissingError
    return name


def _form(request: PageRequest) -> dict[str, object]:
    return {
        "section": "people",
        "person": None,
        "name": fields.line(request, "name", 160),
        "email": fields.line(request, "email", 254),
        "roles": request.POST.getlist("rollen"),
        "units": request.POST.getlist("stellen"),
        "role_options": [
            {"code": role.value, "label": label, "help": text} for role, label, text in fields.ROLES
        ],
        "unit_options": [{"code": str(unit.id), "label": unit.name} for unit in queries.units()],
        "errors": [],
        "error_at": {},
    }


def _again(request: PageRequest, wrong: DomainError) -> HttpResponse:
    text = sentence(wrong.code, wrong.params)
    field = "name" if isinstance(wrong, fields.NameMissingError) else "email"
    errors = {"errors": [{"href": f"#{field}", "text": text}], "error_at": {field: text}}
    return render(request, "steering/person.html", {**_form(request), **errors}, status=422)


def _code_page(request: PageRequest, name: str, code: str) -> HttpResponse:
    context = {"section": "people", "name": name, "code": code}
    return render(request, "steering/code.html", context)
