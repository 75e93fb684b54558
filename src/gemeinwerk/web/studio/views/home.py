"""Start of the studio: services of the town, loaded schemas, packages that can be taken up."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.catalogue import drafts
from gemeinwerk.apps.library import queries as library
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import t

STATES = {
    "draft": ("Entwurf", "neutral"),
    "live": ("veröffentlicht", "success"),
    "retired": ("eingestellt", "warning"),
}


@staff_only
@require_safe
def home(request: PageRequest) -> HttpResponse:
    """/werkstatt/: what there is to work on."""
    rows = drafts.services(request.actor)
    known = {row.key for row in rows}
    return render(
        request,
        "studio/home.html",
        {
            "section": "studio",
            "services": [service_row(row) for row in rows],
            "schemas": library.schemas_of_town(request.actor),
            "code_lists": library.code_lists_of_town(request.actor),
            "packages": [row for row in library.shelf() if row.key not in known],
            "done": request.GET.get("geladen", "") == "1",
        },
    )


def service_row(row: drafts.ServiceRow) -> dict[str, object]:
    """Return what the list shows of a service."""
    label, kind = STATES[row.state]
    return {
        "key": row.key,
        "title": row.title,
        "state": t(label),
        "kind": kind,
        "number": row.number,
        "changed": row.changed_since and row.state != "draft",
    }
