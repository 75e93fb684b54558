"""The inbox (Eingang): shelves with exact numbers, narrowed, page by page; and the search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.cases import actions, queries
from gemeinwerk.apps.catalogue import queries as catalogue
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.access import Right, require
from gemeinwerk.web.desk import posted, rows, words
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only

FIRST = "unread"


@staff_only
@require_safe
def inbox(request: PageRequest) -> HttpResponse:
    """/amt/: one page of a shelf; `fach`, `einheit`, `leistung` and `seite` choose it."""
    narrowing = _narrowing(request)
    number = request.GET.get("seite", "1")
    page = actions.look(
        actor=request.actor,
        shelf=request.GET.get("fach", FIRST),
        today=today(),
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
        narrowing=narrowing,
        now=now(),
    )
    context = {
        **_list_context(request, page.rows, page.shelf),
        **_filters(request, narrowing),
        "views": _views(request, page),
        "shelf": page.shelf,
        "shelf_name": words.SHELVES[page.shelf][0],
        "empty": words.SHELVES[page.shelf][1],
        "page_info": {"number": page.number, "pages": page.pages, "total": page.total},
        "page_url": _url(request, fach=page.shelf, seite="{page}"),
    }
    return render(request, "desk/inbox.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PageRequest) -> HttpResponse:
    """/amt/suche: by case number, name or plate; posted, for names stand in no address (S53)."""
    require(request.actor, Right.SEE_INBOX)
    words_typed = posted.line(request, "q", most=120)
    searched = request.method == "POST" and bool(words_typed)
    found = actions.find(actor=request.actor, text=words_typed, now=now()) if searched else []
    context = {
        **_list_context(request, found, "open"),
        "query": words_typed,
        "searched": searched,
    }
    return render(request, "desk/search.html", context)


def _narrowing(request: PageRequest) -> queries.Narrowing:
    try:
        unit_id = UUID(request.GET.get("einheit", ""))
    except ValueError:
        unit_id = None
    service = "".join(sign for sign in request.GET.get("leistung", "") if sign.isprintable())
    return queries.Narrowing(unit_id, service[:80])


def _list_context(
    request: PageRequest, cases: list[queries.CaseLine], shelf: str
) -> dict[str, Any]:
    own = request.actor.staff_id
    present = queries.present([case.id for case in cases], but=own, now=now())
    people = {one for staff in present.values() for one in staff}
    people |= {case.assignee_id for case in cases if case.assignee_id not in (None, own)}
    names = municipalities.staff_names(people)
    here = {
        case_id: ", ".join(names.get(one, "") for one in staff)
        for case_id, staff in present.items()
    }
    return {
        "section": "inbox",
        "columns": rows.COLUMNS,
        "rows": rows.rows(cases, here, names, shelf=shelf, today=today(), own=own),
    }


def _filters(request: PageRequest, narrowing: queries.Narrowing) -> dict[str, Any]:
    own = request.actor.unit_ids
    return {
        "units": [
            {"code": str(unit.id), "label": unit.name}
            for unit in (municipalities.units() if len(own) > 1 else ())
            if unit.id in own
        ],
        "services": [
            {"code": key, "label": title} for key, title in catalogue.titles_of_units(own)
        ],
        "unit": str(narrowing.unit_id or ""),
        "service": narrowing.service_key,
        "narrowed": bool(narrowing.unit_id or narrowing.service_key),
    }


def _views(request: PageRequest, page: queries.InboxPage) -> list[dict[str, Any]]:
    return [
        {
            "label": name,
            "href": _url(request, fach=shelf),
            "count": page.counts[shelf],
            "current": shelf == page.shelf,
        }
        for shelf, (name, _) in words.SHELVES.items()
    ]


def _url(request: PageRequest, **more: str) -> str:
    kept = {name: request.GET[name] for name in ("einheit", "leistung") if request.GET.get(name)}
    return "/amt/?" + urlencode({**more, **kept}, safe="{}")
