"""All parts on one page (Bausteine), with long words, errors and empty states; for the demo."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gemeinwerk.web.ui.gallery_kinds import kinds_view
from gemeinwerk.web.ui.render import render

_LONG: Final = "Beschäftigungserlaubnis bei Aufenthaltsgestattung"


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Answer `/demo/bausteine`; `?teil=dienst` the parts of staff pages, `fragen` the kinds."""
    if request.GET.get("teil") == "dienst":
        return render(request, "gallery/desk.html", {**_DESK, "staff": _STAFF})
    if request.GET.get("teil") == "fragen":
        return render(request, "gallery/kinds.html", {"view": kinds_view()})
    return render(request, "gallery/citizen.html", {"view": {"nodes": _NODES}, **_CITIZEN})


def _field(name: str, label: str, **more: object) -> dict[str, Any]:
    return {"type": "field", "name": name, "id": name.replace(".", "_"), "label": label, **more}


def _instance(index: int) -> dict[str, Any]:
    own = f"G99000102[{index}]"
    name = _field(f"{own}.F99000115", "Rufname", kind="text", max_length=30)
    return {"name": own, "id": f"G99000102-{index}", "number": index + 1, "can_remove": True,
            "remove": own, "nodes": [name]}  # fmt: skip


_PERSON: Final = [
    _field("F99000101", "Familienname", kind="text", max_length=60, autocomplete="family-name"),
    _field("F99000102", "Geburtsdatum", kind="date", value="14.3.2985",
           error_code="general.refused", error_params={}),
]  # fmt: skip

_NODES: Final = [
    _field("F99000103", "Telefon", kind="text", format="phone", required=False, max_length=30,
           help="Für Rückfragen, werktags zwischen 8 und 16 Uhr."),
    _field("F99000104", "E-Mail-Adresse", kind="email", autocomplete="email",
           why="Wir senden Ihnen die Bestätigung und Rückfragen. Rechtsgrundlage: § 9 der Satzung.",
           value="kim@beispiel.invalid"),
    _field("F99000105", "Postleitzahl", kind="text", format="postal_code", value="12",
           pattern_help="fünf Ziffern", error_code="general.refused"),
    _field("F99000106", "Für welches Vorhaben brauchen Sie die Erlaubnis?", kind="choice",
           value="b", options=[
               {"code": "a", "label": _LONG},
               {"code": "b", "label": "Gerüst oder Container", "help": "auch Bauzäune"},
               {"code": "c", "label": "Straßenfest"}]),
    _field("F99000107", "Staatsangehörigkeit", kind="choice", value="5", required=False,
           options=[{"code": str(n), "label": f"Beispielland {n}"} for n in range(12)]),
    _field("F99000108", "Haben Sie schon einen Hund angemeldet?", kind="boolean",
           error_code="general.refused"),
    _field("F99000109", "Genutzte Fläche", kind="decimal", unit="m²", value="12,5"),
    _field("F99000110", "Wert des Fahrzeugs", kind="money", example="12.500,00"),
    _field("F99000111", "Was sollen wir noch wissen?", kind="long_text", max_length=500,
           required=False, value="Der Platz vor der Straßenverkehrsordnungswidrigkeitenstelle."),
    _field("F99000112", "Gemeinde", kind="text", locked=True, value="Musterlingen"),
    _field("F99000113", "Hinweis zur Steuer", kind="note",
           help="Die Steuer beginnt mit dem Monat nach dem Einzug des Hundes."),
    _field("F99000114", "Ich versichere, dass meine Angaben vollständig und richtig sind.",
           kind="boolean", must_be_true=True, value="true"),
    {"type": "group", "name": "G99000101", "id": "G99000101", "label": "Halterin oder Halter",
     "help": "Die Person, in deren Haushalt der Hund lebt.", "nodes": _PERSON},
    {"type": "group", "name": "G99000102", "id": "G99000102", "label": "Weitere Hunde",
     "optional": True, "repeated": True, "can_add": True, "add": "G99000102",
     "instances": [_instance(0), _instance(1)]},
]  # fmt: skip

