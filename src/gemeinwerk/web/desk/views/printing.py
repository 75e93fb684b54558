"""The print queue (Druckausgang): letters that go by post, opened, printed, marked as posted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.apps.notices import actions, queries
from gemeinwerk.apps.notices.queries import PrintRow
from gemeinwerk.core.kernel.text import read_date
from gemeinwerk.web.desk import posted, words
from gemeinwerk.web.desk.views.files import answer
from gemeinwerk.web.ui.formats import date_short, datetime_short
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence


@staff_only
@require_safe
def queue(request: PageRequest) -> HttpResponse:
    """/amt/druck: what waits, and below it what went out last."""
    return _page(request)


@staff_only
@require_safe
def letter(request: PageRequest, job_id: UUID) -> HttpResponse:
    """The letter as PDF."""
    job, case = queries.print_job(request.actor, job_id)
    opened = documents.open_file(request.actor, job.file_id, unit_id=case.unit_id, now=now())
    return answer(opened)


@staff_only
@require_POST
def printed(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Mark a letter as posted on a day; the period of the applicant is reckoned from it."""
    queries.print_job(request.actor, job_id)
    posted_on = read_date(posted.line(request, "tag", most=30))
    if posted_on is None or posted_on > today():
        text = sentence("print.day_wrong")
        errors = [{"href": f"#tag-{job_id}", "text": text}]
        return _page(request, status=422, errors=errors, wrong=str(job_id), wrong_text=text)
    actions.mark_printed(actor=request.actor, job_id=job_id, posted_on=posted_on, now=now())
    return HttpResponseRedirect("/amt/druck?getan=1")


def _page(request: PageRequest, *, status: int = 200, **more: object) -> HttpResponse:
    context = {
        "section": "inbox",
        "waiting": [_row(row) for row in queries.print_queue(request.actor)],
        "gone": [_row(row) for row in queries.print_queue(request.actor, printed=True)[:20]],
        "today": date_short(today()),
        "done": request.GET.get("getan") == "1",
        "errors": [],
        "wrong": "",
        "wrong_text": "",
        **more,
    }
    return render(request, "desk/print.html", context, status)


def _row(row: PrintRow) -> dict[str, str]:
    return {
        "id": str(row.id),
        "case": f"/amt/vorgang/{row.case_id}",
        "number": row.case_number,
        "service": row.service,
        "reason": words.PRINT_REASONS.get(row.reason, row.reason),
        "since": datetime_short(row.created_at),
        "printed": datetime_short(row.printed_at),
        "href": f"/amt/druck/{row.id}/brief",
    }
