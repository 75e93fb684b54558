"""Deciding (Entscheiden): outcome, words, fee, hearing; the real PDF beside it; two people."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.cases import actions as cases
from gemeinwerk.apps.cases import queries as case_queries
from gemeinwerk.apps.documents.queries import OpenedFile
from gemeinwerk.apps.notices import actions, queries
from gemeinwerk.core.access import Right
from gemeinwerk.core.decisions import Outcome
from gemeinwerk.core.kernel import DomainError, NotFoundError, RefusedError
from gemeinwerk.web.desk import posted
from gemeinwerk.web.desk.decision import Typed, decision_page, read_typed, save
from gemeinwerk.web.desk.views.case import back, following, shelf_of
from gemeinwerk.web.desk.views.files import answer
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PageRequest, case_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>/entscheiden: the workbench; a POST saves and comes back to it."""
    if request.method != "POST":
        case_queries.case_for(request.actor, case_id)
        cases.see(actor=request.actor, case_id=case_id, now=now())
        return _page(request, case_id)
    typed = read_typed(request)
    if typed.faults:
        return _page(request, case_id, typed=typed, status=422)
    return _done(request, case_id, lambda: save(request, case_id, typed), _here(request, case_id))


@staff_only
@require_safe
def preview(request: PageRequest, case_id: UUID) -> HttpResponse:
    """The real PDF of the saved draft, or with `ergebnis` of an outcome nobody saved yet."""
    cases.see(actor=request.actor, case_id=case_id, now=now())
    data = actions.preview(
        actor=request.actor, case_id=case_id, today=today(), outcome=_outcome(request)
    )
    return answer(OpenedFile("Vorschau.pdf", "application/pdf", data))


@staff_only
@require_POST
def propose(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Save what is on the page, then propose it, or issue it where one person may."""
    typed = read_typed(request)
    if typed.faults:
        return _page(request, case_id, typed=typed, status=422)
    case = case_queries.case_for(request.actor, case_id)
    then = following(request, case)

    def deed() -> None:
        save(request, case_id, typed)
        actions.propose(actor=request.actor, case_id=case_id, today=today(), now=now())

    issued = typed.outcome is Outcome.GRANT
    done = back(request, case_id, "erlassen" if issued else "vorgeschlagen", then)
    return _done(request, case_id, deed, done, typed=typed)


@staff_only
@require_POST
def confirm(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Confirm somebody else's proposal; the notice goes out."""
    case = case_queries.case_for(request.actor, case_id)
    done = back(request, case_id, "erlassen", following(request, case))
    return _done(
        request,
        case_id,
        lambda: actions.confirm(actor=request.actor, case_id=case_id, today=today(), now=now()),
        done,
    )


@staff_only
@require_POST
def send_back(request: PageRequest, case_id: UUID) -> HttpResponse:
    """Give a proposal back with a reason, or take one's own back."""
    reason = posted.text(request, "grund", most=2000)
    own = queries.current(case_id)
    case = case_queries.case_for(request.actor, case_id)
    mine = own is not None and own.proposed_by_id == request.actor.staff_id
    if not reason and not mine:
        text = sentence("decision.reason_needed")
        errors = [{"href": "#grund", "text": text}]
        return _page(request, case_id, status=422, errors=errors, error_at={"grund": text})
    done = back(request, case_id, "zurueckgegeben-vorschlag", following(request, case))
    return _done(
        request,
        case_id,
        lambda: actions.send_back(actor=request.actor, case_id=case_id, reason=reason, now=now()),
        done,
    )


def _done(
    request: PageRequest,
    case_id: UUID,
    deed: Callable[[], object],
    done: HttpResponse,
    *,
    typed: Typed | None = None,
) -> HttpResponse:
    """Do a deed; a refusal is told on the page, and what was typed stays."""
    try:
        deed()
    except (NotFoundError, RefusedError):
        raise
    except DomainError as refusal:
        errors = [{"href": "#fehlt", "text": sentence(refusal.code, refusal.params)}]
        return _page(request, case_id, typed=typed, status=409, errors=errors)
    return done


def _page(
    request: PageRequest,
    case_id: UUID,
    *,
    typed: Typed | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    case = case_queries.case_for(request.actor, case_id, right=Right.READ_CASE)
    context = decision_page(request.actor, case, outcome=_outcome(request), typed=typed)
    return render(
        request, "desk/decide.html", {**context, "shelf": shelf_of(request), **more}, status
    )


def _here(request: PageRequest, case_id: UUID) -> HttpResponse:
    address = f"/amt/vorgang/{case_id}/entscheiden?fach={shelf_of(request)}&gespeichert=1"
    return HttpResponseRedirect(address)


def _outcome(request: PageRequest) -> Outcome | None:
    wanted = request.GET.get("ergebnis", "")
    return Outcome(wanted) if wanted in set(Outcome) else None
