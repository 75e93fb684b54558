"""From template to answer: minijinja with escaping always on and undefined names refused.

Templates see, besides what a view gives: `town`, `staff`, `language`, `theme`, `demo`, `path`,
`csrf_token`, `brand_url`; and the functions `t`, `sentence`, `static`, `csrf_field`, `date_de`,
`date_short`, `weekday`, `datetime_de`, `datetime_short`, `money`, `number`, `size`, `question`,
`page_errors` (the formats are filters, too). Middleware fills `request.page`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from minijinja import Environment, escape, safe

from gemeinwerk.web.ui import (
    brand,
    formats,
    language,
    questions,
    remembered,
    static_files,
    wording,
)

WEB = Path(__file__).parents[1]
TEMPLATE_FOLDERS: list[Path] = [
    WEB / audience / "templates" for audience in ("ui", "portal", "desk", "studio", "steering")
]
"""Searched in this order; the roof may append its own (demo pages) before the first page."""


class _Token:
    """The CSRF token, made only when a template asks: making it sets a cookie."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._text = ""

    def __str__(self) -> str:
        self._text = self._text or get_token(self._request)
        return self._text


_token: ContextVar[_Token] = ContextVar("token")


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page; `context` wins over `request.page`, which wins over the defaults."""
    return HttpResponse(render_to_string(request, template, context), status=status)


def render_to_string(
    request: HttpRequest, template: str, context: Mapping[str, object] | None = None
) -> str:
    """Return the HTML of a page or of a part of one (for htmx)."""
    full: dict[str, Any] = {**_defaults(request), **getattr(request, "page", {}), **(context or {})}
    full["brand_url"] = _brand_url(full["town"])
    token = _token.set(full["csrf_token"])
    try:
        with language.spoken(full["language"]):
            return environment().render_template(template, **full)
    finally:
        _token.reset(token)


@cache
def environment() -> Environment:
    """Return the one environment; templates are read once per process."""
    functions: dict[str, Callable[..., object]] = {
        "t": wording.t,
        "sentence": wording.sentence,
        "static": static_files.static,
        "csrf_field": csrf_field,
        "question": questions.question,
        "page_errors": questions.page_errors,
        "remembered": remembered.remembered,
        "blank": remembered.blank,
        "remember": remembered.remember,
        **_FORMATS,
    }
    return Environment(
        loader=_load,
        filters=_FORMATS,
        globals={**functions, "crests": brand.CRESTS},
        undefined_behavior="strict",
        auto_escape_callback=lambda name: "html",
        trim_blocks=True,
        lstrip_blocks=True,
        debug=False,  # a debug message would print the values of the page: answers of people
    )


def csrf_field() -> str:
    """Return the hidden input that every form with POST carries."""
    token = escape(str(_token.get()))
    return safe(f'<input type="hidden" name="csrfmiddlewaretoken" value="{token}">')


_FORMATS: dict[str, Callable[..., object]] = {
    "date_de": formats.date_de,
    "date_short": formats.date_short,
    "weekday": formats.weekday,
    "datetime_de": formats.datetime_de,
    "datetime_short": formats.datetime_short,
    "money": formats.money,
    "number": formats.number,
    "size": formats.size,
}


def _defaults(request: HttpRequest) -> dict[str, object]:
    return {
        "town": None,
        "staff": None,
        "language": "de",
        "theme": "",
        "demo": False,
        "path": request.path,
        "csrf_token": _Token(request),
    }


def _brand_url(town: object) -> str:
    """Return the address of the town's stylesheet; its version changes with the colours."""
    look = json.dumps(brand.brand_of(town), sort_keys=True, default=str) + static_files.digest()
    return f"/marke.css?v={hashlib.sha256(look.encode()).hexdigest()[:10]}"


def _load(name: str) -> str | None:
    for folder in TEMPLATE_FOLDERS:
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and path.is_file():
            return path.read_text("utf-8")
    return None
