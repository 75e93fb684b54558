"""The closed-class words of rule prose (Regelsprache) and what they do in a sentence.

Whatever stands neither here nor among the names and values of the schema is not understood, so
a sentence with an unknown word is left over instead of being half read.
"""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


IF: Final = frozenset({"wenn", "falls", "sofern", "bei", "solange", "sobald", "soweit", "ob"})
THEN: Final = frozenset({"dann", "so"})
ELSE: Final = frozenset({"sonst", "ansonsten", "andernfalls", "anderenfalls"})
AND: Final = frozenset({"und", "sowie"})
OR: Final = frozenset({"oder", "bzw", "beziehungsweise"})
NOT: Final = frozenset({"nicht", "kein", "keine", "keinen", "keines", "keiner", "keinem", "nie"})

ARTICLES: Final = _set(
    "der die das des dem den ein eine einer eines einem einen dies diese dieser dieses "
    "diesem diesen jeweils jeweilige jeweiligen entsprechende entsprechenden entsprechend "
    "folgende folgenden folgender folgendes vorliegende darin enthaltene enthaltenen"
)
KINDS: Final = _set(
    "feld felder feldes feldern datenfeld datenfelder datenfeldes datenfelds datenfeldern "
    "gruppe gruppen feldgruppe feldgruppen datenfeldgruppe datenfeldgruppen datengruppe "
    "datengruppen auswahlfeld eingabefeld formularfeld angabe angaben eingabe element "
    "elemente baustein abschnitt unterfeld unterfelder attribut nachweis dokument anlage"
)
DATE_NOUNS: Final = _set("datum tag zeitpunkt wert inhalt eintrag anzahl betrag höhe zahl")
IN: Final = frozenset({"in", "im", "aus", "von", "vom", "für", "fürs", "unter"})
FILLERS: Final = _set(
    "auch zwingend jeweils dabei hier ebenfalls stets immer bitte automatisch somit daher "
    "standardmäßig grundsätzlich jedoch dazu zusätzlich nun insgesamt lediglich mehr unbedingt "
    "daraufhin demnach außerdem ferner weiterhin"
)
PRONOUNS: Final = frozenset({"es", "sie", "er", "ihn", "diese", "dieses", "dieser", "diesen"})

# finite verbs
IMPERATIVES: Final[dict[str, str]] = {
    "zeige": "show", "zeigen": "show", "aktiviere": "show", "aktivieren": "show",
    "deaktiviere": "hide", "deaktivieren": "hide", "verberge": "hide", "verbergen": "hide",
    "verstecke": "hide", "verstecken": "hide",
    "blende": "fade", "blenden": "fade",
    "mache": "make", "setze": "make", "setzen": "make", "machen": "make",
    "erscheint": "show", "erscheinen": "show", "entfällt": "hide", "entfallen": "hide",
    "belege": "prefill", "fülle": "prefill", "befülle": "prefill",
}  # fmt: skip
MODALS: Final[dict[str, str]] = {
    "muss": "must", "müssen": "must", "soll": "must", "sollen": "must", "sollte": "must",
    "darf": "may", "dürfen": "may", "kann": "can", "können": "can", "könnte": "can",
    "braucht": "need", "brauchen": "need",
    "ist": "be", "sind": "be", "wird": "be", "werden": "be", "bleibt": "be", "bleiben": "be",
    "gilt": "be", "sei": "be",
}  # fmt: skip
AUXILIARIES: Final = _set(
    "werden wird sein ist sind worden wurde wurden haben hat gilt gelten bleiben bleibt war"
)

# predicates: participles, infinitives, adjectives and nouns that say what happens to an element
_PREDICATES: Final[dict[str, str]] = {
    "show": "angezeigt anzuzeigen anzeigen eingeblendet einzublenden einblenden sichtbar "
    "aktiviert zu_aktivieren aktivieren dargestellt darzustellen gezeigt zeigen aktiv erscheinen "
    "freigeschaltet freizuschalten",
    "hide": "ausgeblendet auszublenden ausblenden unsichtbar deaktiviert zu_deaktivieren "
    "deaktivieren verborgen zu_verbergen versteckt zu_verstecken inaktiv entfallen",
    "fill": "befüllt befüllen ausgefüllt auszufüllen ausfüllen gefüllt füllen angegeben anzugeben "
    "angeben eingegeben einzugeben eingeben eingetragen einzutragen eintragen ausgewählt "
    "auszuwählen auswählen gewählt wählen vorliegen vorhanden übermittelt übermitteln hochgeladen "
    "hochzuladen hochladen beigefügt beizufügen erfasst erfassen beantwortet beantworten gemacht "
    "gesetzt enthalten angekreuzt",
    "required": "pflicht pflichtfeld pflichtfelder pflichtangabe pflichtangaben pflichtfeldgruppe "
    "pflichtgruppe pflichtfeldgruppen verpflichtend erforderlich notwendig obligatorisch "
    "pflichteingabe verpflichtet",
    "optional": "optional freiwillig fakultativ optionales optionale",
    "empty": "leer",
    "allowed": "möglich erlaubt gestattet zugelassen",
    "prefill": "vorzubefüllen vorbefüllt vorbelegt vorzubelegen vorausgefüllt vorauszufüllen "
    "belegt belegen vorbelegen vorbefüllen vorbefüllung vorbelegung voreinstellung standardwert "
    "voreingestellt voreinzustellen",
}  # fmt: skip
PREDICATES: Final[dict[str, str]] = {
    word: kind for kind, words in _PREDICATES.items() for word in words.split()
}
REQUIRED_NOUNS: Final = frozenset(_PREDICATES["required"].split())

