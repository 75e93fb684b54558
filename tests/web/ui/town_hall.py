"""A tiny town hall for tests of the parts: the gallery, its static files and a strict CSP."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gemeinwerk.web.ui import brand, preferences, static_files
from gemeinwerk.web.ui.gallery import gallery

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; form-action 'self'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
TOWN: dict[str, object] = {
    "name": "Musterlingen",
    "slug": "musterlingen",
    "brand": {"colour": "#0b6e4f", "crest": "linde"},
}
TOWN["contact"] = {"street": "Am Markt 1", "postcode": "99999", "city": "Musterlingen"}


class TownHall:
    """Middleware that fills `request.page` and sends the headers of production."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.page = {"town": TOWN, "demo": True, **preferences.preferences(request)}
        answer = self.get_response(request)
        answer["Content-Security-Policy"] = CSP
        return answer


urlpatterns = [
    path("demo/bausteine", gallery),
    path("marke.css", brand.brand_stylesheet),
    path("sprache/<str:code>", preferences.choose_language),
    path("darstellung/<str:name>", preferences.choose_theme),
    path("static/<str:version>/<path:name>", static_files.serve),
]
