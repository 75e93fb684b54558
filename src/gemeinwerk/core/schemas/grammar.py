"""Which element may stand in which, and how often, in XDatenfelder 2.0 and 3.0.0.

Taken from the XSDs of the standard (xdatenfelder-baukasten.xsd), except that order and
completeness are left to the reader: real files leave things out, and that is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gemeinwerk.core.schemas.model import Standard

NAMESPACES: Mapping[str, Standard] = {
    "urn:xoev-de:fim:standard:xdatenfelder_2": "xdf2",
    "urn:xoev-de:fim:standard:xdatenfelder_3.0.0": "xdf3",
}

# message -> the element that holds what is read
MESSAGES: Mapping[str, str] = {
    "xdatenfelder.stammdatenschema.0102": "stammdatenschema",
    "xdatenfelder.datenfeldgruppe.0103": "datenfeldgruppe",
    "xdatenfelder.datenfeld.0104": "datenfeld",
}
OTHER_MESSAGES = frozenset(
    {
        "xdatenfelder.dokumentsteckbrief.0101",
        "xdatenfelder.codeliste.0105",
        "xdatenfelder.uebersetzung.0106",
    }
)

_HEADER = """nachrichtID erstellungszeitpunkt referenzID produktbezeichnung produkthersteller
    produktversion datenqualitaet"""
_GENERAL_2 = """identifikation name bezeichnungEingabe bezeichnungAusgabe beschreibung definition
    bezug status gueltigAb gueltigBis fachlicherErsteller versionshinweis freigabedatum
    veroeffentlichungsdatum"""
_GENERAL_3 = """identifikation name beschreibung definition bezug* freigabestatus statusGesetztAm
    statusGesetztDurch gueltigAb gueltigBis versionshinweis veroeffentlichungsdatum
    letzteAenderung relation* stichwort*"""
_SHOWN_2 = " schemaelementart hilfetextEingabe hilfetextAusgabe "
_SHOWN_3 = " bezeichnungEingabe bezeichnungAusgabe" + _SHOWN_2
_DERIVATION = " ableitungsmodifikationenStruktur ableitungsmodifikationenRepraesentation "
_CODES = """ableitungsmodifikationenStruktur ableitungsmodifikationenRepraesentation
    schemaelementart feldart datentyp"""

_XDF2 = {
    "header": _HEADER,
    "stammdatenschema": _GENERAL_2 + " hilfetext" + _DERIVATION + "regel* struktur*",
    "datenfeldgruppe": _GENERAL_2 + _SHOWN_2 + "regel* struktur*",
    "datenfeld": _GENERAL_2
    + _SHOWN_2
    + "feldart datentyp praezisierung inhalt codelisteReferenz regel*",
    "regel": _GENERAL_2 + " script",
    "struktur": "anzahl bezug enthaelt",
    "enthaelt": "datenfeld datenfeldgruppe",
    "identifikation": "id version",
    "codelisteReferenz": "identifikation genericodeIdentification",
    "genericodeIdentification": "canonicalIdentification version canonicalVersionUri",
} | dict.fromkeys(f"{_CODES} status".split(), "code")

_XDF3 = {
    "header": _HEADER,
    "stammdatenschema": _GENERAL_3
    + " bezeichnung hilfetext dokumentsteckbrief"
    + _DERIVATION
    + "regel* struktur*",
    "datenfeldgruppe": _GENERAL_3 + _SHOWN_3 + "art regel* struktur*",
    "datenfeld": _GENERAL_3
    + _SHOWN_3
    + """feldart datentyp praezisierung inhalt vorbefuellung werte codelisteReferenz codeKey
    nameKey helpKey regel* maxSize mediaType*""",
    "regel": """identifikation name beschreibung freitextRegel bezug* stichwort*
    fachlicherErsteller letzteAenderung typ param* ziel* skript fehler*""",
    "param": "typ",
    "struktur": "anzahl bezug* enthaelt",
    "enthaelt": "datenfeld datenfeldgruppe",
    "identifikation": "id version",
    "dokumentsteckbrief": "id version",
    "relation": "praedikat objekt",
    "objekt": "id version",
    "werte": "wert*",
    "wert": "code name hilfe",
    "codelisteReferenz": "canonicalIdentification version canonicalVersionUri",
} | dict.fromkeys(
    f"{_CODES} freigabestatus art vorbefuellung typ praedikat datenqualitaet".split(), "code"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What may stand where: parent name -> full tag of the child -> plain name of the child."""

    standard: Standard
    children: Mapping[str, Mapping[str, str]]
    repeated: frozenset[tuple[str, str]]

    def allowed(self, parent: str) -> Mapping[str, str]:
        """Return the children that `parent` may have, none for an element of plain text."""
        return self.children.get(parent, {})


def grammar_of(namespace: str) -> Grammar | None:
    """Return the grammar of the standard behind a namespace, None for a foreign one."""
    standard = NAMESPACES.get(namespace)
    if standard is None:
        return None
    source = dict(_XDF2 if standard == "xdf2" else _XDF3)
    for message, body in MESSAGES.items():
        source[message] = f"header {body}"
    children: dict[str, dict[str, str]] = {}
    repeated: set[tuple[str, str]] = set()
    for parent, words in source.items():
        names = [word.rstrip("*") for word in words.split()]
        children[parent] = dict(_tags(namespace, names))
        repeated.update((parent, word[:-1]) for word in words.split() if word.endswith("*"))
    return Grammar(standard, children, frozenset(repeated))


def _tags(namespace: str, names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        yield f"{{{namespace}}}{name}", name
        if name == "code":  # XÖV codes stand without a namespace
            yield name, name
