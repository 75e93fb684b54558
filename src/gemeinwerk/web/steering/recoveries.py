"""Pages of lost second factors: who asks, and the release by a second person (S20)."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from gemeinwerk.apps.identity import recovery
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only


@staff_only
@require_safe
def waiting(request: PageRequest) -> HttpResponse:
    """/leitung/wiederherstellung: open requests."""
    rows = recovery.waiting(request.actor, now=now())
    return render(request, "steering/recoveries.html", {"section": "recoveries", "rows": rows})


@staff_only
@require_POST
def release(request: PageRequest, recovery_id: UUID) -> HttpResponse:
    """Release a request; the enrolment code is shown once."""
    code = recovery.release(request.actor, recovery_id, now=now())
    context = {"section": "recoveries", "name": "", "code": code}
    return render(request, "steering/code.html", context)
