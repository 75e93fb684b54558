"""Finding a service: home, search, life situations, the page of a service."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.core import packages
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.portal import stages
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, today

LIFE_SITUATIONS = {
    "moving": "Umziehen und wohnen",
    "mobility": "Auto und Verkehr",
    "animals": "Tiere",
    "family": "Familie und Kinder",
    "business": "Gewerbe und Veranstaltungen",
    "documents": "Ausweise und Urkunden",
}
OTHER = "Weitere Leistungen"


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the search field, the life situations and the most used services."""
    offers = catalogue.live_offers()
    situations = [
        {"key": key, "title": title, "count": count}
        for key, title in LIFE_SITUATIONS.items()
        if (count := sum(offer.life_situation == key for offer in offers))
    ]
    others = [offer for offer in offers if offer.life_situation not in LIFE_SITUATIONS]
    return render(
        request,
        "portal/home.html",
        {
            "situations": situations,
            "offers": [_card(offer) for offer in offers[:5]],
            "others": [_card(offer) for offer in others],
            "dossiers": stages.own_dossiers(cast(PageRequest, request)),
        },
    )


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search; without hits the life situations help on."""
    text = request.GET.get("q", "").strip()[:200]
    hits = [_card(hit.offer) for hit in catalogue.search(text)] if text else []
    return render(
        request,
        "portal/search.html",
        {"text": text, "hits": hits, "offers": [_card(o) for o in catalogue.live_offers()]},
    )


@require_GET
def life_situation(request: HttpRequest, key: str) -> HttpResponse:
    """List the services of a life situation."""
    if key not in LIFE_SITUATIONS:
        raise NotFoundError
    offers = [_card(o) for o in catalogue.live_offers() if o.life_situation == key]
    return render(
        request, "portal/life_situation.html", {"title": LIFE_SITUATIONS[key], "offers": offers}
    )


@require_GET
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell what a service costs, needs and takes, with the one button to begin."""
    page = cast(PageRequest, request)
    offer = catalogue.offer_by_slug(slug)
    version_id = catalogue.live_version_id(offer)
    package = catalogue.package_of(version_id, language=page.language)
    parameters = catalogue.parameters_of(package, on=today())
    return render(
        request,
        "portal/service.html",
        {
            "offer": {"slug": offer.slug, "title": package.texts.title or package.name},
            "texts": packages.filled_texts(package, parameters),
            "package": stages.facts_of(package),
        },
    )


def _card(offer: object) -> dict[str, str]:
    return {
        "slug": str(getattr(offer, "slug", "")),
        "title": str(getattr(offer, "title", "")),
    }
