"""Values of the town (örtliche Werte): what a package leaves to the town, dated, with norms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from gemeinwerk.apps.catalogue import drafts, preparing
from gemeinwerk.apps.catalogue.drafts import ServiceView
from gemeinwerk.apps.municipalities import queries as municipalities
from gemeinwerk.core.kernel import DomainError, Fault, FaultsError, NotFoundError
from gemeinwerk.core.kernel.dated import Dated
from gemeinwerk.core.kernel.money import euro, german_number, read_money, read_number
from gemeinwerk.core.kernel.text import german_date, read_date
from gemeinwerk.core.packages import Parameter, Plain
from gemeinwerk.web.studio import tables
from gemeinwerk.web.studio.details import clean
from gemeinwerk.web.ui.render import render
from gemeinwerk.web.ui.request import PageRequest, now, today
from gemeinwerk.web.ui.staff import staff_only
from gemeinwerk.web.ui.wording import sentence, t

MOST_FAULTS = 50


@staff_only
@require_safe
def overview(request: PageRequest, key: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/werte: all values, what holds today, what is missing."""
    view = drafts.service(request.actor, key)
    settings = municipalities.settings_of(key)
    rows = [_row(view, one, settings) for one in view.package.parameters]
    context = {"section": "studio", "view": view, "rows": rows}
    return render(request, "studio/values.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def value(request: PageRequest, key: str, name: str) -> HttpResponse:
    """/werkstatt/leistung/<key>/werte/<name>: set one value from a day on."""
    view = drafts.service(request.actor, key)
    parameter = next((one for one in view.package.parameters if one.name == name), None)
    if parameter is None:
        raise NotFoundError
    if request.method != "POST":
        return _show(request, view, parameter, _first(view, parameter), [])
    typed = {field: clean(str(request.POST.get(field, ""))) for field in ("wert", "norm", "ab")}
    plain, faults = _plain(parameter, typed["wert"])
    day = read_date(typed["ab"])
    if day is None:
        faults.append(Fault("ab", "catalogue.not_a_date", {"label": t("Gilt ab")}))
    if not faults and day is not None:
        faults = _set(request, view, parameter, plain, typed["norm"], day)
    if faults:
        return _show(request, view, parameter, typed, faults, status=422)
    return HttpResponseRedirect(f"/werkstatt/leistung/{key}/werte#{name}")


def _set(
    request: PageRequest,
    view: ServiceView,
    parameter: Parameter,
    plain: Plain,
    norm: str,
    day: date,
) -> list[Fault]:
    try:
        preparing.set_value(
            actor=request.actor,
            package=view.package,
            name=parameter.name,
            value=plain,
            valid_from=day,
            norm=norm,
            now=now(),
        )
    except FaultsError as wrong:
        return list(wrong.faults)
    return []


def _plain(parameter: Parameter, text: str) -> tuple[Plain, list[Fault]]:
    """Return the canonical value of what was typed; what cannot be read stays as typed."""
    if parameter.kind == "table":
        rows, faults = tables.from_text(parameter, text)
        return rows, list(faults)
    if parameter.kind not in ("money", "number") or not text:
        return text, []
    try:
        return str(read_money(text) if parameter.kind == "money" else read_number(text)), []
    except DomainError:
        return text, []


def _show(
    request: PageRequest,
    view: ServiceView,
    parameter: Parameter,
    typed: Mapping[str, str],
    faults: list[Fault],
    status: int = 200,
) -> HttpResponse:
    told = [(_field(fault), sentence(fault.code, fault.params)) for fault in faults[:MOST_FAULTS]]
    errors = [{"href": f"#{field}", "text": text} for field, text in told]
    context = {
        "section": "studio",
        "view": view,
        "parameter": parameter,
        "typed": typed,
        "errors": errors,
        "error_at": dict(reversed(told)),
        "row": _row(view, parameter, municipalities.settings_of(view.key)),
    }
    return render(request, "studio/value.html", context, status=status)


def _field(fault: Fault) -> str:
    return fault.path if fault.path in ("ab", "norm") else "wert"


def _first(view: ServiceView, parameter: Parameter) -> dict[str, str]:
    """Return what stands in the form at first: the value that holds today, from today on."""
    entry = _entry(parameter, municipalities.settings_of(view.key), today())
    text = "" if entry is None else _typed(parameter, entry[1])
    if entry is None and parameter.kind == "table":
        text = tables.to_text(parameter, [])
    return {
        "wert": text,
        "norm": "" if entry is None else entry[2],
        "ab": german_date(today()),
    }


def _row(
    view: ServiceView, parameter: Parameter, settings: Mapping[str, Dated[Any]]
) -> dict[str, object]:
    own = settings.get(parameter.name)
    entries = own.entries if own else ()
    entry = _entry(parameter, settings, today())
    return {
        "name": parameter.name,
        "label": parameter.label,
        "text": "" if entry is None else _in_words(parameter, entry[1]),
        "norm": "" if entry is None else entry[2],
        "since": None if entry is None else entry[0].isoformat(),
        "own": bool(entries) and parameter.changeable,
        "missing": entry is None and not parameter.optional,
        "changeable": parameter.changeable,
        "history": [
            {
                "from": one.valid_from.isoformat(),
                "text": _in_words(parameter, one.value),
                "norm": one.norm,
                "later": one.valid_from > today(),
            }
            for one in reversed(entries)
        ],
    }


def _entry(
    parameter: Parameter, settings: Mapping[str, Dated[Any]], day: date
) -> tuple[date, Any, str] | None:
    """Return day, value and norm that hold on a day: the town's, else the package's."""
    own = settings.get(parameter.name) if parameter.changeable else None
    for dated in (own, Dated(parameter.default, parameter.name)):
        if dated is not None and dated.entries and dated.entries[0].valid_from <= day:
            found = dated.entry_on(day)
            return found.valid_from, found.value, found.norm
    return None


def _typed(parameter: Parameter, stored: Any) -> str:
    if parameter.kind == "table":
        return tables.to_text(parameter, stored if isinstance(stored, list | tuple) else [])
    if parameter.kind in ("money", "number"):
        return _number(stored, 2 if parameter.kind == "money" else None)
    return str(stored)


def _in_words(parameter: Parameter, stored: Any) -> str:
    if parameter.kind == "table":
        return t("{count} Zeilen", count=len(stored) if isinstance(stored, list | tuple) else 0)
    if parameter.kind == "boolean":
        return t("Ja") if stored == "true" else t("Nein")
    if parameter.kind == "money":
        try:
            return euro(Decimal(str(stored)))
        except InvalidOperation:
            return str(stored)
    return _number(stored, None) if parameter.kind == "number" else str(stored)


def _number(stored: Any, places: int | None) -> str:
    try:
        return german_number(Decimal(str(stored)), places)
    except InvalidOperation:
        return str(stored)
