"""Guesses from its words what is answered to a question (Art der Antwort)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gemeinwerk.core.paper.model import QuestionKind
from gemeinwerk.core.paper.topics import folded, topic_of

_TYPES: Mapping[str, QuestionKind] = {
    **dict.fromkeys(("text", "string", "freitext", "zeichenkette", "textfeld", "kurztext"), "text"),
    **dict.fromkeys(("langtext", "mehrzeilig", "textarea", "memo", "long text"), "long_text"),
    **dict.fromkeys(("datum", "date", "tag"), "date"),
    **dict.fromkeys(
        ("ja nein", "janein", "boolean", "bool", "yes no", "kreuz", "ankreuzfeld", "checkbox"),
        "boolean",
    ),
    **dict.fromkeys(("auswahl", "liste", "choice", "select", "radio", "auswahlliste"), "choice"),
    **dict.fromkeys(("anzahl", "ganzzahl", "integer", "int"), "integer"),
    **dict.fromkeys(("zahl", "number", "dezimal", "decimal", "kommazahl", "nummerisch"), "decimal"),
    **dict.fromkeys(("betrag", "geld", "euro", "wahrung", "money", "currency", "amount"), "money"),
    **dict.fromkeys(("e mail", "email", "mail"), "email"),
    **dict.fromkeys(("telefon", "phone", "tel"), "phone"),
    **dict.fromkeys(("plz", "postleitzahl", "postal code", "zip"), "postal_code"),
    "iban": "iban",
    **dict.fromkeys(
        ("anlage", "datei", "nachweis", "kopie", "file", "upload", "dokument", "evidence"),
        "evidence",
    ),
    **dict.fromkeys(("unterschrift", "signature"), "signature"),
    **dict.fromkeys(("hinweis", "note", "uberschrift", "label", "information"), "note"),
}
_WORDS: tuple[tuple[str, QuestionKind], ...] = (
    (r"\biban\b|\bkontonummer\b", "iban"),
    (r"\bunterschrift\b|\bunterzeichn", "signature"),
    (r"\bja nein\b", "boolean"),
    (r"\b(kopien?|ablichtung|anlagen?|nachweise?|beleg|bescheinigung|beizufugen|beigefugt|"
     r"lageplan|gutachten|zeugnis|urkunde)\b", "evidence"),
    (r"\be ?mail\b", "email"),
    (r"\b(telefon|mobil|handy)\w*", "phone"),
    (r"\b(plz|postleitzahl)\b", "postal_code"),
    (r"datum\b|\b(geboren|seit wann|ab wann|bis wann|wann|tag der|tag des|beginn|ende)\b", "date"),
    (r"\b(betrag|einkommen|hohe der|kosten|preis|miete|gehalt|umsatz|einnahmen|ausgaben)\b|"
     r"\b(euro|eur)\b", "money"),
    (r"\b(anzahl|zahl der|wie viele|wieviele?|personenzahl|stuckzahl)\b", "integer"),
    (r"\b(qm|m2|m²|quadratmeter|flache|grosse|breite|lange|hohe|gewicht|kwh?|prozent)\b",
     "decimal"),
    (r"\b(begrundung|bemerkung\w*|beschreibung|beschreiben|erlauterung\w*|sonstiges|"
     r"anmerkung\w*|schildern)\b", "long_text"),
    (r"^(ich|wir) (versicher|erklar|bestatig|willige|bin (damit )?einverstanden|habe )", "boolean"),
    (r"^(ist|sind|hat|haben|wird|werden|wurde|wurden|besteht|bestehen|gibt es|liegt|liegen|"
     r"handelt|nehmen|beziehen|benotigen|mochten|wunschen)\b", "boolean"),
)  # fmt: skip
_COMPILED: tuple[tuple[re.Pattern[str], QuestionKind], ...] = tuple(
    (re.compile(words), kind) for words, kind in _WORDS
)
_YES = re.compile(r"[(\[]?\s*\b(ja)\b\s*[/|,]\s*\bnein\b.*$", re.IGNORECASE)
_LISTED = re.compile(
    r"^(?P<text>[^:?(\[]*[:?(\[])\s*(?P<options>[^/|)\]]+(?:[/|][^/|)\]]+)+)[)\]]?$"
)
_BOX = re.compile(r"[☐□○◯❏▢]")
MOST_OPTIONS = 60


def kind_named(text: str) -> QuestionKind | None:
    """Return the kind a column names, None for an unknown word."""
    return _TYPES.get(folded(text))


def options_of(cell: str) -> tuple[str, ...]:
    """Return what a cell lists: "A / B / C", with bars or semicolons, one "A" is none."""
    parts = [part.strip(" -–") for part in re.split(r"\s*[|;/☐□○◯❏▢]\s*", cell)]
    found = tuple(dict.fromkeys(part for part in parts if part))[:MOST_OPTIONS]
    return found if len(found) > 1 else ()


def split_question(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a question without the answers printed behind it, and these answers."""
    if _YES.search(text):
        return _YES.sub("", text).strip(" :-–([") or text, ()
    boxed = _BOX.split(text)
    if len(boxed) > 2:
        return boxed[0].strip(" :-–") or text, options_of("|".join(boxed[1:]))
    found = _LISTED.match(text)
    if found is None or len(found["text"].strip(" :?([")) < 2:
        return text, ()
    return found["text"].rstrip(" :(["), options_of(found["options"])


def guess(text: str, options: tuple[str, ...]) -> QuestionKind:
    """Return the kind the words of a question suggest; "text" when they say nothing."""
    if options:
        yes = {folded(option) for option in options} == {"ja", "nein"}
        return "boolean" if yes else "choice"
    if _YES.search(text):
        return "boolean"
    topic = topic_of(text)
    if topic is not None and (topic.blocks or topic.kind != "text"):
        return topic.kind
    plain = folded(text)
    return next((kind for pattern, kind in _COMPILED if pattern.search(plain)), "text")
