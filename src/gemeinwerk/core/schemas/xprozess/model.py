"""Process classes and processes of XProzess 2.0 as one file holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.xprozess.parts import (
    Code,
    Datei,
    Handlungsgrundlage,
    Klassifikation,
    Merkmal,
    Prozessmodell,
    Steckbrief,
    Zustandsangaben,
)
from gemeinwerk.core.schemas.xprozess.structure import Strukturbeschreibung

__all__ = ["AlleInhalte", "Datei", "Prozess", "Prozessklasse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nachrichtenkopf(Record):
    """Head of the message (Nachrichtenkopf)."""

    NAMES: ClassVar = {"nachricht_uuid": "nachrichtUUID"}

    nachricht_uuid: str
    nachrichtentyp: Code | None = None
    erstellungszeitpunkt: str | None = None
    autor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AbgeloesteProzessklasse(Record):
    """Process classes this one takes the place of (abgelöste Prozessklasse)."""

    NAMES: ClassVar = {"prozessklasse_id": "prozessklasseID"}

    prozessklasse_id: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prozessklasse(Record):
    """What all processes for one service have in common (Prozessklasse)."""

    NAMES: ClassVar = {"uebergeordnete_prozessklasse_id": "uebergeordneteProzessklasseID"}

    id: str
    version: str | None = None
    uebergeordnete_prozessklasse_id: str | None = None
    abgeloeste_prozessklasse: tuple[AbgeloesteProzessklasse, ...] = ()
    name: str
    bezeichnung: str | None = None
    definition: str | None = None
    handlungsgrundlage: tuple[Handlungsgrundlage, ...] = ()
    zwecksetzung: Code | None = None
    operatives_ziel: Code | None = None
    handlungsform: Code | None = None
    verfahrensart: Code | None = None
    fachlich_freigebende_stelle: str | None = None
    merkmal: tuple[Merkmal, ...] = ()
    klassifikation: tuple[Klassifikation, ...] = ()
    schlagwort: tuple[str, ...] = ()
    zustandsangaben: Zustandsangaben | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prozess(Record):
    """One process (Prozess): at a glance, step by step, as a model."""

    id: str
    version: str | None = None
    name: str
    bezeichnung: str | None = None
    fachlich_freigebende_stelle: str | None = None
    merkmal: tuple[Merkmal, ...] = ()
    klassifikation: tuple[Klassifikation, ...] = ()
    schlagwort: tuple[str, ...] = ()
    prozesssteckbrief: Steckbrief | None = None
    prozessstrukturbeschreibung: Strukturbeschreibung | None = None
    prozessmodell: Prozessmodell | None = None
    zustandsangaben: Zustandsangaben | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prozesskatalog(Record):
    """Catalogue of process classes (Prozesskatalog)."""

    name: str | None = None
    prozessklasse: tuple[Prozessklasse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prozessbibliothek(Record):
    """Library of processes (Prozessbibliothek)."""

    name: str | None = None
    prozess: tuple[Prozess, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlleInhalte(Record):
    """The message that holds everything (alleInhalte.export.0303)."""

    ATTRIBUTES: ClassVar = frozenset({"produkt", "produkthersteller", "xprozess_version"})
    NAMES: ClassVar = {"xprozess_version": "xprozessVersion"}

    produkt: str | None = None
    produkthersteller: str | None = None
    xprozess_version: str | None = None
    nachrichtenkopf: Nachrichtenkopf | None = None
    prozesskatalog: tuple[Prozesskatalog, ...] = ()
    prozessbibliothek: tuple[Prozessbibliothek, ...] = ()
