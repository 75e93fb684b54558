"""Code lists of a service: which are missing or differ in version, and loading them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.library import actions, queries
from gemeinwerk.apps.library.errors import FileOfSetRefusedError
from gemeinwerk.apps.library.report import ListState
from gemeinwerk.core.access import Right, require
from gemeinwerk.core.kernel import DomainError, NotFoundError
from gemeinwerk.core.schemas import UPLOAD_LIMIT
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: PageRequest, key: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/codelisten: see and load what the form chooses from."""
    view = drafts.service(request.actor, key)
    if view.schema_row is None:
        raise NotFoundError
    if request.method != "POST":
        return _show(request, view, "")
    require(request.actor, Right.LOAD_SCHEMA)
    files = [(file.name or "", file.read()) for file in request.FILES.getlist("dateien")]
    try:
        loaded = actions.load_lists(actor=request.actor, files=files, limit=UPLOAD_LIMIT, now=now())
    except FileOfSetRefusedError as refusal:
        told = sentence(refusal.cause.code, refusal.cause.params)
        return _show(request, view, f"{refusal.file}: {told}", status=422)
    except DomainError as refusal:
        if not refusal.code.startswith("library."):
            raise
        return _show(request, view, sentence(refusal.code, refusal.params), status=422)
    here = f"/werkstatt/leistung/{key}/codelisten"
    return HttpResponseRedirect(f"{here}?geladen={len(loaded.code_lists)}")


def _show(request: PageRequest, view: ServiceView, error: str, status: int = 200) -> HttpResponse:
    row = view.schema_row
    states = queries.list_states(request.actor, row.id) if row else ()
    rows = [_row(one) for one in states]
    number = request.GET.get("geladen", "")
    done = number if number.isascii() and number.isdigit() and len(number) < 4 else ""
    context = {
        "section": "studio",
        "view": view,
        "here": f"/werkstatt/leistung/{view.key}/codelisten",
        "rows": sorted(rows, key=lambda one: (one["loaded"], one["name"])),
        "missing": sum(not one.loaded for one in states),
        "errors": [{"href": "#dateien", "text": error}] if error else [],
        "error": error,
        "done": t("{count} Codelisten sind geladen.", count=done) if done else "",
    }
    return render(request, "studio/lists.html", context, status=status)


def _row(one: ListState) -> dict[str, Any]:
    told = t("geladen") if one.loaded else t("Liste fehlt")
    kind = "success" if one.loaded else "warning"
    if not one.loaded and one.held:
        told, kind = t("andere Fassung"), "danger"
    return {
        "name": one.name or one.uri,
        "uri": one.uri,
        "wanted": one.version or t("jede"),
        "held": ", ".join(version or t("ohne Nummer") for version in one.held) or "–",
        "loaded": one.loaded,
        "state": told,
        "kind": kind,
    }
