"""The page at the bare address: the towns of this installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps import ports
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.web.ui.render import render


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Let a visitor choose her town."""
    towns = [
        {
            "name": town.name,
            "kind": town.kind,
            "population": town.population,
            "claim": town.brand.get("claim", ""),
            "url": f"{ports.addresses().of_town(town.slug)}/",
        }
        for town in municipalities.all_towns()
    ]
    return render(request, "start.html", {"towns": towns})
