"""Asking the applicant (Nachforderung, Anhörung): what, in which words, until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from gemeinwerk.apps.applications import queries as submissions
from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.cases.errors import DueDayError, FreeDayError
from gemeinwerk.apps.cases.models import Case
from gemeinwerk.core.access import Right
from gemeinwerk.core.kernel.text import read_date
from gemeinwerk.web.desk import posted
from gemeinwerk.web.desk.file import head
from gemeinwerk.web.desk.views.case import back, following, shelf_of
from gemeinwerk.web.ui.formats import date_short, weekday
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence

FORM = require_http_methods(["GET", "HEAD", "POST"])
DOCUMENTS = (
    "Guten Tag,\n\n"
    "wir bearbeiten Ihren Antrag „{service}“. Dafür brauchen wir noch Unterlagen von Ihnen.\n\n"
    "Laden Sie sie bis {due} auf Ihrer Statusseite hoch. Danach bearbeiten wir Ihren Antrag "
    "gleich weiter. Wenn Sie mehr Zeit brauchen, schreiben Sie uns dort."
)
HEARING = (
    "Guten Tag,\n\n"
    "nach dem, was uns vorliegt, wollen wir Ihren Antrag „{service}“ nicht oder nicht ganz "
    "bewilligen. Das sind die Gründe:\n\n"
    "…\n\n"
    "Bevor wir entscheiden, können Sie sich bis {due} dazu äußern (§ 28 VwVfG). Schreiben Sie uns "
    "auf Ihrer Statusseite, was wir bedenken sollen. Wenn wir nichts hören, entscheiden wir nach "
    "der Aktenlage."
)


@dataclass(slots=True)
class Asked:
    """What was typed on the page, and what is wrong with it by field."""

    keys: list[str]
    more: str
    text: str
    due: str
    due_on: date | None = None
    faults: dict[str, str] = field(default_factory=dict)

    def wanted(self, labels: dict[str, str]) -> list[tuple[str, str]]:
        """Return (key, label) of what is chosen and of what was written, one per line."""
        free = [line.strip()[:200] for line in self.more.splitlines() if line.strip()]
        chosen = [(key, labels[key]) for key in self.keys if key in labels]
        return [*chosen, *(("", line) for line in free[:20])]


@staff_only
@FORM
def documents(request: PageRequest, case_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>/unterlagen: ask for everything that is missing, at once (R12)."""
    case = _opened(request, case_id)
    labels, missing = _evidence(request, case)
    extra = {"kind": "documents", "labels": [{"code": k, "label": v} for k, v in labels.items()]}
    if request.method != "POST":
        return _page(request, case, _proposed(case, DOCUMENTS, missing), extra)
    asked = _read(request)
    wanted = asked.wanted(labels)
    if not wanted:
        asked.faults["unterlagen"] = sentence("case.nothing_requested")
    ask = partial(
        actions.ask_for_documents,
        actor=request.actor,
        case_id=case_id,
        wanted=wanted,
        text=asked.text,
        today=today(),
        now=now(),
    )
    return _send(request, case, asked, extra, lambda due_on: ask(due_on=due_on))


@staff_only
@FORM
def hearing(request: PageRequest, case_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>/anhoerung: let the person comment before a burdening decision (R14)."""
    case = _opened(request, case_id)
    extra: dict[str, Any] = {"kind": "hearing", "labels": []}
    if request.method != "POST":
        return _page(request, case, _proposed(case, HEARING, []), extra)
    asked = _read(request)
    if "…" in asked.text:
        asked.faults["text"] = sentence("case.hearing_without_reasons")
    return _send(
        request,
        case,
        asked,
        extra,
        lambda due_on: actions.open_hearing(
            actor=request.actor,
            case_id=case_id,
            text=asked.text,
            due_on=due_on,
            today=today(),
            now=now(),
        ),
    )


def _opened(request: PageRequest, case_id: UUID) -> Case:
    """Return the case for who may ask; looking at the page is a recorded read."""
    if request.method == "POST":
        return queries.case_for(request.actor, case_id, right=Right.REQUEST_DOCUMENTS)
    queries.case_for(request.actor, case_id, right=Right.REQUEST_DOCUMENTS)
    return actions.see(actor=request.actor, case_id=case_id, now=now())


def _evidence(request: PageRequest, case: Case) -> tuple[dict[str, str], list[str]]:
    """Return the labels of all evidence of the service, and the keys that are missing here."""
    view = submissions.submission_for(request.actor, case.id, unit_id=case.unit_id)
    labels = {spec.key: spec.label for spec in view.package.form.evidence}
    missing = [one.key for one in submissions.missing_evidence(case.id, view.content)]
    return labels, missing


def _proposed(case: Case, template: str, keys: list[str]) -> Asked:
    due_on = actions.usual_due_on(today())
    text = template.format(service=case.service_title, due=weekday(due_on))
    return Asked(keys, "", text, date_short(due_on))


def _read(request: PageRequest) -> Asked:
    asked = Asked(
        keys=[str(key) for key in request.POST.getlist("unterlagen")],
        more=posted.text(request, "weitere", most=4000),
        text=posted.text(request, "text"),
        due=posted.line(request, "frist", most=30),
    )
    asked.due_on = read_date(asked.due)
    if asked.due_on is None:
        asked.faults["frist"] = sentence("case.due_day_unreadable")
    if not asked.text:
        asked.faults["text"] = sentence("case.nothing_to_say")
    return asked


def _send(
    request: PageRequest,
    case: Case,
    asked: Asked,
    extra: dict[str, Any],
    send: Callable[[date], object],
) -> HttpResponse:
    then = following(request, case)
    if asked.faults or asked.due_on is None:
        return _page(request, case, asked, extra, status=422)
    try:
        send(asked.due_on)
    except (DueDayError, FreeDayError) as wrong:
        asked.faults["frist"] = sentence(wrong.code, wrong.params)
        return _page(request, case, asked, extra, status=422)
    done = "angehoert" if extra["kind"] == "hearing" else "angefordert"
    return back(request, case.id, done, then)


def _page(
    request: PageRequest, case: Case, asked: Asked, extra: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {
        **head(case, request.actor),
        **extra,
        "shelf": shelf_of(request),
        "asked": asked,
        "errors": [{"href": f"#{name}", "text": text} for name, text in asked.faults.items()],
        "error_at": asked.faults,
        "mine": case.assignee_id == request.actor.staff_id,
    }
    return render(request, "desk/ask.html", context, status)
