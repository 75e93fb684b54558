"""Pages for operation (Betrieb) and figures (Zahlen): what needs somebody, what is going on."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.notices import law
from gemeinwerk.apps.outbox import actions as outbox
from gemeinwerk.apps.outbox import queries as jobs
from gemeinwerk.apps.portfolio import queries
from gemeinwerk.core.access import Right, may
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only

LABELS = {
    "jobs_set_aside": "Aufträge, die nicht gelingen",
    "jobs_due": "Aufträge in der Warteschlange",
    "oldest_job_seconds": "Sekunden, die der älteste Auftrag wartet",
    "submissions_without_case": "Eingänge ohne Vorgang",
    "audit_entries_unlinked": "Protokolleinträge ohne Kettenglied",
    "files_unchecked": "Dateien, die noch nicht geprüft sind",
    "mails_unsent": "E-Mails, die nicht hinausgehen",
}


@staff_only
@require_safe
def alarms(request: PageRequest) -> HttpResponse:
    """/leitung/: alarms first, then what is well."""
    instant = now()
    found = queries.alarms(request.actor, instant)
    name, answers = queries.scanner_state()
    context = {
        "section": "alarms",
        "readings": [
            {"label": LABELS[each.key], "value": each.value, "alarm": each.alarm} for each in found
        ],
        "jobs": jobs.set_aside(request.actor),
        "chain": queries.chain_report(request.actor),
        "scanner": {"name": name, "answers": answers},
        "alarm_count": sum(each.alarm for each in found) + (not answers),
        "may_retry": may(request.actor, Right.RETRY_JOB),
        "law": law.law_of(request.here),
        "may_confirm": may(request.actor, Right.EDIT_TOWN),
        "at": instant,
    }
    return render(request, "steering/alarms.html", context)


@staff_only
@require_POST
def confirm_law(request: PageRequest) -> HttpResponse:
    """Note that the town has checked its remedies and periods."""
    law.confirm_law(actor=request.actor, now=now())
    return HttpResponseRedirect("/leitung/#recht")


@staff_only
@require_POST
def retry(request: PageRequest, job_id: UUID) -> HttpResponse:
    """Put a job that was set aside back into the queue."""
    outbox.retry(request.actor, job_id, now=now())
    return HttpResponseRedirect("/leitung/")


@staff_only
@require_safe
def figures(request: PageRequest) -> HttpResponse:
    """/leitung/zahlen: cases per state, small numbers held back."""
    context = {
        "section": "figures",
        "figures": [
            {"state": STATES.get(each.state, each.state), "count": each.count}
            for each in queries.figures(request.actor)
        ],
        "small": queries.SMALL,
        "at": now(),
    }
    return render(request, "steering/figures.html", context)


STATES = {
    "received": "Eingegangen",
    "in_progress": "In Bearbeitung",
    "awaiting_applicant": "Wartet auf Antwort",
    "hearing": "Anhörung läuft",
    "awaiting_second": "Wartet auf zweite Person",
    "decided": "Entschieden",
    "withdrawn": "Zurückgenommen",
    "transferred": "Abgegeben",
    "closed": "Abgeschlossen",
}