_CITIZEN: Final[dict[str, Any]] = {
    "facts": [
        {"label": "Online", "text": "Ja, ohne Konto", "icon": "check"},
        {"label": "Kosten", "text": "30,70 EUR im Jahr", "icon": "info"},
        {"label": "Dauer", "text": "Meist 2 Arbeitstage", "icon": "calendar-today"},
        {"label": "Das brauchen Sie", "text": "Fahrzeugschein, Ausweis", "icon": "checklist"},
    ],
    "check_rows": [
        {"label": "Familienname", "text": "Großmann-Oberhollenzer", "href": "#F99000101"},
        {"label": _LONG, "text": "Ja", "href": "#F99000106"},
        {"label": "Telefon", "text": "", "given": False, "href": "#F99000103"},
    ],
    "tasks": [
        {"title": "Angaben zur Person", "href": "#a", "state": "Fertig", "kind": "success"},
        {"title": _LONG, "href": "#b", "state": "Angefangen", "kind": "info"},
        {"title": "Nachweise", "href": "#c", "state": "Offen"},
        {"title": "Prüfen und absenden", "state": "Noch nicht möglich",
         "hint": "Erst wenn alle Teile fertig sind."},
    ],
    "steps": [
        {"title": "Eingegangen", "state": "done", "text": "Montag, 23. November 2026"},
        {"title": "In Prüfung", "state": "now", "text": "voraussichtlich bis 4. Dezember 2026"},
        {"title": "Entscheidung", "state": "next"},
    ],
    "files": [
        {"name": "Fahrzeugschein_Vorderseite_und_Rückseite_2026-11-22_Aufnahme_1.jpg",
         "size": 3_412_000, "state": "Geprüft", "kind": "success", "remove": "#", "href": "#d"},
        {"name": "Ausweis.pdf", "size": 81_000, "state": "Wird geprüft", "kind": "info"},
    ],
    "messages": [
        {"from": "Bürgerbüro Musterlingen", "at": "2026-11-23T08:15:00+01:00", "own": False,
         "text": "Guten Tag, auf dem Foto fehlt die Rückseite. Laden Sie sie hier hoch."},
        {"from": "Sie", "at": "2026-11-23T17:02:00+01:00", "own": True,
         "text": "Hier ist sie. Viele Grüße"},
    ],
    "prices": {
        "columns": [{"key": "what", "label": "Wofür"},
                    {"key": "fee", "label": "Gebühr", "numeric": True}],
        "rows": [{"what": "Bewohnerparkausweis, ein Jahr", "fee": "30,70 EUR"},
                 {"what": "Ersatz bei Verlust", "fee": "5,00 EUR"}],
    },
}  # fmt: skip

_STAFF: Final = {"name": "Birgit Beispiel", "unit": "Straßenverkehrsbehörde"}
_DESK: Final[dict[str, Any]] = {
    "wide": True,
    "section": "inbox",
    "nav_links": [
        {"key": "inbox", "label": "Eingang", "href": "#eingang", "count": 12},
        {"key": "search", "label": "Suche", "href": "#suche"},
    ],
    "views": [
        {"label": "Ungelesen", "href": "#1", "count": 3, "current": True},
        {"label": "Meine Vorgänge", "href": "#2", "count": 12, "current": False},
        {"label": "Wartet auf Antragstellende", "href": "#3", "count": 108, "current": False},
        {"label": "Überfällig", "href": "#4", "count": 1, "current": False},
    ],
    "columns": [{"key": "title", "label": "Vorgang"},
                {"key": "number", "label": "Nummer", "nowrap": True},
                {"key": "who", "label": "Bearbeitung"}],
    "rows": [
        {"id": "1", "href": "#11", "title": "Bewohnerparkausweis", "unread": True,
         "badges": [{"label": "prüfen"}], "due": "2026-11-20", "due_kind": "danger",
         "due_text": "seit 2 Tagen überfällig",
         "cells": {"number": "MUS-2026-0412", "who": "–"}},
        {"id": "2", "href": "#12", "title": _LONG, "changed": True, "due": "2026-11-24",
         "due_kind": "warning", "due_text": "übermorgen", "open_by": "C. Winkler",
         "cells": {"number": "MUS-2026-0408", "who": "B. Beispiel"}},
        {"id": "3", "href": "#13", "title": "Anmeldung zur Hundesteuer", "due": "2026-12-18",
         "badges": [{"label": "vollständig", "kind": "success"}],
         "cells": {"number": "MUS-2026-0399", "who": "B. Beispiel"}},
    ],
    "answers": [{"label": "Familienname", "text": "Großmann"},
                {"label": "Kennzeichen", "text": "MUS-AB 123"}, {"label": "Telefon", "text": ""}],
    "notes": [{"by": "B. Beispiel", "at": "2026-11-22T10:00:00+01:00",
               "text": "Fahrzeug ist auf die Firma zugelassen, Überlassung fehlt noch."}],
}  # fmt: skip
