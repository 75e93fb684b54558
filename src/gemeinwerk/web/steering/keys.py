"""Pages of API keys (API-Schlüssel): who may send applications, add one, end one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.identity import partners
from gemeinwerk.apps.identity.partners import EVERY_SERVICE, LONGEST, KeyRow
from gemeinwerk.web.steering import fields
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

HERE = "/leitung/schluessel"
USUAL_DAYS = 365


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: PageRequest) -> HttpResponse:
    """/leitung/schluessel: all keys and a form for a new one; its text is shown once."""
    if request.method != "POST":
        return _page(request)
    known = {code for code, _ in _services()}
    try:
        row, text = partners.add_key(
            actor=request.actor,
            name=fields.line(request, "name", 80),
            services=[slug for slug in request.POST.getlist("leistungen") if slug in known],
            expires_at=now() + timedelta(days=_days(request)),
            now=now(),
        )
    except partners.KeySettingsError as wrong:
        return _page(request, sentence(wrong.code, wrong.params))
    context = {"section": "keys", "name": row.name, "key": text, "until": row.expires_at}
    answer = render(request, "steering/key.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@staff_only
@require_POST
def revoke(request: PageRequest, key_id: UUID) -> HttpResponse:
    """End a key at once."""
    partners.revoke_key(actor=request.actor, key_id=key_id, now=now())
    return HttpResponseRedirect(HERE)


def _days(request: PageRequest) -> int:
    """Return for how long the key shall be good; 0 (refused) for what is no number."""
    typed = fields.line(request, "tage", 5)
    return int(typed) if typed.isascii() and typed.isdigit() else 0


def _services() -> list[tuple[str, str]]:
    offers = [(offer.slug, offer.title) for offer in catalogue.live_offers()]
    return [(EVERY_SERVICE, t("alle Leistungen, auch künftige")), *offers]


def _page(request: PageRequest, wrong: str = "") -> HttpResponse:
    rows = partners.keys(request.actor)
    titles = dict(_services())
    context = {
        "section": "keys",
        "rows": [_shown(row, titles) for row in rows],
        "services": [{"code": code, "label": title} for code, title in titles.items()],
        "name": fields.line(request, "name", 80),
        "chosen": request.POST.getlist("leistungen"),
        "days": fields.line(request, "tage", 5) or str(USUAL_DAYS),
        "longest": LONGEST.days,
        "errors": [{"href": "#name", "text": wrong}] if wrong else [],
    }
    return render(request, "steering/keys.html", context, status=422 if wrong else 200)


def _shown(row: KeyRow, titles: dict[str, str]) -> dict[str, Any]:
    ended = row.revoked_at is not None
    if ended:
        state, kind = t("beendet"), "neutral"
    elif row.expires_at <= now():
        state, kind = t("abgelaufen"), "warning"
    else:
        state, kind = t("gilt"), "success"
    return {
        "id": row.id,
        "name": row.name,
        "hint": row.hint,
        "services": ", ".join(titles.get(slug, slug) for slug in row.services),
        "expires_at": row.expires_at,
        "state": state,
        "kind": kind,
        "ended": ended,
    }
