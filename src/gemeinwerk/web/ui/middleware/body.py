"""Refuses huge bodies before any of it is read (S33), in the look of the town."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from gemeinwerk.web.ui.middleware.errors import error_page
from gemeinwerk.web.ui.request import Handler


class BodyLimit:
    """Stands behind town and session, which read no body, and before all that does."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if length.isascii() and length.isdigit() and len(length) < 12 and int(length) <= limit:
            return self.get_response(request)
        return error_page(request, "request.too_large", status=413)
