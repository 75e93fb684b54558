"""Schemas: upload, and the report on what became of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gemeinwerk.apps.catalogue import preparing
from gemeinwerk.apps.library import actions, queries
from gemeinwerk.apps.library.errors import FileOfSetRefusedError
from gemeinwerk.apps.library.report import SchemaReport
from gemeinwerk.core.kernel import DomainError
from gemeinwerk.core.schemas import UPLOAD_LIMIT, Finding
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

HEADINGS = {
    "error": ("Das verhindert ein Formular", "danger"),
    "warning": ("Das wirkt noch nicht", "warning"),
    "info": ("Gut zu wissen", "info"),
}
JUDGED = {
    "error": ("Fehler", "danger"),
    "warning": ("Warnungen", "warning"),
    "info": ("Hinweise", "info"),
}


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: PageRequest) -> HttpResponse:
    """/werkstatt/schema/laden: a schema with its code lists, or code lists alone."""
    if request.method != "POST":
        queries.schemas_of_town(request.actor)
        return _upload_page(request, [])
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("dateien")]
    try:
        loaded = actions.load_files(actor=request.actor, files=files, limit=UPLOAD_LIMIT, now=now())
    except FileOfSetRefusedError as refusal:
        told = sentence(refusal.cause.code, refusal.cause.params)
        return _upload_page(request, [f"{refusal.file}: {told}"], status=422)
    except DomainError as refusal:
        if not refusal.code.startswith("library."):
            raise
        return _upload_page(request, [sentence(refusal.code, refusal.params)], status=422)
    if loaded.schema is None:
        return HttpResponseRedirect("/werkstatt/?geladen=1#codelisten")
    return HttpResponseRedirect(f"/werkstatt/schema/{loaded.schema.schema_id}?neu=1")


@staff_only
@require_safe
def report(request: PageRequest, schema_id: UUID) -> HttpResponse:
    """/werkstatt/schema/<id>: what is usable, what is not, what is next."""
    made = queries.schema_report(request.actor, schema_id)
    context = {
        "section": "studio",
        "report": made,
        "facts": _facts(made),
        "groups": _groups(made),
        "new": request.GET.get("neu", "") == "1",
    }
    return render(request, "studio/schema.html", context)


@staff_only
@require_safe
def quality(request: PageRequest, schema_id: UUID) -> HttpResponse:
    """/werkstatt/schema/<id>/qualitaet: findings by severity, with their places."""
    name, number, found = queries.quality_of(request.actor, schema_id)
    counts = [
        {"label": t(title), "text": str(sum(one.severity == severity for one in found))}
        for severity, (title, _) in JUDGED.items()
    ]
    context = {
        "section": "studio",
        "schema_id": schema_id,
        "name": name,
        "number": number,
        "facts": counts,
        "groups": _grouped([(one.severity, one) for one in found], JUDGED),
    }
    return render(request, "studio/quality.html", context)


@staff_only
@require_POST
def begin(request: PageRequest, schema_id: UUID) -> HttpResponse:
    """Use the schema for the draft of its service."""
    key = preparing.begin_from_schema(actor=request.actor, schema_id=schema_id, now=now())
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}")


def _upload_page(request: PageRequest, told: list[str], status: int = 200) -> HttpResponse:
    errors = [{"href": "#dateien", "text": text} for text in told]
    context = {"section": "studio", "errors": errors, "error": " ".join(told)}
    return render(request, "studio/upload.html", context, status=status)


def _facts(made: SchemaReport) -> list[dict[str, str]]:
    loaded = sum(one.loaded for one in made.code_lists)
    lists = t("{loaded} von {all} geladen", loaded=loaded, all=len(made.code_lists))
    return [
        {"label": t("Seiten"), "text": str(made.pages)},
        {"label": t("Felder"), "text": str(made.fields)},
        {"label": t("Nachweise"), "text": str(made.evidence)},
        {"label": t("Codelisten"), "text": lists if made.code_lists else t("keine nötig")},
    ]


def _groups(made: SchemaReport) -> list[dict[str, object]]:
    """Return the findings of the report; places that say the same stand under one sentence."""
    told = [(severity, one) for severity, _, found in made.grouped() for one in found]
    return _grouped(told, HEADINGS)


def _grouped(
    told: Sequence[tuple[str, Finding]], headings: Mapping[str, tuple[str, str]]
) -> list[dict[str, object]]:
    groups: dict[str, dict[str, list[str]]] = {}
    for severity, finding in told:
        said = sentence(finding.code, finding.params)
        groups.setdefault(severity, {}).setdefault(said, []).append(finding.place)
    return [
        {
            "title": t(headings[severity][0]),
            "kind": headings[severity][1],
            "count": sum(len(places) for places in sentences.values()),
            "rows": [
                {"text": text, "places": [place for place in places if place]}
                for text, places in sentences.items()
            ],
        }
        for severity, sentences in groups.items()
    ]
