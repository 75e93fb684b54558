"""What a town offers, for machines; everybody may read it."""

from __future__ import annotations

import json
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.core.forms import Form, exports
from gemeinwerk.web.ui.request import PageRequest

ROOT = "/api/v1"


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """/services: every published service with the addresses of its documents."""
    page = cast(PageRequest, request)
    root = page.build_absolute_uri(ROOT)
    found = [
        {
            "slug": offer.slug,
            "title": offer.title,
            "version": _form(offer.slug).version,
            "schema": f"{root}/services/{offer.slug}/schema.json",
            "openapi": f"{root}/services/{offer.slug}/openapi.json",
            "applications": f"{root}/services/{offer.slug}/applications",
        }
        for offer in catalogue.live_offers()
    ]
    return _json({"municipality": page.here.key, "name": page.here.name, "services": found})


@require_safe
def schema(request: HttpRequest, slug: str) -> HttpResponse:
    """/services/<slug>/schema.json: JSON Schema of an application."""
    return _json(exports.json_schema(_form(slug)), "application/schema+json")


@require_safe
def message_schema(request: HttpRequest, slug: str) -> HttpResponse:
    """/services/<slug>/schema.xsd: XML Schema of the data message."""
    return HttpResponse(exports.xml_schema(_form(slug)), content_type="application/xml")


@require_safe
def description(request: HttpRequest, slug: str) -> HttpResponse:
    """/services/<slug>/openapi.json: how to send an application."""
    server = request.build_absolute_uri(ROOT)
    title = catalogue.offer_by_slug(slug).title
    return _json(exports.openapi(_form(slug), slug=slug, server=server, title=title))


def _form(slug: str) -> Form:
    offer = catalogue.offer_by_slug(slug)
    return catalogue.package_of(catalogue.live_version_id(offer)).form


def _json(document: dict[str, Any], media_type: str = "application/json") -> HttpResponse:
    text = json.dumps(document, ensure_ascii=False)
    return HttpResponse(text, content_type=media_type)
