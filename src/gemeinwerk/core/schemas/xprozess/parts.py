"""What process classes and processes of XProzess 2.0 are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Record):
    """Code of a code list (Code)."""

    ATTRIBUTES: ClassVar = frozenset({"list_uri", "list_version_id"})
    BARE: ClassVar = frozenset({"code", "name"})

    list_uri: str | None = None
    list_version_id: str | None = None
    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handlungsgrundlage(Record):
    """Legal basis of a deed (Handlungsgrundlage)."""

    name: str
    art: Code | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merkmal(Record):
    """Property an office added (Merkmal)."""

    merkmal_name: str
    merkmal_datentyp: Code | None = None
    merkmal_wert: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Klassifikation(Record):
    """Place in a catalogue (Klassifikation im Ordnungsrahmen)."""

    NAMES: ClassVar = {"klasse_id": "klasseID"}

    ordnungsrahmen_name: str
    ordnungsrahmen_version: str | None = None
    klasse_id: str | None = None
    klasse_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zeitraum(Record):
    """Span of time (Gültigkeitszeitraum), open where a side is missing."""

    beginn: str | None = None
    ende: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zustandsangaben(Record):
    """State of the entry (Zustandsangaben): status, who changed it last, releases."""

    letzter_aenderungszeitpunkt: str | None = None
    letzter_bearbeiter: str | None = None
    status: Code | None = None
    anmerkung_letzte_aenderung: str | None = None
    gueltigkeitszeitraum: Zeitraum | None = None
    fachlicher_freigabezeitpunkt: str | None = None
    formeller_freigabezeitpunkt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teilnehmer(Record):
    """Who takes part, in which role (Prozessteilnehmer)."""

    name: str
    rolle: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kodierung(Record):
    """Where the process holds (verwaltungspolitische Kodierung)."""

    bundesland: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ausloeser(Record):
    """What starts the process (Auslöser): the number of a document profile."""

    NAMES: ClassVar = {"formular_id": "formularID"}

    formular_id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ergebnis(Record):
    """What the process gives (Ergebnis)."""

    NAMES: ClassVar = {"formular_id": "formularID"}

    formular_id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Steckbrief(Record):
    """The process at a glance (Prozesssteckbrief)."""

    definition: str | None = None
    beschreibung: str | None = None
    ausloeser: tuple[Ausloeser, ...] = ()
    ergebnis: tuple[Ergebnis, ...] = ()
    prozessteilnehmer: tuple[Teilnehmer, ...] = ()
    detaillierungsstufe: Code | None = None
    verwaltungspolitische_kodierung: tuple[Kodierung, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Methode(Record):
    """Way the model is drawn in (Modellierungsmethode)."""

    code: Code | None = None
    freitext: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Datei(Record):
    """A file inside (Datei): `inhalt` is Base64 of a ZIP file, read it with `inner_files`."""

    dateiname: str
    modellierungsmethode: Methode | None = None
    mime_type: Code | None = None
    inhalt: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prozessmodell(Record):
    """The model (BPMN), its picture and its report."""

    prozessmodelldatei: tuple[Datei, ...] = ()
    visualisierungsdatei: tuple[Datei, ...] = ()
    beschreibungsdatei: tuple[Datei, ...] = ()
