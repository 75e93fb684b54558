"""Refusals for machines (RFC 9457): codes and sentences of the pages, with JSON pointers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from django.http import HttpRequest, HttpResponse

from gemeinwerk.core.kernel import Fault
from gemeinwerk.web.ui.wording import sentence

PREFIX = "/api/"


def wants_problem(request: HttpRequest) -> bool:
    """Tell whether a machine asks, which reads no pages."""
    return request.path.startswith(PREFIX)


def problem(
    status: int,
    code: str,
    params: Mapping[str, object] | None = None,
    faults: Iterable[tuple[str, Fault]] = (),
) -> HttpResponse:
    """Return the answer; `faults` are pairs of JSON pointer and fault."""
    told: dict[str, object] = {
        "type": f"urn:gemeinwerk:problem:{code}",
        "title": sentence(code, params),
        "status": status,
        "code": code,
    }
    errors = [
        {"pointer": pointer, "code": one.code, "detail": sentence(one.code, one.params)}
        for pointer, one in faults
    ]
    if errors:
        told["errors"] = errors
    text = json.dumps(told, ensure_ascii=False)
    return HttpResponse(text, content_type="application/problem+json", status=status)
