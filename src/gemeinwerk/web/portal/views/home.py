"""Finding a service: home, search, life situations, the page of a service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.applications import queries as applications
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.catalogue.models import Offer
from gemeinwerk.apps.catalogue.situations import LIFE_SITUATIONS
from gemeinwerk.core import packages
from gemeinwerk.core.kernel import NotFoundError
from gemeinwerk.web.portal import stages
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, today

MOST_USED = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search field, the life situations and the most used services."""
    page = cast(PageRequest, request)
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
            "offers": _cards(offers[:MOST_USED], page.language),
            "others": _cards(others, page.language),
            "dossiers": applications.own_dossiers(page.actor),
        },
    )


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer a search; without hits the life situations help on."""
    text = request.GET.get("q", "").strip()[:200]
    language = cast(PageRequest, request).language
    hits = _cards([hit.offer for hit in catalogue.search(text)], language) if text else []
    every = [] if hits else _cards(catalogue.live_offers(), language)
    return render(request, "portal/search.html", {"text": text, "hits": hits, "offers": every})


@require_safe
def life_situation(request: HttpRequest, key: str) -> HttpResponse:
    """List the services of a life situation."""
    if key not in LIFE_SITUATIONS:
        raise NotFoundError
    found = [offer for offer in catalogue.live_offers() if offer.life_situation == key]
    offers = _cards(found, cast(PageRequest, request).language)
    context = {"title": LIFE_SITUATIONS[key], "offers": offers}
    return render(request, "portal/life_situation.html", context)


@require_safe
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
            "content_language": stages.content_language(package, page.language),
        },
    )


def _cards(offers: Iterable[Offer], language: str) -> list[dict[str, str]]:
    """Return what a list shows of services: title and one sentence, in the page's language."""
    found = []
    for offer in offers:
        package = catalogue.package_of(catalogue.live_version_id(offer), language=language)
        title = package.texts.title or package.name
        found.append({"slug": offer.slug, "title": title, "summary": package.texts.summary})
    return found
