"""Service descriptions (Leistungen) of XZuFi 2.2.0, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.xzufi.values import (
    BegriffImKontext,
    DokumentTypErweiterbar,
    FristMitTyp,
    FristOhneTyp,
    Herausgeber,
    HtmlStringLocalized,
    HyperlinkErweitert,
    Identifikator,
    KostenFix,
    KostenFrei,
    KostenVariabel,
    RawCode,
    StringLocalized,
    Versionsinformation,
    WirtschaftszweigSpezifizierbar,
    Zeitraum,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sprachversion(Record):
    """One language of the description (Sprachversion)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})

    language_code: str
    sprachbezeichnung_deutsch: str | None = None
    sprachbezeichnung_nativ: str | None = None
    erstellt_datum_zeit: str | None = None
    erstellt_durch: str | None = None
    geaendert_datum_zeit: str | None = None
    geaendert_durch: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UrsprungsportalModul(Record):
    """Link to the portal it came from (Ursprungsportal)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    language_code: str
    uri: str
    titel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokument(Record):
    """One document or proof (Dokument)."""

    PLAIN: ClassVar = frozenset({"angabe_signatur"})

    typ: DokumentTypErweiterbar
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    referenz_formular_id: tuple[Identifikator, ...] = ()
    angabe_signatur: RawCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentmodul(Record):
    """Documents that come in and go out (Dokumentmodul)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    dokument_eingehend: tuple[Dokument, ...] = ()
    dokument_ausgehend: tuple[Dokument, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Auskunftshinweismodul(Record):
    """Hints for who gives information (Auskunftshinweis)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    inhalt: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FachlicheFreigabeModul(Record):
    """Who released it when (fachliche Freigabe)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    fachlich_freigegeben_am: str | None = None
    fachlich_freigegeben_durch: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BegriffImKontextModul(Record):
    """Words people search for (Begriffe im Kontext)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    begriff_im_kontext: tuple[BegriffImKontext, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearbeitungsdauermodul(Record):
    """How long it takes (Bearbeitungsdauermodul)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    bearbeitungsdauer: tuple[FristOhneTyp, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kosten(Record):
    """One fee (Kosten)."""

    PLAIN: ClassVar = frozenset({"typ"})

    typ: RawCode
    kostenauswahl: KostenFix | KostenFrei | KostenVariabel
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    vorkasse: bool | None = None
    link_kostenbildung: str | None = None
    position_darstellung: int | None = None
    gueltigkeit: tuple[Zeitraum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kostenmodul(Record):
    """Fees (Kostenmodul)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    kosten: tuple[Kosten, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fristmodul(Record):
    """Deadlines (Fristmodul)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    frist: tuple[FristMitTyp, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextmodulIndividuell(Record):
    """Text module of an own kind (individuelles Textmodul)."""

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    individuelles_textmodultyp: RawCode
    inhalt: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Textmodul(Record):
    """Text module of the LeiKa (Textmodul)."""

    PLAIN: ClassVar = frozenset({"leika_textmodul"})

    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    leika_textmodul: RawCode
    leika_textmodul_abweichende_bezeichnung: tuple[StringLocalized, ...] = ()
    inhalt: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungsstrukturObjektMitVerrichtungUndDetail(Record):
    """Structure: thing, deed and detail (Verrichtungsdetail)."""

    leistungsgruppierung: RawCode | Leistungskategorie | None = None
    leistungsobjekt_id: Identifikator
    verrichtung: RawCode | Leistungskategorie
    verrichtungsdetail: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungsstrukturObjektMitVerrichtung(Record):
    """Structure: thing and deed (Objekt mit Verrichtung)."""

    leistungsgruppierung: RawCode | Leistungskategorie | None = None
    leistungsobjekt_id: Identifikator
    verrichtung: RawCode | Leistungskategorie


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungskategorieKlasse(Record):
    """Class of categories (Kategorieklasse)."""

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leistungskategorie(Record):
    """Category of services (Leistungskategorie)."""

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    uebergeordnete_kategorie_id: Identifikator | None = None
    untergeordnete_kategorie_id: tuple[Identifikator, ...] = ()
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[StringLocalized, ...] = ()
    klasse: LeistungskategorieKlasse


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungsstrukturObjekt(Record):
    """Structure: the thing alone (Leistungsobjekt)."""

    leistungsgruppierung: RawCode | Leistungskategorie | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leistung220(Record):
    """Service description (Leistung) of XZuFi 2.2.0."""

    NAMES: ClassVar = {"kennzeichen_schritformerfordernis": "kennzeichenSchriftformerfordernis"}
    PLAIN: ClassVar = frozenset(
        {"typisierung", "vertrauensniveau", "leistungsadressat", "informationsbereich_sdg"}
    )

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    struktur: (
        LeistungsstrukturObjekt
        | LeistungsstrukturObjektMitVerrichtung
        | LeistungsstrukturObjektMitVerrichtungUndDetail
        | None
    ) = None
    referenz_leika: tuple[RawCode, ...] = ()
    modul_text: tuple[Textmodul, ...] = ()
    modul_text_individuell: tuple[TextmodulIndividuell, ...] = ()
    modul_frist: Fristmodul | None = None
    modul_kosten: Kostenmodul | None = None
    modul_bearbeitungsdauer: Bearbeitungsdauermodul | None = None
    modul_begriff_im_kontext: tuple[BegriffImKontextModul, ...] = ()
    modul_fachliche_freigabe: FachlicheFreigabeModul | None = None
    modul_auskunftshinweis: Auskunftshinweismodul | None = None
    modul_dokument: Dokumentmodul | None = None
    modul_ursprungsportal: tuple[UrsprungsportalModul, ...] = ()
    typisierung: tuple[RawCode, ...] = ()
    vertrauensniveau: RawCode | None = None
    leistungsadressat: tuple[RawCode, ...] = ()
    kennzeichen_schritformerfordernis: bool | None = None
    kategorie: tuple[Leistungskategorie, ...] = ()
    klassifizierung: tuple[RawCode, ...] = ()
    informationsbereich_sdg: tuple[RawCode, ...] = ()
    id_leistung_im_kontext: tuple[Identifikator, ...] = ()
    id_prozess: tuple[Identifikator, ...] = ()
    herausgeber: Herausgeber | None = None
    gueltigkeit_gebiet_id: tuple[Identifikator, ...] = ()
    kennzeichen_ea: bool | None = None
    relevant_fuer_wirtschaftszweig: tuple[WirtschaftszweigSpezifizierbar, ...] = ()
    relevant_fuer_rechtsform: tuple[RawCode, ...] = ()
    relevant_fuer_staatsangehoerigkeit: tuple[RawCode, ...] = ()
    versionsinformation: Versionsinformation | None = None
    sprachversion: tuple[Sprachversion, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
