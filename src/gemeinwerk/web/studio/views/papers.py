"""Forms on paper: load a list of questions, decide one after the other, make a service of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.catalogue import preparing
from gemeinwerk.apps.library import blocks, papers
from gemeinwerk.apps.library.papers import PaperView
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.paper import (
    ASKABLE,
    MOST_BYTES,
    ListRefusedError,
    Question,
    draft_faults,
    hints,
    outcome_of,
)
from gemeinwerk.web.studio import paper_words as words
from gemeinwerk.web.studio.details import clean
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

HERE = "/werkstatt/papier"
_PLACES = {"reason": "grund", "text": "text", "merge": "mit", "block": "was", "": "was"}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PageRequest) -> HttpResponse:
    """/werkstatt/papier: load a list of questions; what was begun stands below."""
    if request.method != "POST":
        return _upload_page(request, {})
    name = clean(request.POST.get("name", ""))[:200]
    file = request.FILES.get("datei")
    told = {} if name else {"name": sentence("paper.no_title")}
    if file is None:
        told["datei"] = sentence("paper.no_file")
    if told or file is None:
        return _upload_page(request, told, name, 422)
    try:
        view = papers.load(
            actor=request.actor,
            name=file.name or "",
            data=file.read(MOST_BYTES + 1),
            title=name,
            now=now(),
        )
    except ListRefusedError as refusal:
        refused = {"datei": sentence(refusal.code, refusal.params)}
        return _upload_page(request, refused, name, 422)
    return HttpResponseRedirect(f"{HERE}/{view.id}")


@staff_only
@require_safe
def overview(request: PageRequest, paper_id: UUID) -> HttpResponse:
    """/werkstatt/papier/<id>: all questions, how far we are, and the result."""
    return _overview(request, papers.paper_form(request.actor, paper_id), ())


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: PageRequest, paper_id: UUID, number: int) -> HttpResponse:
    """/werkstatt/papier/<id>/frage/<number>: decide what becomes of one question."""
    view = papers.paper_form(request.actor, paper_id)
    asked = view.paper.question(number)
    if asked is None:
        raise NotFoundError
    if request.method != "POST":
        return _question_page(request, view, asked)
    decision = words.read(asked, request.POST.dict())
    if decision is None:
        missing = (Fault("", "paper.verb_missing"),)
        return _question_page(request, view, asked, missing)
    try:
        papers.decide(
            actor=request.actor, paper_id=paper_id, number=number, decision=decision, now=now()
        )
    except FaultsError as wrong:
        return _question_page(request, view, asked, wrong.faults)
    return HttpResponseRedirect(_next(view, number))


@staff_only
@require_POST
def reopen(request: PageRequest, paper_id: UUID, number: int) -> HttpResponse:
    """Take a decision back and decide later."""
    papers.reopen(actor=request.actor, paper_id=paper_id, number=number, now=now())
    return HttpResponseRedirect(f"{HERE}/{paper_id}")


@staff_only
@require_POST
def accept(request: PageRequest, paper_id: UUID) -> HttpResponse:
    """Take the best proposal for all that is open."""
    papers.accept_rest(actor=request.actor, paper_id=paper_id, now=now())
    return HttpResponseRedirect(f"{HERE}/{paper_id}")


@staff_only
@require_POST
def draft(request: PageRequest, paper_id: UUID) -> HttpResponse:
    """Make a service of the decisions; it goes on like one made of any schema."""
    title = clean(request.POST.get("name", ""))
    try:
        schema_id = papers.make_schema(
            actor=request.actor, paper_id=paper_id, title=title, now=now()
        )
    except FaultsError as wrong:
        view = papers.paper_form(request.actor, paper_id)
        return _overview(request, view, wrong.faults)
    key = preparing.begin_from_schema(actor=request.actor, schema_id=schema_id, now=now())
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}")


def _upload_page(
    request: PageRequest, told: dict[str, str], name: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "section": "studio",
        "begun": papers.papers_of_town(request.actor),
        "name": name,
        "errors": [{"href": f"#{place}", "text": text} for place, text in told.items()],
        "error_at": told,
    }
    return render(request, "studio/papers.html", context, status=status)


def _overview(request: PageRequest, view: PaperView, faults: tuple[Fault, ...]) -> HttpResponse:
    form, names = view.paper, papers.block_names(request.actor)
    outcome = outcome_of(form)
    stands = draft_faults(form) if not outcome.open else ()
    context = {
        "section": "studio",
        "view": view,
        "rows": [words.row(form, one, names) for one in form.questions],
        "done": outcome.on_paper - outcome.open,
        "count": outcome.on_paper,
        "first_open": form.open[0].number if form.open else 0,
        "facts": words.facts(outcome),
        "hints": [sentence(code) for code in hints(form)] if not outcome.open else [],
        "errors": [_error(view, fault) for fault in faults or stands],
    }
    return render(request, "studio/paper.html", context, status=422 if faults else 200)


def _error(view: PaperView, fault: Fault) -> dict[str, str]:
    href = f"{HERE}/{view.id}/frage/{fault.path}" if fault.path else "#fragen"
    return {"href": href, "text": sentence(fault.code, fault.params)}


def _question_page(
    request: PageRequest, view: PaperView, asked: Question, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    told = {_PLACES[fault.path]: sentence(fault.code, fault.params) for fault in faults}
    context: dict[str, Any] = {
        "section": "studio",
        "view": view,
        "question": asked,
        "count": len(view.paper.questions),
        "on_paper": words.shown_on_paper(asked),
        "findings": words.findings(asked),
        **_choices(request, view, asked),
        "later": _next(view, asked.number),
        "errors": [{"href": f"#{place}", "text": text} for place, text in told.items()],
        "error_at": told,
    }
    return render(request, "studio/paper_question.html", context, status=422 if faults else 200)


def _choices(request: PageRequest, view: PaperView, asked: Question) -> dict[str, Any]:
    """Return what can be chosen for a question, and what is chosen or was typed."""
    decision = view.paper.decision(asked.number)
    searched = request.GET.get("q", "").strip()[:200]
    found = blocks.search(request.actor, searched, limit=8) if searched else []
    typed = words.typed(asked, decision)
    if request.method == "POST":
        typed |= {name: request.POST.get(name, "") for name in typed}
    return {
        "options": words.options(asked, papers.block_names(request.actor), found, decision),
        "others": _others(view, asked),
        "kinds": [{"code": kind, "label": t(words.KINDS[kind])} for kind in ASKABLE],
        "needed": [{"code": code, "label": t(text)} for code, text in words.NEEDED.items()],
        "typed": typed,
        "decided": decision is not None,
        "searched": searched,
        "nothing": bool(searched and not found),
    }


def _others(view: PaperView, asked: Question) -> list[dict[str, str]]:
    return [
        {"code": str(one.number), "label": f"{one.number}. {one.text[:80]}"}
        for one in view.paper.questions
        if one.number != asked.number and one.text
    ]


def _next(view: PaperView, number: int) -> str:
    """Return the page of the next open question, after the last one the overview."""
    after = [one.number for one in view.paper.open if one.number > number]
    return f"{HERE}/{view.id}/frage/{after[0]}" if after else f"{HERE}/{view.id}"
