"""Files that leave for a person's own device (S42): never shown in place, never run."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def attachment(name: str, media_type: str, data: bytes) -> HttpResponse:
    """Answer with bytes to be saved under a name; the kind is told, nothing is sniffed."""
    response = HttpResponse(data, content_type=media_type or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    return response
