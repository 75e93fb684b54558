"""The preview: a form tried out page by page exactly as people see it; nothing is stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.library import queries as library
from gemeinwerk.apps.library.report import PlacedRule
from gemeinwerk.core.forms import Answers, CompiledForm, PageReading
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.core.packages import Package
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence

FORM = require_http_methods(["GET", "HEAD", "POST"])
MOST_ANSWERS = 5000
CARRIED = "_answers"


@dataclass(frozen=True, slots=True)
class Trial:
    """A form on trial: where its pages are, where it came from, what cannot act yet."""

    package: Package
    form: CompiledForm
    here: str
    back: str
    rules: Sequence[PlacedRule] = ()


@staff_only
@require_safe
def of_schema_start(request: PageRequest, schema_id: UUID) -> HttpResponse:
    """/werkstatt/schema/<id>/vorschau: go to the first page."""
    return _first(_of_schema(request, schema_id))


@staff_only
@FORM
def of_schema(request: PageRequest, schema_id: UUID, page_id: str) -> HttpResponse:
    """/werkstatt/schema/<id>/vorschau/<page>: one page."""
    return _page(request, _of_schema(request, schema_id), page_id)


@staff_only
@require_safe
def of_service_start(request: PageRequest, key: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/vorschau: go to the first page."""
    return _first(_of_service(request, key))


@staff_only
@FORM
def of_service(request: PageRequest, key: str, page_id: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/vorschau/<page>: one page."""
    return _page(request, _of_service(request, key), page_id)


def _of_schema(request: PageRequest, schema_id: UUID) -> Trial:
    report = library.schema_report(request.actor, schema_id)
    form = catalogue.preview_form(report.package, on=today())
    here = f"/werkstatt/schema/{schema_id}"
    return Trial(report.package, form, f"{here}/vorschau", here, report.rules)


def _of_service(request: PageRequest, key: str) -> Trial:
    view = drafts.service(request.actor, key)
    form = catalogue.preview_form(view.package, on=today())
    here = f"/werkstatt/leistung/{key}"
    rules = [PlacedRule(one.owner, one.rule) for one in view.open_rules]
    return Trial(view.package, form, f"{here}/vorschau", here, rules)


def _first(trial: Trial) -> HttpResponse:
    route = trial.form.route({}, today=today())
    return HttpResponseRedirect(f"{trial.here}/{route[0]}" if route else trial.back)


def _page(request: PageRequest, trial: Trial, page_id: str) -> HttpResponse:
    """Show a page, or check what was typed and go on; answers travel in the page itself."""
    answers = _carried(request.POST.get(CARRIED, ""))
    if page_id not in trial.form.route(answers, today=today()):
        raise NotFoundError
    if request.method != "POST":
        return _show(request, trial, page_id, answers)
    posted = {name: request.POST.getlist(name) for name in request.POST if name != CARRIED}
    reading = trial.form.read_page(page_id, posted, answers, today=today())
    if reading.go is not None or "_add" in posted or "_remove" in posted or reading.faults:
        return _show(request, trial, page_id, reading.answers, reading)
    route = trial.form.route(reading.answers, today=today())
    following = route[route.index(page_id) + 1 :]
    if following:
        return _show(request, trial, following[0], reading.answers)
    return _end(request, trial, reading.answers)


def _show(
    request: PageRequest,
    trial: Trial,
    page_id: str,
    answers: Answers,
    reading: PageReading | None = None,
) -> HttpResponse:
    route = trial.form.route(answers, today=today())
    seen = reading or PageReading(answers, {}, ())
    tops = {node.id for page in trial.form.form.pages if page.id == page_id for node in page.nodes}
    context = {
        **_context(trial, answers),
        "view": trial.form.page_view(
            page_id, answers, today=today(), raw=seen.raw, faults=seen.faults, entry=seen.opened
        ),
        "action": f"{trial.here}/{page_id}",
        "number": route.index(page_id) + 1,
        "of": len(route),
        "notes": _notes(trial, page_id, tops),
        "rules": _rules(trial, tops),
    }
    return render(request, "studio/preview.html", context, 422 if seen.faults else 200)


def _rules(trial: Trial, tops: set[str]) -> list[dict[str, str]]:
    """Return the rules in prose that belong to a page."""
    return [
        {"name": placed.rule.name, "text": placed.rule.text}
        for placed in trial.rules
        if placed.place.split(".")[0] in tops or not placed.place
    ]


def _notes(trial: Trial, page_id: str, tops: set[str]) -> list[dict[str, str]]:
    """Return what is odd about this page: parts nobody can reach, patterns that were tolerated."""
    labels = trial.form.labels
    return [
        {"label": labels.get(note.path, note.path), "text": sentence(note.code, note.params)}
        for note in trial.form.notes
        if note.path == page_id or note.path.split(".")[0] in tops
    ]


def _end(request: PageRequest, trial: Trial, answers: Answers) -> HttpResponse:
    """Show what the check page would show."""
    specs = trial.form.evidence(answers, today=today())
    context = {
        **_context(trial, answers),
        "answer_sections": trial.form.rows(answers, today=today()),
        "evidence": [{"label": one.label, "required": one.required} for one in specs],
        "declaration": trial.package.texts.declaration,
    }
    return render(request, "studio/preview_end.html", context)


def _context(trial: Trial, answers: Answers) -> dict[str, object]:
    pages = {page.id: page.title for page in trial.form.form.pages}
    return {
        "section": "studio",
        "wide": False,
        "title": trial.package.name,
        "back": trial.back,
        "carried": json.dumps(answers, ensure_ascii=False),
        "pages": [
            {"href": f"{trial.here}/{page_id}", "title": pages[page_id]}
            for page_id in trial.form.route(answers, today=today())
        ],
    }


def _carried(text: str) -> Answers:
    """Return the answers of earlier pages; whatever is not answers counts as none."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict) or len(found) > MOST_ANSWERS:
        return {}
    return {key: value for key, value in found.items() if isinstance(value, str)}
