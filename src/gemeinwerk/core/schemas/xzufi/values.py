"""What service descriptions (XZuFi) of both versions are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from gemeinwerk.core.schemas.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class WirtschaftszweigSpezifizierbar(Record):
    """Line of business (Wirtschaftszweig)."""

    code: RawCode
    spezifische_id: Identifikator


@dataclass(frozen=True, slots=True, kw_only=True)
class Versionsinformation(Record):
    """Who wrote and changed it when (Versionsinformation)."""

    erstellt_datum_zeit: str | None = None
    erstellt_durch: str | None = None
    geaendert_datum_zeit: str | None = None
    geaendert_durch: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerwaltungspolitischeKodierung(Record):
    """Keys of the official statistics of an area (Schlüssel)."""

    PLAIN: ClassVar = frozenset({"bundesland"})

    kreis: RawCode | None = None
    bezirk: RawCode | None = None
    bundesland: RawCode | None = None
    gemeindeschluessel: RawCode | None = None
    regionalschluessel: RawCode | None = None
    nation: RawCode | None = None
    gemeindeverband: RawCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebietsklasse(Record):
    """Class of kinds of areas (Gebietsklasse)."""

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    bezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    version: str | None = None
    kurzbezeichnung: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebietstyp(Record):
    """Kind of an area (Gebietstyp)."""

    JSON: ClassVar = {"id_sekundaer": "idSekundaer"}

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    klasse: Gebietsklasse
    bezeichnung: tuple[str, ...] = ()
    kurzbezeichnung: tuple[str, ...] = ()
    beschreibung: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gebiet(Record):
    """Area a thing holds for (Gebiet)."""

    JSON: ClassVar = {
        "id_sekundaer": "idSekundaer",
        "uebergeordnetes_gebiet_id": "uebergeordnetesGebietId",
        "untergeordnetes_gebiet_id": "untergeordnetesGebietId",
        "verwaltungspolitische_kodierung": "verwaltungspolitischeKodierung",
    }

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    typ: Gebietstyp
    uebergeordnetes_gebiet_id: tuple[Identifikator, ...] = ()
    untergeordnetes_gebiet_id: tuple[Identifikator, ...] = ()
    verwaltungspolitische_kodierung: VerwaltungspolitischeKodierung | None = None
    bezeichnung: tuple[StringLocalized, ...] = ()
    kurzbezeichnung: tuple[StringLocalized, ...] = ()
    beschreibung: tuple[StringLocalized, ...] = ()
    herausgeber: Herausgeber | None = None
    versionsinformationen: Versionsinformation | None = None
    gueltigkeit: tuple[Zeitraum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Herausgeber(Record):
    """Who publishes the description (Herausgeber)."""

    id: Identifikator
    id_sekundaer: tuple[Identifikator, ...] = ()
    bezeichnung: tuple[str, ...] = ()
    kurzbezeichnung: tuple[str, ...] = ()
    beschreibung: tuple[StringLocalized, ...] = ()
    standard_zustaendigkeitsgebiet: tuple[Gebiet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DokumentTypErweiterbar(Record):
    """Kind of a document, listed or in words (Dokumenttyp)."""

    PLAIN: ClassVar = frozenset({"code"})

    code: RawCode | None = None
    nicht_gelisteter_wert: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BegriffImKontext(Record):
    """Word people search for (Begriff im Kontext)."""

    PLAIN: ClassVar = frozenset({"typ"})

    begriff: StringLocalized
    typ: RawCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FristOhneTyp(Record):
    """Duration of the processing (Bearbeitungsdauer)."""

    fristauswahl: FristDauer | FristStichtag
    beschreibung: tuple[StringLocalized, ...] = ()
    position_darstellung: int | None = None
    gueltigkeit: tuple[Zeitraum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KostenVariabel(Record):
    """Fee between two sums (Rahmengebühr)."""

    betrag_untergrenze: Amount | None = None
    betrag_obergrenze: Amount | None = None
    beschreibung_variabilitaet: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KostenFrei(Record):
    """Free of charge, and why (kostenfrei)."""

    beschreibung_kostenfreiheit: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Record):
    """Sum of money in a currency (Betrag)."""

    ATTRIBUTES: ClassVar = frozenset({"currency_code"})
    TEXT: ClassVar = "value"

    currency_code: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class KostenFix(Record):
    """Fixed fee (fester Betrag)."""

    betrag: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class MonatTag(Record):
    """Day that comes every year, written --12-31 (Monat und Tag)."""

    TEXT: ClassVar = "value"
    SIGN: ClassVar = "--"

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FristStichtag(Record):
    """Deadline as a day or the same day each year (Stichtag)."""

    von: str | MonatTag | None = None
    bis: str | MonatTag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FristDauer(Record):
    """Deadline as a span: three months (Dauer)."""

    PLAIN: ClassVar = frozenset({"einheit", "einheit_bis"})

    dauer: int
    einheit: RawCode
    dauer_bis: int | None = None
    einheit_bis: RawCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FristMitTyp(Record):
    """Deadline with its kind (Frist)."""

    PLAIN: ClassVar = frozenset({"typ"})

    typ: RawCode
    fristauswahl: FristDauer | FristStichtag
    beschreibung: tuple[HtmlStringLocalized, ...] = ()
    position_darstellung: int | None = None
    gueltigkeit: tuple[Zeitraum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HyperlinkErweitert(Record):
    """Link with title and description (weiterführender Link)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})

    language_code: str | None = None
    uri: str
    titel: str | None = None
    beschreibung: str | None = None
    position_darstellung: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Zeitraum(Record):
    """Span of time (Zeitraum), open where a side is missing."""

    beginn: str | None = None
    ende: str | None = None
    zusatz: tuple[StringLocalized, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlStringLocalized(Record):
    """HTML fragment in one language (HTML-Text), foreign: read it through `safe_html`."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})
    TEXT: ClassVar = "value"
    JSON: ClassVar = {"value": "_value"}

    language_code: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StringLocalized(Record):
    """Text in one language (Text)."""

    ATTRIBUTES: ClassVar = frozenset({"language_code"})
    TEXT: ClassVar = "value"
    JSON: ClassVar = {"value": "_value"}

    language_code: str
    value: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCode(Record):
    """Code of a code list (Code); JSON holds the list only where the portal does."""

    ATTRIBUTES: ClassVar = frozenset({"list_uri", "list_version_id"})
    BARE: ClassVar = frozenset({"code", "name"})
    NEVER_NULL: ClassVar = frozenset({"list_uri", "list_version_id"})
    UNTYPED: ClassVar = True

    list_uri: str | None = None
    list_version_id: str | None = None
    code: str
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifikator(Record):
    """Number of a thing with the place that gives it out (Identifikator)."""

    ATTRIBUTES: ClassVar = frozenset(
        {
            "scheme_agency_id",
            "scheme_agency_name",
            "scheme_data_uri",
            "scheme_id",
            "scheme_name",
            "scheme_uri",
            "scheme_version_id",
        }
    )
    TEXT: ClassVar = "value"

    scheme_agency_id: str | None = None
    scheme_agency_name: str | None = None
    scheme_data_uri: str | None = None
    scheme_id: str | None = None
    scheme_name: str | None = None
    scheme_uri: str | None = None
    scheme_version_id: str | None = None
    value: str
