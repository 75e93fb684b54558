"""German words for what a block says (Baustein)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gemeinwerk.web.ui.wording import t

KINDS = {"group": "Gruppe", "field": "Feld"}
FILTERS = {"": "Alle", "group": "Gruppen", "field": "Felder"}
DATATYPES = {
    "text": "Text",
    "string_latin": "Text in lateinischen Zeichen",
    "date": "Datum",
    "time": "Uhrzeit",
    "datetime": "Datum mit Uhrzeit",
    "bool": "Ja oder Nein",
    "num": "Zahl",
    "num_int": "Ganze Zahl",
    "num_currency": "Geldbetrag",
    "file": "Datei",
    "object": "Objekt",
}
ARTS = {
    "input": "Eingabe",
    "select": "Auswahl",
    "label": "Statischer Text",
    "hidden": "Verstecktes Feld",
    "locked": "Gesperrtes Feld",
}
_NAMES = {
    "name": "Name",
    "label": "Bezeichnung im Formular",
    "help": "Hilfetext",
    "description": "Beschreibung",
    "definition": "Definition",
    "legal_basis": "Rechtsgrundlage",
    "art": "Art des Feldes",
    "datatype": "Datentyp",
    "min_length": "Mindestlänge",
    "max_length": "Höchstlänge",
    "minimum": "Kleinster Wert",
    "maximum": "Größter Wert",
    "pattern": "Muster",
    "default": "Inhalt",
    "code_list": "Codeliste",
    "options": "Werte",
    "media_types": "Dateiarten",
    "max_size": "Größte Datei in Byte",
    "rules": "Regeln",
    "prefill": "Vorbefüllung",
    "kind": "Strukturelementart",
    "output_label": "Bezeichnung in der Ausgabe",
    "output_help": "Hilfetext in der Ausgabe",
    "keywords": "Stichwörter",
    "choice": "Auswahlgruppe",
    "part": "Teil",
}
_SHOWN = (
    *("label", "definition", "description", "help", "art", "datatype"),
    *("min_length", "max_length", "minimum", "maximum", "pattern", "default"),
)


def field_name(name: str) -> str:
    """Return the German name of what a block says; new names of the model as they are."""
    return t(_NAMES[name]) if name in _NAMES else name


def reuse(count: int) -> str:
    """Return in how many schemas a block is used."""
    if count == 1:
        return t("in 1 Schema verwendet")
    return t("in {count} Schemas verwendet", count=count)


def facts(content: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what a block says, in rows; what is not said is left out."""
    found = []
    for name in _SHOWN:
        value = content.get(name)
        if value not in (None, ""):
            table = {"art": ARTS, "datatype": DATATYPES}.get(name, {})
            text = t(table[value]) if value in table else str(value)
            found.append({"label": field_name(name), "text": text})
    code_list = content.get("code_list")
    if code_list:
        named = " ".join(part for part in (code_list["uri"], code_list["version"]) if part)
        found.append({"label": field_name("code_list"), "text": named})
    return found
