"""One service: what is missing, what is live, what its author says about it; publish, retire."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from gemeinwerk.apps.catalogue import actions, drafts, preparing
from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.catalogue.errors import ChangedMeanwhileError
from gemeinwerk.apps.catalogue.situations import LIFE_SITUATIONS
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.kernel import Fault, FaultsError, NotFoundError
from gemeinwerk.core.schemas import gather_code_lists
from gemeinwerk.web.studio import details, gaps
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

TEMPLATE = "studio/service.html"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: PageRequest, key: str) -> HttpResponse:
    """/werkstatt/leistung/<key>: see and fill in what is missing."""
    view = drafts.service(request.actor, key)
    if request.method != "POST":
        return _show(request, view, None)
    whole = view.source == "schema"
    entered = details.read(request.POST.dict(), _unit_ids(), whole=whole)
    if entered.faults:
        return _show(request, view, entered, status=422)
    try:
        preparing.save_draft(
            actor=request.actor,
            key=key,
            additions=entered.additions,
            unit_id=entered.unit_id,
            revision=entered.revision,
            fee=entered.fee,
            now=now(),
        )
    except ChangedMeanwhileError as refusal:
        entered.faults.append(Fault("", refusal.code))
        return _show(request, view, entered, status=409)
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}?gespeichert=1")


@staff_only
@require_POST
def publish(request: PageRequest, key: str) -> HttpResponse:
    """Publish the draft; every open point is told at once."""
    try:
        preparing.publish_draft(
            actor=request.actor,
            key=key,
            now=now(),
            rules_left_open=request.POST.get("regeln_offen") == "true",
        )
    except FaultsError as refusal:
        view = drafts.service(request.actor, key)
        return _show(request, view, None, refused=refusal.faults, status=422)
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}?veroeffentlicht=1")


@staff_only
@require_POST
def retire(request: PageRequest, key: str) -> HttpResponse:
    """Take the service off the portal."""
    view = drafts.service(request.actor, key)
    if view.offer is None:
        raise NotFoundError
    actions.retire(actor=request.actor, offer_id=view.offer.id, now=now())
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}?eingestellt=1")


@staff_only
@require_POST
def take_up(request: PageRequest, key: str) -> HttpResponse:
    """Take up a shipped package for this town."""
    preparing.begin_from_shelf(actor=request.actor, key=key, now=now())
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}")


def _unit_ids() -> set[UUID]:
    return {unit.id for unit in municipalities.units()}


def _show(
    request: PageRequest,
    view: ServiceView,
    entered: details.Entered | None,
    *,
    refused: Sequence[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    settings = municipalities.settings_of(view.key)
    missing = gaps.gap_rows(view, drafts.gaps(view.package, view.unit_id, on=today()))
    context = {
        "section": "studio",
        "view": view,
        "missing": missing,
        **_rules_and_lists(view, refused),
        "typed": entered.typed if entered else details.shown(view, settings, today()),
        "labels": details.LABELS,
        **_faults(entered),
        **_choices(),
        "state": _state(view),
        "source": _source(view),
        "versions": drafts.versions(request.actor, view.key),
        **_done(request),
    }
    return render(request, TEMPLATE, context, status=status)


def _rules_and_lists(view: ServiceView, refused: Sequence[Fault]) -> dict[str, object]:
    return {
        "refused": bool(refused),
        "rules_error": _rules_error(refused),
        "open_rules": len(view.open_rules),
        "lists": _lists(view),
    }


def _rules_error(refused: Sequence[Fault]) -> str:
    """Return why the open rules stand against publishing, "" when they do not."""
    found = [sentence(one.code, one.params) for one in refused if one.path == "rules"]
    return " ".join(found)


def _lists(view: ServiceView) -> dict[str, int]:
    """Return how many code lists the schema asks for, and how many are missing."""
    if view.names is None:
        return {"all": 0, "missing": 0}
    wanted = gather_code_lists(view.names.schema)
    missing = {one.key for one in wanted if one.pick(view.names.lists) is None}
    return {"all": len({one.key for one in wanted}), "missing": len(missing)}


def _done(request: PageRequest) -> dict[str, object]:
    """Return what was just done, for the line on top of the page."""
    return {
        "done": next((key for key in _DONE if request.GET.get(key) == "1"), ""),
        "done_text": {key: t(text) for key, text in _DONE.items()},
    }


_DONE = {
    "gespeichert": "Gespeichert.",
    "veroeffentlicht": "Veröffentlicht. Die Leistung steht jetzt im Bürgerbüro.",
    "eingestellt": "Eingestellt. Laufende Anträge gehen weiter.",
}


def _state(view: ServiceView) -> dict[str, object]:
    offer = view.offer
    live = offer is not None and offer.live is not None and offer.retired_at is None
    return {
        "live": live,
        "href": f"/leistung/{offer.slug}" if offer and live else "",
        "changed": view.changed or not live,
    }


def _source(view: ServiceView) -> str:
    if view.schema_row is not None:
        number = f"{view.schema_row.fim_id} {view.schema_row.version}"
        return t("Aus dem FIM-Schema {number}", number=number)
    return t("Aus dem Paket {number}", number=f"{view.key} {view.package.version}")


def _choices() -> dict[str, object]:
    def options(choices: dict[str, str]) -> list[dict[str, str]]:
        return [{"code": code, "label": t(label)} for code, label in choices.items()]

    units = [{"code": str(unit.id), "label": unit.name} for unit in municipalities.units()]
    return {
        "units": units,
        "situations": options(LIFE_SITUATIONS),
        "levels": options(details.LEVELS),
        "fees": options(details.FEES),
    }


def _faults(entered: details.Entered | None) -> dict[str, object]:
    told = [
        (fault.path, sentence(fault.code, fault.params))
        for fault in (entered.faults if entered else ())
    ]
    return {
        "errors": [{"href": f"#{path}" if path else "", "text": text} for path, text in told],
        "error_at": dict(told),
    }
