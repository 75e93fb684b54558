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

# The document may do nothing and load nothing, and only our own pages may frame it. The built-in
# viewer for PDF refuses a sandboxed document, so a PDF gets the same policy without that word.
ALONE = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
SANDBOX = f"sandbox; {ALONE}"


@staff_only
@require_safe
def show(request: PageRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    """/amt/vorgang/<id>/datei/<id>: recorded as a read, every time (S14)."""
    case = queries.case_for(request.actor, case_id)
    if documents.subject_of(file_id) != case.id:
        raise NotFoundError
    opened = documents.open_file(request.actor, file_id, unit_id=case.unit_id, now=now())
    return answer(opened)


def answer(opened: documents.OpenedFile) -> HttpResponse:
    """Return the bytes of a file, inline for PDF, PNG and JPEG, else as a download."""
    inline = opened.media_type in INLINE
    response = HttpResponse(
        opened.data, content_type=opened.media_type if inline else "application/octet-stream"
    )
    way = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(opened.name)}"
    response["Content-Security-Policy"] = (
        ALONE if opened.media_type == "application/pdf" else SANDBOX
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response
