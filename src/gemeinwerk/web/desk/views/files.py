"""Opens one file of a case: beside the answers only what a browser shows safely (S42)."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.cases import queries
from gemeinwerk.apps.documents import queries as documents
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.desk.file import INLINE
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only

# The document may do nothing and load nothing, and only our own pages may frame it. Chromium's
# viewer for PDF shows a sandboxed document; whose browser does not takes the download beside it.
ALONE = "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"


@staff_only
@require_safe
def show(request: PageRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>/datei/<id>: recorded as a read, every time (S14)."""
    case = queries.case_for(request.actor, case_id)
    if documents.subject_of(file_id) != case.id:
        raise NotFoundError
    opened = documents.open_file(request.actor, file_id, unit_id=case.unit_id, now=now())
    return answer(opened, saved="speichern" in request.GET)


def answer(opened: documents.OpenedFile, *, saved: bool = False) -> HttpResponse:
    """Return the bytes of a file, inline for PDF, PNG and JPEG, else or if `saved` to save it."""
    inline = opened.media_type in INLINE and not saved
    response = HttpResponse(
        opened.data, content_type=opened.media_type if inline else "application/octet-stream"
    )
    way = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(opened.name)}"
    response["Content-Security-Policy"] = ALONE
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