GIVEN_WORDS: Final = _set(
    "befüllt ausgefüllt gefüllt angegeben eingegeben eingetragen vorhanden gesetzt belegt "
    "beantwortet gewählt ausgewählt erfasst enthalten angezeigt"
)
TRUE_WORDS: Final = frozenset({"ja", "wahr", "true", "bejaht", "richtig", "zutreffend"})
FALSE_WORDS: Final = frozenset({"nein", "falsch", "false", "verneint", "unzutreffend", "unwahr"})

SIGNS: Final[dict[str, str]] = {
    "=": "=", "==": "=", "===": "=", "<>": "!=", "!=": "!=", "!==": "!=", "≠": "!=", "=/=": "!=",
    "<": "<", "<=": "<=", "=<": "<=", "≤": "<=", ">": ">", ">=": ">=", "=>": ">=", "≥": ">=",
}  # fmt: skip
OPPOSITE: Final[dict[str, str]] = {
    "=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">",
}  # fmt: skip

NUMBER_WORDS: Final[dict[str, int]] = {
    "ein": 1, "eine": 1, "eines": 1, "eins": 1, "einer": 1, "einem": 1, "einen": 1, "zwei": 2,
    "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
}  # fmt: skip

EXPLANATIONS: Final = _set(
    "d.h z.b hinweis hinweise beispiel beispiele erläuterung anmerkung grund begründung "
    "rechtsgrundlage bemerkung"
)

LANDS: Final[dict[str, str]] = {
    "bw": "BW", "baden-württemberg": "BW", "by": "BY", "bayern": "BY", "be": "BE", "berlin": "BE",
    "bb": "BB", "brandenburg": "BB", "hb": "HB", "bremen": "HB", "hh": "HH", "hamburg": "HH",
    "he": "HE", "hessen": "HE", "mv": "MV", "mecklenburg-vorpommern": "MV", "ni": "NI",
    "niedersachsen": "NI", "nw": "NW", "nrw": "NW", "nordrhein-westfalen": "NW", "rp": "RP",
    "rheinland-pfalz": "RP", "sl": "SL", "saarland": "SL", "sn": "SN", "sachsen": "SN",
    "st": "ST", "sachsen-anhalt": "ST", "sh": "SH", "schleswig-holstein": "SH", "th": "TH",
    "thüringen": "TH",
}  # fmt: skip
LAND_NOUNS: Final = _set(
    "land länder ländern landes bundesland bundesländer bundesländern bundesländern"
)

STRUCTURE: Final = (
    IF | THEN | ELSE | NOT | frozenset(IMPERATIVES) | frozenset(MODALS) | frozenset(PREDICATES)
    | AUXILIARIES | frozenset({"an", "ein", "aus", "als", "den", "mit", "zu", "gleich", "ungleich",
    "zum", "zur", "größer", "kleiner", "vor", "nach", "und", "oder", "sowie", "auswahl",
    "entweder", "weder", "nur", "erst", "noch", "zwischen", "ohne", "mindestens", "höchstens",
    "maximal", "alle", "keinesfalls", "niemals", "keineswegs", "dennoch", "außer", "ungeachtet"})
)  # fmt: skip
"""Words at which a bare label that the schema does not know ends."""

