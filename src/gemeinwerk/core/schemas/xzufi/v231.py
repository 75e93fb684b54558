"""Service descriptions (Leistungen) of XZuFi 2.3.1, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record
from gemeinwerk.core.schemas.xzufi.v231_parts import (
    DynamischerURLParameter,
    InformationsbereichSDG,
    Kategorie,
    Sprachversion,
    Staatsangaben,
)
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
class UrsprungsportalModul(Record):
    """Link to the portal it came from (Ursprungsportal)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})
    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    language_code: str
    uri: str
    titel: str | None = None
    dynamische_parameter: tuple[DynamischerURLParameter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Auskunftshinweismodul(Record):
    """Hints for who gives information (Auskunftshinweis)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    inhalt: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FachlicheFreigabeModul(Record):
    """Who released it when (fachliche Freigabe)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    fachlich_freigegeben_am: str | None = None
    fachlich_freigegeben_durch: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BegriffImKontextModul(Record):
    """Words people search for (Begriffe im Kontext)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    begriff_im_kontext: tuple[BegriffImKontext, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokument(Record):
    """One document or proof (Dokument)."""

    PLAIN: ClassVar = frozenset({"angabe_signatur"})

    art: DokumentTypErweiterbar
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    formular_referenz: tuple[Identifikator, ...] = ()
    angabe_signatur: RawCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DokumentEingehend(Record):
    """Document the applicant brings (eingehendes Dokument)."""

    PLAIN: ClassVar = frozenset({"pflichtangabetyp"})

    pflichtangabetyp: RawCode | None = None
    pflichtangabe_grund_kontextabhaengigkeit: tuple[RawCode, ...] = ()
    kennzeichen_ausloeser: bool | None = None
    dokument: Dokument


@dataclass(frozen=True, slots=True, kw_only=True)
class Dokumentmodul(Record):
    """Documents that come in and go out (Dokumentmodul)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    dokument_eingehend: tuple[DokumentEingehend, ...] = ()
    dokument_ausgehend: tuple[Dokument, ...] = ()
    beschreibung_eingehend: tuple[HtmlStringLocalized, ...] = ()
    beschreibung_ausgehend: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kosten(Record):
    """One fee (Kosten)."""

    PLAIN: ClassVar = frozenset({"typ"})

    typ: RawCode
    kostenauswahl: KostenFix | KostenFrei | KostenVariabel
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    vorkasse: bool | None = None
    link_kostenbildung: tuple[HyperlinkErweitert, ...] = ()
    position_darstellung: int | None = None
    gueltigkeit: tuple[Zeitraum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kostenmodul(Record):
    """Fees (Kostenmodul)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    kosten: tuple[Kosten, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearbeitungsdauermodul(Record):
    """How long it takes (Bearbeitungsdauermodul)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
    position_darstellung: int | None = None
    id: Identifikator | None = None
    id_sekundaer: tuple[Identifikator, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
    bearbeitungsdauer: tuple[FristOhneTyp, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    weiterfuehrender_link: tuple[HyperlinkErweitert, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fristmodul(Record):
    """Deadlines (Fristmodul)."""

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
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

    PLAIN: ClassVar = frozenset({"zugangskanal"})

    zugangskanal: RawCode
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

    PLAIN: ClassVar = frozenset({"zugangskanal", "leika_textmodul"})

    zugangskanal: RawCode
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

    PLAIN: ClassVar = frozenset({"leistungsgruppierung_leika", "verrichtung_leika"})

    leistungsgruppierung_leika: RawCode
    leistungsobjekt_id: Identifikator
    verrichtung_leika: RawCode
    verrichtungsdetail: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungsstrukturObjektMitVerrichtung(Record):
    """Structure: thing and deed (Objekt mit Verrichtung)."""

    PLAIN: ClassVar = frozenset({"leistungsgruppierung_leika", "verrichtung_leika"})

    leistungsgruppierung_leika: RawCode
    leistungsobjekt_id: Identifikator
    verrichtung_leika: RawCode


@dataclass(frozen=True, slots=True, kw_only=True)
class LeistungsstrukturObjekt(Record):
    """Structure: the thing alone (Leistungsobjekt)."""

    PLAIN: ClassVar = frozenset({"leistungsgruppierung_leika"})

    leistungsgruppierung_leika: RawCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Leistung231(Record):
    """Service description (Leistung) of XZuFi 2.3.1."""

    PLAIN: ClassVar = frozenset(
        {
            "status_katalog",
            "status_bibliothek",
            "detailstufe",
            "leistungsadressat",
            "bezugsort_typ",
            "typisierung",
            "vertrauensniveau",
            "durchfuehrbar_einheitliche_stelle",
            "relevant_fuer_rechtsform",
        }
    )
    NUMBERED: ClassVar = frozenset({"status_katalog", "status_bibliothek"})

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    struktur: (
        LeistungsstrukturObjekt
        | LeistungsstrukturObjektMitVerrichtung
        | LeistungsstrukturObjektMitVerrichtungUndDetail
        | None
    ) = None
    status_katalog: RawCode | None = None
    status_bibliothek: RawCode | None = None
    detailstufe: RawCode | None = None
    referenz_leistungsschluessel: tuple[Identifikator, ...] = ()
    leistungsadressat: tuple[RawCode, ...] = ()
    bezugsort_typ: RawCode | None = None
    modul_text: tuple[Textmodul, ...] = ()
    modul_text_individuell: tuple[TextmodulIndividuell, ...] = ()
    modul_frist: tuple[Fristmodul, ...] = ()
    modul_bearbeitungsdauer: tuple[Bearbeitungsdauermodul, ...] = ()
    modul_kosten: tuple[Kostenmodul, ...] = ()
    modul_dokument: tuple[Dokumentmodul, ...] = ()
    modul_begriff_im_kontext: tuple[BegriffImKontextModul, ...] = ()
    modul_fachliche_freigabe: tuple[FachlicheFreigabeModul, ...] = ()
    modul_auskunftshinweis: tuple[Auskunftshinweismodul, ...] = ()
    modul_ursprungsportal: tuple[UrsprungsportalModul, ...] = ()
    typisierung: tuple[RawCode, ...] = ()
    vertrauensniveau: RawCode | None = None
    kennzeichen_formular_schriftformerfordernis: bool | None = None
    kennzeichen_formular_persoenlich: bool | None = None
    kennzeichen_formular_formlos: bool | None = None
    kategorie: tuple[Kategorie, ...] = ()
    klassifizierung: tuple[RawCode, ...] = ()
    informationsbereiche_sdg: InformationsbereichSDG | None = None
    leistung_im_kontext_id: tuple[Identifikator, ...] = ()
    prozess_id: tuple[Identifikator, ...] = ()
    herausgeber: Herausgeber | None = None
    gueltigkeit_gebiet_id: tuple[Identifikator, ...] = ()
    durchfuehrbar_einheitliche_stelle: tuple[RawCode, ...] = ()
    relevant_fuer_wirtschaftszweig: tuple[WirtschaftszweigSpezifizierbar, ...] = ()
    relevant_fuer_rechtsform: tuple[RawCode, ...] = ()
    relevant_fuer_staatsangehoerigkeit: Staatsangaben | None = None
    versionsinformationen: Versionsinformation | None = None
    sprachversion: tuple[Sprachversion, ...] = ()
    gueltigkeit: tuple[Zeitraum, ...] = ()
