"""Page of the audit chain (Protokoll) for operators; each look at it is recorded as well."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.apps.audit import actions, queries
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.web.ui.deeds import actor, deed, right
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now
from gemeinwerk.web.ui.staff import staff_only

FIELDS = ("vorgang", "person", "was", "von", "bis")


@staff_only
@require_safe
def record(request: PageRequest) -> HttpResponse:
    """/leitung/protokoll: entries, newest first, narrowed by the fields above the list."""
    typed = {name: request.GET.get(name, "").strip()[:80] for name in FIELDS}
    page = actions.look(request.actor, _filter(typed, request.GET.get("vor", "")), now=now())
    known = {entry.actor_id for entry in page.entries if entry.actor_id}
    more = {**typed, "vor": str(page.more)} if page.more else {}
    context = {
        "section": "audit",
        "typed": typed,
        "verbs": sorted(
            ({"code": verb, "label": deed(verb)} for verb in queries.verbs(request.actor)),
            key=lambda one: one["label"],
        ),
        "people": municipalities.staff_members(),
        "entries": page.entries,
        "actor": actor,
        "deed": deed,
        "right": right,
        "names": {str(key): name for key, name in municipalities.staff_names(known).items()},
        "more": f"/leitung/protokoll?{urlencode(more)}" if more else "",
    }
    return render(request, "steering/record.html", context)


def _filter(typed: dict[str, str], before: str) -> queries.Filter:
    return queries.Filter(
        verb="".join(sign for sign in typed["was"] if sign.isprintable()),
        actor_id=_id(typed["person"]),
        subject=_id(typed["vorgang"]),
        from_on=_day(typed["von"]),
        until_on=_day(typed["bis"]),
        before=_id(before),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    """Read TT.MM.JJJJ or an ISO day; what is neither does not narrow."""
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  # only the day counts
        except ValueError:
            continue
        return day if 2000 <= day.year < 2100 else None
    return None
