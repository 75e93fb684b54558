"""The steps of a process in the method of the FIM (Strukturbeschreibung FIM)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.xprozess.parts import Code, Handlungsgrundlage, Methode


@dataclass(frozen=True, slots=True, kw_only=True)
class Formularsteckbrief(Record):
    """Number or name of a document profile (Formularsteckbrief)."""

    NAMES: ClassVar = {"formularsteckbrief_id": "formularsteckbriefID"}

    formularsteckbrief_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Formularverweis(Record):
    """Points to a form, by its document profile or in words (Formularverweis)."""

    NAMES: ClassVar = {"formularsteckbrief_id": "formularsteckbriefID"}

    formularverweis: Formularsteckbrief | None = None
    formularsteckbrief_id: str | None = None
    textuelle_beschreibung: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BereitgestellteDaten(Record):
    """Data that leave the step (bereitgestellte Daten)."""

    formularverweis: tuple[Formularverweis, ...] = ()
    uebermittlungsart: Code | None = None
    empfaenger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EmpfangeneDaten(Record):
    """Data that come into the step (empfangene Daten)."""

    formularverweis: tuple[Formularverweis, ...] = ()
    uebermittlungsart: Code | None = None
    sender: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Einzelheiten(Record):
    """What only some kinds of steps have (spezifische Attribute), of all kinds in one class.

    The standard numbers the kinds: 1 receive, 2 provide, 3 check formally, 4 check the matter,
    5 decide, 7 let others take part.
    """

    bereitgestellte_daten: tuple[BereitgestellteDaten, ...] = ()
    empfangene_daten: tuple[EmpfangeneDaten, ...] = ()
    formelle_pruefung: tuple[Code, ...] = ()
    hilfsmittel: tuple[str, ...] = ()
    entscheidungsart: tuple[Code, ...] = ()
    mitwirkungspflicht: bool | None = None
    beteiligungsform: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpezifischeAttribute(Record):
    """The particulars of a step under the number of its kind (spezifische Attribute)."""

    NAMES: ClassVar = {f"attribute_{n}": f"spezifischeAttribute{n}" for n in range(1, 10)}

    attribute_1: Einzelheiten | None = None
    attribute_2: Einzelheiten | None = None
    attribute_3: Einzelheiten | None = None
    attribute_4: Einzelheiten | None = None
    attribute_5: Einzelheiten | None = None
    attribute_6: Einzelheiten | None = None
    attribute_7: Einzelheiten | None = None
    attribute_8: Einzelheiten | None = None
    attribute_9: Einzelheiten | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aktivitaetengruppe(Record):
    """One step (Referenzaktivitätengruppe), tied to a sub-process of the BPMN."""

    NAMES: ClassVar = {"sub_prozess_id": "subProzessID"}

    referenzaktivitaetengruppe_typ: Code | None = None
    referenzaktivitaetengruppe_version: str | None = None
    id: str
    sub_prozess_id: str | None = None
    name: str
    beschreibung: str | None = None
    handlungsgrundlage: tuple[Handlungsgrundlage, ...] = ()
    eingehende_daten: tuple[Formularverweis, ...] = ()
    spezifische_attribute: SpezifischeAttribute | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StrukturbeschreibungFIM(Record):
    """All steps of a process (Strukturbeschreibung FIM)."""

    aktivitaetengruppe: tuple[Aktivitaetengruppe, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Strukturbeschreibung(Record):
    """How the process is built (Prozessstrukturbeschreibung)."""

    NAMES: ClassVar = {"strukturbeschreibung_fim": "strukturbeschreibungFIM"}

    modellierungsmethode: Methode | None = None
    strukturbeschreibung_fim: StrukturbeschreibungFIM | None = None
