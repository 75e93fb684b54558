"""The case page (Vorgang) and the small deeds that are done on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.cases.errors import NothingToSayError
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.core.kernel import DomainError, NotFoundError, RefusedError
from gemeinwerk.web.desk import posted, words
from gemeinwerk.web.desk.file import case_file
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence


@staff_only
@require_safe
def show(request: PageRequest, case_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>: everything for the decision on one page."""
    case = actions.see(actor=request.actor, case_id=case_id, now=now())
    return page(request, case)


def page(request: PageRequest, case: Case, *, status: int = 200, **more: object) -> HttpResponse:
    """Render the case page; `more` holds errors and what was typed."""
    shelf = request.GET.get("fach", "open")
    before, after = queries.neighbours(request.actor, shelf, case, today=today())
    deed = request.GET.get("getan", "")
    context: dict[str, Any] = {
        **case_file(request.actor, case, shown=_uuid(request.GET.get("datei", ""))),
        "shelf": shelf if shelf in queries.SHELVES else "open",
        "before": before,
        "after": after,
        "done": words.DONE.get(deed, ("", ""))[0],
        "undo": words.undo(deed, case, request.actor.staff_id),
        "then": _uuid(request.GET.get("dann", "")),
        "errors": [],
        "error_at": {},
        "typed": {},
        **more,
    }
    return render(request, "desk/case.html", context, status)


@staff_only
@require_POST
def claim(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Take the case; with `trotzdem` also from somebody else."""
    take_over = request.POST.get("trotzdem") == "1"
    return do(
        request,
        case_id,
        "uebernommen",
        lambda: actions.claim(actor=request.actor, case_id=case_id, now=now(), take_over=take_over),
    )


@staff_only
@require_POST
def release(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Give the case back to the unit."""
    return do(
        request,
        case_id,
        "zurueckgegeben",
        lambda: actions.release(actor=request.actor, case_id=case_id, now=now()),
    )


@staff_only
@require_POST
def assign(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Give the case to a person of the unit."""
    staff_id = posted.identifier(request, "person")
    return do(
        request,
        case_id,
        "zugeteilt",
        lambda: actions.assign(actor=request.actor, case_id=case_id, staff_id=staff_id, now=now()),
    )


@staff_only
@require_POST
def note(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Write an internal note."""
    text = posted.text(request, "vermerk")
    return _written(
        request,
        case_id,
        "vermerkt",
        lambda: actions.note(actor=request.actor, case_id=case_id, text=text, now=now()),
    )


@staff_only
@require_POST
def message(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Send a message to the applicant."""
    title, text = posted.line(request, "betreff", most=200), posted.text(request, "nachricht")
    return _written(
        request,
        case_id,
        "gesendet",
        lambda: actions.send_message(
            actor=request.actor, case_id=case_id, title=title, text=text, now=now()
        ),
    )


@staff_only
@require_POST
def withdraw(request: PageRequest, case_id: UUID, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    return do(
        request,
        case_id,
        "zurueckgenommen",
        lambda: actions.withdraw_request(actor=request.actor, request_id=request_id, now=now()),
    )


@staff_only
@require_POST
def stay(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Say that the page is still open in front of somebody."""
    actions.stay(actor=request.actor, case_id=case_id, now=now())
    return HttpResponse(status=204)


def do(request: PageRequest, case_id: UUID, done: str, deed: Callable[[], object]) -> HttpResponse:
    """Do a deed and come back to the case; a refusal is told on the page with nothing changed."""
    case = queries.case_for(request.actor, case_id)
    then = following(request, case)
    try:
        deed()
    except (NotFoundError, RefusedError):
        raise
    except DomainError as refusal:
        return refused(request, case_id, refusal)
    return back(request, case_id, done, then)


def back(request: PageRequest, case_id: UUID, done: str, then: UUID | None) -> HttpResponse:
    """Lead to the case, say what was done and offer the next one of the shelf."""
    more = {"fach": shelf_of(request), "getan": done, **({"dann": str(then)} if then else {})}
    return HttpResponseRedirect(f"/amt/vorgang/{case_id}?{urlencode(more)}")


def refused(
    request: PageRequest, case_id: UUID, refusal: DomainError, **more: object
) -> HttpResponse:
    """Show the case with the sentence of a refusal."""
    case = queries.case_for(request.actor, case_id)
    errors = [{"href": "", "text": sentence(refusal.code, refusal.params)}]
    return page(request, case, status=409, errors=errors, **more)


def shelf_of(request: PageRequest) -> str:
    """Return the shelf the person works through."""
    shelf = request.POST.get("fach", "") or request.GET.get("fach", "")
    return shelf if shelf in queries.SHELVES else "open"


def following(request: PageRequest, case: Case) -> UUID | None:
    """Return the case after this one, before a deed moves this one elsewhere."""
    return queries.neighbours(request.actor, shelf_of(request), case, today=today())[1]


def _written(
    request: PageRequest, case_id: UUID, done: str, deed: Callable[[], object]
) -> HttpResponse:
    """Like `do`, but what was typed is kept when it cannot be used."""
    case = queries.case_for(request.actor, case_id)
    try:
        deed()
    except NothingToSayError as empty:
        field = "vermerk" if done == "vermerkt" else "nachricht"
        text = sentence(empty.code)
        typed = {name: request.POST.get(name, "") for name in ("betreff", "nachricht", "vermerk")}
        errors = [{"href": f"#{field}", "text": text}]
        at = {field: text}
        return page(request, case, status=422, errors=errors, error_at=at, typed=typed)
    return back(request, case_id, done, None)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
