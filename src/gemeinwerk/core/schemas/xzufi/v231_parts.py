"""What only service descriptions of XZuFi 2.3.1 are made of, beside their modules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.xzufi.values import (
    HtmlStringLocalized,
    Identifikator,
    RawCode,
    StringLocalized,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaschinelleUebersetzung(Record):
    """That a machine translated it (maschinelle Übersetzung)."""

    original_sprache: str
    original_id: Identifikator | None = None
    uebersetzt_durch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprachversion(Record):
    """One language of the description (Sprachversion)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})

    language_code: str
    sprachbezeichnung_deutsch: str | None = None
    sprachbezeichnung_nativ: str | None = None
    kennzeichen_maschinelle_uebersetzung: bool
    maschinelle_uebersetzung: MaschinelleUebersetzung | None = None
    erstellt_datum_zeit: str | None = None
    erstellt_durch: str | None = None
    geaendert_datum_zeit: str | None = None
    geaendert_durch: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staatsangaben(Record):
    """Nationalities it is for (Staatsangaben)."""

    PLAIN: ClassVar = frozenset({"staatsangehoerigkeit", "staatengruppe"})

    staatsangehoerigkeit: tuple[RawCode, ...] = ()
    staatengruppe: tuple[RawCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationsbereichSDG(Record):
    """Areas of the Single Digital Gateway (SDG)."""

    PLAIN: ClassVar = frozenset({"informationsbereich_sdg1", "informationsbereich_sdg2"})

    informationsbereich_sdg1: tuple[RawCode, ...] = ()
    informationsbereich_sdg2: tuple[RawCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copyright(Record):
    """Rights in a picture (Urheberrecht)."""

    copyright_hinweis: tuple[StringLocalized, ...] = ()
    copyright_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilddateiReferenz(Record):
    """Where the picture is (Bilddatei)."""

    datei_id: Identifikator | None = None
    datei_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bild(Record):
    """Picture (Bild)."""

    bezeichnung: tuple[StringLocalized, ...] = ()
    alternative_beschreibung: tuple[StringLocalized, ...] = ()
    datei_referenz: BilddateiReferenz
    copyright: Copyright | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kategorieklasse(Record):
    """Class of categories (Kategorieklasse)."""

    PLAIN: ClassVar = frozenset({"typ"})

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    typ: RawCode
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kategorie(Record):
    """Category (Kategorie)."""

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    uebergeordnete_kategorie_id: Identifikator | None = None
    untergeordnete_kategorie_id: tuple[Identifikator, ...] = ()
    klasse: Kategorieklasse
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    piktogramm_id: Bild | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamischerURLParameter(Record):
    """Parameter of a link filled in later (dynamischer Parameter)."""

    PLAIN: ClassVar = frozenset({"typ"})

    typ: RawCode
    parameter_name: str
