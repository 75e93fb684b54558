"""Pages of the demonstration: choose whom to be, read the mails that went out."""

from __future__ import annotations

import email
from datetime import date
from email.policy import default
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.identity import actions as identity
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.access import system
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.kernel.text import german_date
from gemeinwerk.project.demo import logins
from gemeinwerk.project.demo.cases import PEOPLE, street_of
from gemeinwerk.project.demo.towns import TOWNS
from gemeinwerk.web.ui.middleware import session as sessions
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.roles import ROLE_NAMES

MOST_MAILS = 50


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Offer the roles of this town, and the other towns."""
    page = cast(PageRequest, request)
    people = [
        {
            "id": str(person.id),
            "name": person.name,
            "roles": ", ".join(ROLE_NAMES[role] for role in person.roles),
            "email": person.email,
        }
        for person in municipalities.staff_members()
    ]
    others = [
        {"name": town.name, "url": f"http://{town.slug}.{_base(request)}/demo"}
        for town in municipalities.all_towns()
        if town.id != page.here.id
    ]
    citizens = sorted({name for name, _ in _dossiers(page.here.id)})
    context = {
        "people": people,
        "others": others,
        "citizens": citizens,
        "resident": _resident(page.here.slug),
        "login": logins.of(settings.ENVIRONMENT.data),
    }
    return render(request, "demo/choose.html", context)


@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Be somebody without password or second factor; exists in demo mode only."""
    page = cast(PageRequest, request)
    wanted = request.POST.get("person", "")
    if wanted == "buergerin":
        return _become_citizen(page, request.POST.get("name", ""))
    known = {str(person.id): person for person in municipalities.staff_members()}
    person = known.get(wanted)
    if person is None:
        raise NotFoundError
    session, token = identity.begin_session(now=now(), staff_id=person.id)
    sessions.sign_in(page, session, token)
    return redirect("/werkstatt/" if person.roles == ["author"] else "/amt/")


def _resident(slug: str) -> str:
    """Return whom the register of a town with zones knows, to try the automatic decision."""
    town = next((one for one in TOWNS if one.slug == slug), None)
    if town is None or "resident-parking" not in town.settings:
        return ""
    person = PEOPLE[0]
    born = german_date(date.fromisoformat(person.birth_date))
    place = f"{street_of(person, town)} {person.house_number}"
    city = f"{town.contact['postal_code']} {town.name}"
    return f"{person.given_names} {person.family_name}, {born}, {place}, {city}"


def _become_citizen(request: PageRequest, name: str) -> HttpResponse:
    """Be a citizen in a fresh browser; by name with the matters of that person open."""
    session, token = identity.begin_session(now=now())
    own = [dossier_id for known, dossier_id in _dossiers(request.here.id) if known == name]
    for dossier_id in own:
        identity.remember_dossier(session, dossier_id)
    sessions.sign_in(request, session, token)
    return redirect("portal.status", dossier_id=own[0]) if own else redirect("/")


def _dossiers(municipality_id: int) -> list[tuple[str, UUID]]:
    """Return names and dossiers of the newest submissions; the names are invented."""
    actor = system(municipality_id, name="demo")
    return [
        (applications.submission_for(actor, dossier_id).content.name, dossier_id)
        for dossier_id in applications.newest_submissions(30)
    ]


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """Show the mails that this town sent, newest first."""
    ending = f"@{cast(PageRequest, request).here.slug}.gemeinwerk>"
    folder = settings.ENVIRONMENT.data / "mail"
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    found = []
    for path in files:
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        if not str(message["Message-ID"]).endswith(ending):
            continue
        found.append(
            {
                "to": str(message["To"]),
                "subject": str(message["Subject"]),
                "date": str(message["Date"]),
                "text": message.get_content() if not message.is_multipart() else "",
            }
        )
        if len(found) == MOST_MAILS:
            break
    return render(request, "demo/mails.html", {"mails": found})


def _base(request: HttpRequest) -> str:
    port = request.get_port()
    usual = {"http": "80", "https": "443"}[request.scheme or "http"]
    return settings.BASE_DOMAIN if port == usual else f"{settings.BASE_DOMAIN}:{port}"