ANSWER: Final = frozenset({"auswahl", "antwort", "wert", "eingabe", "ausprägung", "zahl"})
ENTRY_NOUNS: Final = _set("eintrag angabe angaben eingabe eintragung wert auswahl")
MADE: Final = _set(
    "vorgenommen gemacht erfolgt getätigt eingetragen angegeben vorhanden getroffen enthalten "
    "hinterlegt"
)
CHOSEN: Final = _set(
    "ausgewählt gewählt angegeben angekreuzt eingetragen eingegeben belegt beantwortet gesetzt "
    "lautet beträgt entspricht steht enthält erfüllt hat haben aufweist befüllt"
)
MISSING: Final = _set("leer unausgefüllt fehlt fehlen unbefüllt")
HAS: Final = _set("hat haben enthält enthalten annimmt aufweist besitzt trägt")
CHOICE: Final = _set("auswahl wert ausprägung eintrag code")
OTHERS: Final = _set(
    "anderen andere anderer übrigen möglichen weiteren ausprägungen werte werten ausprägung wert "
    "codes auswahlmöglichkeiten der codeliste liste einträge"
)
ONLY: Final = frozenset({"nur", "ausschließlich", "lediglich", "allein"})
VALUES: Final = _set(
    "eine einer eines einträge einträgen eintrag codes code werte werten wert ausprägung "
    "ausprägungen auswahlmöglichkeiten optionen option auswahlwerte folgender mit"
)
CHOOSABLE: Final = _set(
    "zur auswahl anzuzeigen angezeigt stehen steht ausgewählt auszuwählen auswählbar gewählt "
    "wählbar zulässig erlaubt möglich verfügbar zugelassen angeboten anzubieten angegeben annehmen "
    "enthalten haben"
)
SURROUNDINGS: Final = _set(
    "antragsstrecke formular antrag onlinedienst online-dienst antragsformular oberfläche "
    "online-antrag antragsprozess eingabemaske maske"
)

Phrases = dict[tuple[str, ...], str]

ORDER: Final[Phrases] = {
    ("größer", "gleich"): ">=", ("größer", "oder", "gleich"): ">=", ("größer", "als"): ">",
    ("größer",): ">", ("kleiner", "gleich"): "<=", ("kleiner", "oder", "gleich"): "<=",
    ("kleiner", "als"): "<", ("kleiner",): "<", ("mehr", "als"): ">", ("weniger", "als"): "<",
    ("mindestens",): ">=", ("höchstens",): "<=", ("maximal",): "<=", ("minimal",): ">=",
    ("über",): ">", ("unter",): "<", ("ab",): ">=", ("bis",): "<=", ("ungleich",): "!=",
    ("länger", "als"): ">", ("kürzer", "als"): "<",
    ("gleich",): "=", ("identisch", "mit"): "=", ("höher", "als"): ">", ("niedriger", "als"): "<",
}  # fmt: skip
WHEN: Final[Phrases] = {
    ("zeitlich", "vor"): "<", ("vor",): "<", ("zeitlich", "nach"): ">", ("nach",): ">",
    ("spätestens", "am"): "<=", ("frühestens", "am"): ">=", ("nicht", "vor"): ">=",
    ("nicht", "nach"): "<=", ("spätestens",): "<=", ("frühestens",): ">=", ("am",): "=",
}  # fmt: skip
AGE: Final[Phrases] = {("älter", "als"): ">", ("jünger", "als"): "<", **ORDER}
LENGTHS: Final = _set("zeichen stellen ziffern buchstaben")
TODAY: Final = _set(
    "heute tagesdatum antragsdatum heutigen heutiges heutige aktuelle aktuellen aktuelles"
)
EXCEEDS: Final[dict[str, str]] = {
    "überschreiten": ">", "überschreitet": ">", "übersteigen": ">", "übersteigt": ">",
    "unterschreiten": "<", "unterschreitet": "<",
}  # fmt: skip
RESULTS: Final = _set("ergeben betragen entsprechen liegen lauten")
FULFILLED: Final = _set("erfüllt zutrifft zutreffen zu trifft treffen vorliegt vorliegen")
WHAT_IS_SENT: Final = _set(
    "erklärung antrag formular anzeige meldung vorgang antragstellung onlinedienst fehlermeldung "
    "fehler hinweis"
)
WHAT_FAILS: Final = _set(
    "abgeschickt abgesendet eingereicht gestellt versendet fortgesetzt abgeschlossen übermittelt "
    "möglich zulässig werden sein erscheint ausgegeben angezeigt"
)
LIES: Final = _set("liegt liegen zurückliegt zurückliegen")
LASTS: Final = _set("ist beträgt liegt umfasst dauert ergibt sind")
SPANS: Final[dict[str, str]] = {
    "jahre": "years_between", "jahren": "years_between", "jahr": "years_between",
    "monate": "months_between", "monaten": "months_between", "tage": "days_between",
    "tagen": "days_between", "tag": "days_between", "monat": "months_between",
}  # fmt: skip

_ENDINGS: Final = ("ern", "em", "en", "er", "es", "e", "n", "s")


def stem(word: str) -> str:
    """Return a word without the common endings of its inflection (Beugung)."""
    folded = word.lower()
    if len(folded) > 4:
        for ending in _ENDINGS:
            if folded.endswith(ending) and len(folded) - len(ending) >= 3:
                return folded[: -len(ending)]
    return folded
